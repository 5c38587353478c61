"""Text reuse: passages that reports of different places share, and reports of one place with those of the year before.

What every report may say is discounted: wording that more than three places share, and what `wording` leaves out.
Nothing here says who copied: both may follow a third.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

import ahocorasick_rs
import numpy as np

from analyzer.compare.compared import Compared, Text, compared
from analyzer.compare.fingerprints import Fingerprinted, Hashes, Ints, Shared, fingerprinted, shared, shared_again
from analyzer.compare.passages import aligned, promising
from analyzer.compare.renamed import latest_names
from analyzer.compare.runs import Run, row_of, runs_by_pair
from analyzer.compare.segments import Segment, segments
from analyzer.compare.wording import Wording, without_surrogates, wording
from analyzer.extract.places import same_place, spoken_of
from analyzer.records import Quote

LEAST = 60  # characters that count: one long sentence
_MOST_PLACES = 3  # what more places say is nobody's own


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two texts that share runs of signs."""

    one: int
    other: int
    runs: list[Run]
    counted: Callable[[Run], int]  # how many signs of a run count


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that two texts share. `a` is the earlier one, where years say so."""

    a: int  # number of the text
    b: int
    in_a: Quote
    in_b: Quote
    characters: int  # that agree and count: without punctuation, numbers, names, titles, set phrases
    segments: tuple[Segment, ...]  # of in_a and in_b, without gaps

    @property
    def exchanged(self) -> tuple[Segment, ...]:
        """The numbers, names and titles in place of which b has others."""
        return tuple(each for each in self.segments if each.kind in ("number", "name", "title"))


def shared_passages(texts: Sequence[Text], least: int = LEAST) -> list[Passage]:
    """The passages of at least `least` characters that count, of all pairs of texts that are compared.

    Texts of different places are compared, and each text with the latest earlier one of its place and kind. Sorted by
    b, then where it stands there.
    """
    return passages_of([compared(text) for text in texts], lambda number: texts[number].text, least)


def passages_of(texts: Sequence[Compared], text: Callable[[int], str], least: int = LEAST) -> list[Passage]:
    """What `shared_passages` gives; `text` is asked for the text with a number only where it shares a passage."""
    places = _places(texts)
    before = _before(texts, places)
    found = shared([each.wording for each in texts], places, before, _MOST_PLACES)
    names_in = _names(text.place for text in texts)

    @cache
    def others_in(number: int) -> frozenset[str]:
        """The names of other places that report, in the text of this one."""
        return names_in(text(number)) - {texts[number].place}

    @cache
    def read(number: int) -> Wording:
        return wording(text(number), texts[number].place, *others_in(number))

    pairs = [
        pair
        for pair in _pairs([each.wording for each in texts], found, least)
        if promising(pair.runs, pair.counted, least)
        if places[pair.one] == places[pair.other] or not same_place(texts[pair.one].place, texts[pair.other].place)
    ]
    plain = [pair for pair in pairs if not (others_in(pair.one) or others_in(pair.other))]
    named = [pair for pair in pairs if others_in(pair.one) or others_in(pair.other)]
    passages = [
        _passage(texts, text, read, pair, runs, characters)
        for pair in (*plain, *_anew(named, read, places, before, found.common, least))
        for runs, characters in aligned(pair.runs, pair.counted, partial(read, pair.other), least)
    ]
    return sorted(passages, key=lambda passage: (passage.b, passage.in_b.start, passage.a))


def earlier(one: Text | Compared, other: Text | Compared) -> bool:
    """Whether `one` is known to report on an earlier year than `other`."""
    return one.year is not None and other.year is not None and one.year < other.year


def left_in(text: str, quote: Quote, name: str) -> bool:
    """Whether a passage names a place as acting, and not as neighbour or partner of the one that reports."""
    return len(name) > 2 and name in quote.quote and not spoken_of(text, name)


def _places(texts: Sequence[Compared]) -> Ints:
    """A number for each place, whatever its names were; a text without a place has -1."""
    numbers: dict[str, int] = {}
    latest = latest_names((text.place, text.year) for text in texts)
    names = [latest[text.place] for text in texts]
    return np.array([numbers.setdefault(name, len(numbers)) if name else -1 for name in names], np.int32)


def _before(texts: Sequence[Compared], places: Ints) -> Ints:
    """For each text the number of the latest earlier one of its place and kind, -1 for none."""
    years: defaultdict[tuple[int, str], dict[int, int]] = defaultdict(dict)
    for number, (text, place) in enumerate(zip(texts, places.tolist(), strict=True)):
        if text.year is not None and place >= 0:
            years[place, text.kind].setdefault(text.year, number)
    before = []
    for text, place in zip(texts, places.tolist(), strict=True):
        own = years[place, text.kind]
        past = [year for year in own if text.year is not None and year < text.year]
        before.append(own[max(past)] if past else -1)
    return np.array(before, np.int32)


def _names(places: Iterable[str]) -> Callable[[str], frozenset[str]]:
    """Which of the names of places a text contains; those of two characters are not looked for: 易县 is in 贸易县域."""
    names = [name for name in dict.fromkeys(places) if len(name) > 2]
    words = ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return lambda text: frozenset(words.find_matches_as_strings(without_surrogates(text)))


def _pairs(texts: Sequence[Fingerprinted], found: Shared, least: int) -> Iterator[_Pair]:
    """The pairs that have enough in common for a passage, perhaps."""
    row = row_of([each.signs for each in texts], found)
    for one, other, runs in runs_by_pair(row, found.seeds, least):
        yield _Pair(one, other, runs, partial(row.counted, other))


def _anew(
    pairs: Sequence[_Pair], read: Callable[[int], Wording], places: Ints, before: Ints, common: Hashes, least: int
) -> Iterator[_Pair]:
    """These pairs, read without the names of other places too: a copy may have left some in, its source's or others."""
    texts = np.array(sorted({number for pair in pairs for number in (pair.one, pair.other)}), np.int32)
    number_of = {number: each for each, number in enumerate(texts.tolist())}
    again = [fingerprinted(read(number).signs) for number in texts.tolist()]
    before = np.array([number_of.get(number, -1) for number in before[texts].tolist()], np.int32)
    wanted = {(pair.one, pair.other) for pair in pairs}
    for pair in _pairs(again, shared_again(again, places[texts], before, common), least):
        one, other = int(texts[pair.one]), int(texts[pair.other])
        if (one, other) in wanted:
            yield replace(pair, one=one, other=other)


def _passage(
    texts: Sequence[Compared],
    text: Callable[[int], str],
    read: Callable[[int], Wording],
    pair: _Pair,
    runs: Sequence[Run],
    characters: int,
) -> Passage:
    a, b = pair.one, pair.other
    if earlier(texts[b], texts[a]):
        a, b = b, a
        runs = [Run(run.there, run.at, run.length) for run in runs]
    text_a, text_b = text(a), text(b)
    pieces = segments(text_a, text_b, read(a), read(b), runs)
    first, last = pieces[0], pieces[-1]
    return Passage(
        a,
        b,
        Quote.cut(text_a, first.in_a.start, last.in_a.end),
        Quote.cut(text_b, first.in_b.start, last.in_b.end),
        characters,
        pieces,
    )


def covered(spans: Iterable[tuple[int, int]]) -> int:
    """The characters that spans cover together."""
    covered = reached = 0
    for start, end in sorted(spans):
        covered += max(0, end - max(start, reached))
        reached = max(reached, end)
    return covered
