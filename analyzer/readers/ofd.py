"""OFD (GB/T 33190—2016): the pages as printed, read like those of a PDF."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from analyzer.errors import UnreadableReport
from analyzer.readers.ofd_page import Element, children, contents_of
from analyzer.readers.pages import PAGE_LIMIT, Page, page_of, pieces_of, refuse_scanned, without_furniture
from analyzer.readers.pdf_tables import ruled_tables
from analyzer.readers.pieces import compose
from analyzer.records import Report

_UNPACKED_LIMIT = 64 * 1024 * 1024  # bytes of one XML file
_A4 = "0 0 210 297"
_INCOMPLETE = "OFD 文件不完整或已损坏，读不全。请用 OFD 阅读器或 WPS 打开，导出为 PDF 后再试。"


@dataclass
class _Package:
    """The files of an OFD archive, found as those who write them mean it: without regard to case."""

    archive: zipfile.ZipFile
    names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = {name.replace("\\", "/").strip("/").lower(): name for name in self.archive.namelist()}

    def xml(self, name: str) -> Element:
        """The root of an XML file. Raises UnreadableReport where it is missing, too large or no XML."""
        found = self.names.get(name.lower())
        if found is None or self.archive.getinfo(found).file_size > _UNPACKED_LIMIT:
            raise UnreadableReport(_INCOMPLETE)
        # No entities: a document needs none, and they could read other files or grow without end.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        root = etree.fromstring(self.archive.read(found), parser)
        if root.getroottree().docinfo.internalDTD is not None:
            raise UnreadableReport(_INCOMPLETE)
        return root

    def beside(self, name: str, location: str) -> str:
        """The file that `location`, written in the file `name`, means: relative to it, or from the top."""
        location = location.strip().replace("\\", "/")
        paths = (posixpath.join(posixpath.dirname(name), location), location)
        clean = [posixpath.normpath(path).lstrip("/") for path in paths]
        return next((path for path in clean if path.lower() in self.names), clean[0])


def read(data: bytes, path: str) -> Report:
    """Report of an OFD file's bytes. Raises UnreadableReport for what cannot be read whole, others for damage."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        package = _Package(archive)
        pages: list[Page | None] = []
        for document in children(package.xml("OFD.xml"), "DocBody"):
            for root in children(document, "DocRoot"):
                pages += _pages(package, package.beside("", root.text or ""), len(pages))
    if not pages:
        raise UnreadableReport(_INCOMPLETE)
    refuse_scanned([number for number, page in enumerate(pages, 1) if page is None], len(pages))
    return compose(pieces_of(without_furniture([page for page in pages if page])), path, "ofd")


def _pages(package: _Package, name: str, before: int) -> Iterator[Page | None]:
    """The pages of one document, numbered after those `before`; None for a picture of one."""
    document = package.xml(name)
    common = next(children(document, "CommonData"), None)
    if common is None:
        raise UnreadableReport(_INCOMPLETE)
    size = next((_text(area, "PhysicalBox") for area in children(common, "PageArea")), "") or _A4
    templates = {
        each.get("ID"): package.beside(name, each.get("BaseLoc", "")) for each in children(common, "TemplatePage")
    }
    shared = [each for kind in ("PublicRes", "DocumentRes") for each in children(common, kind)]
    units = _units(package, name, shared)
    places = [page.get("BaseLoc", "") for pages in children(document, "Pages") for page in children(pages, "Page")]
    if before + len(places) > PAGE_LIMIT:
        raise UnreadableReport(f"文件有 {len(places):,} 页，不像一份报告，没有打开。请只留下报告正文，另存后再试。")
    for number, place in enumerate(places, before + 1):
        file = package.beside(name, place)
        page = package.xml(file)
        own = {**units, **_units(package, file, list(children(page, "PageRes")))}
        layers = [package.xml(templates[each.get("TemplateID")]) for each in children(page, "Template")]
        box = next((_text(area, "PhysicalBox") for area in children(page, "Area")), "") or size
        drawn = contents_of([*layers, page], own, [float(part) for part in box.split()])
        if len(drawn.glyphs) < 20 and drawn.pictured and not (number == 1 and len(places) > 3):
            yield None
        else:
            yield page_of(number, drawn.glyphs, ruled_tables(drawn.shapes), *drawn.size)


def _units(package: _Package, name: str, resources: list[Any]) -> dict[str, Element]:
    """The composite objects of resource files, by their ID."""
    return {
        unit.get("ID", ""): unit
        for resource in resources
        for group in children(package.xml(package.beside(name, resource.text or "")), "CompositeGraphicUnits")
        for unit in children(group, "CompositeGraphicUnit")
    }


def _text(element: Element, name: str) -> str:
    return next(((child.text or "").strip() for child in children(element, name)), "")
