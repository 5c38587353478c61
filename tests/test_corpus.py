"""The sample corpus is what its manifest says, and the rules find in it what was planted, and only that."""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path

import pytest

from analyzer.pipeline import analyze, audit, audit_across
from analyzer.readers import read
from analyzer.records import Audit, Finding, Span
from analyzer.rules import all_rules

CORPUS = Path(__file__).parents[1] / "corpus"
CODES = {
    *(f"ENU{n:03}" for n in range(1, 7)),
    *(f"NUM{n:03}" for n in range(1, 8)),
    *(f"DAT{n:03}" for n in range(1, 5)),
    *(f"REF{n:03}" for n in range(1, 3)),
    *(f"NAM{n:03}" for n in range(1, 4)),
    *(f"STR{n:03}" for n in range(1, 6)),
    *(f"TXT{n:03}" for n in range(1, 5)),
    "TAB001",
    "DUP001",
}


def table(name: str) -> list[dict[str, str]]:
    with open(CORPUS / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines(name: str) -> list[dict]:
    return [json.loads(line) for line in (CORPUS / "gold" / name).read_text(encoding="utf-8").splitlines()]


MANIFEST = {row["file"]: row for row in table("manifest.csv")}
FAULTS = lines("faults.jsonl")
RULES = list(all_rules())


@cache
def text(file: str) -> str:
    return read(CORPUS / "reports" / file).text


@cache
def audits() -> dict[str, Audit]:
    each = [audit(analyze(CORPUS / "reports" / file)) for file in MANIFEST]
    return dict(zip(MANIFEST, audit_across(each), strict=True))


def audited(file: str) -> Audit:
    return audits()[file]


def places(file: str, quote: str) -> list[Span]:
    found, at = [], text(file).find(quote)
    while at >= 0:
        found.append(Span(at, at + len(quote)))
        at = text(file).find(quote, at + 1)
    return found


def spans(fault: dict) -> list[Span]:
    """Where a finding of this fault may point: at the quote, or at one of the other places involved."""
    if fault["rule"] == "STR001":  # what is missing stands nowhere
        return [Span(0, len(text(fault["file"])))]
    others = [place for quote in fault.get("other", []) for place in places(fault["file"], quote)]
    return [places(fault["file"], fault["quote"])[fault["nth"]], *others]


def meets(fault: dict, finding: Finding) -> bool:
    return fault["rule"] == finding.rule and any(finding.overlaps(span) for span in spans(fault))


def test_manifest_lists_the_files() -> None:
    assert sorted(MANIFEST) == sorted(path.name for path in (CORPUS / "reports").iterdir())
    assert all(row["format"] == Path(file).suffix[1:] for file, row in MANIFEST.items())
    assert all(path.stat().st_size < 150_000 for path in (CORPUS / "reports").iterdir())


@pytest.mark.parametrize("file", [file for file, row in MANIFEST.items() if row["encoding"]])
def test_encodings_are_what_the_manifest_says(file: str) -> None:
    content, encoding = (CORPUS / "reports" / file).read_bytes(), MANIFEST[file]["encoding"]
    content.decode(encoding)
    assert content.startswith(b"\xef\xbb\xbf") == (encoding == "utf-8-sig")
    if encoding == "gb18030":
        with pytest.raises(UnicodeDecodeError):
            content.decode("utf-8")
        assert (b"\r\n" in content) == (MANIFEST[file]["format"] == "txt")


@pytest.mark.parametrize("file", MANIFEST)
def test_reports_are_read_with_title_place_and_year(file: str) -> None:
    row, analysis = MANIFEST[file], analyze(CORPUS / "reports" / file)
    outline = analysis.outline
    assert 1_900 <= len(analysis.text) <= 5_000
    assert outline.title is not None
    assert outline.place is not None
    assert outline.place.name == row["township"]
    assert outline.year == int(row["year"])
    assert outline.kind == row["kind"]


def test_every_quote_of_the_gold_is_in_its_report() -> None:
    for fault in FAULTS:
        assert len(places(fault["file"], fault["quote"])) > fault["nth"], fault
        assert all(places(fault["file"], quote) for quote in fault.get("other", [])), fault
    for alike in lines("silent.jsonl"):
        assert places(alike["file"], alike["quote"]), alike
    for follow in lines("followup.jsonl"):
        assert places(follow["file_2023"], follow["quote_2023"]), follow
        assert (follow["quote_2024"] is None) == (follow["outcome"] == "dropped")
        assert follow["quote_2024"] is None or places(follow["file_2024"], follow["quote_2024"]), follow
    for row in table("gold/indicators.csv"):
        assert places(row["file"], row["quote"]), row


def test_every_code_is_planted_and_clean_reports_are_clean() -> None:
    assert {fault["rule"] for fault in FAULTS} == CODES
    assert set(all_rules()) <= CODES
    for file, row in MANIFEST.items():
        planted = sum(fault["file"] == file for fault in FAULTS)
        assert planted == 0 if row["clean"] == "yes" else 1 <= planted <= 6, file


@pytest.mark.parametrize("code", RULES)
def test_planted_faults_are_found(code: str) -> None:
    missed = [
        (fault["file"], fault["quote"])
        for fault in FAULTS
        if fault["rule"] == code and not any(meets(fault, finding) for finding in audited(fault["file"]).findings)
    ]
    assert missed == []


@pytest.mark.parametrize("code", RULES)
def test_nothing_else_fires(code: str) -> None:
    false = [
        (file, finding.quote, finding.zh)
        for file in MANIFEST
        for finding in audited(file).findings
        if finding.rule == code and not any(meets(fault, finding) for fault in FAULTS if fault["file"] == file)
    ]
    assert false == []


def test_indicators_are_the_numbers_of_their_quotes() -> None:
    for row in table("gold/indicators.csv"):
        value = int(row["value"])
        printed = f"{value / 10_000:g}万" if value >= 10_000 else str(value)
        assert f"{printed}{'余' if row['hedge'] == '余' else ''}{row['unit']}" in row["quote"], row
        assert (row["hedge"] == "近") == (f"近{printed}" in row["quote"]), row
