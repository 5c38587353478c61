"""Web pages of audits: everything escaped, nothing fetched, the text whole, every link with its target."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import tomllib
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion
from test_notebook import HOSTILE
from typer.testing import CliRunner, Result

import analyzer
from analyzer.batch import audit_file
from analyzer.cli import app
from analyzer.readers import find_reports, report_of_text
from analyzer.records import Audit, Clause, Failure, Outcome, Paragraph, Report, SetAside, Severity, Span, Verdict
from analyzer.render import pages, writer
from analyzer.render.html import index_page, report_page
from analyzer.render.marked import pieces
from analyzer.render.page_text import blocks
from analyzer.rules import all_rules

REPORTS = sorted((Path(__file__).parents[1] / "corpus" / "reports").iterdir())
FAULTY = """云水乡2023年法治政府建设工作总结
一、工作成效
全年调解纠纷86件,开展宣传32场。
二、存在的不足
还存在两个方面的不足：一是宣传形式不够多样；二是执法力量较为薄弱；三是制度落实不够到位。
"""
VOID = {"meta", "link", "input", "br"}
TAGS = set(
    re.findall(
        r"\w+",
        "html head meta link title style script body a header div h1 h2 h3 h4 h5 h6 p button kbd label input nav ul ol"
        " li span fieldset legend i main section b select option output article table thead tbody tr th td mark details"
        " summary del ins dialog dl dt dd form footer tfoot",
    )
)


class Page(HTMLParser):
    """The tags of a page, the text of its paragraphs, the words over which findings stand."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.paragraphs: dict[int, str] = {}
        self.words: dict[str, str] = {}
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(self.tags[-1])
        if "data-start" in dict(attributes):
            self.paragraphs[int(dict(attributes)["data-start"] or 0)] = ""

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for tag, attributes in self.open:
            if "data-start" in attributes:
                self.paragraphs[int(attributes["data-start"] or 0)] += data
            if tag == "mark":
                for number in (attributes.get("data-f") or "").split():
                    self.words[number] = self.words.get(number, "") + data

    def all(self, name: str) -> list[str]:
        return [attributes[name] or "" for _, attributes in self.tags if name in attributes]


def page_of(text: str, **options: str) -> str:
    return report_page(analyzer.audit(report_of_text(text)), **options)


def without_files(html: str) -> str:
    """A page without its style, script and their hashes."""
    bare = re.sub(r"(?s)<(style|script)>.*?</\1>", r"<\1></\1>", html)
    return re.sub(r"sha256-[^']+", "sha256-…", bare)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments])


@given(st.lists(HOSTILE, max_size=30).map("".join))
@settings(max_examples=60)
def test_hostile_text_stays_text(text: str) -> None:
    report = report_of_text(text)
    page = Page(report_page(analyzer.audit(report)))
    assert (
        page.paragraphs == {each.start: text[each.start : each.end] for each in report.paragraphs} or not text.strip()
    )
    assert {tag for tag, _ in page.tags} <= TAGS
    assert [tag for tag, _ in page.tags].count("script") == 1
    names = {name for _, attributes in page.tags for name in attributes}
    assert not [name for name in names if name.startswith("on") or name in ("style", "src", "srcset")]


def test_titles_paths_messages_and_reasons_are_escaped() -> None:
    hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    found = analyzer.audit(report_of_text(FAULTY))
    first = found.findings[0]
    bad = replace(
        first,
        rule=hostile,
        zh=hostile,
        computed={hostile: hostile},
        verdict=Verdict("right", hostile),
        edits=tuple(replace(edit, new=hostile) for edit in first.edits),
        related=tuple(replace(each, path=hostile) for each in found.findings[-1].related),
    )
    analysis = replace(found.analysis, report=replace(found.analysis.report, path=hostile))
    audit = Audit(
        analysis, (bad,), {hostile: Counter({Outcome.INCONSISTENT: 1})}, (SetAside(first, "suppress", hostile),)
    )
    failures = [Failure(hostile, hostile)]
    for page in (report_page(audit, "zh", {}, hostile), index_page([audit], failures, "zh", {hostile: hostile})):
        assert page.count(hostile) == 0
        assert page.count("&lt;script&gt;") >= 3
        assert [tag for tag, _ in Page(page).tags].count("script") == 1


