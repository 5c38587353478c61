"""The sheets of the workbook that compares reports: a function a sheet, each gives its columns.

A column is its heading, its width in characters, and its cells from top to bottom, None for an empty one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analyzer.compare.comparison import Comparison, unplaced
from analyzer.compare.profile import ROLES
from analyzer.compare.readings import plain
from analyzer.compare.renamed import latest_places
from analyzer.render.compare_figures import arithmetic
from analyzer.render.compare_sources import files_of, line_at
from analyzer.render.compare_words import compare_words
from analyzer.render.roles import ROLES as LOOKS
from analyzer.render.words import WORDS
from analyzer.tabular import PrintedCell

if TYPE_CHECKING:
    from pandas import DataFrame, Series  # type: ignore[import-untyped]

WIDE, MIDDLE, SLIM = 50, 24, 11  # characters of a column
_SEVERITIES = ("error", "warning", "info")
_FIGURE = "place:m year:s indicator:m value:s unit:s shown:s"

Column = tuple[str, int, Sequence[PrintedCell]]


@dataclass(frozen=True, slots=True)
class Where:
    """Files and lines of reports by their paths."""

    files: dict[str, str]
    texts: dict[str, str]

    def __call__(self, file: str, line: str, paths: Series, offsets: Series) -> list[Column]:
        """A column of files and one of the lines that the offsets are in, under these headings; empty for no path."""
        places = list(zip(plain(paths), plain(offsets), strict=True))
        return [
            (file, WIDE, [self.files[path] if path else None for path, _ in places]),
            (line, SLIM, [line_at(self.texts[path], offset) if path else None for path, offset in places]),
        ]


def where_of(reports: DataFrame) -> Where:
    paths = list(reports.path)
    return Where(dict(zip(paths, files_of(paths), strict=True)), dict(zip(paths, reports.text, strict=True)))


def overview(comparison: Comparison, where: Where, lang: str) -> list[Column]:
    said, words, table = compare_words(lang), WORDS[lang], comparison.reports
    without = set(unplaced(table).path)
    counts = comparison.findings.groupby(["path", "severity"], observed=False).size().to_dict()
    return [
        (said["file"], WIDE, [where.files[path] for path in table.path]),
        *_columns(said, table, "place:m year:s"),
        (said["kind"], MIDDLE, [words["other"] if kind == "other" else kind for kind in table.kind]),
        *_columns(said, table, "characters:s"),
        *((words[each], SLIM, [int(counts.get((path, each), 0)) for path in table.path]) for each in _SEVERITIES),
        ("", MIDDLE, [said["unplaced"] if path in without else None for path in table.path]),
    ]


def cells(comparison: Comparison, where: Where, lang: str) -> list[Column]:
    said, table = compare_words(lang), comparison.cells
    return [
        *_columns(said, table, _FIGURE),
        (said["hedge"], SLIM, [hedge or None for hedge in table.hedge]),
        *_columns(said, table, "low:s high:s"),
        (said["printed"], SLIM, plain(table.quote)),
        *_columns(said, table, "phrase:m statements:s"),
        (said["conflict"], SLIM, [said["yes"] if each else None for each in table.conflict]),
        *where(said["file"], said["line"], table.path, table.start),
        _called(said["called"], table.called, table.place),
    ]


def outliers(comparison: Comparison, where: Where, lang: str) -> list[Column]:
    said, table = compare_words(lang), comparison.outliers
    return [
        *_columns(said, table, f"{_FIGURE} median:s"),
        (said["z"], SLIM, _rounded(table.z, 2)),
        *_columns(said, table, "places:s"),
        (said["printed"], SLIM, plain(table.quote)),
        *where(said["file"], said["line"], table.path, table.start),
        _called(said["called"], table.called, table.place),
    ]


def changes(comparison: Comparison, where: Where, lang: str) -> list[Column]:
    said, table = compare_words(lang), comparison.changes
    return [
        *_columns(said, table, "place:m year:s indicator:m unit:s before:s after:s"),
        (said["before"], SLIM, plain(table.shown_before)),
        (said["after"], SLIM, plain(table.shown)),
        *_columns(said, table, "change:s change_low:s change_high:s"),
        (said["percent"], SLIM, _rounded(table.percent.where(table.unit_family != "%"), 2)),
        (said["arithmetic"], MIDDLE, [arithmetic(row) for row in table.itertuples()]),
        (said["conflict"], SLIM, [said["yes"] if each else None for each in table.conflict]),
        *where(said["before_file"], said["line"], table.path_before, table.start_before),
        *where(said["file"], said["line"], table.path, table.start),
        _called(said["called_earlier"], table.called_before, table.place),
    ]


def copies(comparison: Comparison, where: Where, lang: str) -> list[Column]:
    said, table = compare_words(lang), comparison.passages
    shares = {(row.path, row.source): row.share for row in comparison.shares.itertuples()}
    return [
        *where(said["file"], said["line"], table.path_b, table.start_b),
        *where(said["source_file"], said["line_a"], table.path_a, table.start_a),
        (said["share"], SLIM, [shares.get(pair) for pair in zip(table.path_b, table.path_a, strict=True)]),
        (said["shared_characters"], SLIM, plain(table.characters)),
        (said["exchanged"], SLIM, [len(each) for each in table.changed]),
        (said["text_b"], WIDE, plain(table.quote_b)),
        (said["text_a"], WIDE, plain(table.quote_a)),
    ]


def followup(comparison: Comparison, where: Where, lang: str) -> list[Column]:
    said, table = compare_words(lang), comparison.followup
    return [
        *_columns(said, table, "place:m year:s"),
        (said["kind"], SLIM, [said[kind] for kind in table.kind]),
        (said["outcome"], SLIM, [said["outcomes"][outcome] for outcome in table.outcome]),
        (said["basis"], MIDDLE, [said["basis_words"][basis] for basis in table.basis]),
        (said["said"], WIDE, plain(table.quote)),
        (said["next"], WIDE, plain(table.next_quote)),
        (said["numbers"], SLIM, plain(table.number)),
        (said["next_numbers"], SLIM, plain(table.next_number)),
        *_columns(said, table, "years:s"),
        *where(said["file"], said["line"], table.path, table.start),
        *where(said["next_file"], said["line"], table.next_path, table.next_start),
        _called(said["called"], table.called, table.place),
    ]


def profile(comparison: Comparison, where: Where, lang: str) -> list[Column]:
    said, table = compare_words(lang), comparison.profile
    headings = {
        "substance": said["substance"],
        **{role: LOOKS[role].name(lang) for role in ROLES},
        "measures_per_1000": said["measures_density"],
        "quantities_per_1000": said["quantities_density"],
        "quantified": said["quantified"],
        "answered": said["answered"],
    }
    cluster = dict(zip(comparison.clusters.place, comparison.clusters.cluster, strict=True))
    owners = [place or path for place, path in zip(plain(latest_places(table)), table.path, strict=True)]
    return [
        (said["file"], WIDE, [where.files[path] for path in table.path]),
        *_columns(said, table, "place:m year:s"),
        *((heading.rstrip("％% "), SLIM, _rounded(table[name], 4)) for name, heading in headings.items()),
        (said["cluster"], SLIM, [int(cluster.get(owner, 0)) or None for owner in owners]),
        *((label, MIDDLE, _rounded(weights, 4)) for label, weights in comparison.topic_weights.items()),
    ]


def terms(comparison: Comparison, where: Where, lang: str) -> list[Column]:
    """The terms of places, and below them those of topics."""
    said, places, topics = compare_words(lang), comparison.keyness, comparison.topics
    above, below = [None] * len(places), [None] * len(topics)
    names = (f"{topic} {label}" for topic, label in zip(topics.topic, topics.label, strict=True))
    return [
        (said["place_or_topic"], MIDDLE, [*places.place, *names]),
        (said["term"], MIDDLE, [*places.term, *topics.term]),
        (said["z"], SLIM, [*_rounded(places.z, 3), *below]),
        (said["count"], SLIM, [*plain(places["count"]), *below]),
        (said["other_count"], SLIM, [*plain(places.other_count), *below]),
        (said["weight"], SLIM, [*above, *_rounded(topics.weight, 4)]),
    ]


def findings(comparison: Comparison, where: Where, lang: str) -> list[Column]:
    said, words, table = compare_words(lang), WORDS[lang], comparison.findings
    return [
        (said["file"], WIDE, [where.files[path] for path in table.path]),
        *_columns(said, table, "rule:s"),
        (said["severity"], SLIM, [words[severity] for severity in table.severity]),
        (said["message"], WIDE, plain(table.message_en if lang == "en" else table.message)),
        *_columns(said, table, "quote:w line:s"),
    ]


def _columns(said: dict[str, Any], table: DataFrame, names: str) -> list[Column]:
    """Columns of a table under the heading of the same name: “place:m year:s”, w wide, m middle, s slim."""
    widths = {"w": WIDE, "m": MIDDLE, "s": SLIM}
    named = (each.partition(":") for each in names.split())
    return [(said[name], widths[width], plain(table[name])) for name, _, width in named]


def _called(heading: str, called: Series, places: Series) -> Column:
    """What reports call places, where that is not the latest name."""
    return heading, SLIM, [then if then != place else None for then, place in zip(called, places, strict=True)]


def _rounded(numbers: Series, digits: int) -> list[float | None]:
    return [None if number is None else round(number, digits) for number in plain(numbers)]
