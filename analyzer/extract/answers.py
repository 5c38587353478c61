"""Which planned measures answer a stated shortcoming: shared content words, weighted by how rare they are.

Words that every report is full of (加强, 工作, 进一步, 力度 …: lexicon/answers.toml) say nothing. Where no plan shares
enough with a shortcoming, none is named: a wrong answer costs more than a missing one.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from analyzer.lexicon import load
from analyzer.records import Measure, Quote, Span, Words

_PART = re.compile(r"[^，。；：]+")  # a shortcoming is compared clause by clause: its details speak of other things
_MOST = 5  # plans named for one shortcoming


@cache
def _lexicon() -> tuple[frozenset[str], dict[str, str], float]:
    words = load("answers")
    topics = {word: topic for topic, members in words["topics"].items() for word in members}
    return frozenset(words["common"]["words"]), topics, float(words["common"]["enough"])


def find_answers(shortcomings: Sequence[Quote], plans: Sequence[Measure], words: Words) -> list[tuple[Quote, ...]]:
    """For each shortcoming the planned measures that answer it, best first, at most five; () where none surely does.

    The similarity is the TF-IDF cosine over content words (n v a and what they name), with the measures of the report
    as the documents (Salton & Buckley 1988).
    """
    if not plans:
        return [()] * len(shortcomings)
    _, _, enough = _lexicon()
    bags = [Counter(_content(words, plan)) for plan in plans]
    spread = Counter(word for bag in bags for word in bag)
    rarity = {word: math.log(1 + len(plans) / count) for word, count in spread.items()}
    unseen = math.log(1 + len(plans))
    norms = [math.sqrt(sum((count * rarity[word]) ** 2 for word, count in bag.items())) for bag in bags]
    postings: dict[str, list[tuple[int, float]]] = {}  # for each word the plans that have it, with its weight there
    for number, bag in enumerate(bags):
        for word, count in bag.items():
            postings.setdefault(word, []).append((number, count * rarity[word] / norms[number]))
    found = []
    for shortcoming in shortcomings:
        best: dict[int, float] = {}
        for part in _PART.finditer(shortcoming.quote):
            start = shortcoming.start + part.start()
            wanted = Counter(_content(words, Span(start, start + len(part.group()))))
            norm = math.sqrt(sum((count * rarity.get(word, unseen)) ** 2 for word, count in wanted.items()))
            alike: dict[int, float] = {}
            for word, count in wanted.items():
                for number, weight in postings.get(word, ()):
                    alike[number] = alike.get(number, 0) + count * rarity[word] * weight / norm
            for number, score in alike.items():
                best[number] = max(best.get(number, 0), score)
        scored = sorted((-score, number) for number, score in best.items() if score >= enough)
        named = [plans[number] for _, number in scored[:_MOST]]
        found.append(tuple(Quote.of(plan) for plan in named))
    return found


def touches(words: Words, shortcoming: Quote, plans: Iterable[Quote]) -> bool:
    """Whether any of `plans` shares so much as one content word with a shortcoming: then it may be an answer."""
    wanted = set(_content(words, shortcoming))
    return any(not wanted.isdisjoint(_content(words, plan)) for plan in plans)


def _content(words: Words, quote: Span) -> Iterator[str]:
    """The content words of a quote, each by its topic where the lexicon has one (普法 and 法治宣传 are one)."""
    common, topics, _ = _lexicon()
    first, stop = bisect_left(words.starts, quote.start), bisect_left(words.starts, quote.end)
    for word, tag in zip(words.words[first:stop], words.tags[first:stop], strict=True):
        if len(word) > 1 and tag[0] in "nvajl" and word not in common:
            yield topics.get(word, word)
