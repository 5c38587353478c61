"""What is known of findings, in lines for people: those set aside, verdicts, what is no longer needed, corrections."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from analyzer.config import Suppression
from analyzer.corrections import Corrected, correct
from analyzer.ledger import Entry
from analyzer.records import Audit, Edit, Finding, Verdict
from analyzer.render.excerpt import fold
from analyzer.render.words import WORDS
from analyzer.standing import Known, unneeded_entries, unneeded_suppressions

SHORT = 7  # characters of a fingerprint that people see and type

_SHOWN = 20  # corrections of a file listed one by one
_AROUND = 6  # characters shown on each side of one


def verdict_line(verdict: Verdict, lang: str) -> str:
    """“误报：第四项在附件中”."""
    words = WORDS[lang]
    return words[verdict.verdict] + (words["noted"].format(verdict.note) if verdict.note else "")


def judged_line(finding: Finding, entry: Entry, file: Path, lang: str) -> str:
    """What was written into the verdicts."""
    place = _place(finding, entry.path)
    return WORDS[lang]["judged"].format(file) + f"{place} — {verdict_line(Verdict(entry.verdict, entry.note), lang)}"


def _place(finding: Finding, path: str) -> str:
    """“云水乡.txt 5:18 ENU001 “两个方面””."""
    quote = " ".join(finding.quote.split())
    return f"{path} {finding.line}:{finding.column} {finding.rule} “{quote}”".lstrip()


def set_aside_lines(audits: Iterable[Audit], width: int, lang: str) -> Iterator[str]:
    """The findings that no longer count: suppressed and judged ones with the reason, the baseline's as a number."""
    words = WORDS[lang]
    asides = [(audit.analysis.report.path, aside) for audit in audits for aside in audit.set_aside]
    for by in ("suppress", "verdict"):
        found = [(path, aside) for path, aside in asides if aside.by == by]
        if found:
            yield words[by].format(len(found))
        for path, aside in found:
            verdict = aside.finding.verdict
            why = verdict_line(verdict, lang) if by == "verdict" and verdict else aside.reason
            yield from _indented(f"{_place(aside.finding, path)} — {why}", width)
    if count := sum(aside.by == "baseline" for _, aside in asides):
        yield words["baseline"].format(count)


def notes(audits: Sequence[Audit], known: Known, paths: Iterable[str], lang: str) -> Iterator[str]:
    """Where the settings came from, and which suppressions and entries of the baseline can go."""
    words, config, baseline = WORDS[lang], known.config, known.baseline
    if config.file:
        yield words["settings"].format(config.file)
    for each in unneeded_suppressions(audits, config, any(Path(path).is_dir() for path in paths)):
        yield words["unneeded suppress"].format(config.file, _suppression(each))
    for entry in unneeded_entries(audits, baseline) if baseline else ():
        yield words["unneeded baseline"].format(f"{entry.path} {entry.rule} “{entry.quote}”")


def corrections(audits: Iterable[Audit], lang: str) -> Iterator[str]:
    """Writes the corrected files; what was done to each report, place by place, or why nothing. Raises OSError."""
    nothing = True
    for audit in audits:
        if corrected := correct(audit):
            nothing = False
            yield from _corrected(corrected, audit, lang)
    if nothing:
        yield WORDS[lang]["nothing corrected"]


def _corrected(corrected: Corrected, audit: Audit, lang: str) -> Iterator[str]:
    words, edits = WORDS[lang], corrected.edits
    if corrected.file:
        yield words["corrected"].format(len(edits), corrected.file)
    else:
        yield words[f"correct {corrected.reason}"].format(corrected.path, len(edits))
    for edit in edits[:_SHOWN]:
        yield "  " + _change(edit, audit, lang)
    if len(edits) > _SHOWN:
        yield "  " + words["and more"].format(len(edits) - _SHOWN)


def _suppression(suppression: Suppression) -> str:
    quote = f"“{suppression.quote}”" if suppression.quote else ""
    return " ".join(part for part in (suppression.rule, suppression.path, quote) if part)


def _change(edit: Edit, audit: Audit, lang: str) -> str:
    text, starts = audit.analysis.text, audit.analysis.report.line_starts
    line = bisect_right(starts, edit.start)
    before = text[max(starts[line - 1], edit.start - _AROUND) : edit.start]
    behind = text[edit.end : edit.end + _AROUND].split("\n")[0]
    place = WORDS[lang]["line"].format(line)
    return f"{place} “{before}{edit.quote}{behind}” → “{before}{edit.new}{behind}”"


def _indented(text: str, width: int) -> Iterator[str]:
    for number, line in enumerate(fold(text, width - 4)):
        yield "  " + "  " * (number > 0) + line
