"""The term variants: every entry says why and whence, and no word stands on both sides."""

from __future__ import annotations

import pytest

from analyzer.lexicon import load

TERMS = load("term_variants")["term"]
OPTIONAL = {"not_preceded_by", "not_followed_by", "since"}


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term["other"][0])
def test_entries_are_whole(term: dict) -> None:
    assert term.keys() - OPTIONAL == {"usual", "other", "zh", "en", "source"}
    assert term["usual"]
    assert term["zh"]
    assert term["en"]
    assert term["source"]


def test_no_word_stands_twice() -> None:
    words = [word for term in TERMS for word in (*term["usual"], *term["other"])]
    assert len(words) == len(set(words))
