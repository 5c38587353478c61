"""What the role model sees of a clause: cues and structure that have names, and the characters it is written with.

Everything is computed for all clauses of a report at once with numpy, in time linear in the text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

import ahocorasick_rs
import numpy as np
from numpy.typing import NDArray

from analyzer.extract.role_grams import Ints, find_grams
from analyzer.extract.scenes import find_scenes, scenes
from analyzer.extract.zones import Zone
from analyzer.lexicon import load
from analyzer.markers import HEADING_STYLES, Mark
from analyzer.records import Clause, Outline, Quantity, Words

Floats = NDArray[np.float32]

_STOPS = "。；，："
_KINDS = ("count", "money", "percent", "points", "rank", "duration", "area", "length", "other")
_STYLES = (*HEADING_STYLES, "一是", "第一", "首先", "——")
_LENGTHS = (3, 6, 10, 15, 25)
_TAGS = ("v", "vn", "n", "ns", "nz", "d", "a", "p", "m", "t", "c", "u", "f", "r", "x")
_PLACES = ("first", "second", "third", "last", "last_but_one")  # words of a clause whose tags are looked at
# what means another thing in another part of a report, as conjunctions: a linear model adds, it does not multiply
_WITH_ZONE = ("marked", "heading:before", "cue:lacking", "cue:framing_start", "quantity:percent", "stop:：")
_FEW = 6  # clauses from the beginning of a part are told apart up to this many
_AROUND = 8  # clauses before and behind that set the tense of a stretch


_Put = Callable[[str, NDArray[Any]], None]


class Features(NamedTuple):
    """The features of the clauses of one report."""

    named: Floats  # (clauses, len(names())): cues and structure
    grams: tuple[tuple[Ints, Ints], ...]  # n-grams of each kind of GRAM_KINDS: (clause, key)


@cache
def names() -> tuple[str, ...]:
    """The names of the named features, in the order of the columns of `Features.named`."""
    cues = [f"cue:{name}" for name in load("role_cues")]
    zones = [zone.name.lower() for zone in Zone]
    return (
        *cues,
        *(f"zone:{zone}" for zone in zones),
        *(f"zone:{zone}:{place}" for zone in zones for place in range(_FEW)),
        *(f"zone:{zone}&{other}" for zone in zones for other in _WITH_ZONE),
        *(f"scene:{scene}" for scene in scenes()),
        *(f"scene:{scene}:{place}" for scene in scenes() for place in range(_FEW)),
        "heading",
        "heading:inside",
        "heading:before",
        *(f"heading:{style}" for style in _STYLES),
        "frame",
        *(f"mark:{style}" for style in _STYLES),
        "line:first",
        "line:last",
        "line:whole",
        "sentence:first",
        "sentence:last",
        "sentence:whole",
        "sentence:opens_line",
        *(f"stop:{stop}" for stop in _STOPS),
        "stop:none",
        *(f"before:{stop}" for stop in _STOPS),
        "before:none",
        *(f"length:{length}" for length in (0, *_LENGTHS)),
        *(f"quantity:{kind}" for kind in _KINDS),
        "quantity:bound",
        "quoted",
        "cited",
        "coordinated",
        *(f"tag:{place}:{tag}" for place in _PLACES for tag in _TAGS),
        "position:first",
        "position:last",
        "tense:ahead",
        "tense:done",
    )


@cache
def _cues() -> tuple[ahocorasick_rs.AhoCorasick, NDArray[np.int64], NDArray[np.int64]]:
    """The automaton over all cue words; for each pattern its feature, and where it counts (0 in, 1 start, 2 end)."""
    words, features, places = [], [], []
    for number, cue in enumerate(load("role_cues").values()):
        for word in dict.fromkeys(cue["words"]):
            words.append(word)
            features.append(number)
            places.append(("in", "start", "end").index(cue["where"]))
    return ahocorasick_rs.AhoCorasick(words), np.array(features), np.array(places)


def find_features(
    text: str,
    clauses: Sequence[Clause],
    zones: Sequence[Zone],
    outline: Outline,
    marks: Sequence[Mark],
    quantities: Sequence[Quantity],
    words: Words,
) -> Features:
    """The features of `clauses` (in text order, with their `zones`)."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    starts = np.fromiter((clause.start for clause in clauses), np.int64, len(clauses))
    ends = np.fromiter((clause.end for clause in clauses), np.int64, len(clauses))
    bodies, cores = _without_stops(codes, starts, ends), _without_marks(starts, marks)
    cores = np.minimum(cores, bodies)
    columns = {name: number for number, name in enumerate(names())}
    table = np.zeros((len(clauses), len(columns)), np.float32)

    def put(name: str, values: NDArray[Any]) -> None:
        table[:, columns[name]] = values

    _put_cues(table, text, starts, ends, cores, bodies)
    _put_stretches(put, "zone", zones, {int(zone): zone.name.lower() for zone in Zone})
    _put_stretches(put, "scene", find_scenes(text, clauses), dict(enumerate(scenes(), 1)))
    _put_headings(put, len(text), starts, outline, marks)
    _put_stops(put, codes, starts, ends)
    lengths = np.searchsorted(np.array(_LENGTHS), bodies - cores, side="right")
    for number, length in enumerate((0, *_LENGTHS)):
        put(f"length:{length}", lengths == number)
    _put_quantities(table, columns, starts, quantities)
    _put_tags(put, words, cores, bodies)
    for name, sign in (("quoted", "“"), ("cited", "《"), ("coordinated", "、")):
        put(name, _count(codes == ord(sign), starts, ends) > 0)
    marked = cores > starts
    for zone in Zone:
        here = table[:, columns[f"zone:{zone.name.lower()}"]] > 0
        for other in _WITH_ZONE:
            there = marked if other == "marked" else table[:, columns[other]] > 0
            put(f"zone:{zone.name.lower()}&{other}", here & there)
    place = np.arange(len(clauses))
    put("position:first", np.exp2(-place / 4))
    put("position:last", np.exp2((place - len(clauses) + 1) / 4))
    for name in ("ahead", "done"):
        marked = table[:, columns[f"cue:{name}"]] > 0
        summed = np.concatenate(([0], np.cumsum(marked)))
        low, high = np.maximum(place - _AROUND, 0), np.minimum(place + _AROUND + 1, len(clauses))
        put(f"tense:{name}", (summed[high] - summed[low]) / np.maximum(high - low, 1))
    return Features(table, find_grams(codes, cores, bodies))