def test_nothing_is_fetched_and_the_policy_names_style_and_script() -> None:
    for page in (page_of(FAULTY), index_page([], [Failure("坏.docx", "文件已损坏。")], "zh", {})):
        assert not re.search(r"https?:|url\(|@import|<img|\bsrc=", page)
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
        assert policy
        assert policy[1].startswith("default-src 'none';")
        for tag in ("style", "script"):
            inside = re.search(rf"(?s)<{tag}>(.*?)</{tag}>", page)
            assert inside
            digest = base64.b64encode(hashlib.sha256(inside[1].encode()).digest()).decode()
            assert f"{tag}-src 'sha256-{digest}'" in policy[1]


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_the_text_is_whole_and_every_finding_marks_its_words(path: Path) -> None:
    audit = analyzer.audit(path)
    page = Page(report_page(audit))
    text = audit.analysis.text
    assert page.paragraphs == {each.start: text[each.start : each.end] for each in audit.analysis.report.paragraphs}
    found = [set(range(finding.start, finding.end)) for finding in audit.findings]
    for number, finding in enumerate(audit.findings):
        places = {at for related in finding.related for at in range(related.start, related.end)}
        marked = found[number] | places & set().union(*found)  # a place that another finding marks
        words = "".join(text[at] for at in sorted(marked) if not text[at].isspace())
        assert "".join(page.words.get(str(number + 1), "").split()) == words
    ids = page.all("id")
    assert len(ids) == len(set(ids))
    assert {f"n{number}" for number in range(1, len(audit.findings) + 1)} <= set(ids)
    links = [link for link in page.all("href") if link.startswith("#")]
    assert {link[1:] for link in links} <= set(ids)
    for number, finding in enumerate(audit.findings, 1):
        for place in range(1, len(finding.related) + 1):
            assert f"#f{number}-{place}" in links, "from the note to the place"
        assert links.count(f"#n{number}") == 1 + len(finding.related), "and back"


def test_a_finding_in_no_paragraph_leads_to_the_text_beside_it() -> None:
    audit = analyzer.audit(report_of_text("甲乙\n\n丙丁\n"))
    first = analyzer.audit(report_of_text(FAULTY)).findings[0]
    for start, end, anchor, marked in (
        (3, 3, "甲乙", ""),
        (2, 5, "甲乙", "丙"),
        (3, 5, "丙丁", "丙"),
        (6, 7, "丙丁", ""),
    ):
        here = replace(first, start=start, end=end, related=(), edits=())
        html = report_page(replace(audit, findings=(here,)))
        assert Page(html).words.get("1", "") == marked
        paragraph = next(part for part in html.split('<p class="')[1:] if 'id="f1"' in part)
        assert anchor in re.sub(r"<[^>]*>", "", paragraph)


def test_a_mark_shows_the_worst_of_its_findings() -> None:
    audit = analyzer.audit(report_of_text("甲乙丙丁"))
    first = analyzer.audit(report_of_text(FAULTY)).findings[0]
    spans = ((0, 3, Severity.INFO), (1, 2, Severity.ERROR))
    findings = tuple(replace(first, start=a, end=b, severity=each, related=(), edits=()) for a, b, each in spans)
    shown = blocks(audit.analysis, findings)[0].lines[0].shown
    assert [(each.words, each.severity, each.findings) for each in shown] == [
        ("甲", "info", "1"),
        ("乙", "error", "1 2"),
        ("丙", "info", "1"),
        ("丁", "", ""),
    ]


def test_pieces_cut_at_clauses_and_marks_without_gaps() -> None:
    clauses = analyzer.analyze("甲乙，丙丁。\n戊己").clauses
    cut = list(pieces(0, 6, clauses, [(7, Span(1, 4)), (8, Span(4, 4)), (9, Span(6, 6))]))
    assert [(each.start, each.end, each.over, each.begun) for each in cut] == [
        (0, 1, (), ()),
        (1, 3, (7,), (7,)),
        (3, 4, (7,), ()),
        (4, 6, (), (8,)),
        (6, 6, (), (9,)),
    ]


def test_tables_of_a_report_are_tables() -> None:
    text = "项目\n件数\n宣传\n3\n甲"
    cells = [(0, 2, 0, 0), (3, 5, 0, 3), (6, 8, 2, 0), (9, 10, 2, 3)]
    paragraphs = [Paragraph(start, end, cell=(0, row, column)) for start, end, row, column in cells]
    report = Report("", text, (*paragraphs, Paragraph(11, 12)), "docx")
    html = without_files(report_page(analyzer.audit(report)))
    table = re.search(r"(?s)<table>(.*?)</table>", html)
    assert table
    rows = [
        [re.sub(r"<[^>]*>", "", cell) for cell in re.findall("<td>(.*?)</td>", row)]
        for row in table[1].split("<tr>")[1:]
    ]
    assert rows == [["项目", "件数"], ["宣传", "3"]], "columns without any words left out"


