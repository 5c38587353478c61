"""Word's number formats: 3 → 三, ③, ３, iii … (ECMA-376 part 1, 17.18.59)."""

from __future__ import annotations

import re
from collections.abc import Callable

_HAN = "〇一二三四五六七八九"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_FORMAL_SIMPLIFIED = "零壹贰叁肆伍陆柒捌玖", "拾佰仟"
_FORMAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖", "拾佰仟"


def format_number(number: int, form: str) -> str:
    """`number` in one of Word's number formats; decimal for those not known here."""
    if form == "none" or form == "bullet":
        return ""
    if number > 0 and (symbols := _SYMBOLS.get(form)):
        return symbols[number - 1] if number <= len(symbols) else str(number)
    if number >= 0 and (write := _FORMS.get(form)):
        return write(number)
    return str(number)


def _digits(digits: str) -> Callable[[int], str]:
    return lambda number: "".join(digits[int(digit)] for digit in str(number))


def _counting(digits: str, ranks: str, short_ten: bool) -> Callable[[int], str]:
    """十一, 一百零五: digits with ranks, below 10,000; `short_ten` writes 十一 and not 一十一."""

    def write(number: int) -> str:
        if not 0 < number < 10_000:
            return str(number) if number else digits[0]
        parts = []
        for place, digit in zip(range(len(str(number)) - 1, -1, -1), map(int, str(number)), strict=True):
            parts.append(digits[digit] + (ranks[place - 1] if place else "") if digit else digits[0])
        text = re.sub(f"{digits[0]}+", digits[0], "".join(parts)).rstrip(digits[0])
        return text[1:] if short_ten and 10 <= number < 20 else text

    return write


def _chinese_counting(number: int) -> str:
    return _counting(_HAN, "十百千", True)(number) if 0 < number < 100 else _digits("○" + _HAN[1:])(number)


def _letters(number: int) -> str:
    return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1) if number else ""


def _roman(number: int) -> str:
    text = ""
    for worth, sign in _ROMAN:
        text += sign * (number // worth)
        number %= worth
    return text


def _run(first: str, count: int) -> str:
    return "".join(chr(ord(first) + step) for step in range(count))


_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"

_SYMBOLS: dict[str, str | list[str]] = {
    "decimalEnclosedCircle": _run("①", 20),
    "decimalEnclosedCircleChinese": _run("①", 20),
    "decimalEnclosedParen": _run("⑴", 20),
    "decimalEnclosedFullstop": _run("⒈", 20),
    "ideographEnclosedCircle": _run("㊀", 10),
    "ideographTraditional": _STEMS,
    "ideographZodiac": _BRANCHES,
    "ideographZodiacTraditional": [_STEMS[n % 10] + _BRANCHES[n % 12] for n in range(60)],
}

_FORMS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": _digits("０１２３４５６７８９"),
    "decimalFullWidth2": _digits("０１２３４５６７８９"),
    "numberInDash": lambda number: f"- {number} -",
    "chineseCounting": _chinese_counting,
    "taiwaneseCounting": _chinese_counting,
    "chineseCountingThousand": _counting("零" + _HAN[1:], "十百千", True),
    "taiwaneseCountingThousand": _counting("零" + _HAN[1:], "十百千", True),
    "japaneseCounting": _counting("零" + _HAN[1:], "十百千", True),
    "chineseLegalSimplified": _counting(*_FORMAL_SIMPLIFIED, False),
    "ideographLegalTraditional": _counting(*_FORMAL_TRADITIONAL, False),
    "ideographDigital": _digits(_HAN),
    "japaneseDigitalTenThousand": _digits(_HAN),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}