def _without_stops(codes: Ints, starts: Ints, ends: Ints) -> Ints:
    """Where each clause ends without its closing marks and white space."""
    closing = np.isin(codes, [ord(sign) for sign in "。！？；，：,:;!?” 　\t\n"])
    kept = np.where(closing, -1, np.arange(len(codes)))
    last = np.maximum.accumulate(kept) + 1 if len(codes) else kept
    bodies: Ints = np.maximum(last[ends - 1], starts)
    return bodies


def _without_marks(starts: Ints, marks: Sequence[Mark]) -> Ints:
    """Where each clause begins behind its serial mark."""
    behind = {mark.start: mark.end for mark in marks}
    return np.fromiter((behind.get(start, start) for start in starts.tolist()), np.int64, len(starts))


def _put_cues(table: Floats, text: str, starts: Ints, ends: Ints, cores: Ints, bodies: Ints) -> None:
    automaton, features, places = _cues()
    clean = text.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate stops the automaton; it becomes one “?”
    found = np.array(automaton.find_matches_as_indexes(clean, overlapping=True), np.int64).reshape(-1, 3)
    pattern, begin, stop = found.T
    clause = np.searchsorted(starts, begin, side="right") - 1
    inside = (clause >= 0) & (stop <= ends[clause])
    pattern, begin, stop, clause = (each[inside] for each in (pattern, begin, stop, clause))
    where = places[pattern]
    counts = (where == 0) | ((where == 1) & (begin == cores[clause])) | ((where == 2) & (stop == bodies[clause]))
    table[clause[counts], features[pattern[counts]]] = 1


def _put_stretches(put: _Put, kind: str, values: Sequence[int], names: dict[int, str]) -> None:
    """What stretch (zone, scene) each clause stands in, and how many clauses it is from its beginning."""
    value = np.fromiter(values, np.int64, len(values))
    place = np.arange(len(value))
    opens = np.ones(len(value), bool)
    opens[1:] = value[1:] != value[:-1]
    since = np.minimum(place - np.maximum.accumulate(np.where(opens, place, 0)), _FEW - 1) if len(value) else place
    for number, name in names.items():
        put(f"{kind}:{name}", value == number)
        for few in range(_FEW):
            put(f"{kind}:{name}:{few}", (value == number) & (since == few))


