"""The nouns of the field, as frozen records. Read `pipeline.py` first, then these files in this order.

spans.py         where something stands: what all that is found is built on
report.py        what a reader gives
outline.py       its headings and its frame
enumerations.py  its lists
clauses.py       what its words say: clauses with roles, measures, shortcomings
quantities.py    what is counted and dated
citations.py     what is cited
analysis.py      all of that, read out of one report
findings.py      what rules give
"""

from __future__ import annotations

from analyzer.records.analysis import Analysis, Words
from analyzer.records.citations import Citation, Law
from analyzer.records.clauses import Clause, Measure, Shortcoming
from analyzer.records.enumerations import Declared, Enumeration, Item
from analyzer.records.findings import Audit, Check, Edit, Finding, Outcome, Related, SetAside, Severity, Verdict
from analyzer.records.outline import Outline, Place, Section
from analyzer.records.quantities import Breakdown, Change, Date, FormCell, Quantity, Rate
from analyzer.records.report import Failure, Paragraph, Part, Report
from analyzer.records.spans import Quote, Span

__all__ = [
    "Analysis",
    "Audit",
    "Breakdown",
    "Change",
    "Check",
    "Citation",
    "Clause",
    "Date",
    "Declared",
    "Edit",
    "Enumeration",
    "Failure",
    "Finding",
    "FormCell",
    "Item",
    "Law",
    "Measure",
    "Outcome",
    "Outline",
    "Paragraph",
    "Part",
    "Place",
    "Quantity",
    "Quote",
    "Rate",
    "Related",
    "Report",
    "Section",
    "SetAside",
    "Severity",
    "Shortcoming",
    "Span",
    "Verdict",
    "Words",
]
