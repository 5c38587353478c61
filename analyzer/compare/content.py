"""The content words of texts: what they speak of, without function words, numbers and stray characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from analyzer.records import Words
from analyzer.segment import segment

_NAMING = "nvagbz"  # tags of single characters that can be part of a name


def content_words(texts: Iterable[str], tags: str, names: bool = False) -> Iterator[list[str]]:
    """For each text its words of two characters and more whose tag begins with one of `tags`.

    The tags are those of jieba: n noun, v verb, a adjective, j short form, l and i set expression, b distinguishing
    word, s place word. With `names` also what was cut into single characters side by side: mostly names that no
    dictionary lists (石磬大桥 is 石 磬 大桥).
    """
    for text in texts:
        words = segment(text)
        found = [word for word, tag in zip(words.words, words.tags, strict=True) if len(word) > 1 and tag[0] in tags]
        yield found + list(_joined(words)) if names else found


def _joined(words: Words) -> Iterator[str]:
    tagged = zip(words.words, words.tags, strict=True)
    for single, run in groupby(tagged, lambda pair: len(pair[0]) == 1 and pair[1][0] in _NAMING):
        if single and len(name := "".join(word for word, _ in run)) > 1:
            yield name
