"""How a Report, an Analysis, an Audit and a Corpus look in a notebook: text coloured by role, findings in the margin.

Plain HTML with its own style sheet: no script, nothing fetched, every word of a report escaped. It is a few nested
elements, so a template language would not make it shorter.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import escape
from importlib import resources
from itertools import cycle

from analyzer.corpus import Corpus
from analyzer.records import Analysis, Audit, Clause, Finding, Outcome, Report, Severity
from analyzer.render.marked import pieces
from analyzer.render.roles import PLAIN, ROLES
from analyzer.render.words import WORDS
from analyzer.tabular import table

_MORE = ("#44aa99", "#5f97d6", "#d9b02e", "#d1607a", "#9a7fd1", "#dd8a4e", "#6f7f8f", "#7fb257", "#c58ab5", "#9a9a9a")
_THIN = "40"  # opacity of a colour behind text, hexadecimal
_SEVERITIES = tuple(Severity)  # worst first
_FEW = 5  # failures shown of a corpus


class Html(str):
    """HTML that a notebook shows as such."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"Html({len(self)} characters)"

    def _repr_html_(self) -> str:
        return str(self)


def html_of(record: Report | Analysis | Audit) -> Html:
    """What a notebook shows of `record`."""
    if isinstance(record, Report):
        return _box(record.path or "（文字）", [f"{len(record.text):,}字", record.format], [], _body(record, (), ()))
    analysis, findings = (record, ()) if isinstance(record, Analysis) else (record.analysis, record.findings)
    outline = analysis.outline
    facts = [
        outline.place.name if outline.place else "",
        f"{outline.year}年" if outline.year else "",
        outline.kind if outline.kind != "other" else "",
        f"{len(analysis.text):,}字",
    ]
    if isinstance(record, Audit):
        facts += _verdict(record)
    else:
        facts += [
            f"举措{len(analysis.measures)}",
            f"不足{len(analysis.shortcomings)}",
            f"数量{len(analysis.quantities)}",
        ]
    legend = legend_of(clause.role for clause in analysis.clauses).values()
    title = outline.title.quote if outline.title else WORDS["zh"]["untitled"]
    return _box(title, facts, legend, _body(analysis.report, analysis.clauses, findings))


def html_of_corpus(corpus: Corpus) -> Html:
    """What a notebook shows of a corpus: how much there is of what, and the first files that could not be read."""
    counts = {kind: len(rows) for kind, rows in corpus.tables.items() if kind not in ("reports", "checks")}
    facts = [f"{table(kind).heading}{count:,}" for kind, count in counts.items()]
    failed = [f"没有读成{len(corpus.failed):,}份"] if corpus.failed else []
    lines = [f"<div>{escape(each.path)}：{escape(each.error)}</div>" for each in corpus.failed[:_FEW]]
    if len(corpus.failed) > _FEW:
        lines.append("<div>…… 全部见 corpus.failures</div>")
    return _box(f"{len(corpus):,}份报告", facts + failed, [], "".join(lines))


def with_legend(html: str, legend: Iterable[tuple[str, str]]) -> Html:
    """`html`, which is trusted, in a scroll box under a legend of names and colours."""
    return _box("", [], legend, html)


def legend_of(labels: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The name and the colour of each label: roles in their order, then others by the alphabet, colours repeating."""
    used = set(labels)
    others = sorted(used - set(ROLES))
    return {role: (look.zh, look.colour) for role, look in ROLES.items() if role in used} | dict(
        zip(others, zip(others, cycle(_MORE), strict=False), strict=True)
    )


def _verdict(audit: Audit) -> list[str]:
    severities = Counter(finding.severity for finding in audit.findings)
    outcomes = sum(audit.checks.values(), Counter[Outcome]())
    words = WORDS["zh"]
    counted = "，".join(f"{words[severity]}{severities[severity]}" for severity in _SEVERITIES)
    checked = "，".join(f"{words[outcome]}{outcomes[outcome]}" for outcome in Outcome)
    settled = f"，另有{len(audit.set_aside)}处已作处理" if audit.set_aside else ""
    return [f"{len(audit.findings)}处发现（{counted}）{settled}", f"检查{outcomes.total()}处：{checked}"]


def _box(title: str, facts: Iterable[str], legend: Iterable[tuple[str, str]], body: str) -> Html:
    said = " · ".join(escape(fact) for fact in facts if fact)
    keys = "".join(
        f'<span class="key"><i style="background:{colour}"></i>{escape(name)}</span>' for name, colour in legend
    )
    head = "".join(
        part
        for part in (
            title and f'<div class="title">{escape(title)}</div>',
            said and f'<div class="facts">{said}</div>',
            keys and f'<div class="legend">{keys}</div>',
        )
    )
    return Html(f'<style>{_css()}</style><div class="analyzer" lang="zh">{head}<div class="body">{body}</div></div>')


@cache
def _css() -> str:
    return (resources.files("analyzer") / "notebook.css").read_text(encoding="utf-8")


def _body(report: Report, clauses: Sequence[Clause], findings: Sequence[Finding]) -> str:
    """The lines of the text; where there are findings, each with the notes of those that begin in it."""
    lines = list(_lines(report))
    notes = [""] * len(lines)
    for number, finding in enumerate(findings, 1):
        line = bisect_right(lines, finding.start, key=lambda line: line[0]) - 1  # a blank line's go to the one above
        notes[max(0, line)] += _note(number, finding)
    rows = []
    for (start, end), note in zip(lines, notes, strict=True):
        here = [(number, found) for number, found in enumerate(findings, 1) if found.start < end and start < found.end]
        rows.append(f"<div>{''.join(_pieces(report.text, start, end, clauses, here))}</div>")
        if findings:
            rows.append(f'<div class="notes">{note}</div>')
    return f'<div class="text{" audited" if findings else ""}">{"".join(rows)}</div>'


def _lines(report: Report) -> Iterator[tuple[int, int]]:
    """The lines of the text that are not blank."""
    starts = report.line_starts
    for start, stop in zip(starts, (*starts[1:], len(report.text) + 1), strict=True):
        if not report.text[start : stop - 1].isspace() and stop - 1 > start:
            yield start, stop - 1


def _pieces(
    text: str, start: int, end: int, clauses: Sequence[Clause], findings: Sequence[tuple[int, Finding]]
) -> Iterator[str]:
    """The line `text[start:end]`, cut wherever a clause or a finding begins or ends."""
    by_number = dict(findings)
    for piece in pieces(start, end, clauses, findings):
        numbers = "".join(f"<sup>{number}</sup>" for number in piece.begun)
        shown = _coloured(escape(text[piece.start : piece.end]), piece.role)
        if piece.over:
            worst = min((by_number[number].severity for number in piece.over), key=_SEVERITIES.index)
            shown = f'<span class="found {worst}">{shown}</span>'
        yield numbers + shown


def _coloured(html: str, role: str) -> str:
    if role not in ROLES:
        return html
    if role in PLAIN:
        return f'<span class="{role}" title="{ROLES[role].zh}">{html}</span>'
    return f'<span style="background:{ROLES[role].colour}{_THIN}" title="{ROLES[role].zh}">{html}</span>'


def _note(number: int, finding: Finding) -> str:
    severity = WORDS["zh"][finding.severity]
    return (
        f'<div class="note {finding.severity}"><b><sup>{number}</sup> {severity} {escape(finding.rule)}</b> '
        f"{finding.line}:{finding.column}<br>{escape(finding.zh)}</div>"
    )
