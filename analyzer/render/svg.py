"""A matplotlib figure as SVG inside a page: in the page's letters and colours, under its Content-Security-Policy."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from lxml import etree  # type: ignore[import-untyped]

from analyzer.libraries import library
from analyzer.plots import INK

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_FONT = re.compile(r"([\d.]+)px")


def inline_svg(figure: Figure, name: str) -> str:
    """The figure; `name` keeps its identifiers apart from those of other figures of the page.

    A page's policy forbids style attributes, so that each becomes an attribute of its own; text stays text, which the
    page's font draws, and what is drawn in INK takes the colour of the text around, light or dark.
    """
    written = io.BytesIO()
    settings = {"svg.fonttype": "none", "svg.hashsalt": name}
    with library("matplotlib").rc_context(settings):
        figure.savefig(written, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    root = etree.fromstring(written.getvalue(), etree.XMLParser(remove_comments=True, resolve_entities=False))
    used = {each.get(_HREF, "").lstrip("#") for each in root.iter(f"{_SVG}use")}
    for element in list(root.iter()):
        if element.tag == f"{_SVG}style" or etree.QName(element).localname == "metadata":
            element.getparent().remove(element)
            continue
        for key, value in _attributes(element.attrib.pop("style", "")).items():
            element.set(key, value)
        identifier = element.attrib.pop("id", "")
        if identifier in used or element.tag == f"{_SVG}clipPath":
            element.set("id", f"{name}-{identifier}")
        if target := element.attrib.pop(_HREF, ""):
            element.set("href", f"#{name}-{target.lstrip('#')}")
        if clip := element.get("clip-path"):
            element.set("clip-path", clip.replace("url(#", f"url(#{name}-"))
    root.set("stroke-linejoin", "round")
    root.set("aria-hidden", "true")  # the figure around it says what it shows, the tables below it the numbers
    return str(etree.tostring(root, encoding="unicode"))


def _attributes(style: str) -> dict[str, str]:
    found = {}
    for declaration in style.split(";"):
        key, _, value = (part.strip() for part in declaration.partition(":"))
        if key == "font":
            size = _FONT.search(value)
            found["font-size"] = size[1] if size else "9"
        elif key and key != "font-family":
            found[key] = "currentColor" if value == INK else value
    return found
