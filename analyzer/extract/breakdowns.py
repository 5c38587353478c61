"""Breakdowns: a total and its parts, and whether the words prove that the parts neither lack nor overlap."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from analyzer.extract.intervals import dimension
from analyzer.extract.sentences import Sentence, scope_of, sentences
from analyzer.lexicon import load
from analyzer.records import Breakdown, Quantity

_CUE = re.compile(r"其中|包括|包含|分为|(?<![包内])含(?![量金税有氧水碳义])")
_TOTALLED = re.compile(r"(?:共计|合计|总计|一共)(?:为|达|有)?\Z")
_OPEN, _CLOSED = "（(", "）)"
_STOP = re.compile(r"[；;]")
_CLAUSE_END = re.compile(r"[，；。、,;）)\s]")
_NOISE = re.compile(r"[，、；：:,;（）()\s]|其中|包括|包含|分别|以及|和|及|与")
_MORE = re.compile(r"等\s?(?:[，。；）)]|\Z)")
_YEAR = re.compile(r"(?:19|20)\d\d年")
_PARTS_KINDS = frozenset(["count", "money", "area", "length", "weight", "energy", "other"])


def find_breakdowns(text: str, quantities: Sequence[Quantity]) -> tuple[Breakdown, ...]:
    """The breakdowns of a report in text order.

    They are 其中 and 包括, brackets behind a total, totals behind a list (共计), and parts whose names are opposites
    (受理91宗，不予受理12宗).
    """
    found: list[Breakdown] = []
    for sentence in sentences(text, quantities):
        if len(sentence.quantities) > 1:
            taken: set[int] = set()
            for each in (*_cued(sentence), *_bracketed(sentence), *_totalled(sentence), *_opposed(sentence)):
                if each.parts[0].start not in taken:
                    taken.add(each.parts[0].start)
                    found.append(each)
    return tuple(sorted(found, key=lambda each: (each.start, each.end)))


def _cued(sentence: Sentence) -> Iterator[Breakdown]:
    """其中 and the like: the total before, the parts up to the end of bracket, semicolon or sentence."""
    text = sentence.text
    first = 0
    for cue in _CUE.finditer(text, sentence.start, sentence.stop):
        while first < len(sentence.quantities) and sentence.quantities[first].start < cue.start():
            first += 1
        if not 0 < first < len(sentence.quantities):
            continue
        opened = _open_bracket(text, sentence.start, cue.start())
        stop = _bracket_end(text, cue.end(), sentence.stop) if opened is not None else sentence.stop
        if not (opened is None and text[cue.end() : cue.end() + 1] in ":："):
            stop = _first(_STOP, text, cue.end(), stop)
        following = _CUE.search(text, sentence.quantities[first].end, stop)
        stop = following.start() if following else stop
        if text[cue.start() - 1] in "；;":
            continue
        yield from _between(sentence, first, stop, cue.group())


def _between(sentence: Sentence, first: int, stop: int, cue: str) -> Iterator[Breakdown]:
    """The parts from quantity `first` to `stop`, and the nearest number before them of the same kind as total."""
    quantities = sentence.quantities
    if quantities[first].start >= stop:
        return
    alike = [each for each in quantities[:first] if _alike(each, quantities[first])]
    if not alike or quantities[first].kind not in _PARTS_KINDS:
        return
    parts: list[int] = []
    for number in range(first, len(quantities)):
        each = quantities[number]
        if each.end > stop:
            break
        if _alike(each, quantities[first]):
            parts.append(number)
        elif each.kind not in ("percent", "points", "ratio"):
            break
    yield _record(sentence, alike[-1], parts, cue, tuple(alike[:-1]))


def _bracketed(sentence: Sentence) -> Iterator[Breakdown]:
    """“32名（专职12名、兼职20名）”: a bracket that holds nothing but parts."""
    text, quantities = sentence.text, sentence.quantities
    for number, total in enumerate(quantities[:-2]):
        opening = _first_of(text, _OPEN, total.end, min(total.end + 12, quantities[number + 1].start))
        if opening is None or any(mark in text[total.end : opening] for mark in "，。；、"):
            continue
        stop = _bracket_end(text, opening + 1, sentence.stop)
        inside = [n for n in range(number + 1, len(quantities)) if opening < quantities[n].start < stop]
        if len(inside) < 2 or not all(_alike(quantities[n], total) for n in inside) or total.kind not in _PARTS_KINDS:
            continue
        if _CUE.search(text, opening, stop):
            continue  # found by its cue
        yield _record(sentence, total, inside, "括号", ())


def _totalled(sentence: Sentence) -> Iterator[Breakdown]:
    """“宣传单300份、手册200份，共计500份”: a total behind its parts."""
    quantities = sentence.quantities
    for number in range(2, len(quantities)):
        if not _TOTALLED.search(sentence.before(number)) or quantities[number].kind not in _PARTS_KINDS:
            continue
        parts: list[int] = []
        for each in range(number - 1, -1, -1):
            if not _alike(quantities[each], quantities[number]):
                break
            parts.insert(0, each)
        if len(parts) > 1:
            yield _record(sentence, quantities[number], parts, "共计", ())


def _opposed(sentence: Sentence) -> Iterator[Breakdown]:
    """“收到申请103宗，不予受理12宗（…），受理91宗”: two parts of opposite names behind a total, past brackets."""
    outer = _outside_brackets(sentence)
    quantities = sentence.quantities
    for number in range(len(outer) - 2):
        total, *pair = outer[number : number + 3]
        if any(not _alike(quantities[each], quantities[total]) for each in pair):
            continue
        labels = [_own_words(sentence, each) for each in pair]
        if quantities[total].kind == "count" and split_of(labels) == "exhaustive":
            name = _own_words(sentence, total)
            if any(split_of([name, label]) for label in labels):
                continue  # 办结90件，未办结…: the first is itself a part
            rivals = tuple(quantities[each] for each in outer[:number])
            yield _record(sentence, quantities[total], pair, "对举", rivals)


def _record(sentence: Sentence, total: Quantity, parts: list[int], cue: str, rivals: tuple[Quantity, ...]) -> Breakdown:
    text, quantities = sentence.text, sentence.quantities
    labels = _labels(sentence, parts)
    chosen = tuple(quantities[each] for each in parts)
    start, end = min(total.start, chosen[0].start), max(total.end, chosen[-1].end)
    more = _MORE.search(text, chosen[-1].end, min(len(text), chosen[-1].end + 8))
    return Breakdown.cut(
        text,
        start,
        end,
        total=total,
        parts=chosen,
        labels=labels,
        cue=cue,
        split="" if more else split_of(labels),
        rivals=rivals,
        scope=scope_of(text[sentence.start : start]),
        period=total.period,
    )


def _labels(sentence: Sentence, parts: list[int]) -> tuple[str, ...]:
    """What each part is called; 分别 deals the names before it out to the numbers behind it."""
    words = sentence.before(parts[0])
    if "分别" in words and len(parts) > 1:
        names = re.split(r"[、和及与]", _last_clause(words[: words.index("分别")]))
        if len(names) == len(parts):
            return tuple(names)
    return tuple(_own_words(sentence, each) for each in parts)


def _own_words(sentence: Sentence, number: int) -> str:
    before = _NOISE.sub("", _last_clause(sentence.before(number)))
    if before:
        return before
    after = sentence.after(number)
    stop = _CLAUSE_END.search(after)
    return _NOISE.sub("", after[: stop.start()] if stop else after)


def _last_clause(words: str) -> str:
    pieces = [piece for piece in re.split(r"[，；。,;（(）)：:]|其中", words) if piece.strip()]
    return pieces[-1].strip() if pieces else ""


@cache
def _groups() -> tuple[tuple[bool, tuple[tuple[str, ...], ...]], ...]:
    """The partitions of the lexicon: whether they leave nothing out, and the words for each part."""
    return tuple(
        (group["whole"], tuple(tuple(word.split("|")) for word in group["words"]))
        for group in load("partitions")["group"]
    )


def split_of(labels: Sequence[str]) -> str:
    """“exhaustive” where the labels name all parts of a known partition once each, “exclusive” where they name some of
    them, “” where they may overlap.
    """
    if len(labels) < 2:
        return ""
    for whole, members in _groups():
        found = [_member(label, members) for label in labels]
        numbers = {number for number, _ in found}
        if None in numbers or len(numbers) < len(labels):
            continue
        rests = {rest for _, rest in found if rest}
        # 城镇新增就业、农村劳动力转移: opposite words, but of two different things
        return "exhaustive" if whole and len(numbers) == len(members) and len(rests) < 2 else "exclusive"
    if all(_YEAR.fullmatch(label) for label in labels) and len(set(labels)) == len(labels):
        return "exclusive"
    return ""


def _member(label: str, members: tuple[tuple[str, ...], ...]) -> tuple[int | None, str]:
    """The one member whose word the label holds, and the rest of the label; the longest word decides (不予受理)."""
    hits = [(len(word), number, word) for number, words in enumerate(members) for word in words if word in label]
    if not hits:
        return None, label
    _, chosen, word = max(hits)
    rest = label.replace(word, "")
    others = any(each in rest for number, words in enumerate(members) if number != chosen for each in words)
    return (None if others else chosen), rest


def _alike(a: Quantity, b: Quantity) -> bool:
    return a.kind == b.kind and dimension(a) == dimension(b) and bool(a.unit) == bool(b.unit)


def _outside_brackets(sentence: Sentence) -> list[int]:
    found, depth, at = [], 0, sentence.start
    for number, quantity in enumerate(sentence.quantities):
        for mark in sentence.text[at : quantity.start]:
            depth += (mark in _OPEN) - (mark in _CLOSED)
        at = quantity.start
        if depth <= 0:
            found.append(number)
    return found


def _open_bracket(text: str, start: int, at: int) -> int | None:
    opened = max(text.rfind(mark, start, at) for mark in _OPEN)
    closed = max(text.rfind(mark, start, at) for mark in _CLOSED)
    return opened if opened > closed else None


def _bracket_end(text: str, at: int, stop: int) -> int:
    end = _first_of(text, _CLOSED, at, stop)
    return stop if end is None else end


def _first_of(text: str, marks: str, start: int, stop: int) -> int | None:
    places = [place for mark in marks if (place := text.find(mark, start, stop)) >= 0]
    return min(places, default=None)


def _first(pattern: re.Pattern[str], text: str, start: int, stop: int) -> int:
    match = pattern.search(text, start, stop)
    return match.start() if match else stop
