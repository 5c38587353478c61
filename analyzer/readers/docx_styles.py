"""Word's paragraph and character styles, as far as a reader needs them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from docx.oxml.ns import qn

Element = Any  # lxml's elements are untyped
Chain = Callable[[str | None], Iterator[Element]]

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录)\s*[1-9]", re.IGNORECASE)
_OFF = {"0", "false", "off"}


def style_chain(styles: Element | None) -> Chain:
    """Function from a style id (None: the default paragraph style) to that style and those it is based on.

    `styles` is the root of styles.xml, None where the file has none.
    """
    known: dict[str, Element] = {}
    default = None
    for style in () if styles is None else styles.iterchildren(qn("w:style")):
        known[style.get(qn("w:styleId"), "")] = style
        if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) not in (None, *_OFF):
            default = style.get(qn("w:styleId"), "")

    def chain(name: str | None) -> Iterator[Element]:
        seen: set[str] = set()
        at = known.get(name or "") if name else known.get(default or "")
        while at is not None and (ident := at.get(qn("w:styleId"), "")) not in seen:
            seen.add(ident)
            yield at
            at = known.get(value(at, "w:basedOn") or "")

    return chain


def value(parent: Element | None, *path: str) -> str | None:
    """`w:val` of the element at the end of `path` below `parent`, None where there is no such element."""
    for step in path:
        if parent is None:
            return None
        parent = parent.find(qn(step))
    return None if parent is None else parent.get(qn("w:val"))


def is_on(parent: Element | None, name: str) -> bool | None:
    """Whether the switch `name` (w:vanish …) is set in properties `parent`; None where they do not say."""
    switch = None if parent is None else parent.find(qn(name))
    return None if switch is None else switch.get(qn("w:val")) not in _OFF


def heading_level(paragraph: Element, chain: Chain) -> int | None:
    """Heading level 1–9 by outline level or by the style's name, None for body text."""
    properties = paragraph.find(qn("w:pPr"))
    outline = value(properties, "w:outlineLvl")
    for style in chain(value(properties, "w:pStyle")):
        if outline is not None:
            break
        if named := _HEADING.fullmatch(value(style, "w:name") or ""):
            outline = str(int(named[1]) - 1)
        else:
            outline = value(style, "w:pPr", "w:outlineLvl")
    return int(outline) + 1 if outline and outline.isdigit() and int(outline) < 9 else None


def is_contents_line(paragraph: Element, chain: Chain) -> bool:
    """Whether this is a line of a table of contents: a copy of a heading, not a heading."""
    styles = chain(value(paragraph.find(qn("w:pPr")), "w:pStyle"))
    return any(_CONTENTS.fullmatch(value(style, "w:name") or "") for style in styles)


def is_hidden(run: Element, paragraph: Element, chain: Chain) -> bool:
    """Whether a run is formatted as hidden text, directly or by its character or paragraph style."""
    own = run.find(qn("w:rPr"))
    if (switch := is_on(own, "w:vanish")) is not None:
        return switch
    character = value(own, "w:rStyle")
    for start in (character, value(paragraph.find(qn("w:pPr")), "w:pStyle")):
        for style in chain(start) if start else ():
            if (switch := is_on(style.find(qn("w:rPr")), "w:vanish")) is not None:
                return switch
    return False
