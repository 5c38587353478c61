"""The rows of the workbook that compares reports: a function a sheet, each gives headings with widths, and rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from analyzer.tabular import PrintedRow

if TYPE_CHECKING:
    from pandas import DataFrame  # type: ignore[import-untyped]

WIDE, MIDDLE, SLIM = 50, 24, 11  # characters of a column
_SEVERITIES = ("error", "warning", "info")

Sheet = tuple[list[tuple[str, int]], Sequence[PrintedRow]]


@dataclass(frozen=True, slots=True)
class Where:
    """File and line of an offset in the report of a path."""

    files: dict[str, str]
    texts: dict[str, str]

    def __call__(self, path: str, offset: int) -> tuple[str, int]:
        return self.files[path], line_at(self.texts[path], offset)


def where_of(reports: DataFrame) -> Where:
    paths = list(reports.path)
    return Where(dict(zip(paths, files_of(paths), strict=True)), dict(zip(paths, reports.text, strict=True)))


def overview(comparison: Comparison, where: Where, lang: str) -> Sheet:
    said, words = compare_words(lang), WORDS[lang]
    without = set(unplaced(comparison.reports).path)
    counts = comparison.findings.groupby(["path", "severity"], observed=False).size().to_dict()
    rows: list[PrintedRow] = []
    for row in _rows(comparison.reports, "path place year kind characters"):
        path, place, year, kind, characters = row
        found = [int(counts.get((path, severity), 0)) for severity in _SEVERITIES]
        note = said["unplaced"] if path in without else None
        rows.append((where.files[path], place, year, _kind(kind, lang), characters, *found, note))
    named = _columns(said, "file:w place:m year:s kind:m characters:s")
    return [*named, *((words[severity], SLIM) for severity in _SEVERITIES), ("", MIDDLE)], rows


def cells(comparison: Comparison, where: Where, lang: str) -> Sheet:
    said = compare_words(lang)
    rows: list[PrintedRow] = [
        (
            *(row.place, row.year, row.indicator, row.value, row.unit, row.shown, row.hedge or None),
            *(_number(row.low), _number(row.high), row.quote, row.phrase, row.statements),
            *(said["yes"] if row.conflict else None, *where(row.path, row.start), _other(row.called, row.place)),
        )
        for row in comparison.cells.itertuples()
    ]
    columns = "place:m year:s indicator:m value:s unit:s shown:s hedge:s low:s high:s printed:s phrase:m"
    return _columns(said, f"{columns} statements:s conflict:s file:w line:s called:s"), rows


def outliers(comparison: Comparison, where: Where, lang: str) -> Sheet:
    said = compare_words(lang)
    rows: list[PrintedRow] = [
        (
            *(row.place, row.year, row.indicator, row.value, row.unit, row.shown),
            *(row.median, round(row.z, 2), row.places, row.quote, *where(row.path, row.start)),
            _other(row.called, row.place),
        )
        for row in comparison.outliers.itertuples()
    ]
    columns = "place:m year:s indicator:m value:s unit:s shown:s median:s z:s places:s printed:s file:w line:s called:s"
    return _columns(said, columns), rows


def changes(comparison: Comparison, where: Where, lang: str) -> Sheet:
    said = compare_words(lang)
    rows: list[PrintedRow] = [
        (
            *(row.place, row.year, row.indicator, row.unit, row.before, row.after, row.shown_before, row.shown),
            *(row.change, _number(row.change_low), _number(row.change_high)),
            *(None if row.percent != row.percent or row.unit_family == "%" else round(row.percent, 2), arithmetic(row)),
            *(said["yes"] if row.conflict else None, *where(row.path_before, row.start_before)),
            *where(row.path, row.start),
            _other(row.called_before, row.place),
        )
        for row in comparison.changes.itertuples()
    ]
    columns = "place:m year:s indicator:m unit:s before:s after:s before:s after:s change:s change_low:s change_high:s"
    columns += " percent:s arithmetic:m conflict:s before_file:w line:s file:w line:s called_earlier:s"
    return _columns(said, columns), rows


def copies(comparison: Comparison, where: Where, lang: str) -> Sheet:
    said = compare_words(lang)
    share = {(row.path, row.source): row.share for row in comparison.shares.itertuples()}
    rows: list[PrintedRow] = []
    for row in comparison.passages.itertuples():
        file, line = where(row.path_b, row.start_b)
        other, line_a = where(row.path_a, row.start_a)
        part = share.get((row.path_b, row.path_a))
        rows.append(
            (file, line, other, line_a, _number(part), row.characters, len(row.changed), row.quote_b, row.quote_a)
        )
    columns = "file:w line:s source_file:w line_a:s share:s shared_characters:s exchanged:s text_b:w text_a:w"
    return _columns(said, columns), rows


def followup(comparison: Comparison, where: Where, lang: str) -> Sheet:
    said = compare_words(lang)
    rows: list[PrintedRow] = []
    for cells in _rows(
        comparison.followup,
        "place called year kind outcome basis quote path start next_quote next_path next_start number next_number "
        "years",
    ):
        place, called, year, kind, outcome, basis, quote, path, start, next_quote, next_path, next_start = cells[:12]
        following = where(next_path, next_start) if next_path else (None, None)
        rows.append(
            (
                *(place, year, said[kind], said["outcomes"][outcome], said["basis_words"][basis], quote, next_quote),
                *(*cells[12:], *where(path, start), *following, _other(called, place)),
            )
        )
    columns = "place:m year:s kind:s outcome:s basis:m said:w next:w numbers:s next_numbers:s years:s"
    return _columns(said, f"{columns} file:w line:s next_file:w line:s called:s"), rows


def profile(comparison: Comparison, where: Where, lang: str) -> Sheet:
    said = compare_words(lang)
    cluster = dict(zip(comparison.clusters.place, comparison.clusters.cluster, strict=True))
    names = ("substance", *ROLES, "measures_per_1000", "quantities_per_1000", "quantified", "answered")
    weights = comparison.topic_weights
    rows: list[PrintedRow] = []
    owners = latest_places(comparison.profile)
    for number, row in enumerate(comparison.profile.to_dict("records")):
        owner = owners.iloc[number] if isinstance(row["place"], str) else row["path"]
        place = row["place"] if isinstance(row["place"], str) else None
        year = None if row["year"] != row["year"] else row["year"]
        shares = [_number(round(row[name], 4)) for name in names]
        topics = [round(weight, 4) for weight in weights.iloc[number]]
        belongs = int(cluster.get(owner, 0)) or None
        rows.append((where.files[row["path"]], place, year, *shares, belongs, *topics))
    headings = [said["substance"].rstrip("％% "), *(LOOKS[role].name(lang) for role in ROLES)]
    densities = [
        said[name].rstrip("％% ") for name in ("measures_density", "quantities_density", "quantified", "answered")
    ]
    slim = [(heading, SLIM) for heading in (*headings, *densities, said["cluster"])]
    topics = [(label, MIDDLE) for label in weights.columns]
    return [*_columns(said, "file:w place:m year:s"), *slim, *topics], rows


def terms(comparison: Comparison, where: Where, lang: str) -> Sheet:
    said = compare_words(lang)
    rows: list[PrintedRow] = [
        (row.place, row.term, round(row.z, 3), row.count, row.other_count, None) for row in _tuples(comparison.keyness)
    ]
    rows += [
        (f"{row.topic} {row.label}", row.term, None, None, None, round(row.weight, 4))
        for row in _tuples(comparison.topics)
    ]
    return _columns(said, "place_or_topic:m term:m z:s count:s other_count:s weight:s"), rows


def findings(comparison: Comparison, where: Where, lang: str) -> Sheet:
    said, words = compare_words(lang), WORDS[lang]
    message = "message_en" if lang == "en" else "message"
    rows: list[PrintedRow] = [
        (where.files[path], rule, words[severity], text, quote, line)
        for path, rule, severity, text, quote, line in _rows(
            comparison.findings, f"path rule severity {message} quote line"
        )
    ]
    return _columns(said, "file:w rule:s severity:s message:w quote:w line:s"), rows


def _other(called: str, place: str) -> str | None:
    """What a report calls a place, where that is not its latest name."""
    return None if called == place else called


def _columns(said: dict[str, Any], names: str) -> list[tuple[str, int]]:
    """Headings and widths of columns: “place:m year:s”, w wide, m middle, s slim."""
    widths = {"w": WIDE, "m": MIDDLE, "s": SLIM}
    return [(said[name], widths[width]) for name, _, width in (each.partition(":") for each in names.split())]


def _rows(table: DataFrame, columns: str) -> Iterator[tuple[Any, ...]]:
    """The cells of some columns row by row, None for <NA>."""
    return zip(*(plain(table[name]) for name in columns.split()), strict=True)


def _tuples(table: DataFrame) -> Iterator[Any]:
    yield from table.astype(object).itertuples()


def _number(value: float | None) -> float | None:
    return None if value is None or value != value else value


def _kind(kind: str, lang: str) -> str:
    return WORDS[lang]["other"] if kind == "other" else kind
