"""The lists of a report: marked ones, headings, and unmarked ones that a count announces."""

from __future__ import annotations

from analyzer.announcements import announced_before
from analyzer.lists import heading_runs, is_list, marked_lists
from analyzer.markers import Mark, find_marks
from analyzer.records import Enumeration, Item, Outline, Report
from analyzer.unmarked import unmarked_lists


def find_enumerations(report: Report, outline: Outline, marks: list[Mark] | None = None) -> tuple[Enumeration, ...]:
    """Every list of a report in text order, with the count that was announced for it, if any.

    Lists are: items behind serial marks (一是, 第一, 首先, ①, 1.), the headings of one parent, and items without marks
    beside their count (“责任机制、监督机制和评议考核“三到位””).
    """
    text = report.text
    found = []
    for style, items in marked_lists(report, outline, find_marks(text) if marks is None else marks):
        found.append(_enumeration(text, style, items))
    for sections in heading_runs(outline):
        if not is_list(outline, sections):
            continue
        headings = tuple(
            Item.cut(text, heading.start, heading.end, marker=heading.marker, number=heading.number or 0)
            for heading in (outline.sections[index] for index in sections)
        )
        found.append(_enumeration(text, outline.sections[sections[0]].style, headings, sections))
    taken = [each.declared for each in found if each.declared]
    found += unmarked_lists(report, taken)
    return tuple(sorted(found, key=lambda each: (each.start, each.end)))


def _enumeration(text: str, style: str, items: tuple[Item, ...], sections: tuple[int, ...] = ()) -> Enumeration:
    return Enumeration.cut(
        text,
        items[0].start,
        items[-1].end,
        style=style,
        items=items,
        declared=announced_before(text, items),
        sections=sections,
    )
