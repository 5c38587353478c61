"""Announced counts (两个方面, 以下三点, “五大行动”), and which list each of them announces."""

from __future__ import annotations

import re
from functools import cache

from analyzer import lexicon
from analyzer.numerals import parse_count
from analyzer.records import Declared

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
_REACH = 200  # the announcing sentence is looked for in so many characters before the list


@cache
def count_pattern() -> re.Pattern[str]:
    """Finds what may announce a count: `number` with a `classifier` and a `noun`, or a quoted `slogan` (“三到位”)."""
    words = lexicon.load("announcements")
    classifiers = "|".join(sorted(words["classifiers"], key=len, reverse=True))
    return re.compile(
        rf"(?<![\d第一二三四五六七八九十百千万亿几数.．—\-－~～/年])(?P<number>{_NUMERAL})"
        rf"(?:(?P<classifier>{classifiers})(?P<noun>[一-鿿]{{0,10}})|(?P<slogan>[一-鿿]{{1,8}})(?=[”\"]))"
    )


def announced_before(text: str, start: int, items: int) -> Declared | None:
    """The count announced for a list of `items` items that begins at `start`, if any.

    It stands in the sentence before the list, near its end. Where it differs from the number of items, it counts only
    if that sentence leads on (a colon) or says so (以下, 主要, 抓好 …): otherwise it may count something else.
    """
    end = start
    floor = max(0, start - _REACH)
    while end > floor and (text[end - 1] in _TRAIL or text[end - 1] == "\n"):
        end -= 1
    while text.endswith("\\r\\n", floor, end):
        end -= 4
    colon = text[end - 1 : end] in ("：", ":")
    stops = [match.end() for match in _SENTENCE_END.finditer(text, floor, max(floor, end - 1))]
    begin = stops[-1] if stops else floor
    sentence = text[begin:end]
    words = lexicon.load("announcements")
    best: Declared | None = None
    for match in count_pattern().finditer(text, begin, end):
        declared = read_count(text, match)
        if declared is None:
            continue
        near = _near_end(text, match, end)
        if declared.value == items and (near or (match["classifier"] in _PARTS and items > 2)):
            return declared
        if not near:
            continue
        led = colon or any(cue in sentence for cue in words["strong"])
        if led and match["classifier"] and any(cue in sentence for cue in words["cues"]):
            best = declared
    return best


def _near_end(text: str, match: re.Match[str], end: int) -> bool:
    """Whether the count stands in the last clause of its sentence."""
    after = text[match.end("classifier") if match["classifier"] else match.end() : end].rstrip('：:。，,；;”" 　')
    return len(after) <= _TAIL and not re.search(r"[，,；;：:。]", after)


def read_count(text: str, match: re.Match[str]) -> Declared | None:
    """The announced count that `match` is, without the words behind its noun; None for a measure of the world."""
    number = parse_count(match["number"])
    if not number or number < 2:
        return None
    noun = match["noun"] or ""
    if match["classifier"] in ("个", "项", "件", "条", "类", "种", "步") and noun.startswith(
        tuple(lexicon.load("announcements")["measured"])
    ):
        return None
    return Declared.cut(text, match.start(), _noun_end(match), value=number)


_NOUN = re.compile(
    r"(?:方面|问题|重点|任务|工作|行动|工程|举措|措施|坚持|关键|环节|层面|维度|目标|要求|原则|意见|建议|体会|特点|亮点|实事|难题"
    r"|转变|突破|提升|提高|统一|到位|计划|战略|体系|机制|制度|清单|任务|抓手|阶段|步骤|部分|内容|着力点|更加|坚定不移|新)"
)


def _noun_end(match: re.Match[str]) -> int:
    """Where the quoted count ends: after its noun (两个方面), else after its classifier (以下三点)."""
    if not match["classifier"]:
        return match.end()
    found = _NOUN.search(match["noun"])
    return match.start("noun") + found.end() if found else match.end("classifier")
