"""Files made to harm: each is read or refused with a clear answer, in seconds, nothing fetched and nothing written."""

from __future__ import annotations

import io
import os
import re
import socket
import time
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import docx
import pytest
from test_readers_ofd import ofd, page, text
from typer.testing import CliRunner

from analyzer import batch, cli
from analyzer.errors import UnreadableReport
from analyzer.pipeline import audit
from analyzer.readers import apart, find_reports, read
from analyzer.records import Failure, Report

FILES = Path(__file__).parent / "files"
TEXT = "石桥镇2023年工作报告\n一、主要做法\n全年办理案件18件，投入资金30.5万元。\n"
SECRET = "外面文件的内容"  # stands in this file, which the files made here try to read
HERE = Path(__file__).as_uri()
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def word(changes: Mapping[str, Callable[[bytes], bytes | None]] = MappingProxyType({})) -> bytes:
    """A .docx, some of its parts changed or, where the change gives None, left out."""
    made, packed = io.BytesIO(), io.BytesIO()
    document = docx.Document()
    document.add_paragraph("石桥镇共办件12件。")
    document.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = changes.get(name, lambda whole: whole)(source.read(name))
            if data is not None:
                target.writestr(name, data)
    return packed.getvalue()


def main_part(change: Callable[[bytes], bytes | None]) -> bytes:
    return word({"word/document.xml": change})


def with_entities(xml: bytes, entities: str, name: str) -> bytes:
    start = xml.index(b"?>") + 2
    return (
        xml[:start] + f"<!DOCTYPE w [{entities}]>".encode() + xml[start:].replace("12件".encode(), f"&{name};".encode())
    )


def body(content: str) -> bytes:
    return main_part(lambda _: f"<w:document {W}><w:body>{content}</w:body></w:document>".encode())


def linked(address: str) -> bytes:
    """A .docx with a template and a picture that stand elsewhere."""

    def more(relations: bytes) -> bytes:
        kinds = ("attachedTemplate", "image", "oleObject", "subDocument")
        added = "".join(
            f'<Relationship Id="x{kind}" Type="{RELATIONS}/{kind}" Target="{address}" TargetMode="External"/>'
            for kind in kinds
        )
        return relations.replace(b"</Relationships>", added.encode() + b"</Relationships>")

    return word({"word/_rels/document.xml.rels": more})


