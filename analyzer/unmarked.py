"""Lists without serial marks, found beside the count that announces them.

学习、培训和考核“三到位” · “以案说法、以会代训”两大行动 · 概括为三个方面：…；…；…。 · “四统一”…统一登记、统一编号、…

A list is taken where exactly as many items as announced can be counted. Another number of items is kept only where
the list is beyond doubt: every item repeats the slogan's word, or stands between semicolons after a colon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from analyzer import lexicon
from analyzer.announcements import count_pattern, read_count
from analyzer.pieces import Piece, first_of, split, split_last, without_lead
from analyzer.records import Declared, Enumeration, Item, Report

_WINDOW = 400  # characters before a count in which its items may stand
_FENCES = '，。；：！？\n（(“”"《,;:'
_OPEN_END = re.compile(r"等+\Z|等(?:方面|领域|问题|地)?\Z|(?:这|各|上述|以上|前|其他|的|之|共|第)\Z")
_LEADS_ON = re.compile(r"[一-鿿”\"]{0,12}?(?:[：:]|(?P<bracket>[（(])|，?(?:即|分别是|分别为|包括)[：:]?)")
_QUOTES = re.compile(r"(?:[“\"][^“”\"\n]{1,30}[”\"][、，和与及]?){2,}\Z")
_QUOTED = re.compile(r"[“\"]([^“”\"\n]{1,30})[”\"]")
_ONE = re.compile(r"一[次批项场个名支份册篇堂本张套轮遍条]")  # “三个一”: each item has a 一次, 一批 …
_NUMBERS = re.compile(r"\d[\d.,]*")
_COLON = re.compile(r"[一-鿿]{0,6}[：:]")
_NAMELY = re.compile(r"[”\"](?:[，,]?即|[：:]|，分别是|[（(])")
_BRACKET_END = re.compile(r"[)）]")
_SENTENCE_END = re.compile(r"[。！？\n]")
_NUMERAL = re.compile(r"[\d一二两三四五六七八九十]")
_MARKED = re.compile(r"[一1①][是要、.]|[（(][一1]|第一|首先|①")


def unmarked_lists(report: Report, taken: list[Declared]) -> list[Enumeration]:
    """The unmarked lists of a report; counts in `taken` are already bound to marked lists."""
    text = report.text
    bound = {(declared.start, declared.end) for declared in taken}
    found: list[Enumeration] = []
    for match in count_pattern().finditer(text):
        declared = read_count(text, match)
        if declared is None or (declared.start, declared.end) in bound or declared.value > 30:
            continue
        if _measures(text, match) or (declared.value == 2 and len(match["slogan"] or "  ") == 1):  # “两会”
            continue
        for pieces in _readings(text, match, declared):
            if len(pieces) == declared.value:
                found.append(_enumeration(text, pieces, declared))
                break
        else:
            pieces = _counted_otherwise(text, match, declared)
            if pieces:
                found.append(_enumeration(text, pieces, declared))
    return found


def _measures(text: str, match: re.Match[str]) -> bool:
    """Whether the count has no noun behind it: 孵化器2个 counts what stands before it, one thing only."""
    if match["slogan"] or match["noun"] or match["classifier"] in ("方面", "层面", "环节", "举措", "措施", "重点"):
        return False
    return not text[match.end() : match.end() + 1].isalnum() and text[match.end() : match.end() + 1] not in ("“", '"')


def _enumeration(text: str, pieces: list[Piece], declared: Declared) -> Enumeration:
    items = tuple(
        Item.cut(text, piece.start, piece.end, marker="", number=number) for number, piece in enumerate(pieces, 1)
    )
    return Enumeration.cut(text, items[0].start, items[-1].end, style="other", items=items, declared=declared)


def _readings(text: str, match: re.Match[str], declared: Declared) -> Iterator[list[Piece]]:
    """The ways in which the words around a count can be read as its list, the surest first."""
    number = declared.value
    yield _quoted_before(text, declared.start, number)
    yield _joined_before(text, declared.start, number)
    yield _led_on(text, match, number)
    yield _repeated_after(text, match, number)
    yield _parallel_before(text, declared.start, number)


def _quoted_before(text: str, at: int, number: int) -> list[Piece]:
    """“A、B、C”三大… · “A”“B”“C”三大… · “病学灾房”4类…"""
    start = at - 1 if text[at - 1 : at] in ("“", '"') else at
    if text[start - 1 : start] not in ("”", '"'):
        return []
    several = _QUOTES.search(text, max(0, start - _WINDOW), start)  # more than one “…” in a row
    if several:
        return [Piece(*quoted.span(1)) for quoted in _QUOTED.finditer(text, several.start(), start)][-number:]
    opening = max(
        text.rfind("“", max(0, start - _WINDOW), start - 1), text.rfind('"', max(0, start - _WINDOW), start - 1)
    )
    if opening < 0:
        return []
    letters = text[opening + 1 : start - 1]
    if len(letters) == number > 2 and not _NUMERAL.search(letters):
        return [Piece(index, index + 1) for index in range(opening + 1, start - 1)]
    return split(text, opening + 1, start - 1, "、，")


def _joined_before(text: str, at: int, number: int) -> list[Piece]:
    """A、B和C“三到位” · A和B两大…"""
    end = at - 1 if text[at - 1 : at] in ("“", '"') else at
    start = end
    floor = max(0, end - _WINDOW)
    while start > floor and text[start - 1] not in _FENCES:
        start -= 1
    if start == end or _OPEN_END.search(text, start, end) or text.endswith(_takes_object(), start, end):
        return []
    pieces = split(text, start, end, "、")
    if len(pieces) == number - 1:
        pieces = split_last(text, pieces)
    if len(pieces) != number:
        return []
    return without_lead(text, pieces)


@cache
def _takes_object() -> tuple[str, ...]:
    return tuple(lexicon.load("announcements")["takes_object"])


def _led_on(text: str, match: re.Match[str], number: int) -> list[Piece]:
    """三个方面：A；B；C。 · “五大行动”（A、B、C、D、E） · 三项制度，即A、B和C"""
    after = match.end("classifier") if match["classifier"] else match.end()
    opener = _LEADS_ON.match(text, after)
    if not opener or _MARKED.match(text, opener.end()):
        return []
    start = opener.end()
    stop = (_BRACKET_END if opener["bracket"] else _SENTENCE_END).search(text, start, start + 2 * _WINDOW)
    end = stop.start() if stop else min(len(text), start + 2 * _WINDOW)
    for marks, limit in (
        ("；;", end),
        ("、", first_of(text, "，；", start, end)),
        ("，", first_of(text, "；", start, end)),
    ):
        pieces = split(text, start, limit, marks)
        if marks == "、" and len(pieces) == number - 1:
            pieces = split_last(text, pieces)
        if len(pieces) == number and all(piece.end > piece.start for piece in pieces):
            return pieces
    return []


def _repeated_after(text: str, match: re.Match[str], number: int) -> list[Piece]:
    """“四统一”…统一登记、统一编号、统一印发、统一查询 · 三项制度…A制度、B制度、C制度"""
    word = (match["slogan"] or match["noun"] or "").lstrip("个大项")
    if not 1 <= len(word) <= 4 or number < 3:
        return []
    start = match.end("noun") if match["classifier"] else match.end()
    end = first_of(text, "\n", start, min(len(text), start + 150))
    run: list[Piece] = []
    for piece in split(text, start, end, "、，；。" if match["slogan"] else "、，。"):
        words = text[piece.start : piece.end]
        if word == "一":
            hit = Piece(*piece) if _ONE.search(words) else None
        elif words.startswith(word) or (not run and word in words and not words.endswith(word)):
            hit = Piece(piece.start + words.index(word), piece.end)
        else:
            hit = piece if words.endswith(word) and len(words) > len(word) else None
        if hit is None:
            if len(run) == number:
                break
            run = []
        else:
            run.append(hit)
    return without_lead(text, run) if len(run) == number else []


def _parallel_before(text: str, at: int, number: int) -> list[Piece]:
    """A年交易额达到58亿元，B年交易额达到230亿元，两大市场…: clauses that differ only in their subjects."""
    if not 2 <= number <= 5 or text[at - 1 : at] != "，":
        return []
    start = max(text.rfind(mark, max(0, at - _WINDOW), at) for mark in "。；\n")
    clauses = split(text, start + 1, at - 1, "，")[-number:]
    if len(clauses) < number:
        return []
    shapes = [_NUMBERS.sub("#", text[clause.start : clause.end]) for clause in clauses]
    common = shapes[0]
    for shape in shapes[1:]:
        while not shape.endswith(common):
            common = common[1:]
    if "#" not in common or len(common) < 5:
        return []
    subjects = [len(shape) - len(common) for shape in shapes]
    if not all(0 < length <= 15 and "#" not in shape[:length] for length, shape in zip(subjects, shapes, strict=True)):
        return []
    return [Piece(clause.start, clause.start + length) for clause, length in zip(clauses, subjects, strict=True)]


@cache
def _slogans() -> frozenset[str]:
    """Words whose items may be counted by their shape, too."""
    return frozenset(lexicon.load("announcements")["slogans"])


def _counted_otherwise(text: str, match: re.Match[str], declared: Declared) -> list[Piece]:
    """The items of a list that is beyond doubt, whatever their number; [] where none is."""
    after = match.end("noun") if match["classifier"] else match.end()
    quoted = text[after : after + 1] in ("”", '"')
    word = (match["slogan"] or (quoted and match["noun"]) or "").lstrip("个大项")
    if len(word) > 1 or word in _slogans():
        return _repeating(text, match, declared, word)
    opener = _COLON.match(text, match.end("classifier")) if match["classifier"] else None
    if not opener or _MARKED.match(text, opener.end()):
        return []
    stop = _SENTENCE_END.search(text, opener.end(), opener.end() + 2 * _WINDOW)
    pieces = split(text, opener.end(), stop.start(), "；") if stop else []
    return pieces if len(pieces) > 2 and all(piece.end - piece.start > 3 for piece in pieces) else []


def _shows(words: str, word: str, loose: bool = False) -> bool:
    """Whether an item shows the slogan's word at its beginning or end; `loose`: anywhere, behind a lead-in."""
    if word == "一":
        return bool(_ONE.search(words))
    return words.startswith(word) or words.endswith(word) or (loose and word in words)


