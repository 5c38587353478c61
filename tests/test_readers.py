"""Choosing the format, plain text in every encoding, folders, and every way in which a file can be unreadable."""

from __future__ import annotations

import codecs
import contextlib
import io
import os
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.errors import UnreadableReport
from analyzer.readers import find_reports, read, report_of_text
from analyzer.readers.pieces import MARGIN, Piece, compose
from analyzer.records import Report

FILES = Path(__file__).parent / "files"
SHARED = Path(__file__).parents[2] / "shared"
TEXT = "清河镇2023年工作报告\n一、主要做法\n全年办理案件18件，投入资金30.5万元。\n"
OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)

prose = st.text(alphabet=TEXT + "“”《》、；：（）abc 〇①　", min_size=30, max_size=200).filter(
    lambda text: sum(character > "\u4dff" for character in text) > 15
)


def check_offsets(report: Report) -> None:
    """Paragraphs are trimmed, not empty, in order, and do not overlap; what lies between is white space."""
    at = 0
    for paragraph in report.paragraphs:
        words = report.text[paragraph.start : paragraph.end]
        assert words
        assert words == words.strip(MARGIN)
        assert report.text[at : paragraph.start].replace("\\r\\n", "").replace("\\n", "").strip(MARGIN) == ""
        at = paragraph.end
    assert report.text[at:].replace("\\r\\n", "").replace("\\n", "").strip(MARGIN) == ""


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def zipped(**entries: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name.replace("__", "/"), data)
    return packed.getvalue()


def docx_bytes(text: str = "清河镇共办件12件。") -> bytes:
    packed = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(text)
    document.save(packed)
    return packed.getvalue()


# --- plain text ------------------------------------------------------------------------------------------------------


@given(prose, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"]))
def test_text_of_every_encoding(tmp_path_factory: pytest.TempPathFactory, text: str, encoding: str) -> None:
    path = written(tmp_path_factory.getbasetemp(), "report.txt", text.encode(encoding))
    report = read(path)
    assert report.text == text
    check_offsets(report)


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE], ids=["utf-16-be", "utf-32-be"])
def test_big_endian_marks(tmp_path: Path, mark: bytes) -> None:
    encoding = "utf-16-be" if mark is codecs.BOM_UTF16_BE else "utf-32-be"
    assert read(written(tmp_path, "a.txt", mark + TEXT.encode(encoding))).text == TEXT


def test_line_ends_become_newlines_and_nothing_else_changes(tmp_path: Path) -> None:
    text = "　　一、**做法**&nbsp; \r\n\r\n二、\ue5e5<!-- 注 -->\t完\r三\n"
    report = read(written(tmp_path, "a.md", text.encode()))
    assert report.text == text.replace("\r\n", "\n").replace("\r", "\n")
    assert [report.text[p.start : p.end] for p in report.paragraphs] == [
        "一、**做法**&nbsp;",
        "二、\ue5e5<!-- 注 -->\t完",
        "三",
    ]


def test_literal_residue_ends_a_paragraph() -> None:
    report = report_of_text("甲。\\r\\n\\r\\n  乙。\\n丙\u200b\n")
    assert [report.text[p.start : p.end] for p in report.paragraphs] == ["甲。", "乙。", "丙"]
    check_offsets(report)


@given(st.text(alphabet="甲乙 \t\n\r\\rn　\u200b\x0b"))
def test_offsets_of_any_text(text: str) -> None:
    report = report_of_text(text)
    assert report.text == text
    check_offsets(report)


@given(st.lists(st.tuples(st.text(alphabet="甲1 \n\t　"), st.none() | st.tuples(*[st.integers(0, 2)] * 3))))
def test_offsets_of_composed_pieces(pieces: list[tuple[str, tuple[int, int, int] | None]]) -> None:
    report = compose([Piece(words, cell=cell) for words, cell in pieces], "", "docx")
    check_offsets(report)
    kept = [line.strip(MARGIN) for words, _ in pieces for line in words.split("\n") if line.strip(MARGIN)]
    assert [report.text[p.start : p.end] for p in report.paragraphs] == kept


# --- the format is what the content says ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("a.doc", docx_bytes(), "docx"),
        ("a.txt", docx_bytes(), "docx"),
        ("a", docx_bytes(), "docx"),
        ("a.txt", (FILES / "report.pdf").read_bytes(), "pdf"),
        ("a.doc", "<html><body><p>清河镇共办件12件。</p></body></html>".encode(), "html"),
        ("a.txt", "\ufeff<!DOCTYPE html>\n<html><body><p>清河镇。</p></body></html>".encode(), "html"),
        ("a.doc", "清河镇共办件12件。".encode("gb18030"), "txt"),
        ("a.md", "<!-- 注 -->\n清河镇。".encode(), "txt"),
    ],
)
def test_content_decides_over_the_name(tmp_path: Path, name: str, data: bytes, form: str) -> None:
    report = read(written(tmp_path, name, data))
    assert report.format == form
    assert "清河镇" in report.text
    assert report.path == str(tmp_path / name)


