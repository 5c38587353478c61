"""Text reuse as data frames, for those who have pandas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analyzer.compare.compared import Text
from analyzer.compare.reuse import LEAST, Passage, covered, shared_passages
from analyzer.libraries import library

if TYPE_CHECKING:
    from pandas import DataFrame  # type: ignore[import-untyped]

_SIDE = {"path": "string", "start": "Int64", "end": "Int64", "quote": "string"}
_PAIR = ["path", "source", "start", "end"]

Row = tuple[str | int | list[tuple[int, int, int, int]], ...]


def reuse(reports: DataFrame, least: int = LEAST) -> DataFrame:
    """The passages that reports share, a row each: what `shared_passages` gives, under the paths of the reports.

    `reports` is the table of that name (analyzer/tabular/reports.py). Columns: path_a, start_a, end_a, quote_a and the
    same for b (a is the earlier report, where years say so), characters (that agree and count), changed: the numbers,
    names and titles that were exchanged, a list of (start_a, end_a, start_b, end_b).
    """
    pandas = library("pandas")

    paths = reports["path"].tolist()
    rows = [_row(paths, passage) for passage in shared_passages(texts_of(reports), least)]
    columns = {
        **{f"{name}_{side}": dtype for side in "ab" for name, dtype in _SIDE.items()},
        "characters": "Int64",
        "changed": "object",
    }
    return pandas.DataFrame(rows, columns=list(columns)).astype(columns)


def copied_share(reports: DataFrame, passages: DataFrame) -> DataFrame:
    """How much of each report stands in which other: `passages` is what `reuse` gives for `reports`.

    A row for each pair, columns path, source (a path too), characters (of the passages, as they stand in the report)
    and share (of all characters of the report, 0 to 1), the greatest share first. Where the years say which report is
    the later one, only its share is there, else both.
    """
    pandas = library("pandas")

    years, lengths = dict(zip(reports["path"], reports["year"], strict=True)), reports["text"].str.len()
    characters = dict(zip(reports["path"], lengths, strict=True))
    a, b = (
        passages[[f"path_{here}", f"path_{there}", f"start_{here}", f"end_{here}"]].set_axis(_PAIR, axis=1)
        for here, there in ("ab", "ba")
    )
    undated = [
        pandas.isna(years[path]) or pandas.isna(years[source]) or years[path] == years[source]
        for path, source in zip(a["path"], a["source"], strict=True)
    ]
    rows = []
    for (path, source), group in pandas.concat([b, a[undated]]).groupby(["path", "source"]):
        count = covered(zip(group["start"], group["end"], strict=True))
        rows.append((path, source, count, count / characters[path]))
    columns = {"path": "string", "source": "string", "characters": "Int64", "share": "float64"}
    found = pandas.DataFrame(rows, columns=list(columns)).astype(columns)
    return found.sort_values(["share", "path", "source"], ascending=[False, True, True], ignore_index=True)


def texts_of(reports: DataFrame) -> list[Text]:
    """The rows of the table of reports as `shared_passages` and `side_by_side` take them."""
    pandas = library("pandas")

    columns = (reports[name].tolist() for name in ("text", "place", "year", "kind"))
    return [
        Text(text, "" if pandas.isna(place) else place, None if pandas.isna(year) else int(year), kind)
        for text, place, year, kind in zip(*columns, strict=True)
    ]


def _row(paths: Sequence[str], passage: Passage) -> Row:
    in_a, in_b = passage.in_a, passage.in_b
    changed = [(each.in_a.start, each.in_a.end, each.in_b.start, each.in_b.end) for each in passage.exchanged]
    return (
        *(paths[passage.a], in_a.start, in_a.end, in_a.quote),
        *(paths[passage.b], in_b.start, in_b.end, in_b.quote),
        passage.characters,
        changed,
    )
