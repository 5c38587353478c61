"""Serial marks (一、 （一） 1. 一是 第一， ①): one pass over a text finds them all, with style and number."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from analyzer.numerals import parse_count

# Headings nest in this order (GB/T 9704-2012, 7.3.3: 一、 （一） 1. （1）; ① and 第一部分 by custom).
HEADING_STYLES = ("第一部分", "一、", "（一）", "1.", "（1）", "①")
HIGH_STYLES = frozenset(HEADING_STYLES[:3])  # these head a section wherever they open a line

_HAN = "一二三四五六七八九十"
_CIRCLED = "①-⑳㉑-㉟"


class Mark(NamedTuple):
    """A serial mark at `start:end` of a text: style as in Enumeration.style, the number it shows, its words."""

    start: int
    end: int
    style: str
    number: int
    words: str


# What a mark may look like. Which of them count as marks depends on what stands before (see `find_marks`).
_MARK = re.compile(
    rf"""(?=[第首其再最（(1-9{_HAN}{_CIRCLED}])(?:
      第(?P<part>[{_HAN}]{{1,3}})(?:部分|章|编|篇)[、，：:\s]?
    | 第(?P<ordinal>[{_HAN}]{{1,3}})(?:[，、,：:]|是(?=[^否不]))
    | (?P<first>首先|其次|再次|最后)[，、,：:]?
    | 其(?P<among>[{_HAN}]{{1,2}})(?:[，、,：:]|是)
    | (?P<han>[{_HAN}]{{1,3}})(?:
          \n?(?P<is>是(?=[^否]))
        | (?P<must>要(?=[^么]))
        | (?P<comma>[、．.](?![{_HAN}]{{1,3}}[、，,和类线级]))
      )
    | [（(](?P<bracketed>[{_HAN}]{{1,3}})[)）][、，]?
    | [（(](?P<number>[1-9]\d?)[)）][、.]?
    | (?P<closed>[1-9]\d?)[)）](?=[^\d])
    | (?P<dotted>[1-9]\d?)(?:[.．](?![\d.．])|．(?=(?:19|20)\d\d\s?年)|、(?!\d))
    | (?P<circled>[{_CIRCLED}])
    )""",
    re.VERBOSE,
)

_SHOWN = re.compile(rf"[{_HAN}]+|\d+|[{_CIRCLED}]")
_CIRCLES = [chr(code) for code in (*range(0x2460, 0x2474), *range(0x3251, 0x3260))]  # ① to ㉟

_STYLES = {
    "part": "第一部分",
    "ordinal": "第一",
    "first": "首先",
    "among": "其一",
    "is": "一是",
    "must": "一要",
    "comma": "一、",
    "bracketed": "（一）",
    "number": "（1）",
    "closed": "1）",
    "dotted": "1.",
    "circled": "①",
}
_FIRST = {"首先": 1, "其次": 2, "再次": 3, "最后": 0}  # 最后 is whatever comes next

# A mark opens a line, or follows a stop, a dash, an opening quotation mark, white space or web residue.
_BEFORE = re.compile(r"(?:[。；！？：，、;:,!?…—\s*#>”’\"）)】　]|&nbsp;|\\n|[\ue000-\uf8ff])\Z")
_OPENING = re.compile(r"(?:[。；！？：;:!?…—\s*#>”\"】]|&nbsp;|\\n)\Z")
# 第一、第二轮 · 一、二号文: after 、 or ， only these styles still open an item.
_AFTER_COMMA = frozenset({"一是", "一要", "第一", "首先", "其一", "①", "（1）", "1）"})


def find_marks(text: str) -> list[Mark]:
    """All serial marks of `text` in order. What merely looks like one (3.5亿, 第一季度, 一、二号文) is left out."""
    return [mark for match in _MARK.finditer(text) if (mark := _mark(text, match))]


def _mark(text: str, match: re.Match[str]) -> Mark | None:
    start, end = match.span()
    kind = match.lastgroup or ""
    style = _STYLES[kind]
    if start and style != "①":  # glued to the words before, ① may still go on a list: see lists.py
        if style == "第一" and text[start - 1] in '”"':  # “创新百强区”第二、“工业百强区”第六: ranks
            return None
        before = text[max(0, start - 6) : start]
        allowed = _BEFORE if style in _AFTER_COMMA else _OPENING
        if not allowed.search(before):
            return None
    if style == "首先":
        return Mark(start, end, style, _FIRST[match["first"]], match.group())
    digits = match["han"] if kind in ("is", "must", "comma") else match[kind]
    number = _number(digits)
    return Mark(start, end, style, number, "".join(match.group().split())) if number else None


def mark_for(number: int, like: str) -> str:
    """The mark of `number` written as `like` is: 3, “（二）” → “（三）”. ValueError where `like` holds no number."""
    shown = _SHOWN.search(like)
    if not shown:
        raise ValueError(f"no number in the mark {like!r}")
    tens, ones = divmod(number, 10)
    han = ("十" if tens == 1 else _HAN[tens - 1] + "十" if tens else "") + (_HAN[ones - 1] if ones else "")
    if shown.group() in _CIRCLES:
        return _CIRCLES[number - 1]
    return like[: shown.start()] + (str(number) if shown.group().isascii() else han) + like[shown.end() :]


@cache
def _number(digits: str) -> int:
    return parse_count(digits) or 0


def missing_marks(first: int, stop: int, like: str) -> str:
    """The marks from `first` to before `stop` as a reader would name them: “二、” or “二、”至“四、”."""
    shown = f"“{mark_for(first, like)}”"
    return shown if stop - first == 1 else f"{shown}至“{mark_for(stop - 1, like)}”"


def misnumbered(marker: str, number: int, due: int, before: int | None) -> tuple[str, str]:
    """What is wrong with a mark that shows another number than is due, in Chinese and in English.

    `before` is the number of the mark before it, None where it is the first.
    """
    if number > due:
        lost = missing_marks(due, number, marker)
        return f"“{marker}”之前缺{lost}", f"Missing before {marker}: {lost}"
    right = mark_for(due, marker)
    if number == before:
        return f"“{marker}”重复，这里应是“{right}”", f"{marker} is repeated where {right} is due"
    return f"“{marker}”颠倒，这里应是“{right}”", f"{marker} stands where {right} is due"
