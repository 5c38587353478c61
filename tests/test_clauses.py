"""Clauses are cut where the marks are, and nowhere inside titles and numbers."""

from __future__ import annotations

import pytest

from analyzer.clauses import find_clauses
from analyzer.readers import report_of_text


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("成立小组，明确分工。一是抓学习；", ["成立小组，", "明确分工。", "一是抓学习；"]),
        ("宣传《信访工作条例，节选》等。", ["宣传《信访工作条例，节选》等。"]),
        ("投入1,100元，9:30开会", ["投入1,100元，", "9:30开会"]),
        ("汇报如下:\n一、工作", ["汇报如下:", "一、工作"]),
        ("请审议！？\n \n完", ["请审议！？", "完"]),
        ("指标\t3\t4", ["指标", "3", "4"]),
        ("各位代表：\\r\\n现在报告工作。\\n一、回顾", ["各位代表：", "现在报告工作。", "一、回顾"]),
        ("", []),
    ],
)
def test_cuts(text: str, clauses: list[str]) -> None:
    assert [text[clause.start : clause.end].strip() for clause in find_clauses(report_of_text(text))] == clauses
