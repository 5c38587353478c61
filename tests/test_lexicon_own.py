"""One's own entries: they join the shipped ones, and what the rules could not use is refused by file and entry."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from analyzer import lexicon
from analyzer.errors import LexiconError
from analyzer.lexicon.own import merged

SHIPPED = {
    "source": "国家标准",
    "words": ["近", "约"],
    "units": {"元": "1", "块钱": "1"},
    "group": [{"words": ["男", "女"], "whole": True, "source": "统计法"}, {"words": ["甲"], "source": "无"}],
    "pairs": [["省", "省"], ["旗", "县"]],
}


def test_lists_grow_tables_merge_values_are_replaced() -> None:
    own = {
        "source": "本县",
        "words": ["约", "大致"],
        "units": {"角": "1/10"},
        "group": [{"words": ["乙"], "source": "本县"}],
        "pairs": [["盟", "州"]],
    }
    both = merged(SHIPPED, own, "词.toml：")
    assert both["words"] == ["近", "约", "大致"]
    assert both["units"] == {"元": "1", "块钱": "1", "角": "1/10"}
    assert [group["words"] for group in both["group"]] == [["男", "女"], ["甲"], ["乙"]]
    assert both["pairs"][-1] == ["盟", "州"]
    assert both["source"] == "本县"
    assert SHIPPED["words"] == ["近", "约"], "the shipped ones stay as they are"


@pytest.mark.parametrize(
    ("own", "where"),
    [
        ({"wordz": ["多"]}, "words"),
        ({"words": "多"}, "words"),
        ({"words": ["多", 3]}, "words[2]"),
        ({"units": {"角": 10}}, "units.角"),
        ({"group": [{"words": ["乙"]}]}, "group[1] 缺少 source"),
        ({"group": [{"words": ["乙"], "source": "本县", "hole": True}]}, "whole"),
        ({"group": [{"words": "乙", "source": "本县"}]}, "group[1].words"),
        ({"pairs": [["盟"]]}, "pairs[1]"),
        ({"words": {"近": "约"}}, "words"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(own: dict, where: str) -> None:
    with pytest.raises(LexiconError) as refused:
        merged(SHIPPED, own, "词.toml：")
    assert "词.toml" in str(refused.value)
    assert where in str(refused.value)


@pytest.mark.parametrize("name", [file.stem for file in sorted(Path(lexicon.__file__).parent.glob("*.toml"))])
def test_every_shipped_lexicon_fits_itself(name: str) -> None:
    shipped = lexicon.load(name)
    assert merged(shipped, shipped, name) == shipped


def test_it_is_refused_once_words_are_read(tmp_path: Path) -> None:
    lexicon.load("hedges")
    with pytest.raises(LexiconError, match="已经读入"):
        lexicon.use(tmp_path)
    assert "ANALYZER_LEXICON" not in os.environ


def audited(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "analyzer", "audit", "云水乡.txt", "--select", "STR005"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A report with a blank that only an entry of one's own knows."""
    (tmp_path / "词表").mkdir()
    (tmp_path / "analyzer.toml").write_text('lexicon = "词表"', encoding="utf-8")
    (tmp_path / "云水乡.txt").write_text("云水乡2023年工作总结\n调解纠纷的件数领导再定。\n", encoding="utf-8")
    entry = "[[phrases]]\npattern = '领导再定'\nsource = '本乡的留空写法'\n"
    (tmp_path / "词表" / "placeholders.toml").write_text(entry, encoding="utf-8")
    return tmp_path


def test_the_rules_use_it(folder: Path) -> None:
    assert "“领导再定”" in audited(folder).stdout
    (folder / "analyzer.toml").unlink()
    assert "领导再定" not in audited(folder).stdout


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("placeholder.toml", "", "placeholders.toml"),
        ("placeholders.toml", "[[phrase]]\npattern = '〇'", "phrases"),
        ("placeholders.toml", "[[phrases]]\npattern = '〇'", "phrases[1]"),
        ("placeholders.toml", "[[phrases", "placeholders.toml"),
        ("laws.csv", "", "laws.csv"),
    ],
)
def test_a_broken_entry_is_a_usage_error(folder: Path, name: str, content: str, said: str) -> None:
    (folder / "词表" / name).write_text(content, encoding="utf-8")
    result = audited(folder)
    assert result.returncode == 2
    assert said in result.stderr.replace("\n", "").replace("│", "").replace(" ", "")
    assert "Traceback" not in result.stderr
