"""Word: comments put into a .docx whose other parts stay byte for byte what they are."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import parse_xml as parse_list
from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from analyzer.render.word_anchors import Anchor
from analyzer.render.word_marks import mark

_TYPES = "[Content_Types].xml"
_ID = qn("w:id")
_MARKS = tuple(map(qn, ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference")))


def with_comments(data: bytes, document: Any, anchors: Sequence[Anchor], comments: Sequence[str]) -> bytes:
    """The .docx `data`, which python-docx opened as `document`, with `comments` at `anchors`.

    A comment is the XML of a w:comment whose id is given here. Comments that the file has are kept. Only the main
    text, the comments and what lists the parts (relationships, content types) are written anew.
    """
    main = document.part
    new_part = not any(relation.reltype == RELATIONSHIP_TYPE.COMMENTS for relation in main.rels.values())
    _ = document.comments  # makes the part where there is none
    part = main.part_related_by(RELATIONSHIP_TYPE.COMMENTS)
    taken = [each.get(_ID, "") for each in (*part.element, *document.element.iter(*_MARKS))]
    first = max((int(ident) for ident in taken if ident.isdecimal()), default=-1) + 1
    idents = range(first, first + len(comments))
    for ident, comment in zip(idents, comments, strict=True):
        element = parse_xml(comment)
        element.set(_ID, str(ident))
        part.element.append(element)
    mark(list(zip(anchors, idents, strict=True)))
    parts = {main.partname.membername: main.blob, part.partname.membername: part.blob}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if new_part:
            parts[main.partname.rels_uri.membername] = main.rels.xml
            types: Any = parse_list(archive.read(_TYPES))  # type: ignore[arg-type] # it takes bytes
            types.add_override(part.partname, part.content_type)
            parts[_TYPES] = serialize_part_xml(types)
        return _replaced(archive, parts)


def _replaced(archive: zipfile.ZipFile, parts: dict[str, bytes]) -> bytes:
    """The archive with `parts` in place of those of their names, or behind the others."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in archive.infolist():
            copy.writestr(entry, parts.pop(entry.filename) if entry.filename in parts else archive.read(entry))
        for name, part in parts.items():
            copy.writestr(name, part)
    return stream.getvalue()
