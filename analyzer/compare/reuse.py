"""Text reuse: passages that reports of different places share, and reports of one place with those of the year before.

What every report may say is discounted: wording that more than three places share, and what `wording` leaves out.
Nothing here says who copied: both may follow a third.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from analyzer.compare.fingerprints import Ints, shared
from analyzer.compare.passages import Aligned, Run, aligned
from analyzer.compare.renamed import latest_names
from analyzer.compare.segments import Segment, segments
from analyzer.compare.wording import Wording, wordings
from analyzer.extract.places import same_place, spoken_of
from analyzer.records import Quote

LEAST = 60  # characters that count: one long sentence
_MOST_PLACES = 3  # what more places say is nobody's own


@dataclass(frozen=True, slots=True)
class Text:
    """A report as it is compared with others."""

    text: str
    place: str = ""  # that reports; a text without one is not compared
    year: int | None = None
    kind: str = ""  # 法治政府 …: with another year of one's own only the same kind is compared


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
    wording = wordings(text.place for text in texts)
    read = [wording(text.text) for text in texts]
    places = _places(texts)
    found = shared([each.signs for each in read], places, _before(texts, places), _MOST_PLACES)
    passages = [
        _passage(texts, read, each)
        for each in aligned(read, found, least)
        if places[each.one] == places[each.other] or not same_place(texts[each.one].place, texts[each.other].place)
    ]
    return sorted(passages, key=lambda passage: (passage.b, passage.in_b.start, passage.a))


def earlier(one: Text, other: Text) -> bool:
    """Whether `one` is known to report on an earlier year than `other`."""
    return one.year is not None and other.year is not None and one.year < other.year


def left_in(text: str, quote: Quote, name: str) -> bool:
    """Whether a passage names a place as acting, and not as neighbour or partner of the one that reports."""
    return len(name) > 2 and name in quote.quote and not spoken_of(text, name)


def _places(texts: Sequence[Text]) -> Ints:
    """A number for each place, whatever its names were; a text without a place has -1."""
    numbers: dict[str, int] = {}
    latest = latest_names((text.place, text.year) for text in texts)
    names = [latest[text.place] for text in texts]
    return np.array([numbers.setdefault(name, len(numbers)) if name else -1 for name in names], np.int32)


def _before(texts: Sequence[Text], places: Ints) -> Ints:
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


def _passage(texts: Sequence[Text], read: Sequence[Wording], found: Aligned) -> Passage:
    one, other, runs = found.one, found.other, found.runs
    if earlier(texts[other], texts[one]):
        one, other = other, one
        runs = tuple(Run(run.there, run.at, run.length) for run in runs)
    text_a, text_b = texts[one].text, texts[other].text
    pieces = segments(text_a, text_b, read[one], read[other], runs)
    first, last = pieces[0], pieces[-1]
    return Passage(
        one,
        other,
        Quote.cut(text_a, first.in_a.start, last.in_a.end),
        Quote.cut(text_b, first.in_b.start, last.in_b.end),
        found.characters,
        pieces,
    )


def covered(spans: Iterable[tuple[int, int]]) -> int:
    """The characters that spans cover together."""
    covered = reached = 0
    for start, end in sorted(spans):
        covered += max(0, end - max(start, reached))
        reached = max(reached, end)
    return covered
