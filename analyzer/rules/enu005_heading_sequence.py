"""ENU005: the numbers of sibling headings."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.lists import heading_runs, is_list
from analyzer.markers import misnumbered
from analyzer.records import Analysis, Check, Quote, Related, Section
from analyzer.rules import CONSISTENT, DOUBTFUL, inconsistent, rule

_STYLE_ORDER = ("一、", "（一）", "1.", "（1）")


@rule("ENU005", "heading-sequence", "error")
def heading_sequence(analysis: Analysis) -> Iterator[Check]:
    """同级标题编号缺漏、重复或颠倒 / The numbers of sibling headings skip, repeat or run out of order.

    查什么：同一上级标题之下的“一、二、三、”“（一）（二）（三）”应从一开始逐一递增；同一报告里有的部分跳过一级标题层次，提示。
    为什么：标题编号错，目录、引用和汇总都会错位；重号、跳号常是增删章节后没有改编号。
    依据：GB/T 9704-2012《党政机关公文格式》第7.3.3条：结构层次序数依次用“一、”“（一）”“1.”“（1）”。
    不报：全篇连续编号的小标题（第二部分从“11.”接着编）；“三（四）轮车”等文中括号；同一上级下另起一组从一编起的（计为“存疑”）；
    始终不用“（一）”而直接用“1.”的（标准允许）。

    Checks: under one parent, 一、二、三、 or （一）（二）（三） start at one and go up by one; a level skipped in
    some parts of a report but not in others is mentioned.
    Why: wrong numbers break contents, references and summaries; they come from sections added or cut.
    Source: GB/T 9704-2012, 7.3.3: levels are numbered 一、 （一） 1. （1） in this order.
    Not flagged: subheadings numbered through the whole report; brackets inside words; a second group starting at one
    under the same parent (counted as doubtful); reports that never use （一） below 一、 (the standard allows it).
    """
    sections = analysis.outline.sections
    last: dict[str, int] = {}  # style → the last number, for subheadings numbered through the report
    seen: set[tuple[int | None, str]] = set()
    for indexes in heading_runs(analysis.outline):
        run = [sections[index] for index in indexes]
        key = (run[0].parent, run[0].style)
        if is_list(analysis.outline, indexes):
            yield _check(analysis, run, last.get(run[0].style, 0), again=key in seen)
        seen.add(key)
        last[run[0].style] = run[-1].number or 0
    yield from _skipped(analysis)


def _check(analysis: Analysis, run: list[Section], before: int, again: bool) -> Check:
    numbers = [section.number or 0 for section in run]
    first = numbers[0] if numbers[0] in (1, before + 1) else 1
    wrong = next((place for place, number in enumerate(numbers) if number != first + place), None)
    if wrong is None:
        return DOUBTFUL if again and first == 1 else CONSISTENT
    heading, expected = run[wrong], first + wrong
    shown = "".join(section.marker for section in run)
    zh, en = misnumbered(heading.marker, numbers[wrong], expected, numbers[wrong - 1] if wrong else None)
    return inconsistent(
        _marker(analysis.text, heading),
        zh=f"{zh}。同级标题依次是：{shown}。请核对是否漏了标题或编错了号。",
        en=f"{en}. The siblings are {shown}. Check for a lost heading or a wrong number.",
        related=[Related.of(each, role="heading") for each in run if each is not heading],
        numbers=numbers,
        expected=expected,
    )


def _marker(text: str, section: Section) -> Quote:
    return Quote.cut(text, section.start, section.start + len(section.marker))


def _skipped(analysis: Analysis) -> Iterator[Check]:
    """The first heading that skips a level which the report uses elsewhere: worth a look, no fault by the standard."""
    sections = analysis.outline.sections
    used = {section.style for section in sections}
    for section in sections:
        if section.parent is None or section.style not in _STYLE_ORDER:
            continue
        above = sections[section.parent].style
        if above not in _STYLE_ORDER:
            continue
        between = _STYLE_ORDER[_STYLE_ORDER.index(above) + 1 : _STYLE_ORDER.index(section.style)]
        if between and between[0] in used:
            parent = sections[section.parent]
            yield inconsistent(
                _marker(analysis.text, section),
                zh=f"“{above}”之下直接用“{section.marker}”，跳过了“{between[0]}”，而别处用到了“{between[0]}”。"
                "国家标准允许跳级，请看是否有意。",
                en=f"{section.marker} stands directly under {above} and skips {between[0]}, which is used elsewhere.",
                related=[Related.of(parent, role="parent")],
                severity="info",
            )
            return
