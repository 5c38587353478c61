"""Text mining for Chinese government work reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analyzer.corpus import Corpus
    from analyzer.dataframes import to_frame
    from analyzer.pipeline import analyze, audit
    from analyzer.readers import read
    from analyzer.spacy_pipe import nlp, to_docbin

__all__ = ["Corpus", "analyze", "audit", "nlp", "read", "to_docbin", "to_frame"]
__version__ = "0.1.0"

_HOME = {
    "Corpus": "analyzer.corpus",
    "analyze": "analyzer.pipeline",
    "audit": "analyzer.pipeline",
    "nlp": "analyzer.spacy_pipe",
    "read": "analyzer.readers",
    "to_docbin": "analyzer.spacy_pipe",
    "to_frame": "analyzer.dataframes",
}


def __getattr__(name: str) -> Any:  # nothing is imported before it is used: `analyzer --help` stays fast
    if name in _HOME:
        from importlib import import_module

        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
