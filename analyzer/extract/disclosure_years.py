"""Reports on 政府信息公开 of one office, year after year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from analyzer.extract.disclosure import find_disclosure
from analyzer.extract.disclosure_form import form
from analyzer.records import FormCell, Outline, Report

_YEAR = re.compile(r"\s|(?:19|20)\d\d|年度?")


def office_and_year(outline: Outline) -> tuple[str, int] | None:
    """Whose report on 政府信息公开 it is, and on which year; None for others.

    Offices are told apart by title without its year, place and issuer: 区政府 and 区教育局 report on one place.
    """
    if outline.kind != "信息公开" or not (outline.title and outline.place and outline.year):
        return None
    issuer = outline.issuer.quote if outline.issuer else ""
    return "\n".join((_YEAR.sub("", outline.title.quote), outline.place.name, issuer)), outline.year


def successive(reports: Sequence[tuple[str, int] | None]) -> Iterator[tuple[int, list[int]]]:
    """The number of each report that has one of the year before beside it, with the number of that one (or several).

    `reports` is what `office_and_year` says of each.
    """
    found: defaultdict[str, dict[int, list[int]]] = defaultdict(dict)
    for number, report in enumerate(reports):
        if report:
            office, year = report
            found[office].setdefault(year, []).append(number)
    for years in found.values():
        for year, later in years.items():
            for number in later if year - 1 in years else ():
                yield number, years[year - 1]


def carried_over(earlier: Report, later: Report) -> list[tuple[FormCell, FormCell]]:
    """In each column 结转下年度 of the earlier report and 上年结转 of the later, where both have a number."""
    _, taken = form().received
    then = {cell.column: cell for cell in find_disclosure(earlier) if cell.row == form().carried}
    now = {cell.column: cell for cell in find_disclosure(later) if cell.row == taken}
    pairs = [(then[column], now[column]) for column in form().columns if column in then and column in now]
    return [(one, other) for one, other in pairs if one.value is not None and other.value is not None]
