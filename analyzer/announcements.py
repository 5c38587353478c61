"""Announced counts (两个方面, 以下三点, “五大行动”), and which list each of them announces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from analyzer import lexicon
from analyzer.numerals import parse_count
from analyzer.records import Declared, Quote

_NUMERAL = r"(?:[二三四五六七八九]?十[一二三四五六七八九]|[二三四五六七八九]十|[一二两三四五六七八九十]|\d{1,2})"
_PARTS = (
    "方面",
    "大",
    "点",
    "项",
    "个",
    "件",
    "条",
)  # these may stand earlier in the sentence, where the number agrees
_LEADS_ON = re.compile(r"，?(?:即|分别是|分别为|具体是|具体为|包括|也就是)?[：:，,。；;”\"\s]*\Z")
_SENTENCE_END = re.compile(r"[。！？!?\n]|\\r\\n|\\n|&nbsp;")
_TRAIL = ' 　\t\r*#“"—-'  # what may stand between an announcement and the first mark
_TAIL = 16  # a count announces from the end of its sentence: at most so many characters follow it
_GOVERNS = 12  # a cue verb stands at most so many characters before the count that is its object
_REACH = 200  # the announcing sentence is looked for in so many characters before the list


@cache
def count_pattern() -> re.Pattern[str]:
    """Finds what may announce a count: `number` with a `classifier` and a `noun`, or a quoted `slogan` (“三到位”)."""
    words = lexicon.load("announcements")
    classifiers = "|".join(sorted(words["classifiers"], key=len, reverse=True))
    return re.compile(
        rf"(?<![\d第一二三四五六七八九十百千万亿几数.．—\-－~～/年])(?P<number>{_NUMERAL})"
        rf"(?:(?P<classifier>{classifiers})(?=(?P<noun>[一-鿿]{{0,10}}))|(?P<slogan>[一-鿿]{{1,8}})(?=[”\"]))"
    )


def announced_before(text: str, items: Sequence[Quote]) -> Declared | None:
    """The count announced for the list `items`, if any: it stands in the sentence before the first item.

    Where it agrees, anywhere in that sentence will do. Where it differs, it must stand at the end of the sentence and
    clearly announce: before a colon, after 以下, or as the object of a cue verb (抓好六件大事, 做到四个不动摇) while
    its noun is one that names parts (方面, 工作, 大事 …) or returns in the items. Else it may count something else.
    """
    start = items[0].start
    end = start
    floor = max(0, start - _REACH)
    while end > floor and (text[end - 1] in _TRAIL or text[end - 1] == "\n"):
        end -= 1
    while text.endswith("\\r\\n", floor, end):
        end -= 4
    stops = [match.end() for match in _SENTENCE_END.finditer(text, floor, max(floor, end - 1))]
    begin = stops[-1] if stops else floor
    differing: Declared | None = None
    for match in count_pattern().finditer(text, begin, end):
        declared = read_count(text, match)
        if declared is None:
            continue
        near = _near_end(text, match, end)
        if declared.value == len(items) and (near or (match["classifier"] in _PARTS and len(items) > 2)):
            return declared
        if near and _announces(text, match, begin, end, items):
            differing = declared
    return differing


def _near_end(text: str, match: re.Match[str], end: int) -> bool:
    """Whether the count stands in the last clause of its sentence."""
    after = _LEADS_ON.sub("", text[match.end("classifier") if match["classifier"] else match.end() : end])
    return len(after) <= _TAIL and not re.search(r"[，,；;：:。]", after)


def _announces(text: str, match: re.Match[str], begin: int, end: int, items: Sequence[Quote]) -> bool:
    """Whether a count at the end of a sentence can only mean the list that follows."""
    before = text[max(begin, match.start() - _GOVERNS) : match.start()]
    if before.endswith(("、", "和", "及", "（", "(")) or "、" in text[match.end() : end]:
        return False  # one of several counts (七个突出、八个始终), or a number in brackets
    words = lexicon.load("announcements")
    colon = text[end - 1] in "：:"
    if not match["classifier"]:
        return colon and end - match.end() <= 2  # “八个坚定不移”：
    if colon or any(cue in before for cue in words["strong"]):
        return True
    if not any(cue in before for cue in words["cues"]):
        return False
    noun = match["noun"] or match["classifier"]
    if len(noun) > 1 and all(noun in item.quote for item in items):
        return True
    # 一是 in a paragraph of its own may list something else than the sentence before; headings do not.
    apart = "\n" in text[end : items[0].start] and items[0].quote[1:2] in "是要，、"
    return not apart and (match["classifier"] in ("方面", "点") or noun.startswith(tuple(words["parts"])))


def read_count(text: str, match: re.Match[str]) -> Declared | None:
    """The announced count that `match` is, without the words behind its noun; None for a measure of the world."""
    number = parse_count(match["number"])
    if not number or number < 2 or (match["slogan"] or "").startswith("五"):  # “十四五”, “八五”普法
        return None
    noun = match["noun"] or ""
    if match["classifier"] in ("个", "项", "件", "条", "类", "种", "步") and noun.startswith(
        tuple(lexicon.load("announcements")["measured"])
    ):
        return None
    return Declared.cut(text, match.start(), _noun_end(match), value=number)


@cache
def _noun_pattern() -> re.Pattern[str]:
    words = lexicon.load("announcements")
    return re.compile("|".join(sorted({*words["parts"], *words["slogans"]}, key=len, reverse=True)))


def _noun_end(match: re.Match[str]) -> int:
    """Where the quoted count ends: after its noun (两个方面), else after its classifier (以下三点)."""
    if not match["classifier"]:
        return match.end()
    if match.string[match.end("noun") : match.end("noun") + 1] in ("”", '"'):
        return match.end("noun")  # “五大振兴”
    found = _noun_pattern().search(match["noun"])
    return match.start("noun") + found.end() if found else match.end("classifier")
