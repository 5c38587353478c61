"""Plain text: the encoding found out, the words left as they are."""

from __future__ import annotations

import codecs
import re
from functools import cache

from analyzer.errors import UnreadableReport
from analyzer.readers.pieces import MARGIN
from analyzer.records import Paragraph, Report

# A literal \r\n or \n is residue of web exports, and ends a line too.
_LINE_END = re.compile(r"\n|(?:\\r)?\\n")

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x7f]")
_PLAIN = re.compile("[\t\n\r -~\xa0·×—‘’“”…①-⒛\u3000-\u3017一-鿿！-～]")

INCOMPLETE = "文件不完整：在一个汉字的中间断开了。请重新下载或复制这个文件。"
_UNDECODABLE = (
    "认不出文字编码（不是 UTF-8、UTF-16 或 GB18030，也可能不是文本文件）。"
    "请用记事本打开，确认文字正常后另存为 UTF-8 编码。"
)
_BINARY = (
    "内容不是文本（含有控制字符或空字节），可能是损坏的文件或别的格式。"
    "请用原来的软件打开，确认文字正常后另存为 .docx 或 .txt。"
)


def read(data: bytes, path: str) -> Report:
    """Report of a text file's bytes. Raises UnreadableReport rather than give characters that nobody wrote."""
    return report_of_text(decode(data).replace("\r\n", "\n").replace("\r", "\n"), path)


def report_of_text(text: str, path: str = "") -> Report:
    """A report made of plain text, a paragraph a line. `text` is kept as it is."""
    paragraphs = []
    start = 0
    while start <= len(text):
        end = _LINE_END.search(text, start)
        stop, following = end.span() if end else (len(text), len(text) + 1)
        line = text[start:stop]
        if words := line.strip(MARGIN):
            first = start + len(line) - len(line.lstrip(MARGIN))
            paragraphs.append(Paragraph(first, first + len(words)))
        start = following
    return Report(path, text, tuple(paragraphs), "txt")


def decode(data: bytes) -> str:
    """The text of `data`, without byte order mark. Raises UnreadableReport for bytes that are no Chinese text.

    Order: byte order mark, UTF-8, UTF-16 without a mark, GB18030; each strictly, the last two with a look at what comes
    out, because nearly any bytes are valid in them.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding)
    try:
        text = data.decode("utf-8")
        if "\x00" not in text:
            return _checked(text)
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and not data[: error.start].isascii():
            raise UnreadableReport(INCOMPLETE) from None
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data.decode(encoding, "replace")
        if len(_PLAIN.findall(text)) >= 0.9 * len(text) and _is_chinese(text):
            return _strict(data, encoding)
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        text = data[: error.start].decode("gb18030")
        if error.start >= len(data) - 3 and _is_chinese(text):
            raise UnreadableReport(INCOMPLETE) from None
        raise UnreadableReport(_UNDECODABLE) from None
    if not _is_chinese(text):
        raise UnreadableReport(_UNDECODABLE)
    return _checked(text)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return _checked(data.decode(encoding))
    except UnicodeDecodeError as error:
        cut = error.start >= len(data) - 4
        raise UnreadableReport(INCOMPLETE if cut else _UNDECODABLE) from None


def _checked(text: str) -> str:
    if "\x00" in text or len(_CONTROL.findall(text)) > len(text) // 100:
        raise UnreadableReport(_BINARY)
    if text.count("\ufffd") > len(text) // 200:
        raise UnreadableReport("文字已经损坏（转换编码时变成了“�”）。请换用原来的文件。")
    return text


def _is_chinese(text: str) -> bool:
    """Whether the characters beyond ASCII are, for the most part, the common ones of GB 2312."""
    wide = [character for character in text if character > "\x7f"]
    return sum(character in _common() for character in wide) >= 0.5 * len(wide)


@cache
def _common() -> frozenset[str]:
    """GB 2312: its punctuation (rows 1 to 3) and the 3,755 common characters (rows 16 to 55)."""
    rows = [*range(0xA1, 0xA4), *range(0xB0, 0xD8)]
    cells = (bytes((row, column)).decode("gb2312", "ignore") for row in rows for column in range(0xA1, 0xFF))
    return frozenset("".join(cells))
