"""Word: the marks of comments in the main text. Runs are parted where one begins or ends, and keep their looks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from copy import deepcopy
from itertools import pairwise

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from analyzer.readers.docx_styles import Element
from analyzer.render.word_anchors import Anchor

_R, _RPR, _SPACE = map(qn, ("w:r", "w:rPr", "xml:space"))

Pieces = dict[tuple[Element, int | None], Element]


def mark(anchors: Sequence[tuple[Anchor, int]]) -> None:
    """Puts the marks of each comment, given its id, around its anchor. All at once: anchors know the unparted text."""
    begins, ends = _parted(anchors)
    for anchor, ident in anchors:
        first, last = anchor.first, anchor.last
        begin = _begin(begins.get((first.node, first.start), first.node))
        begin.addprevious(_element("w:commentRangeStart", ident))
        end = _end(ends.get((last.node, last.end), last.node))
        reference = OxmlElement("w:r")
        reference.append(_element("w:commentReference", ident))
        end.addnext(reference)
        end.addnext(_element("w:commentRangeEnd", ident))


def _parted(anchors: Sequence[tuple[Anchor, int]]) -> tuple[Pieces, Pieces]:
    """Parts every w:t where an anchor begins or ends; the pieces by w:t and where in it they begin, and where they end.

    An element that is not parted is not among them.
    """
    cuts: dict[Element, set[int]] = defaultdict(set)
    for anchor, _ in anchors:
        for spot in (anchor.first, anchor.last):
            if spot.start is not None and spot.end is not None:
                cuts[spot.node] |= {spot.start, spot.end}
    begins: Pieces = {}
    ends: Pieces = {}
    for node, places in cuts.items():
        words = node.text
        marks = sorted(places | {0, len(words)})
        piece = node
        for start, end in pairwise(marks):
            if start:
                piece.addnext(new := deepcopy(piece))
                piece = new
            piece.text = words[start:end]
            piece.set(_SPACE, "preserve")
            begins[node, start] = ends[node, end] = piece
    return begins, ends


def _begin(node: Element) -> Element:
    """The run that begins with `node`, parted from what stands before it there; `node` itself where it is in no run."""
    run = node.getparent()
    if run.tag != _R:
        return node
    before = node.getprevious()
    if before is None or before.tag == _RPR:
        return run
    new = OxmlElement("w:r", attrs=dict(run.attrib))
    if (properties := run.find(_RPR)) is not None:
        new.append(deepcopy(properties))
    behind = [node, *node.itersiblings()]
    run.addnext(new)
    new.extend(behind)
    return new


def _end(node: Element) -> Element:
    """The run that ends with `node`, parted from what stands behind it there; `node` itself where it is in no run."""
    behind = node.getnext()
    if node.getparent().tag != _R:
        return node
    if behind is not None:
        _begin(behind)
    return node.getparent()


def _element(name: str, ident: int) -> Element:
    return OxmlElement(name, attrs={qn("w:id"): str(ident)})
