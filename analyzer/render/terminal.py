"""What a person reads: each finding with its line and the spot marked, then what was checked and what was not."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from analyzer.records import Audit, Failure, Finding, Outcome, Related, Severity
from analyzer.render.excerpt import excerpt, fold, shown
from analyzer.render.known import SHORT, set_aside_lines, verdict_line
from analyzer.render.places import labelled, page_of, rule_name
from analyzer.render.words import WORDS

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}

_WIDEST = 120
_INDENT = 2


def write(audits: Iterable[Audit], failures: Iterable[Failure], stream: TextIO, lang: str = "zh") -> None:
    """Writes the audits to `stream`, coloured and as wide as it allows."""
    console = console_on(stream)
    audits, failures = list(audits), list(failures)
    for audit in audits:
        _print(console, _report(audit, console.width, lang))
    if audits:
        console.print(WORDS[lang]["checked"], style="bold")
        console.print(_checks(audits, console.width, lang))
        _print(console, _summary(audits, console.width, lang))
        _print(console, set_aside_lines(audits, console.width, lang))
    _print(console, _failures(failures, console.width, lang))


def console_on(stream: TextIO) -> Console:
    """A console that writes to `stream` what it is given, without ideas of its own about colours."""
    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    console.width = min(console.width, _WIDEST)
    return console


def _print(console: Console, lines: Iterable[Text | str]) -> None:
    for line in lines:
        console.print(line, soft_wrap=True)


def _report(audit: Audit, width: int, lang: str) -> Iterator[Text | str]:
    words, outline = WORDS[lang], audit.analysis.outline
    if audit.analysis.report.path:
        yield Text(shown(audit.analysis.report.path), "bold")
    title = outline.title and " ".join(outline.title.quote.split())
    yield from fold(title or words["untitled"], width)
    facts = [
        outline.place and outline.place.name,
        outline.year and words["year"].format(outline.year),
        words["other"] if outline.kind == "other" else outline.kind,
        words["characters"].format(f"{len(audit.analysis.text):,}"),
    ]
    yield Text(" · ".join(fact for fact in facts if fact), "dim")
    if not audit.findings:
        yield words["clean otherwise" if audit.set_aside else "clean"]
    gutter = len(str(len(audit.analysis.report.line_starts))) + _INDENT
    for finding in audit.findings:
        yield ""
        yield from _finding(audit, finding, width, gutter, lang)
    yield ""


def _finding(audit: Audit, finding: Finding, width: int, gutter: int, lang: str) -> Iterator[Text]:
    words, colour = WORDS[lang], COLOURS[finding.severity]
    page = page_of(audit.analysis.report, finding.start)
    yield Text.assemble(
        (words[finding.severity.value], f"bold {colour}"),
        (f" {finding.rule} ", "bold"),
        rule_name(finding.rule, lang) or finding.name,
        (f"  {finding.line}:{finding.column}" + (words["page"].format(page) if page else ""), "dim"),
        (f"  {finding.fingerprint[:SHORT]}", "dim"),
    )
    for line in fold(finding.message(lang), width - _INDENT):
        yield Text(" " * _INDENT + line)
    if finding.verdict:
        for line in fold(verdict_line(finding.verdict, lang), width - _INDENT):
            yield Text(" " * _INDENT + line, "green")
    found = excerpt(audit.analysis.text, finding.start, finding.end, width - gutter - 3)
    shown = Text(found.words)
    shown.stylize(f"bold {colour}", found.mark, found.stop)
    yield Text.assemble((f"{finding.line:>{gutter}} │ ", "dim"), shown)
    yield Text.assemble((" " * gutter + " │ ", "dim"), (found.underline(), colour))
    for related, label in labelled(finding.related, lang):
        yield _related(audit, related, label, width, gutter)


def _related(audit: Audit, related: Related, label: str, width: int, gutter: int) -> Text:
    line = "" if related.path else str(bisect_right(audit.analysis.report.line_starts, related.start))
    label = f"{label}  {shown(Path(related.path).name)}" if related.path else label
    quote = " ".join(related.quote.split())
    room = width - gutter - 3 - cell_len(label) - 2
    if cell_len(quote) > room:
        quote = fold(quote, room - 1)[0] + "…"
    return Text.assemble((f"{line:>{gutter}} │ ", "dim"), (f"{label}  ", "cyan"), quote)


def _checks(audits: list[Audit], width: int, lang: str) -> Table:
    total: dict[str, Counter[Outcome]] = {}
    for audit in audits:
        for code, counts in audit.checks.items():
            total.setdefault(code, Counter()).update(counts)
    rows = [[code, rule_name(code, lang), *_cells(counts)] for code, counts in total.items()]
    rows.insert(0, ["", "", *(WORDS[lang][heading] for heading in ("checks", *Outcome))])
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    widths[1] = min(widths[1], width - sum(widths) + widths[1] - 2 * len(widths))
    table = Table.grid(padding=(0, 2, 0, 0))
    for number, size in enumerate(widths):
        table.add_column(width=size, justify="right" if number > 1 else "left", no_wrap=True, overflow="ellipsis")
    for row in rows:
        table.add_row(*row)
    return table


def _cells(counts: Counter[Outcome]) -> list[str]:
    return [f"{count:,}" if count else "–" for count in (counts.total(), *(counts[outcome] for outcome in Outcome))]


def _summary(audits: list[Audit], width: int, lang: str) -> Iterator[str]:
    words = WORDS[lang]
    severities = Counter(finding.severity for audit in audits for finding in audit.findings)
    parts = words["comma"].join(f"{words[each.value]} {severities[each]}" for each in Severity)
    yield ""
    yield words["total"].format(len(audits), severities.total(), parts)
    if severities:
        yield from fold(words["hint"], width)


def _failures(failures: list[Failure], width: int, lang: str) -> Iterator[Text | str]:
    if failures:
        yield ""
        yield Text(WORDS[lang]["failures"].format(len(failures)), "bold red")
    for failure in failures:
        yield f"  {shown(failure.path)}"
        for line in fold(failure.error, width - 2 * _INDENT):
            yield Text(" " * 2 * _INDENT + line)
