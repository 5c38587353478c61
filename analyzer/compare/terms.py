"""Terms of texts in a matrix: what topics, keywords and clusters count. Nouns of our segmentation, no stop words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from analyzer.compare.content import content_words
from analyzer.lexicon import load
from analyzer.libraries import library

_TAGS = "njl"
_NAMES = (
    "ns",
    "nr",
    "nrt",
    "nrfg",
    "nt",
)  # places, people, organs: they tell the reports apart without telling what of


class Terms(NamedTuple):
    """How often each term stands in each text: a sparse matrix, texts × terms."""

    counts: Any
    terms: Sequence[str]  # of the columns, sorted


def count_terms(texts: Sequence[str], in_texts: int = 1) -> Terms:
    """The terms that at least `in_texts` of the texts have. No columns where there are none.

    Raises MissingLibrary without scikit-learn.
    """
    vectorizer = library("sklearn.feature_extraction.text").CountVectorizer(analyzer=list, min_df=in_texts)
    words = [[word for word in each if word not in _stop_words()] for each in content_words(texts, _TAGS, _NAMES)]
    try:
        counts = vectorizer.fit_transform(words)
    except ValueError:  # scikit-learn's way to say that no term is left
        return Terms(library("scipy.sparse").csr_matrix((len(texts), 0)), ())
    return Terms(counts, vectorizer.get_feature_names_out().tolist())


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(load("stop_words")["frame"]["words"]).union(load("answers")["common"]["words"])
