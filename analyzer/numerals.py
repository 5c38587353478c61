"""Chinese and Arabic numerals → exact numbers, with the interval that the printed digits allow. No float anywhere.

Chinese numerals are read by the place values of 十 百 千 万 亿 (GB/T 15835-2011 5.1, 5.2), financial capitals included;
a last digit may stand for the place below (三万五 = 35000), two neighbours for a range (三四百, 三五个).
Arabic digits, Chinese digits and 万/亿 may be mixed (3万4000, 1.2亿).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

LONGEST = 40  # characters; no report writes a longer number, and the reader below recurses

_DIGITS = {
    **{digit: value for value, digit in enumerate("零一二三四五六七八九")},
    **{digit: value for value, digit in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    **dict.fromkeys("○", 0),
    **dict.fromkeys("两兩", 2),
    **dict.fromkeys("幺", 1),
}
_PLACES = (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100), ("十", 10))
_SAME = str.maketrans({"拾": "十", "佰": "百", "仟": "千", "萬": "万", "億": "亿", "廿": "二十", "卅": "三十"})
_GAPS = re.compile(r"&nbsp;|[\s,]")
_PLAIN = re.compile(r"\d+")
_ARABIC = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_LAST = re.compile(r"(?P<whole>\d*)(?:\.(?P<decimals>\d+))?(?P<scale>[十百千万亿]*)\Z")
_SOME = re.compile(r"(?P<before>.*?)(?P<some>[几数])(?P<scale>[十百千万亿]*)")
_PAIR = re.compile(
    r"(?P<before>|.*[十百千万亿零])(?P<a>[一二两三四五六七八])(?P<b>[二三四五六七八九])(?P<scale>[十百千万亿]*)"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed: 6.9亿 has value 690,000,000 and stands for anything from 685,000,000 to 695,000,000."""

    value: Fraction
    upper: Fraction | None  # the upper end where the numeral itself is a range (三四百)
    low: Fraction
    high: Fraction
    place: Fraction  # worth of the last digit that is not zero: 100 for 1300; what 余 and 近 stay within
    exact: bool  # printed to the last unit: low == value == high


@lru_cache(maxsize=4096)
def parse_count(text: str) -> int | None:
    """The whole number that `text` is, as in list markers and announced counts; None where it is anything else.

    Reads 三 两 十二 廿 一百零五 二〇二三, 12 １２, and the one-character marks ① ⑴ ⒈ ㈠ Ⅳ.
    """
    text = text.strip()
    if len(text) > LONGEST:
        return None
    if len(text) == 1 and text not in _DIGITS and (mark := unicodedata.numeric(text, None)) is not None:
        return int(mark) if mark == int(mark) and text not in "百千万亿" else None
    text = unicodedata.normalize("NFKC", text).translate(_SAME)
    if _PLAIN.fullmatch(text):
        return int(text)
    value = None if text.startswith(("百", "千", "万", "亿")) else _chinese(text)
    return int(value) if value is not None and value.denominator == 1 else None


@lru_cache(maxsize=65536)
def parse_number(text: str) -> Number | None:
    """The number that the numeral `text` writes; None where it is none.

    Besides what `parse_count` reads: separators (1,100万, 1 180), decimals (1.2亿, 三点五), a sign (负3.9, -2.6),
    a bare place (百, 千万: one of them), fractions (三分之二, 2/3) and intervals (十几, 数十, 几百, 三四万).
    """
    if len(text) > LONGEST:
        return None
    text = _GAPS.sub("", unicodedata.normalize("NFKC", text)).translate(_SAME)
    if text.startswith(("负", "-", "−", "—", "–")):
        number = parse_number(text[1:])
        if number is None or number.upper is not None:
            return None
        return Number(-number.value, None, -number.high, -number.low, number.place, number.exact)
    if "分之" in text or "/" in text:
        return _fraction(text)
    if match := _SOME.fullmatch(text):
        return _some(match["before"], match["scale"])
    if (match := _PAIR.fullmatch(text)) and (number := _pair(match)):
        return number
    value = _chinese("一" + text if text.startswith(("百", "千", "万", "亿")) else text)
    if value is None:
        return None
    step = _step(text)
    exact = step == 1
    margin = Fraction(0) if exact else step / 2
    return Number(value, None, value - margin, value + margin, _place(value, step), exact)


