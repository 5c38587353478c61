"""Word: which elements of the main text a comment on a span of the report stands at."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from analyzer.readers.docx_places import Atom, atoms_of
from analyzer.readers.docx_styles import Element
from analyzer.records import Span

_BODY, _P, _R, _T, _BOX = map(qn, ("w:body", "w:p", "w:r", "w:t", "w:txbxContent"))
_NOTES = {qn("w:footnote"): "w:footnoteReference", qn("w:endnote"): "w:endnoteReference"}
_ID = qn("w:id")
_DELETED = (qn("w:del"), qn("w:moveFrom"))
_MATH = {qn("m:oMath"), qn("m:oMathPara")}


@dataclass(frozen=True, slots=True)
class Spot:
    """A piece of the main text: `node[start:end]` where it is a w:t of a run, else the whole element."""

    node: Element  # a child of a run, or a formula, which stands among runs
    start: int | None
    end: int | None
    story: str  # note box, where it stands for what is in there; "" where the words themselves are in the main text
    exact: bool  # whether it is just the words


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a comment stands at, from the beginning of `first` to the end of `last`."""

    first: Spot
    last: Spot
    why: str  # why that is not just the words: they are in a note or box, or it is part of them; "" where it is


def anchor_of(document: Any, text: str, atoms: list[Atom], span: Span) -> Anchor | None:
    """The anchor of a comment on `text[span]`; None in a document without text.

    Word ignores comments inside text boxes, footnotes and endnotes ([MS-OI29500] 2.1.315, note c): they go to the box
    or to the note's mark. What no element holds (a computed number) is left out; where nothing else is meant, the
    element behind it stands for it.
    """
    found = atoms_of(atoms, span)
    whole = _hold(text, span, found)
    if not found:
        near = bisect_left(atoms, span.end, key=lambda atom: atom.start)
        found = atoms[near : near + 1] or atoms[-1:]
    if not found:
        return None
    spots = [_spot(document, atom) for atom in found]
    first = spots[0]
    last = first if first.story else [spot for spot in spots if not spot.story][-1]
    just = whole and all(spot.exact and not spot.story for spot in spots)
    return Anchor(first, last, first.story or ("" if just else "part"))


def _hold(text: str, span: Span, atoms: list[Atom]) -> bool:
    """Whether `atoms` hold all of the span but the white space that parts paragraphs."""
    between, at = "", span.start
    for atom in atoms:
        between += text[at : atom.start]
        at = atom.end
    return not (between + text[at : span.end]).strip()


def _spot(document: Any, atom: Atom) -> Spot:
    """Where in the main text `atom` stands, or what stands there for it."""
    node, story = atom.node, ""
    for note in atom.node.iterancestors(*_NOTES):
        marks = document.element.body.iter(qn(_NOTES[note.tag]))
        own = [mark for mark in marks if mark.get(_ID) == note.get(_ID)]
        node, story = next((mark for mark in own if not any(mark.iterancestors(*_DELETED))), own[0]), "note"
    path = [node]
    for above in node.iterancestors():
        if above.tag == _BODY:
            break
        path.append(above)
        if above.tag == _BOX:
            story = story or "box"
    paragraph = max(number for number, each in enumerate(path) if each.tag == _P)
    inline = max(number for number, each in enumerate(path[:paragraph]) if each.tag == _R or each.tag in _MATH)
    child = path[inline] if path[inline].tag in _MATH else path[inline - 1]
    if child is atom.node and child.tag == _T:
        return Spot(child, atom.at, atom.at + atom.end - atom.start, story, True)
    return Spot(child, None, None, story, child is atom.node)
