"""What a notebook shows of the records: everything escaped, nothing fetched, every finding beside its line."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analyzer
from analyzer.notebook import html_of, legend_of, with_legend
from analyzer.records import Audit, Finding, Report, Severity

REPORTS = sorted((Path(__file__).parents[1] / "corpus" / "reports").iterdir())

HOSTILE = st.sampled_from(
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "</div></style>",
        "&amp;",
        "<!--",
        "]]>",
        "'",
        "&",
        "\n",
        "一、",
        "一是",
        "三是",
        "两个方面：",
        "。。",
        "开展检查4次。",
        "云水乡<b>2023年</b>工作总结",
        "《<i>",
        "）",
    ]
)


class Page(HTMLParser):
    """The tags of a page, its report text and its notes; AssertionError where tags do not pair."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[tuple[str, str]] = []
        self.text = ""
        self.notes: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        self.tags.append((tag, found))
        if tag != "br":
            self.open.append((tag, found.get("class") or ""))
        if (found.get("class") or "").startswith("note "):
            self.notes.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        inside = {name for _, names in self.open for name in names.split()}
        if "note" in inside:
            self.notes[-1] += data
        elif "text" in inside and self.open[-1][0] != "sup":
            self.text += data


def without_blank_lines(text: str) -> str:
    return "".join(line for line in text.split("\n") if line.strip())


def finding(start: int, end: int, severity: Severity, zh: str, rule: str = "XXX001") -> Finding:
    return Finding(start, end, "", rule, "", severity, zh, "", 1, start + 1, (), {}, "")


@given(st.lists(HOSTILE, max_size=30).map("".join))
@settings(max_examples=150)
def test_hostile_text_stays_text(text: str) -> None:
    audit = analyzer.audit(analyzer.readers.report_of_text(text))
    for record in (audit, audit.analysis, audit.analysis.report):
        page = Page(html_of(record))
        assert page.text == without_blank_lines(text)
        assert {tag for tag, _ in page.tags} <= {"style", "div", "span", "i", "b", "sup", "br"}
        assert {name for _, attributes in page.tags for name in attributes} <= {"class", "style", "title", "lang"}


def test_messages_paths_and_legends_are_escaped() -> None:
    report = analyzer.readers.report_of_text("甲乙丙")
    hostile = finding(1, 2, Severity.ERROR, "<script>", rule="<b>X</b>")
    page = html_of(Audit(analyzer.analyze(report), (hostile,), {}))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "&lt;b&gt;X" in page
    assert "<img" not in html_of(Report("<img>", "甲", report.paragraphs, "txt"))
    assert "<img" not in with_legend("", [("<img>", "#000")])


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_the_text_is_whole_and_every_finding_has_its_note(path: Path) -> None:
    audit = analyzer.audit(path)
    page = Page(audit._repr_html_())
    assert page.text == without_blank_lines(audit.analysis.text)
    severities = {"error": "错误", "warning": "警告", "info": "提示"}
    assert page.notes == [
        f"{number} {severities[found.severity]} {found.rule} {found.line}:{found.column}{found.zh}"
        for number, found in enumerate(audit.findings, 1)
    ]


def test_a_note_stands_beside_its_line() -> None:
    audit = analyzer.audit(analyzer.readers.report_of_text("甲乙\n丙丁\n\n戊己"))
    page = html_of(Audit(audit.analysis, (finding(3, 4, Severity.INFO, "一"), finding(6, 6, Severity.INFO, "二")), {}))
    notes = re.findall(r'<div class="notes">(.*?)</div>(?=<div>|</div>)', page)
    assert [re.findall("一|二", note) for note in notes] == [[], ["一", "二"], []], "a blank line's with the line above"


def test_findings_over_each_other_and_over_lines_show_the_worst() -> None:
    analysis = analyzer.analyze(analyzer.readers.report_of_text("甲乙丙丁\n戊己"))
    outer, inner = finding(1, 6, Severity.INFO, "外"), finding(2, 3, Severity.ERROR, "内")
    page = html_of(Audit(analysis, (outer, inner), {}))
    marked = re.findall(r'(?:<sup>(\d)</sup>)?<span class="found (\w+)"><span [^>]*>(.)</span></span>', page)
    assert marked == [("1", "info", "乙"), ("2", "error", "丙"), ("", "info", "丁"), ("", "info", "戊")]


def test_clauses_are_coloured_and_named() -> None:
    analysis = analyzer.analyze("云水乡2023年工作总结\n一、存在的不足\n一是执法力量薄弱。\n")
    page = analysis._repr_html_()
    for name, colour in legend_of(clause.role for clause in analysis.clauses).values():
        assert f'<i style="background:{colour}"></i>{name}' in page
        assert f'title="{name}"' in page


def test_a_legend_has_roles_in_order_and_a_colour_for_any_other_label() -> None:
    legend = legend_of(["plan", "measure", *(f"X{number:02}" for number in range(30))])
    assert list(legend)[:3] == ["measure", "plan", "X00"]
    assert [name for name, _ in legend.values()][:3] == ["举措", "计划", "X00"]
    assert len(legend) == 32


def test_nothing_is_fetched_and_nothing_runs() -> None:
    page = analyzer.audit(REPORTS[0])._repr_html_()
    assert not re.search(r"<script|\bon\w+=|https?:|url\(|@import|<link|<img", page)


def test_an_audit_loads_no_notebook() -> None:
    program = "import sys, analyzer; analyzer.audit('一、成效\\n'); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "analyzer.notebook" not in run.stdout.split()
