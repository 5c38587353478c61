"""Numerals: what is printed comes back as exactly that number."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.numerals import parse_count, parse_number


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


@given(st.integers(0, 10**9), st.integers(0, 4), st.sampled_from(["", "万", "亿", "万亿"]))
def test_printed_digits_are_an_interval_around_the_value(whole: int, decimals: int, scale: str) -> None:
    printed = f"{whole}.{'3' * decimals}{scale}" if decimals else f"{whole}{scale}"
    number = parse_number(printed)
    assert number is not None
    worth = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}[scale]
    assert number.value == Fraction(printed.removesuffix(scale)) * worth
    assert number.low <= number.value <= number.high
    step = Fraction(worth, 10**decimals)
    assert number.exact == (step == 1)  # 0.3333万 is printed to the last unit, too
    assert number.high - number.low == (0 if number.exact else step)


@given(st.integers(0, 10**12 - 1))
def test_the_two_readers_agree(number: int) -> None:
    for text in (str(number), f"{number:,}", written(number)):
        read = parse_number(text)
        assert read is not None
        assert read.value == number


@pytest.mark.parametrize(
    ("text", "value", "upper"),
    [
        ("1,100万", 11_000_000, None),
        ("1 180", 1180, None),
        ("１２．５", Fraction("12.5"), None),
        ("3万4000", 34_000, None),
        ("25万6千", 256_000, None),
        ("2千零30万", 20_300_000, None),
        ("一点五亿", 150_000_000, None),
        ("二十万亿", 20 * 10**12, None),
        ("壹佰贰拾叁", 123, None),
        ("三分之二", Fraction(2, 3), None),
        ("百分之三点五", Fraction("0.035"), None),
        ("2/3", Fraction(2, 3), None),
        ("负3.9", Fraction("-3.9"), None),
        ("－2.6", Fraction("-2.6"), None),
        ("千万", 10_000_000, None),
        ("三四万", 30_000, 40_000),
        ("十五六", 15, 16),
    ],
)
def test_numbers(text: str, value: Fraction, upper: Fraction | None) -> None:
    number = parse_number(text)
    assert number is not None
    assert (number.value, number.upper) == (value, upper)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("6.9亿", 685_000_000, 695_000_000),
        ("190万", 1_895_000, 1_905_000),
        ("1300", 1300, 1300),
        ("一百二十", 120, 120),
        ("三点五", Fraction("3.45"), Fraction("3.55")),
        ("负3.9", Fraction("-3.95"), Fraction("-3.85")),
        ("数十", 20, 100),
        ("几百", 200, 1000),
        ("十几", 10, 20),
        ("十几万", 100_000, 200_000),
        ("一百几十", 100, 200),
        ("一千五百零几万", 15_000_000, 15_100_000),
    ],
)
def test_intervals(text: str, low: Fraction, high: Fraction) -> None:
    number = parse_number(text)
    assert number is not None
    assert (number.low, number.high) == (low, high)


@pytest.mark.parametrize("text", ["", "几", "点", "分之", "三分之", "1/0", "1..2", "abc", "十百", "1" * 50, "亿" * 50])
def test_what_is_no_number(text: str) -> None:
    assert parse_number(text) is None