# --- unreadable -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.txt", b"", "空的.*重新下载"),
        ("a.txt", b" \r\n\t\xe3\x80\x80", "没有文字.*OCR"),
        ("a.txt", TEXT.encode()[:-3], "不完整.*重新下载"),
        ("a.txt", TEXT.encode("gb18030") + b"\xc4", "不完整.*重新下载"),
        ("a.txt", (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"))[:-1], "不完整.*重新下载"),
        ("a.txt", "依法治縣工作報告，本鎮堅持以習近平新時代思想為指導。".encode("big5"), "编码.*另存为 UTF-8"),
        ("a.txt", "これは日本語の報告書です。よろしくお願いします。".encode("shift_jis"), "编码.*另存为 UTF-8"),
        ("a.txt", bytes(range(256)) * 8, "编码.*另存为 UTF-8"),
        ("a.txt", "清河镇工作报告。".encode() + bytes(64), "不是文本.*另存"),
        ("a.txt", ("清河\ufffd镇\ufffd" * 20).encode(), "损坏.*原来的文件"),
        ("a.csv", TEXT.encode(), "不支持.*另存为"),
        ("a.docx", TEXT.encode(), "内容却不是.*重新下载"),
        ("a.pdf", TEXT.encode(), "内容却不是.*重新下载"),
        ("a.docx", docx_bytes()[:-400], "压缩结构.*重新下载"),
        ("a.docx", docx_bytes().replace(b"word/document.xml", b"word/documemt.xml"), "损坏.*另存"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "加密.*取消密码"),
        ("a.doc", OLE + "WordDocument".encode("utf-16-le"), "旧版 Word.*另存为 .docx"),
        ("a.wps", OLE, "另存为 .docx"),
        ("a.doc", b"{\\rtf1 abc}", "RTF.*另存为 .docx"),
        ("a.doc", b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n", "另存为 .docx"),
        ("a.ofd", zipped(**{"OFD.xml": b"<x/>"}), "OFD.*PDF"),
        ("a.docx", zipped(xl__workbook_xml=b"", **{"xl/workbook.xml": b"<x/>"}), "Excel.*另存为"),
        ("a.zip", zipped(a=b"1"), "压缩包.*解压"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(50), "图片.*OCR"),
        ("a.pdf", (FILES / "report.pdf").read_bytes()[:-2000], "不完整.*重新下载"),
        ("a.pdf", b"%PDF-1.4\nnothing\n%%EOF\n", "损坏.*重新下载"),
        ("a.html", b"<html><body><a href='#'>\xe9\xa6\x96\xe9\xa1\xb5</a></body></html>", "正文.*复制到 Word"),
        ("a.docx", docx_bytes(" "), "没有文字.*OCR"),
    ],
)
def test_unreadable_files_say_what_to_do(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    with pytest.raises(UnreadableReport, match=says):
        read(written(tmp_path, name, data))


def test_missing_files_and_folders_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UnreadableReport, match=r"找不到.*检查路径"):
        read(tmp_path / "none.txt")
    with pytest.raises(UnreadableReport, match="文件夹"):
        read(tmp_path)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission_says_what_to_do(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", TEXT.encode())
    path.chmod(0)
    with pytest.raises(UnreadableReport, match="权限"):
        read(path)


def test_files_beyond_all_measure_are_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analyzer.readers.SIZE_LIMIT", 10)
    with pytest.raises(UnreadableReport, match="没有打开"):
        read(written(tmp_path, "a.txt", TEXT.encode()))


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = zipped(**{"[Content_Types].xml": b"<x/>", "word/document.xml": bytes(70 * 1024 * 1024)})
    assert len(bomb) < 200_000
    with pytest.raises(UnreadableReport, match=r"大得反常.*另存"):
        read(written(tmp_path, "a.docx", bomb))


@given(st.data())
def test_damage_never_shows_a_library_s_traceback(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = data.draw(st.sampled_from([docx_bytes(), (FILES / "table.pdf").read_bytes()]))
    at = data.draw(st.integers(0, len(whole) - 1))
    broken = whole[:at] + data.draw(st.binary(max_size=4)) + whole[at + data.draw(st.integers(0, 300)) :]
    with contextlib.suppress(UnreadableReport):
        check_offsets(read(written(tmp_path_factory.getbasetemp(), "damaged", broken)))


# --- folders ----------------------------------------------------------------------------------------------------------


def test_folders_are_searched_in_order_without_hidden_and_lock_files(tmp_path: Path) -> None:
    names = ["b.txt", "a.docx", "~$a.docx", ".c.txt", "d.csv", "e/f.PDF", ".g/h.txt", "e/old.doc"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        written(tmp_path, name, b"x")
    (tmp_path / "empty").mkdir()
    files, failures = find_reports([tmp_path / "d.csv", tmp_path, str(tmp_path / "b.txt"), tmp_path / "empty"])
    assert [str(file.relative_to(tmp_path)) for file in files] == ["d.csv", "a.docx", "b.txt", "e/f.PDF", "e/old.doc"]
    assert [failure.path for failure in failures] == [str(tmp_path / "empty")]
    assert "没有" in failures[0].error


# --- real reports -----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not SHARED.exists(), reason="real reports are not part of the package")
def test_real_reports_are_all_read() -> None:
    files, failures = find_reports([SHARED / "reports", SHARED / "originals"])
    assert len(files) > 200
    assert [failure for failure in failures if "没有可读" in failure.error] == []
    for file in files:
        report = read(file)
        check_offsets(report)
        assert len(report.paragraphs) > 5
