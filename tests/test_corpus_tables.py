"""A corpus is the audits of its reports as tables: same rows, same types, whatever the number of reports and cores."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy
import pandas
import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_tables import year

import analyzer
from analyzer import Corpus, batch
from analyzer.corpus import assembly
from analyzer.dataframes import to_frame
from analyzer.errors import MissingLibrary, UnknownRule
from analyzer.pipeline import audit, audit_across
from analyzer.readers import find_reports
from analyzer.records import Audit, Outcome
from analyzer.rules import all_rules
from analyzer.tabular import AUDITED, TABLES, table

REPORTS = Path(__file__).parents[1] / "corpus" / "reports"
TEXT = """青禾镇2023年工作总结
一、主要工作
全年开展讲座12场次，整治耕地1.2万亩。
二、存在的不足
主要存在两个方面的不足：一是宣传形式不够多样，主要原因是人手不足；二是执法力量薄弱；三是经费紧张。
"""


@pytest.fixture(scope="module")
def audits() -> list[Audit]:
    return audit_across([audit(file) for file in find_reports([REPORTS])[0]])


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return Corpus.read(REPORTS, cache=False)


@pytest.mark.parametrize("kind", [*TABLES, *AUDITED])
def test_the_tables_are_those_of_the_audits(kind: str, corpus: Corpus, audits: list[Audit]) -> None:
    frame = getattr(corpus, kind)
    pandas.testing.assert_frame_equal(frame, to_frame(audits, kind))
    assert len(frame) >= len(audits)


@pytest.mark.parametrize("kind", [*TABLES, *AUDITED])
def test_types_do_not_depend_on_the_reports(kind: str, corpus: Corpus, tmp_path: Path) -> None:
    wanted = {column.name: column.dtype for column in table(kind).columns}
    wanted = {name: "object" if dtype.startswith("list") else dtype for name, dtype in wanted.items()}
    (tmp_path / "附件.txt").write_text("附件另行印发\n", encoding="utf-8")
    for each in (corpus, Corpus.read(tmp_path, cache=False), Corpus.read([], cache=False)):
        frame = getattr(each, kind)
        assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == wanted
    assert frame.empty


def test_findings_point_at_the_text(corpus: Corpus) -> None:
    texts = corpus.reports.set_index("path")["text"]
    for row in corpus.findings.itertuples():
        text = texts[row.path]
        assert text[row.start : row.end] == row.quote
        line = text.splitlines()[row.line - 1]
        assert line[row.column - 1 :].startswith(row.quote.splitlines()[0])
        assert all(start < end <= len(texts[path or row.path]) for path, start, end in row.related)
    assert corpus.findings["related"].map(len).sum() > 50


def test_every_inconsistent_check_is_a_finding(corpus: Corpus) -> None:
    found = corpus.findings.groupby(["path", "rule"]).size()
    counted = corpus.checks.set_index(["path", "rule"])["inconsistent"]
    assert counted[counted > 0].to_dict() == found.to_dict()
    assert list(corpus.checks["rule"].unique()) == list(all_rules())


def test_reports_are_compared_with_each_other(tmp_path: Path) -> None:
    """What the earlier year carries over the later does not take over: neither report alone shows it."""
    later = year(2024, 上年结转=[1, 0, 0, 0, 0, 1, 2], 结转下年度=[1, 0, 0, 0, 0, 1, 2])
    for name, each in (("b2023.txt", year(2023)), ("a2024.txt", later)):
        (tmp_path / name).write_text(each.analysis.text, encoding="utf-8")
    corpus = Corpus.read(tmp_path, cache=False, rules=["DAT001", "TAB001"])
    (found,) = corpus.findings.itertuples()
    assert (Path(found.path).name, found.year, found.rule, found.index) == ("a2024.txt", 2024, "TAB001", 0)
    assert {Path(path).name for path, _, _ in found.related if path} == {"b2023.txt"}
    checks = corpus.checks[corpus.checks["rule"] == "TAB001"].set_index("year")
    assert checks["inconsistent"].to_dict() == {2024: 1, 2023: 0}
    assert checks.loc[2024, "consistent"] == later.checks["TAB001"][Outcome.CONSISTENT] > 0


def test_a_bad_file_is_listed_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "好.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "空.txt").write_bytes(b"")
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    corpus = Corpus.read([tmp_path, tmp_path / "无.txt"], cache=False)
    assert len(corpus) == 1
    assert [Path(path).name for path in corpus.failures["path"]] == ["坏.docx", "空.txt", "无.txt"]
    assert corpus.failures["error"].str.contains("。").all()
    assert [str(dtype) for dtype in corpus.failures.dtypes] == ["string", "string"]
    assert repr(corpus) == "Corpus(1 reports, 3 failures)"


def test_a_folder_without_reports_is_a_failure(tmp_path: Path) -> None:
    corpus = Corpus.read(tmp_path, cache=False)
    assert len(corpus) == 0
    assert corpus.failures["path"].to_list() == [str(tmp_path)]


def test_batches_change_nothing(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analyzer.corpus.gather._BATCH", 2)
    several = Corpus.read(REPORTS, jobs=1, cache=False)
    for kind, rows in corpus.tables.items():
        assert several.tables[kind].equals(rows), kind


def test_cores_change_nothing(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "_WORTH", 1)
    several = Corpus.read(REPORTS, jobs=2, cache=False)
    for kind, rows in corpus.tables.items():
        assert several.tables[kind].equals(rows), kind


def test_only_the_rules_that_are_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    corpus = Corpus.read(tmp_path, cache=False, rules=["ENU001", "STR"])
    assert set(corpus.checks["rule"].str[:3]) == {"ENU", "STR"}
    assert corpus.findings.loc[corpus.findings["rule"] == "ENU001", "quote"].to_list() == ["两个方面"]
    with pytest.raises(UnknownRule, match="ENU999"):
        Corpus.read(tmp_path, cache=False, rules=["ENU999"])


def test_what_no_encoding_can_write_is_read_all_the_same(tmp_path: Path) -> None:
    """Data frames are made of UTF-8, in which lone surrogates have no place."""
    try:
        name = os.fsdecode(b"\xff.txt")
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    except (OSError, UnicodeError):
        pytest.skip("this file system has no such names")
    corpus = Corpus.read(tmp_path, cache=False)
    assert corpus.reports["path"].str.endswith(r"\udcff.txt").all()
    assert len(corpus.failures) == 0


def test_a_notebook_shows_how_much_there_is(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    for number in range(7):
        (tmp_path / f"<b>{number}.txt").write_bytes(b"")
    html = Corpus.read(tmp_path, cache=False)._repr_html_()
    for words in ("1份报告", "没有读成7份", "不足3", "&lt;b&gt;0.txt", "corpus.failures"):
        assert words in html
    assert "<b>0.txt" not in html


def test_the_public_door_leads_here() -> None:
    assert analyzer.Corpus is Corpus


@pytest.mark.parametrize("missing", ["pandas", "pyarrow"])
def test_without_its_libraries_it_says_what_to_install(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    for work in (Corpus.read, Corpus.load):
        with pytest.raises(MissingLibrary, match=r'pip install "analyzer\[research\]"'):
            work(REPORTS)


@given(st.lists(st.integers(0, 9), max_size=30), st.integers(0, 12))
def test_rows_are_taken_in_pieces_or_one_by_one(rows: list[int], pieces: int) -> None:
    numbers = pyarrow.table({"number": pyarrow.chunked_array([range(4), range(4, 10)])})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assembly, "_PIECES", pieces)
        assert assembly._taken(numbers, numpy.array(rows, numpy.int64))["number"].to_pylist() == rows