def _repeating(text: str, match: re.Match[str], declared: Declared, word: str) -> list[Piece]:
    """Items that all show the slogan's word (同宣传、同部署“三同”), before it or, after 即 or a colon, behind it."""
    end = declared.start - 1
    start = end
    while start > max(0, end - _WINDOW) and text[start - 1] not in _FENCES:
        start -= 1
    behind = _NAMELY.match(text, match.end("noun") if match["classifier"] else match.end())
    fence = _BRACKET_END if behind and behind.group()[-1] in "（(" else _SENTENCE_END
    stop = fence.search(text, behind.end(), behind.end() + _WINDOW) if behind else None
    regions = [(start, end)] + ([(behind.end(), stop.start())] if behind and stop else [])
    for first, last in regions:
        if _OPEN_END.search(text, first, last):
            continue
        pieces = split_last(text, split(text, first, last, "、，；"))
        shown = [text[piece.start : piece.end] for piece in pieces]
        if (
            len(pieces) > 1
            and _shows(shown[0], word, loose=first == start)
            and all(_shows(each, word) for each in shown[1:])
        ):
            return pieces
        alike = len({len(each) for each in shown[1:]}) == 1 and len({each[-1:] for each in shown}) == 1
        if (
            word in _slogans()
            and first == start
            and len(pieces) > 2
            and alike
            and abs(len(pieces) - declared.value) == 1
        ):
            return without_lead(text, pieces)
    return []
