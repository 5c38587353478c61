"""The settings: where they are found, what they do, and that nothing in them is passed over in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.config import Config, Suppression, check_codes, find_config
from analyzer.errors import ConfigError
from analyzer.rules import all_rules

WHOLE = """
select = ["ENU", "TXT003"]
ignore = ["ENU004"]
lexicon = "词表"
profile = "法治政府"
fail_on = "warning"
[per_path_ignores]
"2019/*" = ["TXT"]
[severities]
ENU = "info"
ENU001 = "error"
ENU002 = "off"
[[suppress]]
rule = "ENU001"
path = "云*"
quote = "两个方面"
reason = "附件另列"
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, and beside it nothing that could be found."""
    (tmp_path / "工作" / "报告").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "工作")
    return tmp_path / "工作"


def found(place: Path, text: str, name: str = "analyzer.toml") -> Config:
    (place / name).write_text(text, encoding="utf-8")
    return find_config([str(place / "报告")])


def test_every_setting_is_read(place: Path) -> None:
    config = found(place, WHOLE)
    assert config == Config(
        folder=place,
        file=place / "analyzer.toml",
        select=("ENU", "TXT003"),
        ignore=("ENU004",),
        per_path_ignores={"2019/*": ("TXT",)},
        severities={"ENU": "info", "ENU001": "error", "ENU002": "off"},
        suppress=(Suppression("ENU001", "附件另列", "两个方面", "云*"),),
        lexicon=place / "词表",
        profile="法治政府",
        fail_on="warning",
    )
    check_codes(config)


def test_it_is_found_at_or_above_the_audited_folder_then_the_working_one(place: Path) -> None:
    assert find_config(["报告"]) == Config(place), "without any, what holds by default"
    found(place, "ignore = ['TXT']")
    assert find_config(["报告/云水乡.txt", "报告/青禾镇.txt"]).ignore == ("TXT",)
    (place / "报告" / "analyzer.toml").write_text("ignore = ['ENU']", encoding="utf-8")
    assert find_config(["报告/云水乡.txt"]).ignore == ("ENU",), "the nearest"
    assert find_config(["报告", "别处"]).ignore == ("TXT",), "above all of them"
    elsewhere = place.parent / "外面"
    elsewhere.mkdir()
    assert find_config([str(elsewhere)]).ignore == ("TXT",), "from the working directory"


def test_pyproject_serves_where_it_has_the_table(place: Path) -> None:
    assert found(place, "[tool.ruff]\n", "pyproject.toml").file is None
    config = found(place, "[tool.analyzer]\nfail_on = 'info'", "pyproject.toml")
    assert config.file == place / "pyproject.toml"
    assert config.fail_on == "info"
    assert found(place, "fail_on = 'never'").fail_on == "never", "analyzer.toml wins"


def test_windows_notepad_leaves_a_mark_at_the_beginning(place: Path) -> None:
    assert found(place, "\ufeffignore = ['TXT']").ignore == ("TXT",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ingore = ['TXT']", "ignore"),
        ("fail-on = 'info'", "fail_on"),
        ("fail_on = 'sometimes'", "fail_on"),
        ("fail_on = ['info']", "fail_on"),
        ("select = 'ENU'", "select"),
        ("select = [1]", "select"),
        ("lexicon = 3", "lexicon"),
        ("per_path_ignores = ['TXT']", "per_path_ignores"),
        ("[per_path_ignores]\n'a/*' = 'TXT'", "per_path_ignores.a/*"),
        ("[severities]\nTXT003 = 'fatal'", "severities.TXT003"),
        ("suppress = ['TXT']", "suppress"),
        ("[suppress]\nrule = 'TXT'", "suppress"),
        ("[[suppress]]\nrule = 'TXT'\npath = 'a'", "suppress[1] 必须写明 reason"),
        ("[[suppress]]\nrule = 'TXT'\npath = 'a'\nreason = ' '", "suppress[1] 必须写明 reason"),
        ("[[suppress]]\nreason = '不改'\npath = 'a'", "suppress[1] 必须写明 rule"),
        ("[[suppress]]\nrule = 'TXT'\nreason = '不改'", "suppress[1] 必须写明 quote 或 path"),
        ("[[suppress]]\nrule = 'TXT'\npath = 3\nreason = '不改'", "suppress[1]"),
        ("[[suppress]]\nrule = 'TXT'\npaht = 'a'\nreason = '不改'", "suppress[1].paht"),
        ("ignore = [", "analyzer.toml"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_file_and_key(place: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError) as refused:
        found(place, text)
    assert str(place / "analyzer.toml") in str(refused.value)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("select = ['ENU01']", "select"),
        ("ignore = ['ENU01']", "ignore"),
        ("[severities]\nENU01 = 'off'", "severities"),
        ("[per_path_ignores]\n'*' = ['ENU01']", "per_path_ignores.*"),
        ("[[suppress]]\nrule = 'ENU01'\npath = '*'\nreason = '不改'", "suppress[1].rule"),
    ],
)
def test_an_unknown_code_is_refused_with_near_ones(place: Path, text: str, key: str) -> None:
    with pytest.raises(ConfigError) as refused:
        check_codes(found(place, text))
    assert f"analyzer.toml：{key}：" in str(refused.value)
    assert "ENU001" in str(refused.value)


def test_a_profile_that_is_none_is_refused_with_those_there_are(place: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        check_codes(found(place, "profile = '法制政府'"))
    assert "analyzer.toml：profile " in str(refused.value)
    assert "法治政府" in str(refused.value)


def test_which_rules_run(place: Path) -> None:
    config = found(place, WHOLE)
    assert config.rules() == ("ENU001", "ENU003", "ENU005", "ENU006", "TXT003")
    assert config.rules(ignore=["ENU"]) == ("TXT003",)
    assert config.rules(select=["ENU002", "NUM001"]) == ("ENU002", "NUM001"), "the command line wins"
    assert Config(place).rules() == tuple(all_rules())


def test_the_longest_code_decides_the_severity(place: Path) -> None:
    config = found(place, WHOLE)
    severities = [config.severity(code) for code in ("ENU001", "ENU002", "ENU003", "TXT003")]
    assert severities == ["error", "off", "info", None]


@pytest.mark.parametrize(
    ("glob", "fits"),
    [("2019/*", True), ("*/云水乡.txt", True), ("云*", True), ("*.txt", True), ("2020/*", False), ("云水乡", False)],
)
def test_globs_fit_the_way_or_the_name(place: Path, glob: str, fits: bool) -> None:
    assert Config(place).fits(glob, "2019/乡镇/云水乡.txt") is fits
    assert Config(place).fits(glob, str(place / "2019" / "乡镇" / "云水乡.txt")) is fits
