"""Cuts a report into clauses, the unit that roles are given to."""

from __future__ import annotations

import re

from analyzer.records import Clause, Report

# A clause ends at 。！？；，： or at a line's end, but not inside 《》, at the comma of 1,100 or the colon of 9:30.
# The half-width marks count where no digit follows them. A tab parts the cells of a table; a literal \r\n, residue of
# web exports, parts lines.
_RESIDUE = r"\\r\\n|\\n"
_CLAUSE = re.compile(
    rf"{_RESIDUE}"
    rf"|(?P<clause>(?:《[^》\n]{{1,80}}》|[,:](?=\d)|(?!{_RESIDUE})[^。！？；，：,:;!?\n\t])+(?:[。！？；，：,:;!?]+|(?=[\n\t\\])|$))"
)


def find_clauses(report: Report) -> tuple[Clause, ...]:
    """The clauses of a report in text order, each with its closing mark; blank ones are left out."""
    return tuple(
        Clause(*match.span())
        for match in _CLAUSE.finditer(report.text)
        if match["clause"] and not match["clause"].isspace()
    )
