"""Serial marks (一、 （一） 1. 一是 第一， ①): one pass over a text finds them all, with style and number."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from analyzer.numerals import parse_count

# Headings nest in this order (GB/T 9704-2012, 7.3.3: 一、 （一） 1. （1）; ① and 第一部分 by custom).
HEADING_STYLES = ("第一部分", "一、", "（一）", "1.", "（1）", "①")

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
    rf"""
      第(?P<part>[{_HAN}]{{1,3}})(?:部分|章|编|篇)[、，：:\s]?
    | 第(?P<ordinal>[{_HAN}]{{1,3}})(?:[，、,：:]|是(?=[^否不]))
    | (?P<first>首先|其次|再次|最后)[，、,：:]?
    | 其(?P<among>[{_HAN}]{{1,2}})(?:[，、,：:]|是)
    | (?P<han>[{_HAN}]{{1,3}})(?:
          (?P<is>是(?=[^否]))
        | (?P<must>要(?=[^么]))
        | (?P<comma>[、．.](?![{_HAN}]{{1,3}}[、，,和个项年届类线级]))
      )
    | [（(](?P<bracketed>[{_HAN}]{{1,3}})[)）][、，]?
    | [（(](?P<number>[1-9]\d?)[)）][、.]?
    | (?P<closed>[1-9]\d?)[)）](?=[^\d])
    | (?P<dotted>[1-9]\d?)(?:[.．](?![\d.．])|、(?![\d]))
    | (?P<circled>[{_CIRCLED}])
    """,
    re.VERBOSE,
)

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
    if start:
        before = text[max(0, start - 6) : start]
        allowed = _BEFORE if style in _AFTER_COMMA else _OPENING
        if not allowed.search(before):
            return None
    if style == "首先":
        return Mark(start, end, style, _FIRST[match["first"]], match.group())
    digits = match["han"] if kind in ("is", "must", "comma") else match[kind]
    number = _number(digits)
    return Mark(start, end, style, number, match.group().strip()) if number else None


@cache
def _number(digits: str) -> int:
    return parse_count(digits) or 0
