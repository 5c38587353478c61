"""What formats say of a finding's places and of its rule."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from analyzer.records import Related, Report
from analyzer.render.words import ROLES
from analyzer.rules import all_rules


class Region(NamedTuple):
    """Lines and columns from 1, in characters; the end is the first place behind the words."""

    line: int
    column: int
    end_line: int
    end_column: int


def region_of(report: Report, start: int, end: int) -> Region:
    """The region of `text[start:end]`, in lines of the report's text."""
    return Region(*_place(report, start), *_place(report, end))


def has_lines(report: Report) -> bool:
    """Whether the lines of the text are lines of the file: of Word, PDF and HTML they are not."""
    return report.format == "txt"


def labelled(related: tuple[Related, ...], lang: str) -> Iterator[tuple[Related, str]]:
    """The other places with what each is there for, numbered where several are there for the same."""
    roles, seen = Counter(each.role for each in related), Counter[str]()
    for each in related:
        seen[each.role] += 1
        name = ROLES[lang].get(each.role, ROLES[lang][""])
        yield each, name.format(seen[each.role] if roles[each.role] > 1 else "").strip()


def page_of(report: Report, at: int) -> int | None:
    """The page on which offset `at` stands, where the format has pages."""
    paragraphs = report.paragraphs
    number = bisect_right(paragraphs, at, key=lambda paragraph: paragraph.start)
    return paragraphs[number - 1].page if number else None


def rule_name(code: str, lang: str) -> str:
    """The name of a rule of this package for people; "" for one's own rule, which its finding names."""
    rule = all_rules().get(code)
    return "" if not rule else rule.name if lang == "en" else rule.summary(lang)


def _place(report: Report, at: int) -> tuple[int, int]:
    line = bisect_right(report.line_starts, at)
    return line, at - report.line_starts[line - 1] + 1
