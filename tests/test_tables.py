"""The tables of 政府信息公开 reports: the same cells from every format, and every wrong cell found (rule TAB001)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from analyzer.cli import app
from analyzer.extract.disclosure import find_disclosure
from analyzer.extract.disclosure_form import form
from analyzer.pipeline import analyze, audit, audit_across
from analyzer.readers import read, report_of_text
from analyzer.records import Analysis, Audit, FormCell, Outcome, Report
from analyzer.rules import all_rules

FILES = Path(__file__).parent / "files"
RULE = all_rules()["TAB001"]

# The form, made up of cells: words, rows down, columns across. The labels of part 3 stand before seven numbers each.
HEAD = [
    [("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3), ("申请人情况", 1, 7)],
    [("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)],
    [(words, 1, 1) for words in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")],
]
LABELS = [
    [("一、本年新收政府信息公开申请数量", 1, 3)],
    [("二、上年结转政府信息公开申请数量", 1, 3)],
    [("三、本年度办理结果", 22, 1), ("（一）予以公开", 1, 2)],
    [("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", 1, 2)],
    [("（三）不予公开", 8, 1), ("1.属于国家秘密", 1, 1)],
    [("2.其他法律行政法规禁止公开", 1, 1)],
    [("3.危及“三安全一稳定”", 1, 1)],
    [("4.保护第三方合法权益", 1, 1)],
    [("5.属于三类内部事务信息", 1, 1)],
    [("6.属于四类过程性信息", 1, 1)],
    [("7.属于行政执法案卷", 1, 1)],
    [("8.属于行政查询事项", 1, 1)],
    [("（四）无法提供", 3, 1), ("1.本机关不掌握相关政府信息", 1, 1)],
    [("2.没有现成信息需要另行制作", 1, 1)],
    [("3.补正后申请内容仍不明确", 1, 1)],
    [("（五）不予处理", 5, 1), ("1.信访举报投诉类申请", 1, 1)],
    [("2.重复申请", 1, 1)],
    [("3.要求提供公开出版物", 1, 1)],
    [("4.无正当理由大量反复申请", 1, 1)],
    [("5.要求行政机关确认或重新出具已获取信息", 1, 1)],
    [("（六）其他处理", 3, 1), ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", 1, 1)],
    [("2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", 1, 1)],
    [("3.其他", 1, 1)],
    [("（七）总计", 1, 2)],
    [("四、结转下年度继续办理", 1, 3)],
]
OUTCOMES = [(words, 1, 1) for words in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")]
REVIEWS = [
    [("行政复议", 1, 5), ("行政诉讼", 1, 10)],
    [*((words, 2, 1) for words, _, _ in OUTCOMES), ("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)],
    OUTCOMES * 2,
]

# What stands in the cells that are not 0.
NUMBERS = {
    "本年新收": [13, 1, 0, 0, 0, 1, 15],
    "上年结转": [1, 0, 0, 0, 0, 0, 1],
    "予以公开": [7, 1, 0, 0, 0, 0, 8],
    "部分公开": [2, 0, 0, 0, 0, 0, 2],
    "属于三类内部事务信息": [0, 0, 0, 0, 0, 1, 1],
    "本机关不掌握相关政府信息": [3, 0, 0, 0, 0, 0, 3],
    "信访举报投诉类申请": [1, 0, 0, 0, 0, 0, 1],
    "办理结果总计": [13, 1, 0, 0, 0, 1, 15],
    "结转下年度": [1, 0, 0, 0, 0, 0, 1],
}
CASES = [1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 2, 0, 1, 0, 3]

TITLE = "青石街道办事处2024年政府信息公开工作年度报告"
OPENING = "2024年，青石街道全年新收政府信息公开申请15件，均已登记，答复及时规范，未发生因答复不当引起的投诉。"
PARTS = ("三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况")
CLOSING = "政策解读的形式还不够丰富，下一年将多用图解和视频，方便居民理解政策，提高解读的质量和效果。"

Cells = list[list[tuple[str, int, int]]]


def applications(numbers: dict[str, list] = NUMBERS) -> Cells:
    names = form().rows(divided=True)
    values = [numbers.get(name, [0] * 7) for name in names]
    rows = [[*label, *((str(each), 1, 1) for each in row)] for label, row in zip(LABELS, values, strict=True)]
    return [*HEAD, *rows]


def reviews(numbers: list[int] = CASES) -> Cells:
    return [*REVIEWS, [(str(number), 1, 1) for number in numbers]]


def expected() -> dict[tuple[str, str], int]:
    names = [(case, outcome) for case in form().cases for outcome in form().outcomes]
    rows = {row: NUMBERS.get(row, [0] * 7) for row in form().rows(divided=True)}
    cells = {(row, column): rows[row][at] for row in rows for at, column in enumerate(form().columns)}
    return cells | dict(zip(names, CASES, strict=True))


# --- the report in each format ---------------------------------------------------------------------------------------


def as_html(path: Path, *tables: Cells) -> Report:
    def table(rows: Cells) -> str:
        lines = (
            "".join(f'<td rowspan="{down}" colspan="{across}"><p>{words}</p></td>' for words, down, across in row)
            for row in rows
        )
        return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"

    body = "".join(f"<p>{part}</p>{table(rows)}" for part, rows in zip(PARTS, tables, strict=False))
    page = f"<h1>{TITLE}</h1><p>{OPENING}</p>{body}<p>{PARTS[2]}</p><p>{CLOSING}</p>"
    file = path / "report.html"
    file.write_text(f"<html><head><title>{TITLE}</title></head><body>{page}</body></html>", encoding="utf-8")
    return read(file)


def as_docx(path: Path, *tables: Cells) -> Report:
    document = docx.Document()
    document.add_paragraph(TITLE)
    document.add_paragraph(OPENING)
    for part, rows in zip(PARTS, tables, strict=False):
        document.add_paragraph(part)
        table = document.add_table(len(rows), sum(across for _, _, across in rows[0]))
        taken: set[tuple[int, int]] = set()
        for number, row in enumerate(rows):
            column = 0
            for words, down, across in row:
                while (number, column) in taken:
                    column += 1
                taken |= {(number + y, column + x) for y in range(down) for x in range(across)}
                last = table.cell(number + down - 1, column + across - 1)
                table.cell(number, column).merge(last).text = words
    document.add_paragraph(PARTS[2])
    document.add_paragraph(CLOSING)
    document.save(str(path / "report.docx"))
    return read(path / "report.docx")


def as_pdf(path: Path, *tables: Cells) -> Report:
    return read(FILES / "disclosure.pdf")


def as_text(*bodies: str) -> Report:
    parts = (f"{part}\n{body}\n" for part, body in zip(PARTS, bodies, strict=False))
    return report_of_text(f"{TITLE}\n{OPENING}\n{''.join(parts)}{PARTS[2]}\n{CLOSING}\n")


def as_lines_of_cells(path: Path, *tables: Cells) -> Report:
    return as_text(*("\n".join(words for row in rows for words, _, _ in row) for rows in tables))


def as_lines_of_rows(path: Path, *tables: Cells) -> Report:
    return as_text(*("\n".join("\t".join(words for words, _, _ in row) for row in rows) for rows in tables))


def as_blocks_of_columns(path: Path, *tables: Cells) -> Report:
    """As programs take tables from a PDF: rows 1 to 2 by columns, the rest by columns, the labels at the end."""
    numbers = [[words for words, _, _ in row[-7:]] for row in tables[0][len(HEAD) :]]
    blocks = [
        "\n".join(row[at] for row in rows) for rows in (numbers[:2], numbers[2:12], numbers[12:]) for at in range(7)
    ]
    labels = [words for row in LABELS for words, _, _ in row]
    last = "\n\n".join(words for words, _, _ in tables[1][-1])
    return as_text("\n\n".join([*blocks, "\n".join(labels)]), f"结果\n维持\n\n{last}\n")


SHAPES = [as_html, as_docx, as_pdf, as_lines_of_cells, as_lines_of_rows, as_blocks_of_columns]


@pytest.mark.parametrize("shape", SHAPES)
def test_the_same_cells_from_every_format(shape: Callable[..., Report], tmp_path: Path) -> None:
    report = shape(tmp_path, applications(), reviews())
    found = find_disclosure(report)
    assert {(cell.row, cell.column): cell.value for cell in found} == expected()
    assert all(report.text[cell.start : cell.end] == cell.quote == str(cell.value) for cell in found)
    checked = audit(report, [RULE])
    assert not checked.findings
    assert checked.checks["TAB001"][Outcome.CONSISTENT] == 25 + 7 + 7 + 3 + 1  # rows, results, balances, cases, text
    assert checked.checks["TAB001"].total() == 43


@pytest.mark.parametrize("shape", [as_html, as_docx, as_lines_of_cells, as_lines_of_rows, as_blocks_of_columns])
def test_a_wrong_cell_in_every_format(shape: Callable[..., Report], tmp_path: Path) -> None:
    report = shape(tmp_path, applications(NUMBERS | {"部分公开": [3, 0, 0, 0, 0, 0, 2]}), reviews())
    (finding,) = audit(report, [RULE]).findings
    assert finding.quote == "3"
    assert "“部分公开”一行“自然人”一栏写的是3" in finding.zh
    assert finding.computed == {"printed": 3, "expected": 2}


# --- every cell ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole() -> Analysis:
    return analyze(as_lines_of_rows(FILES, applications(), reviews()))


def with_value(analysis: Analysis, cell: FormCell, value: int | None) -> Audit:
    cells = tuple(replace(each, value=value) if each == cell else each for each in analysis.disclosure)
    return audit(replace(analysis, disclosure=cells), [RULE])


def test_any_one_wrong_cell_is_found_and_named(whole: Analysis) -> None:
    for cell in whole.disclosure:
        (finding,) = with_value(whole, cell, (cell.value or 0) + 2).findings
        if cell.row in form().cases:
            assert finding.quote == next(
                each.quote for each in whole.disclosure if each.row == cell.row and each.column == "总计"
            )
        else:
            assert finding.start == cell.start
            assert finding.computed["expected"] == cell.value


def test_a_cell_without_number_proves_nothing(whole: Analysis) -> None:
    for cell in whole.disclosure:
        checked = with_value(whole, cell, None)
        assert not checked.findings
        assert bool(checked.checks["TAB001"][Outcome.DOUBTFUL]) == bool(cell.value)  # a blank in place of 0 adds up


def test_two_wrong_cells_are_two_findings(whole: Analysis) -> None:
    at = {(cell.row, cell.column): cell for cell in whole.disclosure}
    wrong = {at["重复申请", "其他"]: 4, at["结转下年度", "商业企业"]: 1}
    cells = tuple(replace(cell, value=wrong.get(cell, cell.value)) for cell in whole.disclosure)
    found = audit(replace(whole, disclosure=cells), [RULE]).findings
    assert [finding.start for finding in found] == [cell.start for cell in wrong]
    assert [finding.computed["expected"] for finding in found] == [0, 0]


def test_a_table_with_sums_of_its_own_is_not_judged(whole: Analysis) -> None:
    cells = tuple(replace(cell, value=(cell.value or 0) + 1) for cell in whole.disclosure if cell.row != "复议后起诉")
    checked = audit(replace(whole, disclosure=cells), [RULE])
    assert all("行政复议" in finding.zh or "未经复议" in finding.zh for finding in checked.findings)
    assert checked.checks["TAB001"][Outcome.DOUBTFUL] > 25


# --- shapes that leave a doubt ---------------------------------------------------------------------------------------


def test_blank_cells_of_a_file_are_known_by_their_columns(tmp_path: Path) -> None:
    numbers = {row: [number or "" for number in NUMBERS.get(row, [0] * 7)] for row in form().rows(True)}
    numbers["本年新收"] = NUMBERS["本年新收"]
    for shape in (as_html, as_docx):
        report = shape(tmp_path, applications(numbers), reviews())
        found = {(cell.row, cell.column): cell.value for cell in find_disclosure(report)}
        assert found == {
            place: value for place, value in expected().items() if value or place[0] in ("本年新收", *form().cases)
        }
        assert not audit(report, [RULE]).findings


def test_a_table_may_go_on_in_a_second_one_and_lack_rows_of_zeros(tmp_path: Path) -> None:
    rows = [
        row for row in applications() if any(words in NUMBERS["本年新收"] or words != "0" for words, *_ in row[-7:])
    ]
    halves = [row for row in rows if row in rows[:8]], [*HEAD, *(row for row in rows if row not in rows[:8])]
    report = as_html(tmp_path, [*halves[0], *halves[1]], reviews())
    assert not audit(report, [RULE]).findings


def test_signs_in_place_of_numbers_have_no_value(tmp_path: Path) -> None:
    report = as_html(tmp_path, applications(NUMBERS | {"重复申请": ["/", "—", "无", 0, 0, 0, 0]}), reviews())
    found = {(cell.row, cell.column): cell.value for cell in find_disclosure(report)}
    assert [found["重复申请", column] for column in form().columns] == [None, None, None, 0, 0, 0, 0]
    assert not audit(report, [RULE]).findings


def test_lines_without_all_the_numbers_are_not_read(tmp_path: Path) -> None:
    report = as_lines_of_cells(tmp_path, applications(NUMBERS | {"重复申请": [0] * 6}), reviews())
    assert {cell.row for cell in find_disclosure(report)} == set(form().cases)
    checked = audit(report, [RULE])
    assert not checked.findings
    assert checked.checks["TAB001"][Outcome.NOT_ASSESSABLE] == 2  # the table, and the figure of the text


def test_seven_blocks_of_seven_lines_may_be_rows_or_columns() -> None:
    numbers = [[words for words, _, _ in row[-7:]] for row in applications()[len(HEAD) :]]
    labels = [words for row in LABELS for words, _, _ in row]
    rest = "\n".join(["续表", *map("\t".join, numbers[7:]), *labels])
    assert not find_disclosure(as_text("\n\n".join("\n".join(row) for row in numbers[:7]) + f"\n{rest}"))
    assert find_disclosure(as_text("\n续表\n".join("\n".join(row) for row in numbers[:7]) + f"\n{rest}"))


@pytest.mark.parametrize("shape", [as_html, as_docx, as_lines_of_cells, as_lines_of_rows])
def test_the_form_of_2019_has_one_row_in_place_of_three(shape: Callable[..., Report], tmp_path: Path) -> None:
    numbers = NUMBERS | {"予以公开": [6, 1, 0, 0, 0, 0, 7]}
    rows = applications(numbers)
    rows[-5:-2] = [[("（六）其他处理", 1, 2), *((words, 1, 1) for words in "1000001")]]
    rows[5][0] = ("三、本年度办理结果", 20, 1)
    report = shape(tmp_path, rows, reviews())
    found = {(cell.row, cell.column): cell.value for cell in find_disclosure(report)}
    assert found["其他处理", "总计"] == 1
    assert found["办理结果总计", "总计"] == 15
    checked = audit(report, [RULE])
    assert not checked.findings
    assert checked.checks["TAB001"][Outcome.CONSISTENT] == 23 + 7 + 7 + 3 + 1


# --- the text beside the tables --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "outcome"),
    [
        ("全年新收政府信息公开申请15件。", Outcome.CONSISTENT),
        ("全年收到政府信息公开申请16件。", Outcome.CONSISTENT),  # with the one carried over
        ("答复及时。全年收到政府信息公开\n申请 18 件。", Outcome.INCONSISTENT),
        ("2024年，青石街道新收政府信息公开申请18件，上年结转1件。", Outcome.INCONSISTENT),
        ("全年受理政府信息公开申请18件。", Outcome.DOUBTFUL),
        ("其中，新收政府信息公开申请18件。", Outcome.DOUBTFUL),
        ("2023年新收政府信息公开申请18件。", Outcome.DOUBTFUL),
        ("街道司法所新收政府信息公开申请3件。", Outcome.DOUBTFUL),
        ("新收政府信息公开申请3件，全年新收政府信息公开申请18件。", Outcome.DOUBTFUL),
        ("全年认真办理各类申请。", None),
    ],
)
def test_a_figure_of_the_text(sentence: str, outcome: Outcome | None) -> None:
    source = as_lines_of_rows(FILES, applications(), reviews())
    checked = audit(report_of_text(source.text.replace(OPENING, sentence)), [RULE])
    silent = audit(report_of_text(source.text.replace(OPENING, "")), [RULE])
    more = checked.checks["TAB001"] - silent.checks["TAB001"]
    assert more[outcome] == 1 if outcome else not more
    assert len(checked.findings) == (outcome is Outcome.INCONSISTENT)


# --- two years -------------------------------------------------------------------------------------------------------


def year(number: int, office: str = "青石街道办事处", **rows: list) -> Audit:
    source = as_lines_of_rows(FILES, applications(NUMBERS | rows), reviews())
    text = source.text.replace("2024年", f"{number}年").replace("青石街道办事处", office)
    return audit(replace(report_of_text(text), path=f"{office}_{number}.txt"), [RULE])


def test_what_one_year_carries_over_the_next_takes_over() -> None:
    later = year(2024, 上年结转=[1, 0, 0, 0, 0, 1, 2], 结转下年度=[1, 0, 0, 0, 0, 1, 2])
    assert not later.findings
    earlier, found = audit_across([year(2023), later], [RULE])
    assert not earlier.findings
    (finding,) = found.findings
    assert finding.quote == "2"
    assert "“其他”1件（上年报告0件）、“总计”2件（上年报告1件）" in finding.zh
    assert [related.path for related in finding.related] == ["", "青石街道办事处_2023.txt"]
    assert finding.related[1].quote in earlier.analysis.text
    assert found.checks["TAB001"][Outcome.INCONSISTENT] == 1


@pytest.mark.parametrize(
    ("audits", "outcome"),
    [
        ([year(2023), year(2024)], Outcome.CONSISTENT),
        ([year(2024), year(2023)], Outcome.CONSISTENT),
        ([year(2022), year(2024, 上年结转=[0] * 7)], None),
        ([year(2023, "青石街道社区服务中心"), year(2024, 上年结转=[0] * 7)], None),
        ([year(2023), year(2023), year(2024, 上年结转=[0] * 7)], Outcome.DOUBTFUL),
        ([year(2023), year(2024, 上年结转=["/"] * 7)], Outcome.NOT_ASSESSABLE),
    ],
)
def test_only_successive_reports_of_one_office_are_compared(audits: list[Audit], outcome: Outcome | None) -> None:
    found = audit_across(audits, [RULE])
    more = [after.checks["TAB001"] - before.checks["TAB001"] for after, before in zip(found, audits, strict=True)]
    assert [each for each in more if each] == ([{outcome: 1}] if outcome else [])
    assert [len(each.findings) for each in found] == [len(each.findings) for each in audits]


def test_a_folder_is_audited_across_its_reports(tmp_path: Path) -> None:
    for audited in (year(2023), year(2024, 上年结转=[2, 0, 0, 0, 0, 0, 2], 结转下年度=[2, 0, 0, 0, 0, 0, 2])):
        (tmp_path / audited.analysis.report.path).write_text(audited.analysis.text, encoding="utf-8")
    arguments = ["audit", str(tmp_path), "--select", "TAB"]
    printed = CliRunner().invoke(app, [*arguments, "--format", "json", "--lang", "en", "--fail-on", "warning"])
    assert printed.exit_code == 1
    earlier, later = json.loads(printed.stdout)["reports"]
    assert not earlier["findings"]
    (finding,) = later["findings"]
    assert finding["message"].startswith("上年结转 differs from 结转下年度 in the report on 2023")
    assert [related.get("path") for related in finding["related"]] == [None, earlier["path"]]
    shown = CliRunner().invoke(app, arguments, env={"COLUMNS": "200"}).stdout
    assert "青石街道办事处_2023.txt  四、结转下年度继续办理 1 0 0 0 0 0 1" in shown
