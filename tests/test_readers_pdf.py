"""PDFs: tests/files/*.pdf are made by make_files.py, whose texts are what must come out again."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from analyzer.errors import UnreadableReport
from analyzer.readers import read
from analyzer.readers.pages import Page, without_furniture
from analyzer.readers.pdf_lines import Glyph, Line, lines_of
from analyzer.readers.pdf_paragraphs import join, join_cell, paragraphs_of
from analyzer.readers.pdf_tables import Table
from analyzer.records import Part, Report

FILES = Path(__file__).parent / "files"
SHARED = Path(__file__).parents[2] / "shared"


def written(name: str) -> list:
    """A constant of make_files.py, which itself needs fpdf2."""
    tree = ast.parse((Path(__file__).parent / "make_files.py").read_text(encoding="utf-8"))
    values = {node.targets[0].id: node.value for node in tree.body if isinstance(node, ast.Assign)}
    return ast.literal_eval(values[name])


def words(report: Report) -> list[str]:
    return [report.text[paragraph.start : paragraph.end] for paragraph in report.paragraphs]


@pytest.mark.parametrize("name", ["report.pdf", "report-without-indents.pdf"])
def test_wrapped_lines_become_paragraphs_without_heads_and_page_numbers(name: str) -> None:
    report = read(FILES / name)
    assert words(report) == [written("TITLE"), *written("BODY")]
    pages = [paragraph.page for paragraph in report.paragraphs]
    assert pages == sorted(pages)
    assert set(pages) == {1, 2, 3}


@pytest.mark.parametrize("name", ["table.pdf", "table-without-frame.pdf"])
def test_a_table_over_two_pages_is_one_table_with_one_head(name: str) -> None:
    report = read(FILES / name)
    rows = written("TABLE")
    lines = [rows[0], *(rows[1:3] * 4), rows[3]]
    assert report.text == "\n".join(["附表：执法情况统计", *map("\t".join, lines), "以上数据截至2023年12月31日。"])
    cells = [paragraph for paragraph in report.paragraphs if paragraph.part is Part.TABLE]
    assert {paragraph.cell[0] for paragraph in cells if paragraph.cell} == {0}
    assert cells[0].cell == (0, 0, 0)
    assert [paragraph.cell[2] for paragraph in cells if paragraph.cell] == [0, 1, 2] * len(lines)
    assert {paragraph.page for paragraph in cells} == {1, 2}


@pytest.mark.parametrize(("name", "says"), [("scanned.pdf", "扫描件.*OCR"), ("encrypted.pdf", "加密.*取消密码")])
def test_unreadable_pdfs_say_what_to_do(name: str, says: str) -> None:
    with pytest.raises(UnreadableReport, match=says):
        read(FILES / name)


def test_a_pdf_that_lost_bytes_in_the_middle_is_refused(tmp_path: Path) -> None:
    data = (FILES / "report.pdf").read_bytes()
    middle = data.index(b"stream") + 100
    (tmp_path / "lost.pdf").write_bytes(data[:middle] + data[middle + 50 :])
    with pytest.raises(UnreadableReport, match=r"损坏.*重新下载"):
        read(tmp_path / "lost.pdf")


def glyphs(text: str, left: float, base: float, step: float = 12) -> list[Glyph]:
    return [Glyph(char, left + step * n, left + step * (n + 1), base, 14) for n, char in enumerate(text)]


def test_lines_are_sorted_by_place_and_spaced_by_gaps() -> None:
    page = [
        *reversed(glyphs("第二行", 20, 80)),
        *glyphs("共", 20, 100), *glyphs("12", 36, 100.4, 6), *glyphs("件", 52, 100),
        *glyphs("the", 70, 100, 6), *glyphs("law", 91, 100, 6), *glyphs("局长", 130, 100),
        *glyphs("局", 130.3, 100),
    ]  # fmt: skip
    assert [line.words for line in lines_of(page, 1, 595)] == ["共12件the law 局长", "第二行"]


def test_printed_lines_are_joined_without_spaces_but_between_latin_words() -> None:
    assert join(["全年办件", "12件，the", "rule of", "law，见http://a.exam", "ple/b"]) == (
        "全年办件12件，the rule of law，见http://a.example/b"
    )


def line(text: str, left: float = 90, base: float = 0, em: float = 12) -> Line:
    return Line(text, left, left + em * len(text), base, em, 0, 1, 595)


def paragraphs(*lines: Line) -> list[str]:
    return [text for text, _ in paragraphs_of([*lines])]


FULL = "清河镇扎实推进法治政府建设各项工作取得新的成效为高质量发展提供坚强保障"  # 35 characters


def test_a_short_line_and_an_indent_end_a_paragraph() -> None:
    assert paragraphs(
        *(line(FULL[2:], 114), line(FULL), line(FULL), line("短句。")),
        *(line(FULL[2:], 114), line(FULL), line("完。")),
    ) == [FULL[2:] + FULL * 2 + "短句。", FULL[2:] + FULL + "完。"]  # fmt: skip


def test_a_line_ended_before_a_long_number_goes_on() -> None:
    assert len(paragraphs(*[line(FULL)] * 4, line(FULL[:-3]), line("0517-87654321，网址略。"))) == 1


def test_a_heading_in_two_centred_lines_is_one_paragraph_and_two_short_ones_are_two() -> None:
    body = [line(FULL, base=-n) for n in range(5)]
    long = [line("关于" + "法治" * 8, 94, em=22.8), line("情况的报告", 90 + (420 - 114) / 2, em=22.8)]
    short = [line("清河镇人民政府", 90 + (420 - 154) / 2, em=22), line("工作报告", 90 + (420 - 88) / 2, em=22)]
    assert len(paragraphs(*long, *body)) == 2
    assert len(paragraphs(*short, *body)) == 3


def test_cells_join_what_is_only_wrapped() -> None:
    assert join_cell([line("结果"), line("维持")]) == "结果维持"
    assert join_cell([line("一、甲。"), line("二、乙。")]) == "一、甲。\n二、乙。"


def test_a_point_is_in_its_merged_cell() -> None:
    table = Table((0, 10, 20), (30, 20, 10), (((0, 0), (0, 0)), ((1, 0), (1, 1))))
    assert table.cell_at(15, 25) == (0, 0)
    assert table.cell_at(15, 15) == (1, 1)
    assert table.cell_at(25, 15) is None
    assert table.cell_at(5, 35) is None


def page_of(number: int, *edge: str) -> Page:
    lines = [line(FULL, base=base) for base in (500, 480)] + [line(text, base=50) for text in edge]
    return Page(number, lines, [], 842)


@pytest.mark.parametrize("foot", ["- 3 -", "—3—", "第3页 共9页", "3/9", "Page 3 of 9", "3"])
def test_page_numbers_are_left_out(foot: str) -> None:
    (page,) = without_furniture([page_of(3, foot)])
    assert [text.words for text in page.lines] == [FULL, FULL]


@pytest.mark.parametrize("foot", ["550", "12,345", "30 25", "2023年", "第3项"])
def test_numbers_of_the_text_are_kept_at_the_foot_of_a_page(foot: str) -> None:
    (page,) = without_furniture([page_of(3, foot)])
    assert page.lines[-1].words == foot


def test_page_numbers_may_begin_anywhere() -> None:
    pages = without_furniture([page_of(1, "41"), page_of(2, "42"), page_of(3, "7")])
    assert [page.lines[-1].words for page in pages] == [FULL, FULL, "7"]


def test_running_heads_are_left_out_and_other_lines_at_the_edge_kept() -> None:
    pages = without_furniture([page_of(n, f"清河镇文件第{n}期") for n in (1, 2)] + [page_of(3, "清河镇")])
    assert [page.lines[-1].words for page in pages] == [FULL, FULL, "清河镇"]


@pytest.mark.skipif(not SHARED.exists(), reason="real reports are not part of the package")
def test_a_real_pdf_has_the_characters_of_its_text_twin() -> None:
    (source,) = (SHARED / "originals").glob("*.pdf")
    twin = next((SHARED / "reports").rglob(source.stem + ".txt")).read_text(encoding="utf-8")
    lines = [text for text in twin.split("\n") if not (len(text) == 3 and text[0] == text[2] == "-")]
    report = read(source)
    assert sorted("".join("".join(lines).split())) == sorted("".join(report.text.split()))
    flat = "".join("".join(lines).split())
    prose = [p for p in report.paragraphs if p.part is Part.BODY]
    assert all("".join(report.text[p.start : p.end].split()) in flat for p in prose)
    # 本年新收 21 stands in the first and in the total column, and the table goes on over the page
    rows = {p.cell: report.text[p.start : p.end] for p in report.paragraphs if p.cell}
    assert [text for (table, row, _), text in rows.items() if (table, row) == (1, 3)][1:] == ["21", *"00000", "21"]
    assert max(row for table, row, _ in rows if table == 1) == 25