def test_the_page_of_an_audit_without_extraction_is_the_same() -> None:
    path = str(next(path for path in REPORTS if path.name == "云磴乡_2024_工作总结.txt"))
    lean = audit_file(path, tuple(all_rules()))
    assert not lean.analysis.measures
    assert report_page(lean) == report_page(analyzer.audit(path))


def test_what_was_read_out_stands_in_tables_that_lead_to_the_words() -> None:
    analysis = analyzer.analyze(REPORTS[1])
    page = Page(report_page(Audit(analysis, (), {})))
    spans = [(each.start, each.end) for each in (*analysis.measures, *analysis.quantities)]
    for shortcoming in analysis.shortcomings:
        spans += [(each.start, each.end) for each in (shortcoming, *shortcoming.causes, *shortcoming.plans)]
    assert sorted(page.all("data-at")) == sorted(f"{start}-{end}" for start, end in spans)
    paragraphs = analysis.report.paragraphs
    for attributes in (attributes for _, attributes in page.tags if "data-at" in attributes):
        paragraph = paragraphs[int((attributes["href"] or "")[2:])]
        assert paragraph.start <= int((attributes["data-at"] or "").split("-")[0]) < paragraph.end


def test_checks_and_settled_findings_are_shown() -> None:
    audit = analyzer.audit(report_of_text(FAULTY))
    settled = SetAside(audit.findings[-1], "suppress", "第三项写在附件里")
    html = report_page(replace(audit, findings=audit.findings[:-1], set_aside=(settled,)))
    assert "第三项写在附件里" in html
    checked = re.sub(r"<[^>]*>|\s+", " ", html.split('id="checked"')[1].split("</table>")[0]).split()
    for code, counts in audit.checks.items():
        row = checked[checked.index(code) + 1 :]
        shown = [f"{counts[outcome]}" if counts[outcome] else "–" for outcome in Outcome]
        assert (shown if counts.total() else ["没有可查的内容"]) == row[1 : 1 + (len(shown) if counts.total() else 1)]


def test_looks(snapshot: SnapshotAssertion) -> None:
    audit = analyzer.audit(
        report_of_text("云水乡工作总结\n一、不足\n有两个方面的不足：一是人少,二是钱少；三是车少。\n")
    )
    checks = {code: counts for code, counts in audit.checks.items() if code.startswith("ENU00")}
    analysis = replace(audit.analysis, clauses=(Clause(0, 7, "measure"),), measures=(), shortcomings=())
    assert without_files(report_page(replace(audit, analysis=analysis, checks=checks))) == snapshot


def test_both_languages_have_all_words() -> None:
    words = tomllib.loads(Path(pages.__file__).with_name("page").joinpath("words.toml").read_text(encoding="utf-8"))
    assert words["zh"].keys() == words["en"].keys()
    assert words["zh"]["columns"].keys() == words["en"]["columns"].keys()
    html = page_of(FAULTY, lang="en")
    assert '<html lang="en">' in html
    assert "What was checked" in html
    assert not [word for word in ("检查情况", "全部规则", "下一处", "已做") if word in html]


# --- folders ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reports = tmp_path / "报告"
    (reports / "乡 镇").mkdir(parents=True)
    (reports / "云水乡.txt").write_text(FAULTY, encoding="utf-8")
    (reports / "云水乡.md").write_text(FAULTY.replace("两个", "三个"), encoding="utf-8")
    (reports / "乡 镇" / "石桥镇'&#<b>.txt").write_text(FAULTY.replace("云水乡", "石桥镇"), encoding="utf-8")
    (reports / "空.txt").touch()
    return reports


