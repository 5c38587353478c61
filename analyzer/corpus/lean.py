"""An audit without its extraction, as JSON: all that rules which compare reports with each other may look up.

The text is not in it: quotes are kept as offsets and cut from it again. JSON rather than pickle, since what comes from
a folder that others may write to must not be able to run anything.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, overload

from analyzer.records import (
    Analysis,
    Audit,
    Edit,
    Finding,
    Outline,
    Paragraph,
    Part,
    Place,
    Quote,
    Related,
    Report,
    Section,
    Severity,
)
from analyzer.tabular.findings import plain

if TYPE_CHECKING:
    from pyarrow import ChunkedArray  # type: ignore[import-untyped]

_SECTION = ("level", "marker", "style", "number", "title", "parent", "stop", "run_in")
_FINDING = ("rule", "name", "severity", "zh", "en", "line", "column", "computed", "fingerprint")


class Lean(Sequence[Analysis]):
    """The analyses of a corpus, report and outline only, each unpacked when it is looked up for the first time.

    Made of the columns of lean audits, paths and texts.
    """

    def __init__(self, lean: ChunkedArray, paths: ChunkedArray, texts: ChunkedArray) -> None:
        self._columns = lean, paths, texts
        self._audits: dict[int, Audit] = {}

    def audit(self, number: int) -> Audit:
        """The audit of the report with this number, as `packed` kept it."""
        if number not in self._audits:
            self._audits[number] = unpacked(*(column[number].as_py() for column in self._columns))
        return self._audits[number]

    @overload
    def __getitem__(self, number: int) -> Analysis: ...
    @overload
    def __getitem__(self, number: slice) -> list[Analysis]: ...
    def __getitem__(self, number: int | slice) -> Analysis | list[Analysis]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        return self.audit(range(len(self))[number]).analysis

    def __len__(self) -> int:
        return len(self._columns[0])


def packed(audit: Audit) -> str:
    """Report without text, outline and findings of `audit` as JSON. Its checks are left out."""
    outline = audit.analysis.outline
    content = {
        "format": audit.analysis.report.format,
        "paragraphs": [
            (each.start, each.end, each.level, each.page, each.part, each.cell)
            for each in audit.analysis.report.paragraphs
        ],
        "title": _span(outline.title),
        "issuer": _span(outline.issuer),
        "place": outline.place and (outline.place.name, outline.place.level),
        "year": outline.year,
        "date": _span(outline.date),
        "kind": outline.kind,
        "sections": [(section.start, section.end, _fields(section, _SECTION)) for section in outline.sections],
        "findings": [
            {
                "span": _span(finding),
                "fields": _fields(finding, _FINDING),
                "related": [(each.start, each.end, each.quote, each.role, each.path) for each in finding.related],
                "edits": [(each.start, each.end, each.new) for each in finding.edits],
            }
            for finding in audit.findings
        ],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=plain)


def unpacked(json_text: str, path: str, text: str) -> Audit:
    """The audit of the report `text`, now at `path`, that was packed; without extraction and without checks."""
    content = json.loads(json_text)
    report = Report(path, text, tuple(_paragraph(each) for each in content["paragraphs"]), content["format"])
    outline = Outline(
        title=_quote(text, content["title"]),
        issuer=_quote(text, content["issuer"]),
        place=Place(*content["place"]) if content["place"] else None,
        year=content["year"],
        date=_quote(text, content["date"]),
        kind=content["kind"],
        sections=tuple(Section(start, end, text[start:end], *fields) for start, end, fields in content["sections"]),
    )
    findings = tuple(_finding(text, each) for each in content["findings"])
    return Audit(Analysis(report, outline, enumerations=(), clauses=()), findings, {})


def _span(quote: Quote | None) -> tuple[int, int] | None:
    return (quote.start, quote.end) if quote else None


def _fields(record: object, names: tuple[str, ...]) -> list[Any]:
    return [getattr(record, name) for name in names]


def _quote(text: str, span: list[int] | None) -> Quote | None:
    return Quote.cut(text, *span) if span else None


def _paragraph(cells: list[Any]) -> Paragraph:
    start, end, level, page, part, cell = cells
    return Paragraph(start, end, level, page, Part(part), tuple(cell) if cell else None)


def _finding(text: str, content: dict[str, Any]) -> Finding:
    fields = dict(zip(_FINDING, content["fields"], strict=True))
    fields["severity"] = Severity(fields["severity"])
    return Finding.cut(
        text,
        *content["span"],
        related=tuple(Related(*each) for each in content["related"]),
        edits=tuple(Edit.cut(text, start, end, new=new) for start, end, new in content["edits"]),
        **fields,
    )
