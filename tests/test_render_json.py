"""The JSON contract, version 1: the names, the types, and spans that quote the text."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from analyzer.pipeline import analyze, audit
from analyzer.records import Failure, Quantity, Quote
from analyzer.render.json import audited, extracted, write, write_extracted

TEXT = """云水乡2023年法治政府建设工作总结
中共云水乡委员会
2023年，云水乡认真落实县委决策部署,扎实推进法治政府建设。现将工作情况总结如下。
一、工作成效
（一）强化学习。全年调解纠纷86件，开展宣传32场。
（二）强化服务。抓好两项工作：一是建章立制；二是抓落实。
二、存在的不足
当前还存在两个方面的不足：一是宣传形式不够多样；二是执法力量较为薄弱；三是制度落实不够到位。
云水乡人民政府
2024年1月5日
"""
Optional = type(None)
SPAN = {"start": int, "end": int, "quote": str}
REPORT = {"path": str, "title": (str, Optional), "year": (int, Optional), "kind": str, "characters": int}
EXTRACT = {
    **REPORT,
    "issuer": (str, Optional),
    "place": (str, Optional),
    "date": (str, Optional),
    "sections": [
        {**SPAN, "level": int, "marker": str, "number": (int, Optional), "title": str, "parent": (int, Optional)}
    ],
    "clauses": [{"start": int, "end": int, "role": str}],
    "enumerations": [
        {
            **SPAN,
            "style": str,
            "items": [{**SPAN, "marker": str, "number": int}],
            "declared": ({**SPAN, "value": int}, Optional),
        }
    ],
    "quantities": [
        {
            **SPAN,
            "value": (int, float),
            "upper": (int, float, Optional),
            "unit": str,
            "hedge": str,
            "kind": str,
            "low": (int, float),
            "high": (int, float),
            "indicator": (SPAN, Optional),
            "period": str,
            "section": (int, Optional),
        }
    ],
    "measures": [dict],
    "shortcomings": [dict],
    "citations": [{**SPAN, "title": str, "number": str, "kind": str, "year": (int, Optional), "law": (str, Optional)}],
}
OUTCOMES = {"consistent": int, "inconsistent": int, "doubtful": int, "not_assessable": int}
AUDIT = {
    **REPORT,
    "findings": [
        {
            **SPAN,
            "rule": str,
            "name": str,
            "severity": str,
            "message": str,
            "line": int,
            "column": int,
            "span": {"start": int, "end": int},
            "related": [{**SPAN, "role": str}],
            "computed": dict,
            "fingerprint": str,
        }
    ],
    "checks": dict,
}


def conform(value: Any, shape: Any, text: str, where: str = "") -> None:
    """Asserts that `value` has the names and types of `shape` and that its spans quote `text`."""
    if isinstance(shape, tuple):
        nested = [each for each in shape if isinstance(each, dict)]
        if nested and isinstance(value, dict):
            conform(value, nested[0], text, where)
        else:
            assert isinstance(value, tuple(each for each in shape if isinstance(each, type))), where
    elif isinstance(shape, list):
        for number, each in enumerate(value):
            conform(each, shape[0], text, f"{where}[{number}]")
    elif isinstance(shape, dict):
        assert shape.keys() <= value.keys(), where
        for name, part in shape.items():
            conform(value[name], part, text, f"{where}.{name}")
        if "quote" in shape:
            assert text[value["start"] : value["end"]] == value["quote"], where
    else:
        assert isinstance(value, shape), where


def written(lines: list[str], encoding: str = "utf-8") -> str:
    stream = io.TextIOWrapper(io.BytesIO(), encoding)
    write_extracted(lines, [Failure("坏.txt", "打不开")], stream)
    stream.seek(0)
    return stream.read()


def test_extract() -> None:
    analysis = analyze(TEXT)
    quote = Quote.cut(TEXT, TEXT.index("86件"), TEXT.index("86件") + 3)
    quantity = Quantity(
        quote.start, quote.end, quote.quote, Fraction(86), None, "件", "", "count", Fraction(86), Fraction("86.5"),
        quote, "本年", 0,
    )  # fmt: skip
    report = json.loads(extracted(replace(analysis, quantities=(quantity,))))
    conform(report, EXTRACT, TEXT)
    assert report["title"] == "云水乡2023年法治政府建设工作总结"
    assert [section["parent"] for section in report["sections"]] == [None, 0, 0, None]
    assert report["quantities"][0]["value"] == 86
    assert report["quantities"][0]["high"] == 86.5
    assert {each["declared"]["value"] for each in report["enumerations"] if each["declared"]} == {2}


def test_citations_are_extracted() -> None:
    text = "依照《中华人民共和国行政处罚法》和《关于规范执法的意见》（云政发〔2023〕15号）办理。\n"
    report = json.loads(extracted(analyze(text)))
    conform(report, EXTRACT, text)
    law, notice = report["citations"]
    assert (law["title"], law["kind"], law["law"]) == ("中华人民共和国行政处罚法", "law", "行政处罚法")
    assert (notice["number"], notice["kind"], notice["year"]) == ("云政发〔2023〕15号", "notice", 2023)


def test_audit() -> None:
    report = json.loads(audited(audit(TEXT)))
    conform(report, AUDIT, TEXT)
    for counts in report["checks"].values():
        conform(counts, OUTCOMES, TEXT)
        assert set(counts) == set(OUTCOMES)
    assert {finding["severity"] for finding in report["findings"]} <= {"error", "warning", "info"}
    found = next(finding for finding in report["findings"] if finding["rule"] == "ENU001")
    assert TEXT.split("\n")[found["line"] - 1][found["column"] - 1 :].startswith(found["quote"])
    assert found["span"] == {"start": found["start"], "end": found["end"]}
    assert [related["quote"][:2] for related in found["related"]] == ["一是", "二是", "三是"]


def test_languages() -> None:
    zh, en = (json.loads(audited(audit(TEXT), lang))["findings"][0]["message"] for lang in ("zh", "en"))
    assert zh != en
    assert en.isascii() or len(en) > len(zh)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gbk", "ascii"])
def test_document_is_whole_in_any_encoding(encoding: str) -> None:
    line = json.dumps({"path": "㳇𠅤\udc80.txt"}, ensure_ascii=False)
    document = json.loads(written([line, line], encoding))
    assert document == {
        "version": 1,
        "reports": [{"path": "㳇𠅤\udc80.txt"}] * 2,
        "failures": [{"path": "坏.txt", "error": "打不开"}],
    }


def test_document_without_reports() -> None:
    assert json.loads(written([]))["reports"] == []


def test_chinese_stays_readable() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), "utf-8")
    write([audit(TEXT)], [], stream)
    stream.seek(0)
    assert "云水乡2023年法治政府建设工作总结" in stream.read()
