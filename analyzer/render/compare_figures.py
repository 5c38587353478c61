"""Reports and their figures for the comparing page: overview, matrix, outliers, change on the year before."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analyzer.compare.cells import shown
from analyzer.compare.comparison import Comparison, main_cells
from analyzer.compare.readings import plain
from analyzer.records import Severity
from analyzer.render.compare_sources import Source, numbers_of

if TYPE_CHECKING:
    from pandas import DataFrame  # type: ignore[import-untyped]

COLUMNS = 40  # indicators that the page shows at most; all are in the workbook
_CELLS = 4000  # of the matrix, likewise
_CHANGES = 400  # rows, likewise


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the page, and where it stands."""

    text: str
    value: float
    source: Source
    odd: str  # ▲ or ▼ where it stands out, else ""
    why: str  # what it is held against, for a figure that stands out
    conflict: bool  # whether the reports contradict themselves


@dataclass(frozen=True, slots=True)
class Matrix:
    columns: tuple[tuple[str, str], ...]  # indicator and unit
    rows: tuple[tuple[str, str, int, tuple[Figure | None, ...]], ...]  # place, its other names then, year, figures
    all_columns: int
    fewest: int  # places that state the rarest indicator shown


def overview(comparison: Comparison, files: dict[int, str]) -> list[dict[str, Any]]:
    """A row a report, in the order of the table."""
    findings = Counter(zip(comparison.findings.path, comparison.findings.severity, strict=True))
    columns = (plain(comparison.reports[name]) for name in ("path", "place", "year", "kind", "characters"))
    return [
        {
            "file": files[number],
            "place": place or "",
            "year": year,
            "kind": kind,
            "characters": characters,
            "severities": [findings[path, severity.value] for severity in Severity],
        }
        for number, (path, place, year, kind, characters) in enumerate(zip(*columns, strict=True))
    ]


def matrix(comparison: Comparison, why: str) -> Matrix:
    """The main indicators. `why` is a template with {median}, {places} and {z}."""
    rows = max(1, len(comparison.cells[["place", "year"]].drop_duplicates()))
    cells = main_cells(comparison.cells, min(COLUMNS, max(1, _CELLS // rows)))
    keys = list(zip(cells.indicator, cells.unit_family, strict=True))
    places = cells.groupby(["indicator", "unit_family"]).place.nunique()
    sizes = Counter(keys)
    columns = sorted(sizes, key=lambda key: (-places[key], -sizes[key], key))
    units = dict(zip(keys, cells.unit, strict=True))
    odd = {
        (row.path, row.start, row.end): ("▲" if row.z > 0 else "▼", why.format(**_against(row)))
        for row in comparison.outliers.itertuples()
    }
    numbers = numbers_of(comparison.reports)
    figures = {}
    for row in cells.itertuples():
        mark, reason = odd.get((row.path, row.start, row.end), ("", ""))
        source = Source(numbers[row.path], row.start, row.end)
        figures[row.place, row.year, (row.indicator, row.unit_family)] = Figure(
            row.shown, row.value, source, mark, reason, bool(row.conflict)
        )
    owners = sorted({(place, year) for place, year, _ in figures}, key=lambda owner: (owner[0], -owner[1]))
    then = _other_names(comparison.cells)
    return Matrix(
        tuple((key[0], units[key]) for key in columns),
        tuple(
            (place, then.get((place, year), ""), year, tuple(figures.get((place, year, key)) for key in columns))
            for place, year in owners
        ),
        len(comparison.cells[["indicator", "unit_family"]].drop_duplicates()),
        int(places.min()) if len(places) else 0,
    )


def _other_names(cells: DataFrame) -> dict[tuple[str, int], str]:
    """By place and year what its reports called it, where that is not its latest name."""
    other = cells[cells.called != cells.place].drop_duplicates(["place", "year", "called"])
    found: dict[tuple[str, int], str] = {}
    for place, year, called in zip(other.place, other.year, other.called, strict=True):
        found[place, year] = "、".join(filter(None, (found.get((place, year)), called)))
    return found


def outlier_rows(comparison: Comparison, most: int = 200) -> list[dict[str, Any]]:
    numbers = numbers_of(comparison.reports)
    return [
        {
            "place": row.place,
            "called": row.called if row.called != row.place else "",
            "year": row.year,
            "indicator": row.indicator,
            "unit": row.unit,
            "figure": Figure(row.shown, row.value, Source(numbers[row.path], row.start, row.end), "", "", False),
            **_against(row),
        }
        for row in comparison.outliers.head(most).itertuples()
    ]


def change_rows(comparison: Comparison) -> tuple[list[dict[str, Any]], int]:
    """The changes of the main indicators, the latest first, and how many there are in all."""
    main = main_cells(comparison.cells, COLUMNS)
    kept = set(zip(main.indicator, main.unit_family, strict=True))
    numbers = numbers_of(comparison.reports)
    rows: list[dict[str, Any]] = []
    for row in comparison.changes.sort_values("year", ascending=False, kind="stable").itertuples():
        if (row.indicator, row.unit_family) not in kept or len(rows) >= _CHANGES:
            continue
        before = Source(numbers[row.path_before], row.start_before, row.end_before)
        after = Source(numbers[row.path], row.start, row.end)
        rows.append(
            {
                "place": row.place,
                "called": row.called_before if row.called_before != row.place else "",
                "year": row.year,
                "indicator": row.indicator,
                "unit": row.unit,
                "before": Figure(row.shown_before, row.before, before, "", "", False),
                "after": Figure(row.shown, row.after, after, "", "", bool(row.conflict)),
                "change": row.change,
                "arithmetic": arithmetic(row),
                "percent": None if row.percent != row.percent or row.unit_family == "%" else row.percent,
                "direction": row.direction,
            }
        )
    return rows, len(comparison.changes)


def arithmetic(row: Any) -> str:
    """The change of a row of `compare.figures.changes` as it is computed: 150 − 126 = +24, with what hedges allow."""
    unit = "个百分点" if row.unit_family == "%" else row.unit
    said = f"{shown(row.after, '')} − {shown(row.before, '')} = {signed(row.change)}{unit}"
    exact = row.change_low == row.change_high
    if exact:
        return said
    ends = [signed(end) if end == end else "…" for end in (row.change_low, row.change_high)]
    return f"{said}（{ends[0]} ～ {ends[1]}）"


def signed(value: float) -> str:
    value = round(value, 6)
    return ("+" if value > 0 else "−" if value < 0 else "") + shown(abs(value), "")


def _against(row: Any) -> dict[str, Any]:
    return {"median": shown(row.median, "") + row.unit, "places": row.places, "z": f"{row.z:+.1f}".replace("-", "−")}
