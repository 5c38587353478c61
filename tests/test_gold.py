"""Annotated folders are read, and what is broken in them is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.errors import GoldError
from analyzer.gold import read_gold, role_of
from analyzer.records import Clause, Span
from tests.test_segment import CORPUS

HEAD = "n\tstart\tend\tlabel\tclause\n"


def folder(path: Path, rows: str) -> Path:
    (path / "text").mkdir()
    (path / "text" / "甲.txt").write_text("举办讲座4次，效果很好。\n", encoding="utf-8")
    (path / "甲.clauses.tsv").write_text(HEAD + rows, encoding="utf-8")
    return path


def test_layers_that_are_missing_are_none(tmp_path: Path) -> None:
    [gold] = read_gold(folder(tmp_path, "0\t0\t7\tM\t举办讲座4次，\n1\t7\t12\tR\t效果很好。\n"))
    assert gold.clauses == (Clause(0, 7, "measure"), Clause(7, 12, "result"))
    assert (gold.quantities, gold.enumerations, gold.shortcomings) == (None, None, None)


@pytest.mark.parametrize(
    "row", ["0\t0\t7\tX\t举\n", "0\tnull\t7\tM\t举\n", "0\t0\t99\tM\t举\n", "0\t7\t7\tM\t\n", "0\t0\n"]
)
def test_a_broken_row_is_named(tmp_path: Path, row: str) -> None:
    with pytest.raises(GoldError, match=r"甲\.clauses\.tsv 第2行"):
        list(read_gold(folder(tmp_path, row)))


def test_a_broken_line_of_json_is_named(tmp_path: Path) -> None:
    (folder(tmp_path, "") / "甲.quantities.jsonl").write_text('{"quote": "4次"}\n{oops\n', encoding="utf-8")
    with pytest.raises(GoldError, match=r"甲\.quantities\.jsonl 第2行"):
        list(read_gold(tmp_path))


def test_a_folder_without_texts_says_what_is_wanted(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"text/"):
        list(read_gold(tmp_path))


def test_the_role_of_most_characters() -> None:
    annotated = [Clause(0, 4, "measure"), Clause(4, 10, "result"), Clause(10, 12, "plan")]
    assert role_of(Span(2, 9), annotated) == ("result", 0)
    assert role_of(Span(10, 12), annotated, 1) == ("plan", 2)
    assert role_of(Span(20, 22), annotated) == ("", 3)


def test_the_labelled_texts_of_this_project_cover_their_texts() -> None:
    for gold in read_gold(CORPUS / "gold"):
        assert gold.clauses
        covered = sum(clause.end - clause.start for clause in gold.clauses)
        assert covered > 0.97 * len(gold.report.text.replace("\n", ""))
        assert all(before.end <= after.start for before, after in zip(gold.clauses, gold.clauses[1:], strict=False))
