"""Data frames: stable types, also without rows, and the exact words of the text."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pandas
import pytest

import analyzer
from analyzer.dataframes import to_frame
from analyzer.errors import MissingLibrary
from analyzer.pipeline import analyze
from analyzer.readers import find_reports
from analyzer.records import Analysis
from analyzer.tabular import AUDITED, KINDS, TABLES, section_at, table
from analyzer.tabular.clauses import ROLES
from analyzer.tabular.quantities import HEDGES

REPORTS = Path(__file__).parents[1] / "corpus" / "reports"
EMPTY = "附件另行印发\n"
TEXT = """青禾镇2023年工作总结
2023年，青禾镇认真贯彻《信访工作条例》。
一、主要工作
（一）强化普法宣传。全年发放宣传资料800余份，开展讲座12场次，接待群众3至5万人次。
（二）强化整治。整治耕地1.2万亩。
二、存在的不足
主要存在两个方面的不足：一是宣传形式不够多样，主要原因是人手不足；二是执法力量较为薄弱。
三、下一步打算
我镇将丰富宣传形式，举办讲座20场次。
"""


@pytest.fixture(scope="module")
def corpus() -> list[Analysis]:
    return [analyze(path) for path in find_reports([REPORTS])[0]]


def dtypes(kind: str) -> dict[str, str]:
    stored = {column.name: column.dtype for column in table(kind).columns}
    return {name: "object" if dtype.startswith("list") else dtype for name, dtype in stored.items()}


@pytest.mark.parametrize("kind", TABLES)
def test_types_are_those_of_the_table_for_one_for_many_for_none(kind: str, corpus: list[Analysis]) -> None:
    for analyses in (analyze(TEXT), corpus, analyze(EMPTY), []):
        frame = to_frame(analyses, kind)
        assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == dtypes(kind)
    assert len(to_frame(analyze(EMPTY), kind)) == (1 if kind in ("clauses", "reports") else 0)
    assert len(to_frame(analyze(TEXT), kind)) > 0


@pytest.mark.parametrize("kind", [*TABLES, *AUDITED])
def test_the_docstring_lists_every_column_with_its_type(kind: str) -> None:
    listed = re.findall(r"^([a-z_]+(?:, [a-z_]+)*)  +(list of (?:int|\([a-z, ]+\))|\w+)", _doc(kind), re.M)
    own = {name: dtype for names, dtype in listed for name in names.split(", ")}
    assert own == {column.name: column.dtype for column in table(kind).own}


def _doc(kind: str) -> str:
    return import_module(f"analyzer.tabular.{kind}").__doc__ or ""


@pytest.mark.parametrize("kind", KINDS)
def test_the_quote_is_the_text(kind: str, corpus: list[Analysis]) -> None:
    texts = {analysis.report.path: analysis.text for analysis in corpus}
    frame = to_frame(corpus, kind)
    assert len(frame) == sum(len(table(kind).items(analysis)) for analysis in corpus)
    for row in frame.itertuples():
        assert texts[row.path][row.start : row.end] == row.quote
        assert texts[row.path].count("\n", 0, row.start) + 1 == row.line


def test_a_report_is_a_row(corpus: list[Analysis]) -> None:
    frame = to_frame(corpus, "reports").set_index("path")
    assert len(frame) == len(corpus) == 19
    for analysis in corpus:
        row = frame.loc[analysis.report.path]
        assert (row["text"], row["characters"]) == (analysis.text, len(analysis.text))
        assert row["measures"] == len(analysis.measures)
    assert set(frame["level"]) == {"镇", "乡", "街道"}


def test_values_of_categories_are_all_known(corpus: list[Analysis]) -> None:
    for kind in KINDS:
        frame = to_frame(corpus, kind)
        for column in table(kind).columns:
            if column.dtype == "category":
                assert not frame[column.name].isna().any(), f"{kind}.{column.name}"
                assert list(frame[column.name].cat.categories) == list(column.words)
    assert set(to_frame(corpus, "clauses")["role"]) == set(ROLES)
    assert set(to_frame(corpus, "quantities")["hedge"]) <= set(HEDGES)


def test_quantities_are_numbers() -> None:
    frame = to_frame(analyze(TEXT), "quantities").set_index("quote")
    assert frame.loc["1.2万亩", "value"] == 12000.0
    assert frame.loc["800余份", ["value", "unit", "hedge", "kind"]].to_list() == [800.0, "份", "余", "count"]
    assert frame.loc["800余份", "low"] >= 800
    assert pandas.isna(frame.loc["800余份", "upper"])
    assert frame.loc["3至5万人次", ["value", "upper"]].to_list() == [30000.0, 50000.0]
    assert frame.loc["12场次", "section_path"] == "一、主要工作 / （一）强化普法宣传"
    start, end = frame.loc["800余份", ["indicator_start", "indicator_end"]]
    assert TEXT[start:end] == frame.loc["800余份", "indicator"] == "发放宣传资料"


def test_measures_lead_to_their_quantities(corpus: list[Analysis]) -> None:
    for analysis in corpus:
        measures, quantities = to_frame(analysis, "measures"), to_frame(analysis, "quantities")
        assert quantities["index"].to_list() == list(range(len(quantities)))
        for row in measures.itertuples():
            assert " | ".join(quantities["quote"][row.quantity_indexes]) == row.quantities
    assert to_frame(corpus, "measures")["quantity_indexes"].map(len).sum() > 50


def test_spans_of_lists_are_those_of_the_text(corpus: list[Analysis]) -> None:
    texts = {analysis.report.path: analysis.text for analysis in corpus}
    seen = 0
    for kind, readable, exact in (
        ("enumerations", "items", "item_spans"),
        ("shortcomings", "causes", "cause_spans"),
        ("shortcomings", "plans", "plan_spans"),
    ):
        for row in to_frame(corpus, kind).itertuples():
            words = [texts[row.path][start:end] for start, end in getattr(row, exact)]
            assert " | ".join(" ".join(each.split()) for each in words) == getattr(row, readable)
            seen += len(words)
    assert seen > 100


def test_lists_with_their_announced_number() -> None:
    frame = to_frame(analyze(TEXT), "enumerations")
    found = frame[frame["style"] == "一是"].iloc[0]
    assert (found["declared"], found["declared_quote"], found["count"]) == (2, "两个方面", 2)
    headings = frame[frame["style"] == "（一）"].iloc[0]
    assert headings["section_path"] == "一、主要工作"
    assert pandas.isna(headings["declared"])


def test_section_of_a_clause() -> None:
    analysis = analyze(TEXT)
    assert section_at(analysis, 0) is None
    assert analysis.outline.sections[section_at(analysis, TEXT.index("我镇将")) or 0].title == "下一步打算"
    before = to_frame(analysis, "clauses").iloc[0]
    assert pandas.isna(before["section"])
    assert before["section_path"] == ""


def test_the_public_door_leads_here() -> None:
    assert analyzer.to_frame is to_frame


def test_an_unknown_kind_is_named_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"'words'.*sections.*citations"):
        to_frame(analyze(TEXT), "words")


def test_findings_are_of_audits() -> None:
    found = to_frame(analyzer.audit(TEXT + "一是学习。\n"), "findings")
    assert found["rule"].to_list() == ["ENU003"]
    with pytest.raises(ValueError, match=r"analyzer\.audit"):
        to_frame(analyze(TEXT), "findings")
    pandas.testing.assert_frame_equal(to_frame(analyzer.audit(TEXT), "measures"), to_frame(analyze(TEXT), "measures"))


def test_without_pandas_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingLibrary, match=r'pip install "analyzer\[research\]"'):
        to_frame(analyze(TEXT), "measures")


def test_tables_for_clerks_load_no_pandas(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    program = (
        "import sys, typer.testing, analyzer.cli as cli;"
        f"run = lambda *a: typer.testing.CliRunner().invoke(cli.app, ['extract', {str(tmp_path)!r}, *a]).exit_code;"
        f"assert run('-f', 'csv') == run('-o', {str(tmp_path / 'a.xlsx')!r}) == 0;"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not {"pandas", "pyarrow"} & set(ran.stdout.split())
