"""Whatever the text, every quote of the analysis and of the audit is exactly what stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import analyzer
from analyzer.records import Analysis, Outcome, Quote
from analyzer.rules import all_rules

PIECES = st.sampled_from(
    [
        "一、",
        "（一）",
        "(二)",
        "1.",
        "2、",
        "（1）",
        "①",
        "②",
        "一是",
        "二是",
        "三是",
        "第一，",
        "第二，",
        "首先，",
        "其次，",
        "最后，",
        "第一部分",
        "两个方面",
        "以下三点",
        "“五大行动”",
        "“三到位”",
        "四个一",
        "十项重点工作",
        "：",
        "。",
        "；",
        "，",
        "、",
        "“",
        "”",
        "《",
        "》",
        "（",
        "）",
        "\n",
        "\\r\\n",
        "&nbsp;",
        "**",
        "\u3000",
        " ",
        "2023年",
        "12月9日",
        "3.5亿元",
        "800余份",
        "增长5.2%",
        "其中",
        "分别",
        "强化组织领导",
        "开展普法宣传",
        "存在不足",
        "青禾镇人民政府",
        "工作总结",
        "各位代表",
        "等",
        "到位",
        "统一",
        "[1]",
        "①②",
    ]
)
NO_WORDS = re.compile(r"\\r\\n|\\n|[。！？；，：,:;!?\s]")
TEXTS = st.lists(PIECES, max_size=60).map("".join)


def quotes(analysis: Analysis) -> Iterator[Quote]:
    outline = analysis.outline
    yield from (quote for quote in (outline.title, outline.issuer, outline.date) if quote)
    yield from outline.sections
    for enumeration in analysis.enumerations:
        yield enumeration
        yield from enumeration.items
        if enumeration.declared:
            yield enumeration.declared
    for quantity in analysis.quantities:
        yield quantity
        if quantity.indicator:
            yield quantity.indicator


@given(TEXTS | st.text(max_size=300))
@example("一是甲。" * 40)
@settings(max_examples=300)
def test_every_quote_is_its_slice(text: str) -> None:
    audit = analyzer.audit(analyzer.readers.report_of_text(text))
    for quote in quotes(audit.analysis):
        assert text[quote.start : quote.end] == quote.quote
    for finding in audit.findings:
        for quote in (finding, *finding.related):
            assert text[quote.start : quote.end] == quote.quote
    clauses = audit.analysis.clauses
    assert all(before.end <= after.start for before, after in pairwise(clauses))
    covered = "".join(text[clause.start : clause.end] for clause in clauses)
    assert NO_WORDS.sub("", covered) == NO_WORDS.sub("", text)


def test_an_audit_counts_the_checks_of_every_rule() -> None:
    audit = analyzer.audit("主要有三点：一是甲。二是乙。三是丙。\n还有两个方面：一是甲。二是乙。三是丙。\n")
    assert list(audit.checks) == list(all_rules())
    assert audit.checks["ENU001"] == {
        Outcome.CONSISTENT: 1,
        Outcome.INCONSISTENT: 1,
        Outcome.DOUBTFUL: 0,
        Outcome.NOT_ASSESSABLE: 0,
    }
    [finding] = [finding for finding in audit.findings if finding.rule == "ENU001"]
    assert (finding.line, finding.column) == (2, 3)
    assert finding.computed == {"declared": 2, "listed": 3}


def test_a_fingerprint_survives_edits_elsewhere() -> None:
    fault = "还有两个方面：一是甲。二是乙。三是丙。\n"
    [before] = [f.fingerprint for f in analyzer.audit(fault).findings if f.rule == "ENU001"]
    [after] = [f.fingerprint for f in analyzer.audit("各位代表：\n新的一段。\n" + fault).findings if f.rule == "ENU001"]
    assert before == after


def test_quote_refuses_a_range_outside_the_text() -> None:
    with pytest.raises(ValueError, match="no such range"):
        Quote.cut("甲乙", 1, 3)


def test_fingerprints_are_unique_in_a_report_and_stable() -> None:
    fault = "还有两个方面：一是甲。二是乙。三是丙。\n"
    few, many = (
        [finding.fingerprint for finding in analyzer.audit(fault * number).findings if finding.rule == "ENU001"]
        for number in (3, 5)
    )
    assert len(set(many)) == 5
    assert many[:3] == few