def _fraction(text: str) -> Number | None:
    under, _, over = text.partition("分之")
    if not over:
        over, _, under = text.partition("/")
    a = _chinese(over if over not in ("百", "千", "万") else "一" + over)
    b = _chinese("一" + under if under.startswith(("百", "千", "万")) else under)
    if a is None or not b:
        return None
    return Number(a / b, None, a / b, a / b, 1 / b, True)


def _some(before: str, scale: str) -> Number | None:
    """十几万 is between 10 and 20 万, 几百 and 数百 between 200 and 1000, 一百几十 between 100 and 200."""
    worth = _chinese("一" + scale) if scale else Fraction(1)
    if worth is None:
        return None
    if not before:
        return Number(worth, None, 2 * worth, 10 * worth, worth, False) if scale else None
    if before[-1] == "十" and not scale.startswith("十"):
        base = _chinese(before)
        if base is None:
            return None
        base *= worth
        return Number(base, None, base, base + 10 * worth, worth, False)
    base = _chinese(before.rstrip("零"))
    if base is not None and worth >= 10**4:  # 一千五百零几万: 万 counts both
        base *= worth
    return None if base is None else Number(base, None, base, base + 10 * worth, worth, False)


def _pair(match: re.Match[str]) -> Number | None:
    a, b = _DIGITS[match["a"]], _DIGITS[match["b"]]
    if b != a + 1 and (a, b) != (3, 5):
        return None
    low, high = (_chinese(match["before"] + digit + match["scale"]) for digit in (match["a"], match["b"]))
    if low is None or high is None or not low < high:
        return None
    return Number(low, high, low, high, high - low, False)


def _chinese(text: str) -> Fraction | None:
    """The number that `text` (NFKC, common characters) writes with Chinese places; its parts may be Arabic digits."""
    if not text:
        return None
    for place, worth in _PLACES:
        before, found, after = text.rpartition(place)
        if not found:
            continue
        count = Fraction(1) if not before else _chinese(before)
        rest = _rest(after, worth)
        # 十 百 千 take one digit before them (12百 is not Chinese); 万 and 亿 take any number.
        if count is None or rest is None or (worth < 10**4 and count >= 10):
            return None
        return count * worth + rest
    if _ARABIC.fullmatch(text):
        return Fraction(text)
    whole, point, decimals = text.partition("点")
    digits = [_DIGITS.get(digit) for digit in whole + decimals]
    if None in digits or not whole or (point and not decimals):
        return None
    return Fraction(int("".join(map(str, digits))), 10 ** len(decimals))


def _rest(after: str, worth: int) -> Fraction | None:
    """What follows a place: nothing, the smaller places, or one digit that counts tenths of the place (三万五)."""
    if not after:
        return Fraction(0)
    if len(after) == 1 and worth > 10 and after in _DIGITS:
        return Fraction(_DIGITS[after] * worth, 10)
    if worth == 10 and after.startswith("点"):
        after = "零" + after
    stripped = after.lstrip("零〇")
    value = _chinese(stripped if stripped and not stripped.startswith("点") else "零" + stripped)
    return value if value is not None and value < worth else None


def _step(text: str) -> Fraction:
    """Worth of the last printed digit: 0.1亿 for 6.9亿, 1万 for 190万, 1 for 1300 and for 一百二十."""
    match = _LAST.search(text)
    if match is None or not (match["whole"] or match["decimals"]):  # Chinese digits
        if "点" in text:
            decimals, scale = re.fullmatch(r".*点([^十百千万亿]*)([十百千万亿]*)", text).groups()  # type: ignore[union-attr]
            return Fraction(1, 10 ** len(decimals)) * (_chinese("一" + scale) or 1)
        scale = text[len(text.rstrip("万亿")) :]
        return (_chinese("一" + scale) or Fraction(1)) if scale else Fraction(1)
    worth = _chinese("一" + match["scale"]) if match["scale"] else Fraction(1)
    return Fraction(worth or 1) / Fraction(10 ** len(match["decimals"] or ""))


def _place(value: Fraction, step: Fraction) -> Fraction:
    place, count = step, value / step
    while count and count.denominator == 1 and count % 10 == 0:
        place, count = place * 10, count / 10
    return place
