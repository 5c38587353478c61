"""Numerals: what is printed comes back as exactly that number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.numerals import parse_count


def written(number: int) -> str:
    """`number` in Chinese, by the rule that school teaches: groups of four places, 零 for a gap."""
    if number == 0:
        return "零"
    out, gap = "", False
    for power in range(11, -1, -1):
        digit, place = number // 10**power % 10, power % 4
        if digit:
            out += ("零" if gap and out else "") + "零一二三四五六七八九"[digit] + ["", "十", "百", "千"][place]
            gap = False
        else:
            gap = True
        if place == 0 and power and number // 10**power % 10**4:
            out += {4: "万", 8: "亿"}[power]
    return out


@given(st.integers(0, 10**12 - 1))
def test_every_integer_written_in_chinese_comes_back(number: int) -> None:
    assert parse_count(written(number)) == number


@given(st.integers(0, 10**12 - 1))
def test_full_width_digits_equal_half_width(number: int) -> None:
    wide = str(number).translate({ord("0") + digit: chr(ord("０") + digit) for digit in range(10)})
    assert parse_count(wide) == parse_count(str(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("廿三", 23),
        ("一百零五", 105),
        ("三万五", 35000),
        ("壹佰贰拾", 120),
        ("二〇二三", 2023),
        ("１２", 12),
        ("①", 1),
        ("㊿", 50),
        ("⑴", 1),
        ("㈠", 1),
        ("Ⅳ", 4),
    ],
)
def test_counts_of_markers_and_lists(text: str, number: int) -> None:
    assert parse_count(text) == number


@pytest.mark.parametrize(
    "text", ["", "百", "万", "千万", "十百", "一点五", "1.5", "½", "三到位", "abc", "1" * 5000, "亿" * 5000]
)
def test_what_is_no_whole_number(text: str) -> None:
    assert parse_count(text) is None
