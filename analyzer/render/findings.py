"""Findings and checks as rows for people who work in Excel: one line of text a cell, codes in words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from analyzer.records import Audit, Finding, Outcome, Related
from analyzer.render.known import SHORT, verdict_line
from analyzer.render.places import labelled, page_of, rule_name
from analyzer.render.words import WORDS
from analyzer.tabular import PrintedRow, section_at, section_cells


class Heading(NamedTuple):
    """A column as both languages name it."""

    zh: str
    en: str
    width: int  # in a workbook, in characters


REPORT = (Heading("文件", "file", 24), Heading("报告", "report", 24), Heading("年份", "year", 7))
FINDINGS = (
    *REPORT,
    Heading("级别", "severity", 8),
    Heading("规则", "rule", 9),
    Heading("查什么", "what it finds", 20),
    Heading("章节", "section", 24),
    Heading("页", "page", 5),
    Heading("行", "line", 5),
    Heading("列", "column", 5),
    Heading("原文", "words", 24),
    Heading("问题", "message", 44),
    Heading("相关的地方", "related places", 44),
    Heading("改为", "put instead", 12),
    Heading("处理", "standing", 14),
    Heading("代号", "id", 9),
)
SEVERITY = 3  # its column among FINDINGS
CHECKS = (
    *REPORT,
    Heading("规则", "rule", 9),
    Heading("查什么", "what it finds", 44),
    Heading("相符", "agree", 10),
    Heading("不符", "differ", 10),
    Heading("存疑", "doubtful", 10),
    Heading("无法判断", "no verdict", 10),
)


def finding_rows(audit: Audit, lang: str) -> list[PrintedRow]:
    """The cells of FINDINGS in text order, those that no longer count with the reason in their place."""
    words = WORDS[lang]
    standing = {
        "suppress": lambda aside: words["ignored"].format(aside.reason),
        "verdict": lambda aside: verdict_line(aside.finding.verdict, lang),
        "baseline": lambda aside: words["in baseline"],
    }
    found = [(finding, _verdict(finding, lang)) for finding in audit.findings]
    found += [(aside.finding, standing[aside.by](aside)) for aside in audit.set_aside]
    found.sort(key=lambda each: (each[0].start, each[0].rule))
    return [_row(audit, finding, standing, lang) for finding, standing in found]


def check_rows(audit: Audit, lang: str) -> list[PrintedRow]:
    """The cells of CHECKS, a row for each rule that was run."""
    return [
        (*_report(audit), code, rule_name(code, lang), *(counts[outcome] for outcome in Outcome))
        for code, counts in audit.checks.items()
    ]


def _row(audit: Audit, finding: Finding, standing: str, lang: str) -> PrintedRow:
    analysis = audit.analysis
    return (
        *_report(audit),
        WORDS[lang][finding.severity.value],
        finding.rule,
        rule_name(finding.rule, lang) or finding.name,
        str(section_cells(analysis, section_at(analysis, finding.start))[1]),
        page_of(analysis.report, finding.start),
        finding.line,
        finding.column,
        _line(finding.quote),
        _line(finding.message(lang)),
        " | ".join(_related(audit, related, label, lang) for related, label in labelled(finding.related, lang)),
        " | ".join(_line(f"{edit.quote} → {edit.new}") for edit in finding.edits),
        _line(standing),
        finding.fingerprint[:SHORT],
    )


def _report(audit: Audit) -> PrintedRow:
    outline = audit.analysis.outline
    return audit.analysis.report.path, _line(outline.title.quote) if outline.title else "", outline.year


def _related(audit: Audit, related: Related, label: str, lang: str) -> str:
    """“列项1（第5行）：一是实施良种推广行动”."""
    if related.path:
        where = Path(related.path).name
    else:
        where = WORDS[lang]["line"].format(bisect_right(audit.analysis.report.line_starts, related.start))
    return WORDS[lang]["place"].format(label, where, _line(related.quote))


def _verdict(finding: Finding, lang: str) -> str:
    return verdict_line(finding.verdict, lang) if finding.verdict else ""


def _line(text: str) -> str:
    return " ".join(text.split())


def headings(columns: Iterable[Heading], lang: str) -> Iterator[str]:
    """The names of the columns."""
    return (column.en if lang == "en" else column.zh for column in columns)
