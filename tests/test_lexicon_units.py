"""Units: exact factors, and a lexicon that says where it is broken."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from analyzer.errors import LexiconError
from analyzer.extract import units as module
from analyzer.extract.units import in_base, unit_of, unit_pattern, units

_KINDS = {"count", "money", "percent", "points", "ratio", "area", "length", "weight", "energy", "duration", "other"}


@pytest.mark.parametrize(
    ("number", "unit", "same", "as_unit"),
    [
        (1, "公顷", 15, "亩"),
        (1, "平方公里", 100, "公顷"),
        (1, "平方公里", 1500, "亩"),
        (3, "亩", 2000, "平方米"),
        (1, "公里", 1, "千米"),
        (1, "公里", 2, "华里"),
        (1, "吨", 1000, "公斤"),
        (1, "公斤", 2, "斤"),
        (1, "兆瓦", 1000, "千瓦"),
        (1, "千瓦时", 1, "度"),
        (1, "个百分点", 1, "百分点"),
        (10, "‰", 1, "%"),
        (1, "年", 12, "个月"),
        (1, "天", 24, "小时"),
        (1, "平米", 1, "㎡"),
        (3, "元/平方米", 2000, "元/亩"),
    ],
)
def test_factors_are_exact(number: int, unit: str, same: int, as_unit: str) -> None:
    assert in_base(Fraction(number), unit) == in_base(Fraction(same), as_unit) is not None


def test_measure_words_are_not_converted() -> None:
    assert in_base(Fraction(3), "件次") is None
    assert in_base(Fraction(3), "美元") is None  # no fixed rate
    assert unit_of("件次") is not None
    assert unit_of("盒饭") is None


def test_dimensions_do_not_mix() -> None:
    bases = {word: unit.base for word, unit in units().items() if unit.base}
    assert bases["亩"] != bases["公里"] != bases["吨"]
    assert {unit.kind for unit in units().values()} <= _KINDS


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("人次参加", "人次"),
        ("平方米", "平方米"),
        ("个百分点", "个百分点"),
        ("万元", None),
        ("元/亩", "元/亩"),
        ("微克/立方米", "微克/立方米"),
        ("元宵", None),
        ("分钟", "分钟"),
        ("分别", None),
        ("周年", None),
        ("GW光伏", "GW"),
        ("GDP", None),
    ],
)
def test_pattern_takes_the_longest_unit_that_is_one(text: str, unit: str | None) -> None:
    match = re.match(unit_pattern(), text)
    assert (match.group() if match else None) == unit


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        ({"area": {"source": "x", "base": "平方米", "units": {"亩": "a/b"}}}, "亩"),
        ({"area": {"source": "x", "facter": {}}}, "facter"),
        ({"area": {"base": "平方米"}}, "source"),
        ({"a": {"source": "x", "other": ["亩"]}, "b": {"source": "x", "other": ["亩"]}}, "亩"),
    ],
)
def test_a_broken_lexicon_names_file_and_entry(
    tables: dict[str, object], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "load", lambda name: tables)
    with pytest.raises(LexiconError, match=rf"units\.toml.*{words}"):
        units.__wrapped__()
