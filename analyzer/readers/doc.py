"""Word 97 to 2003 (.doc) and Kingsoft Writer (.wps), which writes the same: made into a .docx, and read as one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from analyzer.errors import UnreadableReport
from analyzer.readers import docx, libreoffice
from analyzer.readers.pieces import compose
from analyzer.records import Report

# What msdoc2docx says where words or their automatic numbers may be missing from what it writes.
_LOSSES = frozenset(
    (
        *("MAIN_TEXTBOX_TABLE_MALFORMED", "NUMBERING_TABLE_MALFORMED", "STYLE_TABLE_MALFORMED"),
        *("LIST_NUMBER_FORMAT_APPROXIMATED", "UNTERMINATED_FIELD", "UNSUPPORTED_CONTROL_CHARACTER"),
    )
)
_OBJECT = "\ufffc"  # stands where a picture or an embedded table is anchored


def read(data: bytes, path: str) -> Report:
    """Report of a .doc file's bytes: by msdoc2docx and, where that cannot read it whole, by LibreOffice if installed.

    Raises UnreadableReport.
    """
    with TemporaryDirectory(prefix="analyzer-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, "report.doc")
        source.write_bytes(data)
        converted = _converted(source) or libreoffice.as_docx(source)
    if converted is None:
        raise UnreadableReport(
            "这是旧版 Word 或 WPS 文件（.doc、.wps），读不全。请用 WPS 或 Word 打开，另存为 .docx 后再试。"
        )
    pieces = (piece for piece, _ in docx.paragraphs(docx.open_document(converted)))
    return compose((replace(piece, words=piece.words.replace(_OBJECT, "")) for piece in pieces), path, "doc")


def _converted(source: Path) -> bytes | None:
    """The bytes of a .docx with all that the .doc file says; None where something would be lost."""
    from doc2docx import convert  # type: ignore[import-untyped]
    from doc2docx.errors import EncryptedDocumentError  # type: ignore[import-untyped]

    target = source.with_suffix(".docx")
    try:
        report = convert(source, target).report
    except EncryptedDocumentError:
        raise UnreadableReport(
            "文件已加密，需要密码才能打开。请用 Word 或 WPS 打开，取消密码保护后另存为 .docx。"
        ) from None
    except Exception:  # a damaged file makes it stumble anywhere
        return None
    lost = any(each.code in _LOSSES for each in report.diagnostics)
    return None if lost else target.read_bytes()
