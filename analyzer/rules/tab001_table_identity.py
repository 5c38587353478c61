"""TAB001: tables of a 政府信息公开 report whose sums do not hold."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from analyzer.extract.disclosure_form import form
from analyzer.extract.disclosure_statements import Statement, find_statements
from analyzer.extract.disclosure_sums import Equation, culprits, equations, total
from analyzer.extract.disclosure_years import carried_over, office_and_year, successive
from analyzer.records import Analysis, Check, FormCell, Quote, Related
from analyzer.rules import CONSISTENT, DOUBTFUL, NOT_ASSESSABLE, Across, inconsistent, rule

_ONE_IN = 3  # where more sums fail, the table was read wrongly or is another one

# What adds up in each kind of equation, with its row or column and the two sums.
_ZH = {
    "row": "“{row}”一行，各类申请人合计{right}，总计写的是{left}",
    "column": "“{column}”一栏，各项办理结果合计{right}，办理结果总计写的是{left}",
    "balance": "“{column}”一栏，本年新收加上年结转是{left}，办理结果总计加结转下年度是{right}",
    "review": "“{row}”的各项结果合计{right}，总计写的是{left}",
}
_EN = {
    "row": "in row {row} the applicants add up to {right}, the total is {left}",
    "column": "in column {column} the results add up to {right}, 办理结果总计 is {left}",
    "balance": "in column {column} 本年新收 and 上年结转 make {left}, 办理结果总计 and 结转下年度 make {right}",
    "review": "the outcomes of {row} add up to {right}, the total is {left}",
}


def _kept(analysis: Analysis) -> bytes:
    return json.dumps(office_and_year(analysis.outline)).encode()


def _across_years(kept: Sequence[bytes], analyses: Sequence[Analysis]) -> Iterator[tuple[int, Check]]:
    """Whether a report takes over what the one of the year before carried over."""
    for number, before in successive([json.loads(each) for each in kept]):
        yield number, _taken_over(analyses[number], [analyses[each] for each in before])


@rule("TAB001", "table-identity", "error", across=Across(_kept, _across_years))
def table_identity(analysis: Analysis) -> Iterator[Check]:
    """信息公开年报的表格勾稽关系不符 / Sums in the tables of a disclosure report that do not hold

    查什么：政府信息公开工作年度报告第三部分的表：每一栏“本年新收＋上年结转＝办理结果总计＋结转下年度”，每一行六类申请人相加
        等于总计，每一栏各项办理结果相加等于办理结果总计；第四部分的表：行政复议、未经复议直接起诉、复议后起诉各自的
        四种结果相加等于总计；正文写的新收、结转件数与表中是否一致；同一机关前后两年的年报一起审查时，上年报告的
        “结转下年度”与本年报告的“上年结转”是否一致。
    为什么：这几张表要汇总上报，一格写错，上级的汇总就对不上。
    依据：国务院办公厅政府信息与政务公开办公室《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）表内所注勾稽关系；
        2019年版（“其他处理”只有一行）同样适用。表的行、栏见 lexicon/disclosure_form.toml。
    不报：有空格（没有填数）而对不上的，只记存疑；认不全的表；三分之一以上的等式不成立、多半是另一种表的；
        正文里只说一部分（其中、本级、某渠道）或另一年的数；主动公开一表，没有勾稽关系。

    Checks: in part 3 of the annual report on government information, 本年新收 + 上年结转 = 办理结果总计 + 结转下年度 in
        each column, the six kinds of applicants against the total in each row, the results against their total in each
        column; in part 4 the four outcomes against the total for reviews and both kinds of lawsuits; the numbers of
        new and carried applications that the text states; and, where reports of two successive years of one office
        are audited together, 结转下年度 of the earlier against 上年结转 of the later.
    Why: superiors add these tables up; one wrong cell upsets their sums.
    Source: the form of the State Council's General Office (国办公开办函〔2021〕30号) with the sums noted in it; that of
        2019, with one row 其他处理, has the same. Rows and columns are in lexicon/disclosure_form.toml.
    Not flagged: sums that fail beside blank cells (doubtful); tables that cannot be read whole; tables of which more
        than a third of the sums fail; figures of the text for a part (其中, 本级, one channel) or another year; the
        table of part 2, which has no sums.
    """
    if not analysis.disclosure:
        if analysis.outline.kind == "信息公开":
            yield NOT_ASSESSABLE
        return
    found = list(equations(analysis.disclosure))
    for kinds in (("row", "column", "balance"), ("review",)):
        table = [equation for equation in found if equation.kind in kinds]
        if table:
            yield from _table(analysis.text, table)
        else:
            yield NOT_ASSESSABLE
    yield from _statements(analysis, found)


def _table(text: str, table: list[Equation]) -> Iterator[Check]:
    failing = [equation for equation in table if equation.excess]
    strange = len(failing) * _ONE_IN > len(table) and table[0].kind != "review"
    explained: list[Equation] = []
    for cell, needed, around in () if strange else culprits(table):
        explained += around
        yield _wrong_cell(text, cell, needed, around)
    for equation in table:
        if not equation.excess:
            yield CONSISTENT
        elif strange or equation.blank:
            yield DOUBTFUL
        elif equation not in explained:
            yield _wrong_sum(text, equation)


def _wrong_cell(text: str, cell: FormCell, needed: int, around: list[Equation]) -> Check:
    cells = [each for equation in around for each in (*equation.left, *equation.right)]
    zh, en = ("；".join(_words(each, _ZH) for each in around), "; ".join(_words(each, _EN) for each in around))
    return inconsistent(
        Quote.cut(text, cell.start, cell.end),
        f"“{cell.row}”一行“{cell.column}”一栏写的是{cell.value}。{zh}。这一格改为{needed}，这些等式就都成立，请核对。",
        f"{cell.row}, {cell.column} is {cell.value}: {en}. With {needed} all of these sums hold.",
        _related(text, _beside(cells, cell)),
        printed=cell.value,
        expected=needed,
    )


def _wrong_sum(text: str, equation: Equation) -> Check:
    cell = equation.right[-1] if equation.kind == "balance" else equation.left[0]
    return inconsistent(
        Quote.cut(text, cell.start, cell.end),
        f"{_words(equation, _ZH)}，两数应相等，请核对。",
        f"The two sums must be equal: {_words(equation, _EN)}.",
        _related(text, _beside((*equation.left, *equation.right), cell)),
        left=total(equation.left),
        right=total(equation.right),
    )


def _words(equation: Equation, words: dict[str, str]) -> str:
    cell = equation.left[0]
    left, right = total(equation.left), total(equation.right)
    return words[equation.kind].format(row=cell.row, column=cell.column, left=left, right=right)


def _beside(cells: Iterable[FormCell], wrong: FormCell) -> list[FormCell]:
    """The other cells of a sum, without those that add nothing to it."""
    return [cell for cell in cells if cell.value and cell != wrong]


def _related(text: str, cells: Iterable[FormCell]) -> list[Related]:
    """The cells, those on one line together and with the label before them."""
    lines: dict[int, int] = {}
    for cell in cells:
        line = text.rfind("\n", 0, cell.start) + 1
        lines[line] = max(cell.end, lines.get(line, 0))
    return [Related.cut(text, start, end, role="figure") for start, end in sorted(lines.items())]


def _statements(analysis: Analysis, found: list[Equation]) -> Iterator[Check]:
    """What the text says beside the tables; a row whose own sums fail is already spoken of."""
    totals = {cell.row: cell for cell in analysis.disclosure if cell.column == form().columns[-1]}
    failing = {cell.start for each in found if each.excess for cell in (*each.left, *each.right)}
    new, carried = form().received
    stated: dict[str, list[Statement]] = {}
    for statement in find_statements(analysis.text, analysis.outline):
        stated.setdefault(statement.row, []).append(statement)
    for row, statements in stated.items():
        cell = totals.get(row)
        if cell is None or cell.value is None:
            yield NOT_ASSESSABLE
            continue
        pending = [totals[carried]] if row == new and carried in totals else []  # some count them as received
        values = {statement.value for statement in statements}
        if values & {cell.value, cell.value + total(pending)}:
            yield CONSISTENT
        elif cell.start in failing or len(values) > 1 or not all(statement.firm for statement in statements):
            yield DOUBTFUL
        else:
            yield _other_figure(analysis.text, statements[0], cell)


def _other_figure(text: str, statement: Statement, cell: FormCell) -> Check:
    words = " ".join(statement.quote.split())
    return inconsistent(
        Quote.cut(text, statement.start, statement.end),
        f"正文写“{words}”，“收到和处理政府信息公开申请情况”表中“{cell.row}”的总计是{cell.value}。两处应一致，请核对。",
        f"The text says {words}, the table gives {cell.value} for {cell.row}: the two must agree.",
        _related(text, [cell]),
        severity="warning",
        stated=statement.value,
        table=cell.value,
    )


def _taken_over(later: Analysis, before: list[Analysis]) -> Check:
    """One check of 上年结转 in all columns; where there are several reports on the year before, one must agree."""
    known = [carried_over(analysis.report, later.report) for analysis in before]
    differing = [[(one, other) for one, other in pairs if one.value != other.value] for pairs in known]
    if not all(known):
        return NOT_ASSESSABLE
    if not all(differing):
        return CONSISTENT
    return DOUBTFUL if len(before) > 1 else _not_taken_over(later, before[0], differing[0])


def _not_taken_over(later: Analysis, before: Analysis, pairs: list[tuple[FormCell, FormCell]]) -> Check:
    other, cell = pairs[-1]
    year = before.outline.year
    zh = "、".join(f"“{one.column}”{one.value}件（上年报告{other.value}件）" for other, one in pairs)
    en = ", ".join(f"{one.column} {one.value} ({other.value})" for other, one in pairs)
    columns = [Related.cut(later.text, one.start, one.end, role="figure") for _, one in pairs[:-1]]
    carried = _related(before.text, [other for other, _ in pairs])
    return inconsistent(
        Quote.cut(later.text, cell.start, cell.end),
        f"“上年结转”与同一机关{year}年度报告的“结转下年度”不一致：{zh}。两年的数应衔接，请核对。",
        f"上年结转 differs from 结转下年度 in the report on {year} (in brackets): {en}. The two must be the same.",
        [*columns, *(replace(each, path=before.report.path) for each in carried)],
        severity="warning",
        printed=cell.value,
        expected=other.value,
    )
