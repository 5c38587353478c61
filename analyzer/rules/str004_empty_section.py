"""STR004: a heading with nothing under it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from analyzer.records import Analysis, Check, Quote, Related, Section
from analyzer.rules import CONSISTENT, NOT_ASSESSABLE, inconsistent, rule

_RESIDUE = re.compile(r"&nbsp;|\\r|\\n|[\W_]")
_HIGH = re.compile(r"第|[（(]?[一二三四五六七八九十]+[）)、]?")
_SENTENCE = re.compile(r"[。！!；;][*\s]*$")
_ANNOUNCES = re.compile(r"[：:][*\s]*$")  # 重点抓好以下八项工作：
_LONG = 25


@rule("STR004", "empty-section", "warning")
def empty_section(analysis: Analysis) -> Iterator[Check]:
    """标题下没有内容 / A heading with no text under it

    查什么：从一个标题到下一个同级或更高级标题之间，除落款外没有任何文字。
    为什么：多是删改后留下空标题，或内容漏写、漏粘。
    依据：GB/T 9704—2012《党政机关公文格式》7.3.3（结构层次）；公文各层次应有内容的通行要求。
    不报：只有下级标题的章节；标题本身就是一句完整的话；“重点做好以下工作：”一类引出下文的标题；
        目录、附件清单等一串标题；没有序号的标题；节选文本的最后一个标题。

    Checks: whether any text stands between a heading and the next of the same or a higher level.
    Why: the text was cut or never pasted in, and the heading stayed behind.
    Source: GB/T 9704-2012, 7.3.3 (levels of structure).
    Not flagged: sections that hold subheadings only; headings that are whole sentences or announce what follows
        (：); tables of contents and lists of annexes; headings without a number; the last heading of an excerpt.
    """
    sections = analysis.outline.sections
    empty = [not _has_body(analysis, section) for section in sections]
    siblings = Counter((section.parent, section.level) for section in sections)
    bare = Counter(
        (section.parent, section.level) for section, is_empty in zip(sections, empty, strict=True) if is_empty
    )
    titles = Counter(section.title for section in sections)
    for number, section in enumerate(sections):
        kin = section.parent, section.level
        if not empty[number] or _speaks_for_itself(section) or titles[section.title] > 1:
            yield CONSISTENT
        elif number + 1 == len(sections) or not section.marker or bare[kin] * 2 > siblings[kin]:
            yield NOT_ASSESSABLE  # cut off here, a line in bold, or a list of headings
        else:
            following = sections[number + 1]
            yield inconsistent(
                Quote.of(section),
                f"标题“{section.quote.strip()}”下面没有内容，紧接着就是下一个标题。请补写内容，或删去这个标题。",
                f"Nothing stands under “{section.quote.strip()}” before the next heading: add the text or delete it.",
                [Related.of(following, role="next heading")],
            )


def _has_body(analysis: Analysis, section: Section) -> bool:
    """Whether words stand between heading and section end, the signature and date of the report not counted."""
    if section.run_in or section.stop < section.end:
        return True
    start, stop = section.end, section.stop
    for line in (analysis.outline.date, analysis.outline.issuer):
        if line and start <= line.start < stop:
            stop = line.start
    return bool(_RESIDUE.sub("", analysis.text[start : min(stop, start + 200)]))


def _speaks_for_itself(section: Section) -> bool:
    """A whole sentence, a numbered item, or words that lead on to the next headings."""
    if _ANNOUNCES.search(section.quote):
        return True
    return bool(_SENTENCE.search(section.quote)) and (len(section.quote) >= _LONG or not _HIGH.match(section.marker))
