"""Old Word files: tests/files/*.doc are made by make_files.py."""

from __future__ import annotations

import shutil
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import doc2docx
import pytest

from analyzer.errors import UnreadableReport
from analyzer.readers import libreoffice, read
from analyzer.records import Part

FILES = Path(__file__).parent / "files"
REPORT = [
    *("清河镇2023年法治政府建设工作报告", "一、工作开展情况", "（一）强化学习", "投入资金50万元。"),
    *("二、存在问题", "（一）力量不足", "项目\t上年\t本年", "行政处罚\t15\t18", "表后。", "含上级补助。"),
]
needs_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def test_old_word_files_have_numbers_changes_tables_and_notes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "as_docx", lambda source: None)
    report = read(FILES / "report.doc")
    assert report.text.split("\n") == REPORT
    assert report.format == "doc"
    assert [p.cell for p in report.paragraphs if p.part is Part.TABLE] == [(0, r, c) for r in (0, 1) for c in range(3)]
    assert report.paragraphs[-1].part is Part.NOTE


@pytest.mark.parametrize("name", ["a.wps", "a.docx", "a.txt"])
def test_content_decides_over_the_name(tmp_path: Path, name: str) -> None:
    shutil.copy(FILES / "report.doc", tmp_path / name)
    assert read(tmp_path / name).text.split("\n") == REPORT


@needs_libreoffice
def test_what_one_way_would_lose_the_other_reads() -> None:
    assert read(FILES / "text-box.doc").text == "框内共12件。\n正文。"


@needs_libreoffice
def test_the_other_way_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr(doc2docx, "convert", fail)
    assert read(FILES / "report.doc").text.split("\n") == REPORT


def test_what_neither_reads_whole_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda program: None)
    monkeypatch.setattr(libreoffice, "_PLACES", ())
    with pytest.raises(UnreadableReport, match=r"旧版 Word.*WPS 或 Word.*另存为 \.docx"):
        read(FILES / "text-box.doc")


def test_a_password_is_named(tmp_path: Path) -> None:
    data = bytearray((FILES / "report.doc").read_bytes())
    head = data.index(b"\xec\xa5", 512)  # the file information block; bit 8 of its flags says encrypted
    data[head + 11] |= 1
    (tmp_path / "a.doc").write_bytes(data)
    with pytest.raises(UnreadableReport, match="密码"):
        read(tmp_path / "a.doc")


@needs_libreoffice
def test_libreoffice_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    asked: list[str] = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    server = HTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    data = (FILES / "linked-picture.doc").read_bytes()
    for encoding in ("ascii", "utf-16-le"):
        data = data.replace("47999".encode(encoding), str(server.server_port).encode(encoding))
    source = tmp_path / "linked.doc"
    source.write_bytes(data)
    assert libreoffice.as_docx(source)
    server.shutdown()
    assert asked == []


@needs_libreoffice
def test_libreoffice_is_stopped_when_it_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "_SECONDS", 0.2)
    source = tmp_path / "report.doc"
    shutil.copy(FILES / "report.doc", source)
    assert libreoffice.as_docx(source) is None
