"""TXT001: a quotation mark, bracket or title mark without its partner."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.records import Analysis, Check, Paragraph, Quote, Related
from analyzer.rules import CONSISTENT, NOT_ASSESSABLE, inconsistent, rule

# Each kind of pair is balanced by itself: a fault of one kind then never makes marks of another look wrong.
_KINDS = {
    "引号": ("“", "”"),
    "单引号": ("‘", "’"),
    "括号": ("（(", "）)"),
    "书名号": ("《", "》"),
    "单书名号": ("〈", "〉"),
    "方头括号": ("【", "】"),
    "六角括号": ("〔", "〕"),
    "方括号": ("[［", "]］"),
    "直角引号": ("「", "」"),
    "双直角引号": ("『", "』"),
}
_ENGLISH = {"引号": "quotation mark", "单引号": "single quotation mark", "书名号": "title mark"}
_KIND = {mark: kind for kind, sides in _KINDS.items() for side in sides for mark in side}
_OPENING = frozenset("".join(sides[0] for sides in _KINDS.values()))
_HALF = frozenset("()[]")
_MARK = re.compile("[" + re.escape("".join(_KIND)) + "]")
_STRAIGHT = re.compile('"')
_CLOSES = re.compile(r"[，。；、：！？）》]|\s*$")  # what follows a closing mark, hardly ever an opening one
_WORDS = re.compile(r"[^，。；：、！？\n]{0,14}")
_STOP = re.compile(r"[，。；：、！？”’》）】〕\n]")
_ITEM = re.compile(r"(?:\d{1,3}|[A-Za-z]|[一二三四五六七八九十]{1,3}|[①-⑳])$")  # 1） a) ①） open a list item
_SENTENCE_END = re.compile(r"[。！？!?…”）)》]\s*$")
_FAR = 40  # marks looked ahead for the partner in a later paragraph
_SHOWN = 20

_Mark = tuple[int, str]


@rule("TXT001", "unbalanced-pair", "warning")
def unbalanced_pair(analysis: Analysis) -> Iterator[Check]:
    """引号、括号、书名号不成对 / A quotation mark, bracket or title mark without its partner

    查什么：引号、括号、书名号、方括号、六角括号等，左右是否成对；引号方向是否用反；一对括号是否一半全角一半半角。
    为什么：少半个引号或书名号，引文、文件名就没有了边界，读者和检索都会认错。
    依据：GB/T 15834—2011《标点符号用法》4.8 引号、4.9 括号、4.15 书名号；GB/T 9704—2012 公文格式。
    不报：列项编号后的单个括号，如“1）”“a)”；每段重新起引号、只在末段收引号的多段引文；英文撇号和英尺英寸号；
        同一种引号的嵌套；节选文本开头、结尾被截断的半个符号。

    Checks: whether quotation marks, brackets and title marks come in pairs, face the right way, and share one width.
    Why: with half a pair missing, a quotation or a document's title has no end, for readers and for any search.
    Source: GB/T 15834-2011 (punctuation) 4.8, 4.9, 4.15; GB/T 9704-2012.
    Not flagged: the lone bracket of list markers such as 1） and a); quotations that reopen in each paragraph;
        apostrophes, feet and inches; nested marks of one kind; half pairs where an excerpt was cut.
    """
    text, paragraphs = analysis.text, analysis.report.paragraphs
    by_kind: dict[str, list[tuple[_Mark, int]]] = {}
    for number, paragraph in enumerate(paragraphs):
        for match in _MARK.finditer(text, paragraph.start, paragraph.end):
            by_kind.setdefault(_KIND[match.group()], []).append(((match.start(), match.group()), number))
    for kind, marks in by_kind.items():
        faults: list[Check] = []
        mixed: list[Quote] = []
        pairs = 0
        for outcome in _balance(text, paragraphs, kind, marks):
            if isinstance(outcome, Quote):
                mixed.append(outcome)
            elif outcome is CONSISTENT:
                pairs += 1
                yield outcome
            elif outcome is NOT_ASSESSABLE:
                yield outcome
            else:
                faults.append(outcome)
        if len(faults) >= 6 and len(faults) * 3 > pairs:
            yield _systematic(kind, faults)
        else:
            yield from faults
        if mixed:
            yield _mixed(kind, mixed)
    yield from _straight(analysis)


def _balance(
    text: str, paragraphs: tuple[Paragraph, ...], kind: str, marks: list[tuple[_Mark, int]]
) -> Iterator[Check | Quote]:
    """Pairs the marks of one kind, paragraph by paragraph. A Quote is a pair of mixed width."""
    waiting: list[_Mark] = []
    items = 0  # closers taken for partners that may have been list markers
    here = -1
    for index, (mark, number) in enumerate(marks):
        at, sign = mark
        if number != here:
            here, items = number, 0
            if waiting and sign in _OPENING:
                if not (kind.endswith("引号") and at == paragraphs[number].start):  # “ at each paragraph's start
                    yield from (_unclosed(text, paragraphs, kind, one) for one in waiting)
                waiting = []
            elif waiting and number > marks[index - 1][1] + 3:
                yield from (_unclosed(text, paragraphs, kind, one) for one in waiting)
                waiting = []
        paragraph = paragraphs[number]
        if kind == "单引号" and text[max(0, at - 1) : at].isalnum() and text[at - 1].isascii():
            continue  # apostrophe, foot, minute
        item = kind == "括号" and sign not in _OPENING and _ITEM.search(text, max(paragraph.start, at - 4), at)
        if item and item.start() == paragraph.start:
            yield CONSISTENT  # “1）” at the head of a paragraph closes nothing
            continue
        if sign in _OPENING:
            if kind.endswith("引号") and waiting and _CLOSES.match(text, at + 1, paragraph.end):
                opener = waiting.pop()
                yield _wrong_way(text, kind, at, opener[0], closing=True)
            else:
                waiting.append(mark)
        elif waiting:
            opener = waiting.pop()
            if (opener[1] in _HALF) == (sign in _HALF):
                yield CONSISTENT
            else:
                yield Quote.cut(text, opener[0], at + 1)
            if item and at - opener[0] > 4:
                items += 1
        elif item:
            yield CONSISTENT
        elif kind == "括号" and items:
            items -= 1
            yield CONSISTENT
        elif kind.endswith("引号") and _reversed(text, marks, index):
            following = marks[index + 1][0]
            yield _wrong_way(text, kind, at, following[0], closing=False)
            waiting.append(mark)
        else:
            yield _unopened(text, paragraphs, kind, mark)
    yield from (_unclosed(text, paragraphs, kind, one) for one in waiting)


def _reversed(text: str, marks: list[tuple[_Mark, int]], index: int) -> bool:
    """Whether a closing mark that nothing opened is itself followed by another closing mark: ”一岗双责”."""
    if index + 1 == len(marks):
        return False
    (at, _), number = marks[index]
    (end, sign), other = marks[index + 1]
    return number == other and sign not in _OPENING and 1 < end - at <= _FAR and "。" not in text[at:end]


def _after(text: str, at: int) -> Quote:
    words = _WORDS.match(text, at + 1)
    return Quote.cut(text, at, words.end() if words else at + 1)


def _before(text: str, at: int) -> Quote:
    stops = [match.end() for match in _STOP.finditer(text, max(0, at - 14), at)]
    return Quote.cut(text, stops[-1] if stops else max(0, at - 14), at + 1)


def _unclosed(text: str, paragraphs: tuple[Paragraph, ...], kind: str, mark: _Mark) -> Check:
    last = paragraphs[-1]
    if mark[0] >= last.start and not _SENTENCE_END.search(text, max(last.start, last.end - 3), last.end):
        return NOT_ASSESSABLE  # the text breaks off in the middle of a sentence
    return inconsistent(
        _after(text, mark[0]),
        f"左{kind}“{mark[1]}”后面没有与它成对的右{kind}。请在应当结束的地方补上，或删去这个符号。",
        f"The opening {_english(kind)} {mark[1]} has no partner. Close it where it should end, or delete it.",
    )


def _unopened(text: str, paragraphs: tuple[Paragraph, ...], kind: str, mark: _Mark) -> Check:
    first = paragraphs[0]
    if mark[0] < min(first.end, first.start + 200) and first.end - first.start > 60:
        return NOT_ASSESSABLE  # the text may begin in the middle of a sentence
    return inconsistent(
        _before(text, mark[0]),
        f"右{kind}“{mark[1]}”前面没有与它成对的左{kind}。请在应当开始的地方补上，或删去这个符号。",
        f"The closing {_english(kind)} {mark[1]} has no partner. Open it where it should start, or delete it.",
    )


def _wrong_way(text: str, kind: str, at: int, partner: int, closing: bool) -> Check:
    side, english = ("右", "closing") if closing else ("左", "opening")
    other = "左" if closing else "右"
    return inconsistent(
        _before(text, at) if closing else _after(text, at),
        f"这里应当用{side}{kind}，却用了{other}{kind}，引号方向反了。",
        f"A {english} {_english(kind)} belongs here; this one faces the wrong way.",
        [Related.cut(text, partner, partner + 1, role="partner")],
    )


def _systematic(kind: str, faults: list[Check]) -> Check:
    return _in_one(
        [fault.quote for fault in faults if fault.quote],
        f"全文有{len(faults)}处{kind}不成对，像是转换格式时丢失或改变了符号。请对照原件统一检查。",
        f"{len(faults)} {_english(kind)}s lack a partner; a conversion may have lost them. Compare with the original.",
    )


def _mixed(kind: str, pairs: list[Quote]) -> Check:
    count = f"共{len(pairs)}处，" if len(pairs) > 1 else ""
    return _in_one(
        pairs,
        f"这对{kind}一半是全角、一半是半角，{count}请统一用全角。",
        f"One side of this pair is full-width, the other half-width ({len(pairs)} in the text). Use full width.",
    )


def _in_one(places: list[Quote], zh: str, en: str) -> Check:
    """One finding for many places: at the first, with the others beside it."""
    also = [Related.of(place, role="also") for place in places[1:_SHOWN]]
    return inconsistent(places[0], zh, en, also, severity="info", places=len(places))


def _straight(analysis: Analysis) -> Iterator[Check]:
    """Straight quotes have no direction: only an odd number in a paragraph shows that one is missing."""
    text = analysis.text
    if '"' not in text:
        return
    for paragraph in analysis.report.paragraphs:
        places = [match.start() for match in _STRAIGHT.finditer(text, paragraph.start, paragraph.end)]
        curly = text.count("“", paragraph.start, paragraph.end) - text.count("”", paragraph.start, paragraph.end)
        inches = sum(text[at - 1].isdigit() for at in places if at)
        if len(places) % 2 and (len(places) - inches) % 2 and not curly:
            yield inconsistent(
                _after(text, places[-1]),
                f'本段直引号（"）共{len(places)}个，是单数，有一个没有与它成对的另一半。',
                f"This paragraph has {len(places)} straight quotation marks, an odd number: one lacks its partner.",
                marks=len(places),
            )
        else:
            yield from [CONSISTENT] * (len(places) // 2)


def _english(kind: str) -> str:
    return _ENGLISH.get(kind, "bracket")
