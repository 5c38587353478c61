"""The content words of texts: what they speak of, without function words, numbers and stray characters."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

from analyzer.records import Words
from analyzer.segment import segment

_NAMING = "nvagbz"  # tags of single characters that can be part of a name


def content_words(texts: Iterable[str], tags: str, without: Collection[str] = ()) -> Iterator[list[str]]:
    """For each text its words of two characters and more whose tag begins with one of `tags` and is none of `without`.

    The tags are those of jieba: n noun (ns place, nr person), v verb, a adjective, j short form, l and i set
    expression, b distinguishing word, s where.
    """
    for text in texts:
        yield _listed(segment(text), tags, without)


def words_and_names(texts: Iterable[str], tags: str) -> Iterator[list[str]]:
    """The same, and what was cut into single characters side by side: mostly names that no dictionary lists (石磬)."""
    for text in texts:
        words = segment(text)
        yield _listed(words, tags) + list(_joined(words))


def _listed(words: Words, tags: str, without: Collection[str] = ()) -> list[str]:
    tagged = zip(words.words, words.tags, strict=True)
    return [word for word, tag in tagged if len(word) > 1 and tag[0] in tags and tag not in without]


def _joined(words: Words) -> Iterator[str]:
    tagged = zip(words.words, words.tags, strict=True)
    for single, run in groupby(tagged, lambda pair: len(pair[0]) == 1 and pair[1][0] in _NAMING):
        if single and len(name := "".join(word for word, _ in run)) > 1:
            yield name
