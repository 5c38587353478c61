"""Reads back what `analyzer audit --format docx` wrote: which words each comment stands at, and what else changed.

python tests/check_word_comments.py FILE.docx… prints for each file where the comments of its findings stand, and those
of as many random spans as --spans says (see `landed`), and stops where anything else in the file changed.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import zipfile
from dataclasses import replace
from pathlib import Path

from lxml import etree

import analyzer
from analyzer.readers.docx import open_document
from analyzer.readers.docx_places import places
from analyzer.records import Audit, Finding, Severity
from analyzer.render.word import commented
from analyzer.render.word_comments import quoted

SYMBOL = "≥"  # what a character of a symbol font is read as here: the tests have no other
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHANGED = re.compile(r"word/(document|comments)\.xml|word/_rels/document\.xml\.rels|\[Content_Types\]\.xml")
_DELETED = {W + name for name in ("del", "moveFrom", "pPr", "instrText", "delText", "rt")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_NUMBER = re.compile(r"【(\d+)】")
_FIXED = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_NOT_MAIN = (W + "txbxContent", W + "footnote", W + "endnote", "{*}oMath")


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def said(data: bytes) -> dict[int, list[str]]:
    """The lines of each comment by its id."""
    root = etree.fromstring(part(data, "word/comments.xml"))
    return {
        int(comment.get(W + "id")): ["".join(line.itertext(W + "t")) for line in comment.iter(W + "p")]
        for comment in root
    }


def anchored(data: bytes) -> dict[int, str]:
    """The shown text between the marks of each comment by its id, each of which must have all three marks once."""
    open_, found, closed, marked = set(), {}, set(), set()

    def walk(element) -> None:
        if element.tag in _DELETED:
            return
        ident = element.get(W + "id")
        if element.tag == W + "commentRangeStart":
            assert ident not in found
            open_.add(ident)
            found[ident] = ""
        elif element.tag == W + "commentRangeEnd":
            open_.remove(ident)
            closed.add(ident)
        elif element.tag == W + "commentReference":
            assert ident in closed
            assert ident not in marked
            marked.add(ident)
        elif element.tag in _FIXED or element.tag in (W + "t", W + "sym"):
            words = element.text if element.tag == W + "t" else _FIXED.get(element.tag, SYMBOL)
            for each in open_:
                found[each] += words or ""
        for child in element:
            walk(child)

    walk(etree.fromstring(part(data, "word/document.xml")))
    assert not open_
    assert marked == set(found)
    return {int(ident): words for ident, words in found.items()}


def bare(text: str) -> str:
    """The text without white space and invisible marks: what parts paragraphs is no text of the file."""
    return re.sub("[\\s\u200b\u200e\u200f\u2060\ufeff]", "", text)


def all_text(data: bytes) -> str:
    return "".join(etree.fromstring(part(data, "word/document.xml")).itertext(W + "t"))


def other_parts(data: bytes) -> dict[str, bytes]:
    """The parts that comments leave alone."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not _CHANGED.fullmatch(name)}


def random_spans(text: str, count: int, seed: int = 0) -> list[tuple[int, int]]:
    """Spans of 1 to 200 characters, some over several paragraphs, none of white space alone."""
    dice = random.Random(seed)
    spans = []
    while len(spans) < count:
        start = dice.randrange(len(text))
        end = min(len(text), start + dice.choice((1, 2, 5, 12, 40, 200)))
        if text[start:end].strip():
            spans.append((start, end))
    return spans


def with_findings(audit: Audit, spans: list[tuple[int, int]]) -> Audit:
    """The audit with a made-up finding on each span instead of its own."""
    found = [
        Finding.cut(
            *(audit.analysis.text, start, end),
            **{"rule": "ENU001", "name": "made-up", "severity": Severity.INFO, "zh": "试", "en": "test"},
            **{"line": 1, "column": 1, "related": (), "computed": {}, "fingerprint": str(number)},
        )
        for number, (start, end) in enumerate(spans)
    ]
    return replace(audit, findings=tuple(found))


def landed(audit: Audit, original: bytes) -> dict[str, list[Finding]]:
    """The findings by where their comments stand, which must be all that changed in the file.

    just: at just the quoted words. part: at those of them that stand in the main text (numbers that Word computes do
    not), quoting all. held: none of them does, so at the note's mark, the text box or the words behind the number,
    quoting them. wrong: elsewhere.
    """
    data = commented(audit, original)
    assert all_text(data) == all_text(original)
    assert other_parts(data) == other_parts(original)
    words, lines = anchored(data), said(data)
    idents = {int(found[1]): ident for ident, line in lines.items() if (found := _NUMBER.match(line[0]))}
    assert len(idents) == len(audit.findings)
    written = in_main_text(original)
    where: dict[str, list[Finding]] = {"just": [], "part": [], "held": [], "wrong": []}
    for number, finding in enumerate(audit.findings, 1):
        place, line = bare(words[idents[number]]), lines[idents[number]][1]
        expected = bare("".join(sign for at, sign in enumerate(finding.quote, finding.start) if at in written))
        quoting = line.startswith("所指") and quoted(finding.quote) in line
        if place == bare(finding.quote):
            where["just"].append(finding)
        elif quoting and place == expected:
            where["part"].append(finding)
        else:
            where["held" if quoting and not expected else "wrong"].append(finding)
    return where


def in_main_text(original: bytes) -> set[int]:
    """The offsets of the report's text that can take a comment: of the main text, outside text boxes and formulas."""
    document = open_document(original)
    _, atoms = places(document)
    return {
        at
        for atom in atoms
        if next(atom.node.iterancestors(*_NOT_MAIN), None) is None
        for at in range(atom.start, atom.end)
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--spans", type=int, default=300)
    options = parser.parse_args()
    for file in options.files:
        original = file.read_bytes()
        own = analyzer.audit(str(file))
        made_up = with_findings(own, random_spans(own.analysis.text, options.spans))
        for what, audit in (("findings", own), ("random spans", made_up)):
            where = landed(audit, original)
            counts = ", ".join(f"{name} {len(found)}" for name, found in where.items())
            print(f"{file.name}: {len(audit.findings)} {what}: {counts}")
            for finding in where["wrong"][:5]:
                print(f"  {finding.start}:{finding.end} {finding.quote[:60]!r}")
    print("Nothing else in the files changed.")


if __name__ == "__main__":
    main()