def test_a_folder_has_a_page_a_report_and_an_index(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "结果"
    result = run("audit", folder, "--format", "html", "--output", output)
    assert result.exit_code == 2, "one file is empty"
    written = sorted(file.relative_to(output).as_posix() for file in output.rglob("*.html"))
    assert len(written) == 4
    index = (output / "index.html").read_text(encoding="utf-8")
    assert "空.txt" in index
    page = Page(index)
    linked = Counter(unquote(link.partition("#")[0]) for link in page.all("href") if link.startswith(("%", "云")))
    assert sorted(linked) == [name for name in written if name != "index.html"]
    audits = [analyzer.audit(path) for path in find_reports([folder])[0] if path.name != "空.txt"]
    cells = [link for link in page.all("href") if "#rule-" in link]
    assert len(cells) == len({(audit.analysis.report.path, each.rule) for audit in audits for each in audit.findings})
    for link in cells:
        file, _, anchor = link.partition("#")
        assert anchor in Page((output / unquote(file)).read_text(encoding="utf-8")).all("id")
    deep = Page(next(output.glob("乡 镇/*.html")).read_text(encoding="utf-8"))
    assert "../index.html" in deep.all("href")


def test_a_place_in_another_report_leads_to_its_page(tmp_path: Path) -> None:
    reports = tmp_path / "年报"
    reports.mkdir()
    for year, path in ((2023, "映溪街道_2023_信息公开.html"), (2024, "映溪街道_2024_信息公开.docx")):
        source = next(each for each in REPORTS if each.name == path)
        (reports / f"{year}{source.suffix}").write_bytes(source.read_bytes())
    audit = analyzer.audit(reports / "2024.docx")
    first = next(finding for finding in audit.findings if finding.related)
    other = replace(first.related[0], path=str(reports / "2023.html"))
    html = report_page(
        replace(audit, findings=(replace(first, related=(other,)),)), "zh", {other.path: "2023.审查.html"}
    )
    assert f'href="2023.审查.html#at-{other.start}-{other.end}"' in html
    assert 'id="f1-1"' not in html


def test_several_reports_need_a_folder(folder: Path, tmp_path: Path) -> None:
    result = run("audit", folder, "--format", "html", "--output", tmp_path / "全部.html")
    assert result.exit_code == 2
    assert "文件夹" in result.stderr
    assert not (tmp_path / "全部.html").exists()


def test_one_report_is_one_page(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "报告.html"
    assert run("audit", folder / "云水乡.txt", "--format", "html", "--output", file).exit_code == 1
    assert file.read_bytes().decode("utf-8").startswith("<!doctype html>")


def test_a_report_named_index_is_not_written_over(folder: Path) -> None:
    report = folder / "index.html"
    report.write_text("<p>" + FAULTY, encoding="utf-8")
    result = run("audit", folder, "--format", "html", "--output", folder)
    assert result.exit_code == 2
    assert "index.html" in re.sub(r"[\s│]", "", result.stderr)
    assert report.read_text(encoding="utf-8") == "<p>" + FAULTY


def test_pages_are_no_reports(folder: Path) -> None:
    before = find_reports([folder])[0]
    run("audit", folder, "--format", "html", "--output", folder)
    run("audit", folder / "云水乡.txt", "--format", "html", "--output", folder / "一页.html")
    assert len(list(folder.rglob("*.html"))) == 5
    assert find_reports([folder])[0] == before


def test_the_matrix_counts_and_tells_checked_from_not_checked(folder: Path) -> None:
    audits = [analyzer.audit(path) for path in sorted(folder.glob("云水乡.*"))]
    html = index_page(audits, [], "zh", {audit.analysis.report.path: "x.html" for audit in audits})
    body = html.split('id="matrix"')[1].split("</tfoot>")[0]
    codes = re.findall(r'class="rule" title="[^"]+"><span>(\w+)<', body)
    assert codes == sorted({finding.rule for audit in audits for finding in audit.findings})
    for audit, row in zip(audits, body.split("<tbody>")[1].split("</tbody>")[0].split("<tr>")[1:], strict=True):
        shown = [re.sub(r"<[^>]*>", "", cell) for cell in re.findall(r'<td class="cell"[^>]*>(.*?)</td>', row)]
        for code, sign in zip(codes, shown, strict=True):
            found = sum(finding.rule == code for finding in audit.findings)
            counts = audit.checks[code]
            quiet = "·" if counts[Outcome.CONSISTENT] else "?" if counts[Outcome.DOUBTFUL] else ""
            assert sign == (str(found) if found else quiet)
    total = re.search(r'<tfoot>.*?<td class="num">(\d+)</td>', body, re.S)
    assert total
    assert int(total[1]) == sum(len(audit.findings) for audit in audits)


def test_a_page_goes_out_in_utf8_whatever_the_console() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), "gbk")
    writer("html")([analyzer.audit(report_of_text(FAULTY.replace("云水", "㳇𠅤")))], [], stream, "zh")
    assert "㳇𠅤" in stream.buffer.getvalue().decode("utf-8")
