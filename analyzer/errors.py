"""What can go wrong, each with a sentence that says what to do."""

from __future__ import annotations


class AnalyzerError(Exception):
    """Anything that this package raises on purpose."""


class UnreadableReport(AnalyzerError):
    """A file that cannot be read whole. The message is for the user: what is wrong, and what to do (Chinese)."""


class LexiconError(AnalyzerError):
    """A lexicon file with an unknown key or a broken row. The message names file and entry."""


class UnknownRule(AnalyzerError):
    """A code or family that no rule has. The message names near ones."""


class GoldError(AnalyzerError):
    """An annotated folder with a missing file or a broken line. The message names file and line."""


class ConfigError(AnalyzerError):
    """A setting, baseline or verdict that cannot be meant. The message names file and key, and near ones."""


class MissingLibrary(AnalyzerError):
    """A library that only some uses need is not installed. The message says how to install it."""


class CorpusError(AnalyzerError):
    """A folder that is not a saved corpus, or would have to be overwritten with one. The message names it."""


class PortTaken(AnalyzerError):
    """Another program listens where `analyzer serve` should. The message says what to do."""
