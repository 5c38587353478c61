"""The wording of a report as text reuse compares it: without what reports share of themselves.

Punctuation is left out. Numbers, titles in 《》, the name of the place that reports, set phrases
(lexicon/boilerplate.toml), and what is not prose of one's own (headings and tables, explanations of terms, sentences of
courtesy and form) become one sign each, which agrees with any other of its kind and counts for nothing; 乡 镇 县 区 市
州 旗 agree with each other. So a copy in which numbers and names were exchanged still has the same signs. The wording
of a report does not depend on those it is compared with: it can be kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs
import numpy as np
from numpy.typing import NDArray

from analyzer import lexicon

NUMBER, NAME, TITLE, PHRASE, OTHER = range(1, 6)
FREE = 0x20  # signs from here on are characters
KINDS = "镇乡县区市州旗"  # of places: one sign, the first
_HEADING = 24  # characters of a heading over explanations

_TITLE = re.compile(r"《[^《》\n]{1,80}》")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE = re.compile(r"[^\n]+")
_SENTENCE_MARK = re.compile(r"[。；！？]")
_BEFORE, _AFTER = "。！？\n", re.compile(r"[。！？\n]|\Z")


@dataclass(frozen=True, slots=True)
class Wording:
    """What is compared of a text: a sign for each place, and where it stands: `text[starts[i]:ends[i]]`."""

    signs: NDArray[np.uint16]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    begins: NDArray[np.bool_]  # whether a clause begins there; one more than signs, the last is true


def wording(text: str, *places: str) -> Wording:
    """The wording of a report of the place (云水乡); the names of more places are left out of it as well."""
    masked = [(match.start(), match.end(), TITLE) for match in _TITLE.finditer(text)]
    for place in filter(None, places):
        masked += [(match.start(), match.end(), NAME) for match in re.finditer(re.escape(place), text)]
    other = list(_lines_without_prose(text))
    words, phrases = _set_phrases()
    for word, start, end in words.find_matches_as_indexes(without_surrogates(text)):
        if word < phrases:
            masked.append((start, end, PHRASE))
        else:
            other.append(_sentence(text, start, end))
    return _signs(text, masked, other)


def without_surrogates(text: str) -> str:
    """The text as ahocorasick_rs takes it, which refuses lone surrogates."""
    return _LONE_SURROGATE.sub("\ufffc", text)


def _signs(text: str, masked: Iterable[tuple[int, int, int]], other: Iterable[tuple[int, int]]) -> Wording:
    codes = np.minimum(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32), 0xFFFF)
    signs = _table()[codes]
    ends = np.arange(1, len(codes) + 1, dtype=np.int32)
    digit = signs == NUMBER
    inside = (codes == ord(".")) | (codes == ord(","))
    digit[1:-1] |= inside[1:-1] & digit[:-2] & digit[2:]  # 1,200 and 98.4
    edges = np.diff(digit, prepend=False, append=False).nonzero()[0]
    signs[digit] = 0
    signs[edges[::2]] = NUMBER
    ends[edges[::2]] = edges[1::2]
    reached = 0
    for start, end, sign in sorted(masked):
        if start >= reached:  # a name inside a title is part of it
            signs[start:end] = 0
            signs[start], ends[start] = sign, end
            reached = end
    for start, end in _joined(text, other):
        signs[start:end] = 0
        signs[start], ends[start] = OTHER, end
    kept = signs.nonzero()[0].astype(np.int32)
    marks = np.cumsum(_clause_ends()[codes])
    begins = np.ones(len(kept) + 1, np.bool_)
    begins[1:-1] = marks[kept[1:]] > marks[ends[kept[:-1]] - 1]
    return Wording(signs[kept], kept, ends[kept], begins)


def _joined(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans, those with nothing but white space between them made one."""
    begins, reached = -1, -1
    for start, end in sorted(spans):
        if begins >= 0 and (start <= reached or text[reached:start].isspace()):
            reached = max(reached, end)
            continue
        if begins >= 0:
            yield begins, reached
        begins, reached = start, end
    if begins >= 0:
        yield begins, reached


def _lines_without_prose(text: str) -> Iterator[tuple[int, int]]:
    """Headings, rows of tables, explanations of terms."""
    for match in _LINE.finditer(text):
        line = match.group()
        if len(line) <= _HEADING and _glossary().fullmatch(line):
            yield match.start(), len(text)
            return
        if not _SENTENCE_MARK.search(line) or _explanation().match(line):
            yield match.span()


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around text[start:end]."""
    begins = max(text.rfind(mark, 0, start) for mark in _BEFORE) + 1
    stop = _AFTER.search(text, end)
    return begins, stop.end() if stop else len(text)


@cache
def _table() -> NDArray[np.uint16]:
    """The sign of each character: 0 for those that are not compared."""
    table = np.zeros(0x10000, np.uint16)
    han, latin = np.arange(0x4E00, 0xA000), np.arange(ord("a"), ord("z") + 1)
    table[han], table[latin], table[latin - 32] = han, latin, latin
    table[[ord(kind) for kind in KINDS]] = ord(KINDS[0])
    table[[*range(ord("0"), ord("9") + 1), *range(ord("０"), ord("９") + 1)]] = NUMBER
    return table


@cache
def _clause_ends() -> NDArray[np.bool_]:
    table = np.zeros(0x10000, np.bool_)
    table[[ord(mark) for mark in "。！？；，：;,:\n"]] = True
    return table


@cache
def _set_phrases() -> tuple[ahocorasick_rs.AhoCorasick, int]:
    """Set phrases, and behind them what makes a sentence one of courtesy; how many the first are."""
    phrases = _words("phrases")
    words = [*phrases, *_words("sentences")]
    return ahocorasick_rs.AhoCorasick(words, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest), len(phrases)


def _words(key: str) -> list[str]:
    return [word for group in lexicon.load("boilerplate")[key] for word in group["words"]]


@cache
def _glossary() -> re.Pattern[str]:
    """The heading over explanations of terms."""
    words = lexicon.load("boilerplate")["glossary"]
    about, kinds, alone = ("|".join(words[key]) for key in ("about", "kinds", "alone"))
    return re.compile(rf"[^。；，\n]*(?:{about})[^。；，.\n]*(?:{kinds})\W*|\W*(?:{alone})\W*")


@cache
def _explanation() -> re.Pattern[str]:
    """How a line begins that explains a term: [18]“瞪羚”企业：指…, 四创：即…, “两个维护”：…"""
    explains = "|".join(map(re.escape, lexicon.load("boilerplate")["glossary"]["explains"]))
    mark = r"\W{0,4}(?:\d{1,3}\W{1,3})?"
    return re.compile(
        rf"{mark}(?:[^。；，：:\n]{{2,30}}?(?:{explains})|[“\"][^“”\"\n]{{2,30}}[”\"]\w{{0,8}}\W{{0,2}}[：:])"
    )
