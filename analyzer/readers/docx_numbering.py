"""Word's automatic numbering: the 一、（一）1. that a reader sees on the page but that is not in the text.

Resolved as ECMA-376 part 1, 17.9 describes it: paragraph or style → w:num → w:abstractNum → level → w:lvlText.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from analyzer.readers.docx_number_formats import format_number
from analyzer.readers.docx_styles import Chain, Element, value

_PLACE = re.compile(r"%([1-9])")
_PRIVATE = re.compile("[\ue000-\uf8ff\x00-\x1f]")
_GLYPH_FONTS = re.compile(r"symbol|wingdings|webdings|monotype sorts", re.IGNORECASE)
# A Chinese number stands close to its text: 一、 （一） ① ⑴ ㊀.
_CLOSES_ITSELF = re.compile("[、）)．。：，〕】》①-⒛㊀-㊉]$")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    suffix: str
    restart: int | None
    legal: bool


def numberer(numbering: Element | None, chain: Chain) -> Callable[[Element], str]:
    """Function that gives the number a paragraph shows (“（二）”, “1. ”), "" for none.

    It counts: call it once for each paragraph, in document order. `numbering` is the root of numbering.xml.
    """
    if numbering is None:
        return lambda paragraph: ""
    abstracts = {a.get(qn("w:abstractNumId")): a for a in numbering.iterchildren(qn("w:abstractNum"))}
    nums = {n.get(qn("w:numId")): n for n in numbering.iterchildren(qn("w:num"))}
    counters: dict[str, dict[int, int]] = {}  # by abstract number: lists that share it go on counting
    begun: set[tuple[str, int]] = set()

    def number(paragraph: Element) -> str:
        ident, depth, style = _reference(paragraph, chain)
        num = nums.get(ident)
        abstract = _abstract(num, nums, abstracts, chain)
        if num is None or abstract is None:
            return ""
        if style:
            depth = _linked_level(abstract, style, depth)
        levels = _levels(num, abstract)
        if depth not in levels:
            return ""
        counts = counters.setdefault(abstract.get(qn("w:abstractNumId")), {})
        for override in num.iterchildren(qn("w:lvlOverride")):
            level = _integer(override.get(qn("w:ilvl")), 0)
            if override.find(qn("w:startOverride")) is not None and level == depth and (ident, level) not in begun:
                counts.pop(level, None)
        begun.add((ident, depth))
        counts[depth] = counts[depth] + 1 if depth in counts else levels[depth].start
        for deeper in [d for d in counts if d > depth]:
            limit = levels[deeper].restart if deeper in levels else None
            if limit is None or depth < limit:
                del counts[deeper]
        return _label(levels, depth, counts)

    return number


def _reference(paragraph: Element, chain: Chain) -> tuple[str, int, str]:
    """numId, level and, where the style says them, the style that does."""
    properties = paragraph.find(qn("w:pPr"))
    ident = value(properties, "w:numPr", "w:numId")
    depth = value(properties, "w:numPr", "w:ilvl")
    owner = ""
    for style in chain(value(properties, "w:pStyle")):
        if ident is not None and depth is not None:
            break
        here = style.find(qn("w:pPr"))
        if ident is None and (inherited := value(here, "w:numPr", "w:numId")) is not None:
            ident, owner = inherited, style.get(qn("w:styleId"), "")
        if depth is None and ident == value(here, "w:numPr", "w:numId"):
            depth = value(here, "w:numPr", "w:ilvl")
    return ident or "0", _integer(depth, 0), owner


def _abstract(num: Element | None, nums: dict[str, Any], abstracts: dict[str, Any], chain: Chain) -> Element | None:
    """The list definition of `num`, through w:numStyleLink where it only names a list style."""
    for _ in range(5):  # a link to itself would never end
        abstract = abstracts.get(value(num, "w:abstractNumId") or "")
        link = value(abstract, "w:numStyleLink")
        if link is None:
            return abstract
        style = next(chain(link), None)
        num = nums.get(value(style, "w:pPr", "w:numPr", "w:numId") or "")
    return None


def _linked_level(abstract: Element, style: str, depth: int) -> int:
    """Numbering by style: the level that names the style, whatever the style itself says."""
    for level in abstract.iterchildren(qn("w:lvl")):
        if value(level, "w:pStyle") == style:
            return _integer(level.get(qn("w:ilvl")), depth)
    return depth


def _levels(num: Element, abstract: Element) -> dict[int, _Level]:
    levels = {_integer(level.get(qn("w:ilvl")), 0): level for level in abstract.iterchildren(qn("w:lvl"))}
    starts: dict[int, int] = {}
    for override in num.iterchildren(qn("w:lvlOverride")):
        depth = _integer(override.get(qn("w:ilvl")), 0)
        if (whole := override.find(qn("w:lvl"))) is not None:
            levels[depth] = whole
        if (start := value(override, "w:startOverride")) is not None:
            starts[depth] = _integer(start, 1)
    return {depth: _level(level, starts.get(depth)) for depth, level in levels.items()}


def _level(level: Element, start: int | None) -> _Level:
    # A custom format stands in mc:AlternateContent; the last w:numFmt is its fallback, which is one of ours.
    forms = [form.get(qn("w:val"), "") for form in level.iter(qn("w:numFmt"))]
    form = forms[-1] if forms else "decimal"
    text = value(level, "w:lvlText") or ""
    restart = value(level, "w:lvlRestart")
    if form == "bullet":
        fonts = level.find(qn("w:rPr") + "/" + qn("w:rFonts"))
        glyph = fonts is not None and any(_GLYPH_FONTS.search(font) for font in fonts.values())
        if text and (glyph or _PRIVATE.search(text) or (text.isascii() and text.isalnum())):
            text = "•"
    return _Level(
        start=_integer(value(level, "w:start"), 0) if start is None else start,
        form=form,
        text=text,
        suffix=value(level, "w:suff") or "tab",
        restart=None if restart is None else _integer(restart, 0),
        legal=level.find(qn("w:isLgl")) is not None,
    )


def _label(levels: dict[int, _Level], depth: int, counts: dict[int, int]) -> str:
    level = levels[depth]

    def figure(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        if at not in levels or at > depth:
            return ""
        form = "decimal" if level.legal and levels[at].form != "none" else levels[at].form
        return format_number(counts.get(at, levels[at].start), form)

    text = level.text if level.form == "bullet" else _PLACE.sub(figure, level.text)
    if not text.strip() or level.suffix == "nothing" or _CLOSES_ITSELF.search(text):
        return text
    return text.rstrip() + " "


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,5}", text) else default