def pdf(objects: list[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1, the first of them its catalog."""
    data, places = b"%PDF-1.4\n", []
    for number, thing in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return data + head + table + b"trailer<</Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(data)


def pages_of(kids: bytes, count: int) -> list[bytes]:
    return [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/MediaBox[0 0 99 99]/Kids[%s]>>" % (count, kids)]


def many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    return pdf([*pages_of(kids, count), *[b"<</Type/Page/Parent 2 0 R>>"] * count])


def nested_forms(depth: int) -> bytes:
    """Forms that each show the next one eight times."""
    shown = b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>"
    things = [*pages_of(b"3 0 R", 1), shown, b"<</Length 5>>stream\n/X Do\nendstream"]
    for number in range(5, 5 + depth):
        inner = b"<</XObject<</X %d 0 R>>>>" % (number + 1 if number < 4 + depth else 99)
        head = b"<</Type/XObject/Subtype/Form/BBox[0 0 99 99]/Resources%s/Length 48>>" % inner
        things.append(head + b"stream\n" + b"/X Do " * 8 + b"\nendstream")
    return pdf(things)


NESTED = "<w:tbl><w:tr><w:tc>" * 90 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 90
HTML = "<html><body><p>石桥镇&e;办件，12件。</p>"
SPANS = "<td rowspan=99 colspan=99>一</td>" * 900
PICTURE = page(text("正文。", 28, 60)).replace("<ofd:Page", f'<!DOCTYPE x [<!ENTITY e SYSTEM "{HERE}">]><ofd:Page')
ROUND = "".join(f'<ofd:CompositeObject ResourceID="7" ID="{n}"/>' for n in range(9))
UNIT = f'<ofd:CompositeGraphicUnit ID="7"><ofd:Content>{ROUND}</ofd:Content></ofd:CompositeGraphicUnit>'
RESOURCES = f'<ofd:Res xmlns:ofd="x"><ofd:CompositeGraphicUnits>{UNIT}</ofd:CompositeGraphicUnits></ofd:Res>'

REFUSED: dict[str, tuple[str, bytes | Callable[[], bytes], str]] = {
    "empty": ("a.docx", b"", r"空的.*重新下载"),
    "bomb": ("a.docx", lambda: main_part(lambda _: bytes(70 << 20)), r"大得反常.*另存"),
    "laughs in docx": (
        "a.docx", main_part(lambda xml: with_entities(xml, f'<!ENTITY l0 "哈">{LAUGHS}', "l9")), r"DTD.*另存|损坏.*另存"
    ),
    "entity in docx": (
        "a.docx", main_part(lambda xml: with_entities(xml, f'<!ENTITY e SYSTEM "{HERE}">', "e")), r"DTD.*另存"
    ),
    "entity in ofd": ("a.ofd", ofd(PICTURE), "导出为 PDF"),
    "composites in each other": (
        "a.ofd", ofd(page(ROUND), common="<ofd:PublicRes>res.xml</ofd:PublicRes>", res=RESOURCES), r"反常.*PDF"
    ),
    "docx without text part": ("a.docx", main_part(lambda _: None), r"损坏.*另存"),
    "docx with deep tables": ("a.docx", body(NESTED), r"损坏.*另存"),
    "truncated docx": ("a.docx", word()[:-300], r"不完整.*重新下载"),
    "truncated pdf": ("a.pdf", (FILES / "report.pdf").read_bytes()[:30_000], r"不完整.*重新下载"),
    "encrypted docx": ("a.docx", OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), r"加密.*取消密码"),
    "encrypted pdf": ("a.pdf", (FILES / "encrypted.pdf").read_bytes(), r"加密.*取消密码"),
    "broken doc": ("a.doc", OLE + bytes(600) + "WordDocument".encode("utf-16-le"), r"旧版 Word.*另存为 \.docx"),
    "pdf of many pages": ("a.pdf", lambda: many_pages(20_000), r"20,000 页.*没有打开"),
    "pdf of pages in themselves": (
        "a.pdf", pdf([*pages_of(b"2 0 R 2 0 R 3 0 R", 3), b"<</Type/Page/Parent 2 0 R>>"]), r"损坏.*另存"
    ),
    "pdf of forms in forms": ("a.pdf", nested_forms(20), r"反常.*重新导出"),
    "deep html": ("a.html", f"<body>{'<div>' * 50_000}正文。".encode(), r"层次过深.*复制到 Word"),
    "null bytes": ("a.txt", TEXT.encode() + bytes(100), r"不是文本.*另存"),
    "lone surrogates": ("a.txt", "石桥镇".encode() + b"\xed\xa0\x80" * 9, "编码.*UTF-8"),
    "two encodings": ("a.txt", TEXT.encode() + TEXT.encode("gb18030"), "编码.*UTF-8"),
    "rtf as docx": ("a.docx", b"{\\rtf1\\ansi abc}", r"RTF.*另存为 \.docx"),
    "text as docx": ("a.docx", TEXT.encode(), "内容却不是"),
    "rar as docx": ("a.docx", b"Rar!\x1a\x07\x01\x00", "压缩包.*解压"),
    "pages of a site as doc": ("a.doc", b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n", r"另存为 \.docx"),
    "ten million characters": ("a.txt", lambda: ("石桥镇" * 1_200_000).encode(), "超过 100 万字"),
}  # fmt: skip

READ: dict[str, tuple[str, bytes | Callable[[], bytes], str]] = {
    "linked docx": ("a.docx", linked("http://127.0.0.1:9/x.dotm"), "石桥镇共办件12件。"),
    "linked docx, file": ("a.docx", linked(HERE), "石桥镇共办件12件。"),
    "entity in html": ("a.html", f'<!DOCTYPE html [<!ENTITY e SYSTEM "{HERE}">]>{HTML}'.encode(), "办件，12件。"),
    "links in html": ("a.html", f"{HTML}<img src=http://127.0.0.1:9/><script src=//127.0.0.1>".encode(), "12件。"),
    "html as docx": ("a.docx", HTML.encode(), "办件，12件。"),
    "doc as docx": ("a.docx", (FILES / "report.doc").read_bytes(), "投入资金50万元。"),
    "docx as doc": ("a.doc", word(), "石桥镇共办件12件。"),
    "utf-16 without mark": ("a.txt", TEXT.encode("utf-16-le"), "投入资金30.5万元。"),
    "one long line": ("a.txt", lambda: ("石桥镇" * 300_000).encode(), "石桥镇石桥镇"),
    "spans without end": (
        "a.html", f"<body><p>正文，内容。</p><table><tr>{SPANS}</tr></table>".encode(),
        "正文，内容。",
    ),
    "boxes in boxes": (
        "a.html", ("<body>" + "<div>" * 150 + "<p>正文在此，内容很多，很多很多。</p>" * 5000).encode(), "正文在此"
    ),
    "wide cells": ("a.docx", body(f"<w:p><w:r><w:t>{'一' * 200_000}</w:t></w:r></w:p>"), "一一"),
}  # fmt: skip


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, with the network closed, and little time for work in another process."""

    def closed(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", closed)
    monkeypatch.setattr(socket, "getaddrinfo", closed)
    monkeypatch.setattr(apart, "_SECONDS", 3)
    return tmp_path


def written(place: Path, name: str, data: bytes | Callable[[], bytes]) -> Path:
    content = data if isinstance(data, bytes) else data()
    path = place / name
    path.write_bytes(content)
    return path


def outcome(path: Path) -> Report | str:
    """The report or the answer, which must come soon; nothing may have been written beside the file."""
    before, start = sorted(path.parent.rglob("*")), time.process_time()
    try:
        result: Report | str = read(path)
    except UnreadableReport as error:
        result = str(error)
    assert time.process_time() - start < 20
    assert sorted(path.parent.rglob("*")) == before
    return result


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_says_what_to_do(place: Path, case: str) -> None:
    name, data, says = REFUSED[case]
    answer = outcome(written(place, name, data))
    assert isinstance(answer, str)
    assert re.search(says, answer), answer


@pytest.mark.parametrize("case", READ)
def test_what_is_read_is_read_without_what_is_elsewhere(place: Path, case: str) -> None:
    name, data, words = READ[case]
    report = outcome(written(place, name, data))
    assert isinstance(report, Report), report
    assert words in report.text
    assert SECRET not in report.text


def test_a_file_beyond_all_measure_is_not_loaded(place: Path) -> None:
    path = place / "a.txt"
    with path.open("wb") as file:
        file.truncate(101 << 20)  # takes no room
    assert "超过 100 MB" in str(outcome(path))


def test_a_folder_by_the_name_of_a_file(place: Path) -> None:
    (place / "a.docx").mkdir()
    assert "文件夹" in str(outcome(place / "a.docx"))


@pytest.mark.skipif(os.name == "nt", reason="needs a Unix file system")
def test_links_in_circles_pipes_and_devices_are_not_waited_for(place: Path) -> None:
    (place / "a.txt").symlink_to(place / "b.txt")
    (place / "b.txt").symlink_to(place / "a.txt")
    os.mkfifo(place / "c.html")
    (place / "loop").symlink_to(place)
    (place / "d.txt").symlink_to("/dev/zero")
    files, failures = find_reports([place])
    assert [file.name for file in files] == ["a.txt", "b.txt", "c.html", "d.txt"]
    assert failures == []
    answers = [str(outcome(file)) for file in files]
    assert all("打不开" in answer for answer in answers[:2])
    assert all("管道或设备" in answer for answer in answers[2:])


def test_files_that_vanish_are_named(place: Path) -> None:
    written(place, "a.txt", TEXT.encode())
    paths = [str(file) for file in find_reports([place])[0]]
    (place / "a.txt").unlink()
    (failure,) = batch.each(read, paths)
    assert isinstance(failure, Failure)
    assert "找不到" in failure.error


@pytest.mark.parametrize("name", ["n" * 250 + ".txt", "a\0b.txt", "名" * 100 + ".txt"])
def test_names_that_no_file_can_have(place: Path, name: str) -> None:
    assert "请" in str(outcome(place / name))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("name", ["a\nb.txt", "a\x1b[2Jb.txt", "=1+1.txt", "<script>.txt", "a\u202etxt.exe.txt"])
def test_names_do_nothing_to_a_terminal(place: Path, name: str) -> None:
    written(place, name, "石桥镇2023年工作报告\n一是抓落实。三是抓\x1b[31m管理。\n".encode())
    written(place, f"{name}.docx", b"x")
    result = CliRunner().invoke(cli.app, ["audit", str(place), "--select", "ENU"])
    assert result.exit_code == 2  # a file was not read
    assert not set(result.output) & set("\x1b\x07\u202e")
    assert "石桥镇" in result.output


@pytest.mark.parametrize(
    "words",
    [
        *("一是", "一是抓落实。", "一是抓落实。\n", "第一，第二，", "（1）做", "做法①", "一、做\n"),
        *(
            "（",
            "“",
            "《",
            "1",
            "1,",
            "、",
            "其中3件、",
            "由3件增加到4件，",
            "同比增长3%，",
            "两个方面：",
            "2月30日",
            "%",
        ),
    ],
)
def test_no_text_takes_more_time_than_it_has_characters(words: str) -> None:
    count = 6000
    start = time.process_time()
    audit(f"石桥镇2023年工作报告\n一、成效\n{words * count}")
    assert time.process_time() - start < 15