def _put_headings(put: _Put, size: int, starts: Ints, outline: Outline, marks: Sequence[Mark]) -> None:
    painted = np.zeros(size + 1, np.int64)  # 0 outside headings, else 1 + style
    first = np.zeros(size + 1, bool)
    for section in outline.sections:
        number = _STYLES.index(section.style) if section.style in _STYLES else len(_STYLES)
        painted[section.start : section.end] = 1 + number
        first[section.start] = True
    heading = painted[starts] > 0
    put("heading", heading)
    put("heading:inside", heading & ~first[starts])
    put("heading:before", np.concatenate(([False], heading[:-1])) & ~heading)
    frame = np.zeros(size + 1, bool)
    for quote in (outline.title, outline.issuer, outline.date):
        if quote:
            frame[quote.start : quote.end] = True
    put("frame", frame[starts])
    marked = np.zeros(size + 1, np.int64)
    for mark in marks:
        if mark.style in _STYLES:
            marked[mark.start] = 1 + _STYLES.index(mark.style)
    for number, style in enumerate(_STYLES):
        put(f"heading:{style}", painted[starts] == 1 + number)
        put(f"mark:{style}", marked[starts] == 1 + number)


def _put_stops(put: _Put, codes: Ints, starts: Ints, ends: Ints) -> None:
    last = codes[ends - 1]
    newlines = np.concatenate(([0], np.cumsum(codes == ord("\n"))))
    opens_line = np.ones(len(starts), bool)
    opens_line[1:] = newlines[starts[1:]] > newlines[ends[:-1] - 1]
    closes_line = np.ones(len(starts), bool)
    closes_line[:-1] = opens_line[1:]
    ends_sentence = closes_line | np.isin(last, [ord(sign) for sign in "。！？!?"])
    opens_sentence = np.ones(len(starts), bool)
    opens_sentence[1:] = ends_sentence[:-1]
    put("line:first", opens_line)
    put("line:last", closes_line)
    put("line:whole", opens_line & closes_line)
    put("sentence:first", opens_sentence)
    put("sentence:last", ends_sentence)
    put("sentence:whole", opens_sentence & ends_sentence)
    put("sentence:opens_line", opens_line & ends_sentence & ~closes_line)
    before = np.concatenate(([0], last[:-1]))
    before[opens_line] = 0
    for stop in _STOPS:
        put(f"stop:{stop}", last == ord(stop))
        put(f"before:{stop}", before == ord(stop))
    put("stop:none", ~np.isin(last, [ord(stop) for stop in _STOPS]))
    put("before:none", ~np.isin(before, [ord(stop) for stop in _STOPS]))


def _put_quantities(table: Floats, columns: dict[str, int], starts: Ints, quantities: Sequence[Quantity]) -> None:
    clause = np.searchsorted(starts, [quantity.start for quantity in quantities], side="right") - 1
    for at, quantity in zip(clause.tolist(), quantities, strict=True):
        if at >= 0:
            table[at, columns[f"quantity:{quantity.kind if quantity.kind in _KINDS else 'other'}"]] = 1
            if quantity.hedge in (">=", "<="):
                table[at, columns["quantity:bound"]] = 1


def _put_tags(put: _Put, words: Words, cores: Ints, bodies: Ints) -> None:
    numbers = {tag: number for number, tag in enumerate(_TAGS)}
    known = {tag: numbers.get(tag, numbers.get(tag[0], len(_TAGS) - 1)) for tag in set(words.tags)}
    tags = np.fromiter(map(known.__getitem__, words.tags), np.int64, len(words.tags))
    starts = np.array(words.starts, np.int64)
    first, stop = np.searchsorted(starts, cores), np.searchsorted(starts, bodies)
    for place, at in zip(_PLACES, (first, first + 1, first + 2, stop - 1, stop - 2), strict=True):
        inside = (at >= first) & (at < stop)
        tag = np.where(inside, tags[np.minimum(np.maximum(at, 0), len(tags) - 1)], -1) if len(tags) else at * 0 - 1
        for number, name in enumerate(_TAGS):
            put(f"tag:{place}:{name}", tag == number)


def _count(hits: NDArray[np.bool_], starts: Ints, ends: Ints) -> Ints:
    summed = np.concatenate(([0], np.cumsum(hits)))
    return summed[ends] - summed[starts]
