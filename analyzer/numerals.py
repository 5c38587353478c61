"""Chinese and Arabic numerals → exact numbers, with the interval that the printed digits allow. No float anywhere.

Chinese numerals are read by the place values of 十 百 千 万 亿 (GB/T 15835-2011 5.1, 5.2), financial capitals included;
a last digit may stand for the place below (三万五 = 35000). Arabic digits, Chinese digits and 万/亿 may be mixed.
"""

from __future__ import annotations

import re
import unicodedata
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
_PLAIN = re.compile(r"\d+")
_ARABIC = re.compile(r"\d{1,3}(?:[,\u2009 ]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?")


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
    if "点" in text:
        whole, _, decimals = text.partition("点")
        base, digits = _chinese(whole), [_DIGITS.get(digit) for digit in decimals]
        if base is None or not digits or None in digits:
            return None
        return base + Fraction(int("".join(map(str, digits))), 10 ** len(digits))
    if _ARABIC.fullmatch(text):
        return Fraction(re.sub(r"[,\u2009 ]", "", text))
    digits = [_DIGITS.get(digit) for digit in text]
    return None if None in digits else Fraction(int("".join(map(str, digits))))


def _rest(after: str, worth: int) -> Fraction | None:
    """What follows a place: nothing, the smaller places, or one digit that counts tenths of the place (三万五)."""
    if not after:
        return Fraction(0)
    if len(after) == 1 and worth > 10 and after in _DIGITS:
        return Fraction(_DIGITS[after] * worth, 10)
    value = _chinese(after.lstrip("零〇")) if after.strip("零〇") else Fraction(0)
    return value if value is not None and value < worth else None
