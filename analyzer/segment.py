"""Words of a report, with tags: jieba's dictionary and the terms of this field, cut without guessing unknown words.

rjieba cuts where it is installed, jieba (27 times slower) where it is not; without HMM both give the same words. What
must stay whole (quantities, dates, serial marks, titles in 《》, short slogans in “”) is one word each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from itertools import chain
from typing import NamedTuple

from analyzer.errors import LexiconError
from analyzer.lexicon import load_rows
from analyzer.markers import Mark
from analyzer.records import Span, Words

# Stands for a protected span while the engine cuts: both engines give it back as a word of its own.
_PLACE = "\ufffc"
_WHOLE = re.compile(
    r"《[^《》\n]{1,60}》|“[^“”，。；\n]{1,10}”"
    r"|\ufffc|[\ud800-\udfff]"  # a lone surrogate stops rjieba
)

_NUMBER = re.compile(r"[0-9]+")
_LATIN = re.compile(r"[a-zA-Z0-9]+")


class Protected(NamedTuple):
    """A span of characters that stays one word, with its tag."""

    start: int
    end: int
    tag: str


def protected_spans(quantities: Iterable[Span], dates: Iterable[Span], marks: Iterable[Mark]) -> list[Protected]:
    """What of a report's text no word may straddle, besides the titles and slogans that `segment` finds itself."""
    return [
        *(Protected(quantity.start, quantity.end, "m") for quantity in quantities),
        *(Protected(date.start, date.end, "t") for date in dates),
        *(Protected(mark.start, mark.end, "x") for mark in marks),
    ]


def segment(text: str, protected: Iterable[Protected] = (), engine: str | None = None) -> Words:
    """Cuts `text` into words with their tags.

    A protected span is tagged m (quantity), t (date), nz (title, slogan) or x (mark).
    `protected` spans, and titles in 《》 and slogans in “” of up to ten characters, stay whole; of two that overlap the
    first is kept. `engine` is "rjieba" or "jieba", by default the first of them that is installed (ImportError where
    the one named is not).
    """
    spans = _disjoint(protected, ((*match.span(), "nz") for match in _WHOLE.finditer(text)))
    pieces: list[str] = []
    at = 0
    for start, end, _ in spans:
        pieces += (text[at:start], _PLACE)
        at = end
    pieces.append(text[at:])
    cutter = _engine(engine)
    words = cutter.cut("".join(pieces))
    tags = list(map(cutter.tags.__getitem__, words))
    at = -1
    for start, end, tag in spans:
        at = words.index(_PLACE, at + 1)
        words[at], tags[at] = text[start:end], tag
    return Words(tuple(words), tuple(tags))


_Range = tuple[int, int, str]  # what a Protected is, without the cost of making one


def _disjoint(protected: Iterable[Protected], found: Iterable[_Range]) -> list[_Range]:
    kept: list[_Range] = []
    last = 0
    for start, longest_first, tag in sorted((start, -end, tag) for start, end, tag in chain(protected, found)):
        if -longest_first > start >= last:
            last = -longest_first
            kept.append((start, last, tag))
    return kept


@cache
def terms() -> tuple[tuple[str, int, str], ...]:
    """The words of lexicon/terms.csv as (word, frequency, tag). Raises LexiconError for a broken row."""
    found = []
    for number, row in enumerate(load_rows("terms"), 2):
        try:
            found.append((row["word"], int(row["frequency"]), row["tag"]))
        except (KeyError, ValueError):
            raise LexiconError(f"terms.csv 第{number}行：应为 word,frequency,tag,source") from None
    return tuple(found)


class _Tags(dict[str, str]):
    """Tag by word: looked up in a dictionary once a word."""

    def __init__(self, look_up: Callable[[str], str]) -> None:
        super().__init__((word, tag) for word, _, tag in terms())
        self._look_up = look_up

    def __missing__(self, word: str) -> str:
        self[word] = tag = "m" if _NUMBER.fullmatch(word) else "eng" if _LATIN.fullmatch(word) else self._look_up(word)
        return tag


class _Engine(NamedTuple):
    cut: Callable[[str], list[str]]
    tags: _Tags


@cache
def _engine(name: str | None) -> _Engine:
    if name == "jieba":
        return _with_jieba()
    try:
        return _with_rjieba()
    except ImportError:
        if name:
            raise
        return _with_jieba()


def _with_rjieba() -> _Engine:
    import rjieba

    cutter = rjieba.Jieba()
    for word, frequency, tag in terms():
        cutter.add_word(word, frequency, tag)

    def tag_of(word: str) -> str:
        found = cutter.tag(word, False)
        return str(found[0][1]) if len(found) == 1 else "x"

    return _Engine(lambda text: cutter.cut(text, False), _Tags(tag_of))


def _with_jieba() -> _Engine:
    import jieba  # type: ignore[import-untyped]

    jieba.setLogLevel("WARNING")  # else it reports on standard error that it loads its dictionary
    cutter = jieba.Tokenizer()
    cutter.initialize()
    with cutter.get_dict_file() as file:
        tags = dict(line.split(" ")[::2] for line in file.read().decode("utf-8").splitlines())
    for word, frequency, tag in terms():
        cutter.add_word(word, frequency, tag)
    return _Engine(lambda text: cutter.lcut(text, HMM=False), _Tags(lambda word: tags.get(word, "x")))
