"""What a file really is, whatever its name says."""

from __future__ import annotations

import io
import re
import zipfile

from analyzer.errors import UnreadableReport

TEXT = {".txt", ".text", ".md", ".markdown"}
HTML = {".html", ".htm", ".xhtml", ".shtml"}
READABLE = frozenset({*TEXT, *HTML, ".docx", ".doc", ".wps", ".pdf", ".ofd", ".zip"})
# What folders are searched for; what is not read is reported, and not passed over in silence.
SUFFIXES = READABLE | {".rtf", ".rar", ".7z"}

_SAVE_AS = "请用 Word 或 WPS 打开，另存为 .docx 或 PDF 后再试。"
_ARCHIVE = "这是压缩包，不是报告。请先解压，再打开其中的文件。"
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*){0,5}<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_MHTML = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?Content-Type:\s*multipart/related", re.I)
_INSIDE_ZIP = (
    ("word/document.xml", "docx"),
    ("OFD.xml", "ofd"),
    ("xl/workbook.xml", "这是 Excel 表格，不是报告正文。请把正文另存为 .docx、PDF 或 .txt。"),
    ("ppt/presentation.xml", "这是演示文稿，不是报告正文。请把正文另存为 .docx、PDF 或 .txt。"),
    ("content.xml", "这是 OpenDocument 文件，暂不支持。" + _SAVE_AS),
    ("Index/Document.iwa", "这是 Pages 文稿，暂不支持。请导出为 .docx 或 PDF 后再试。"),
)


def format_of(data: bytes, suffix: str) -> str:
    """“txt”, “docx”, “doc”, “pdf”, “ofd” or “html”, judged by the bytes first. Raises UnreadableReport for others."""
    head = data[:4096]
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _in_zip(data)
    if head.startswith(_OLE):
        return _in_ole(data)
    if head.startswith(b"{\\rtf"):
        raise UnreadableReport("这是 RTF 文件，暂不支持。" + _SAVE_AS)
    if head.startswith(_ARCHIVES):
        raise UnreadableReport(_ARCHIVE)
    if head.startswith(_IMAGES):
        raise UnreadableReport("这是图片，没有可读的文字。请使用报告的原始电子版，或先做文字识别（OCR）。")
    if b"schemas.microsoft.com/office/word/2003/wordml" in head or _MHTML.match(head):
        raise UnreadableReport("这是 Word 另存的 XML 或单个网页文件，暂不支持。" + _SAVE_AS)
    if suffix in HTML or _PAGE.match(head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")):
        return "html"
    if suffix in TEXT or suffix in ("", ".doc", ".wps"):
        return "txt"
    if suffix in (".docx", ".pdf", ".ofd"):
        raise UnreadableReport(
            f"扩展名是 {suffix}，内容却不是，可能没有下载完整或已损坏。请重新下载，或用原来的软件打开后另存。"
        )
    raise UnreadableReport(f"不支持的文件格式（{suffix}）。请另存为 .docx、PDF、.html 或 .txt 后再试。")


def _in_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise UnreadableReport("文件不完整或已损坏（压缩结构打不开）。请重新下载或复制，或找原来的文件。") from None
    for name, answer in _INSIDE_ZIP:
        if name in names:
            if answer in ("docx", "ofd"):
                return answer
            raise UnreadableReport(answer)
    if "[Content_Types].xml" in names:
        return "docx"  # the main part may have another name; python-docx finds it by its type
    raise UnreadableReport(_ARCHIVE + "扩展名是 .zip 的，也可以用 analyzer audit 整个审查。")


def _in_ole(data: bytes) -> str:
    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise UnreadableReport("文件已加密，需要密码才能打开。请用 Word 或 WPS 打开，取消密码保护后另存为 .docx。")
    if holds("WordDocument"):
        return "doc"
    if holds("Workbook") or holds("Book"):
        raise UnreadableReport("这是旧版 Excel 表格，不是报告正文。请把正文另存为 .docx、PDF 或 .txt。")
    raise UnreadableReport("这是旧版 Office 或 WPS 文件，暂不支持。" + _SAVE_AS)
