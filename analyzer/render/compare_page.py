"""The page that compares reports, whole in one file: every figure leads to its quote.

What would make the page too long is cut to the main part, and the page says so: the workbook has all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from analyzer import plots
from analyzer.compare.comparison import Comparison, unplaced
from analyzer.compare.profile import ROLES
from analyzer.compare.readings import plain
from analyzer.compare.renamed import latest_places
from analyzer.render.compare_figures import Matrix, change_rows, matrix, outlier_rows, overview
from analyzer.render.compare_profiles import cluster_rows, profile_rows, terms_of_places, topic_rows
from analyzer.render.compare_sources import Source, files_of, quoted
from analyzer.render.compare_texts import Pair, followed, outcome_counts, pairs
from analyzer.render.compare_words import compare_words
from analyzer.render.pages import page
from analyzer.render.roles import ROLES as LOOKS
from analyzer.render.svg import inline_svg

if TYPE_CHECKING:
    from pandas import DataFrame  # type: ignore[import-untyped]


def compare_page(comparison: Comparison, lang: str = "zh") -> str:
    """The page as HTML. Raises MissingLibrary without matplotlib."""
    said = compare_words(lang)
    files = dict(enumerate(files_of(list(comparison.reports.path))))
    figures = matrix(comparison, said["odd"])
    outliers, (changes, all_changes) = outlier_rows(comparison), change_rows(comparison)
    found, all_pairs = pairs(comparison)
    promises, all_promises = followed(comparison)
    terms, all_terms = terms_of_places(comparison)
    sources = _sources(figures, outliers, changes, found, promises)
    values = {
        "said": said,
        "facts": facts(comparison, lang),
        "files": files,
        "labels": report_labels(comparison.reports),
        "reports": overview(comparison, files),
        "unplaced": [files[number] for number in _rows_without_place(comparison)],
        "failures": list(zip(comparison.failures.path, comparison.failures.error, strict=True)),
        "matrix": figures,
        "outliers": outliers,
        "changes": changes,
        "all_changes": all_changes,
        "pairs": found,
        "all_pairs": all_pairs,
        "outcomes": outcome_counts(comparison.followup),
        "stubborn": [row for row in promises if row["outcome"] == "repeated" and (row["years"] or 0) > 1],
        "followed": promises,
        "all_followed": all_promises,
        "profiles": profile_rows(comparison),
        "role_names": [LOOKS[role].name(lang) for role in ROLES],
        "keyness": terms,
        "all_keyness": all_terms,
        "topics": topic_rows(comparison),
        "clusters": cluster_rows(comparison),
        "quotes": list(quoted(sources, comparison.reports, files)),
        **_charts(comparison, lang),
    }
    return page("compare.html", lang, ["compare.css"], ["tables.js", "compare.js"], values)


def facts(comparison: Comparison, lang: str) -> str:
    """How many reports of how many places and which years."""
    reports, said = comparison.reports, compare_words(lang)
    return str(said["facts"]).format(
        reports=len(reports), places=latest_places(reports).nunique(), years=years_of(reports) or said["no_year"]
    )


def years_of(reports: DataFrame) -> str:
    years = reports.year.dropna()
    if years.empty:
        return ""
    first, last = int(years.min()), int(years.max())
    return str(first) if first == last else f"{first}—{last}"


def report_labels(reports: DataFrame) -> list[str]:
    """Names for reports where there is little room: place and year, the kind where a place has several of a year."""
    columns = (plain(reports[name]) for name in ("place", "year", "kind"))
    short = [(place, year, kind) for place, year, kind in zip(*columns, strict=True)]
    owners = [each[:2] for each in short]
    files = files_of(list(reports.path))
    return [
        file
        if not place or not year
        else f"{place} {year} {kind}"
        if owners.count((place, year)) > 1 and kind != "other"
        else f"{place} {year}"
        for file, (place, year, kind) in zip(files, short, strict=True)
    ]


def _rows_without_place(comparison: Comparison) -> list[int]:
    without = set(unplaced(comparison.reports).path)
    return [number for number, path in enumerate(comparison.reports.path) if path in without]


def _sources(
    figures: Matrix,
    outliers: Sequence[Mapping[str, Any]],
    changes: Sequence[Mapping[str, Any]],
    found: Sequence[Pair],
    promises: Sequence[Mapping[str, Any]],
) -> Iterator[Source]:
    """All that the page shows a link to."""
    yield from (each.source for *_, cells in figures.rows for each in cells if each)
    yield from (row["figure"].source for row in outliers)
    yield from (row[side].source for row in changes for side in ("before", "after"))
    yield from (source for pair in found for a, _, b, _ in pair.passages for source in (a, b))
    yield from (row[side][1] for row in promises for side in ("said", "next") if row[side])


def _charts(comparison: Comparison, lang: str) -> dict[str, Any]:
    """The charts as SVG with their captions."""
    said, labels = compare_words(lang), report_labels(comparison.reports)
    few = len(labels) > plots.MOST
    figures = {
        "shares": plots.role_shares(comparison.profile, labels, lang),
        "dots": plots.indicator_dots(comparison.cells),
        "changes": plots.year_changes(comparison.changes),
        "copies": plots.shared_text(comparison.shares, dict(zip(comparison.reports.path, labels, strict=True)))
        if len(comparison.shares) > 1  # of one pair the table says all
        else None,
    }
    return {
        "charts": {name: Markup(inline_svg(figure, name)) if figure else "" for name, figure in figures.items()},
        "dots_caption": said["years_chart" if comparison.cells.place.nunique() == 1 else "dots_chart"].format(
            year=plots.main_year(comparison.cells)
        ),
        "shares_caption": said["shares_chart_few"].format(plots.MOST // 2) if few else said["shares_chart"],
    }
