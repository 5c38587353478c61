"""OFD files made page by page, whose texts are what must come out again."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from analyzer.errors import UnreadableReport
from analyzer.readers import read
from analyzer.records import Part, Report

SIZE = 5.6  # millimetres: a character of running text
LEFT, TOP, FULL = 28.0, 40.0, 27  # where text begins, and the characters of a line
TITLE = "石桥镇2023年法治政府建设工作报告"
BODY = [
    "2023年，石桥镇坚持依法行政，“严”字当头，全年召开专题会议12次，印发文件8份，法治政府建设取得新成效。现将有关情况报告如下：",
    "一、主要举措和成效",
    "一是召开党政联席会议6次，研究重点事项15件；二是开展集中学法4次，覆盖干部320余人次，投入资金30.5万元，按时办结率100%。",
    "石桥镇人民政府",
]


def text(words: str, x: float, y: float, size: float = SIZE, more: str = "") -> str:
    """A line of characters on the baseline `y`, the steps between them written as producers do."""
    steps = f"g {len(words) - 1} {size}" if words.isalpha() else " ".join(
        str(size if char > "\u2000" else size / 2) for char in words[:-1]
    )  # fmt: skip
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y - size} 150 {size}" Font="2" Size="{size}" {more}>'
        f'<ofd:TextCode X="0" Y="{size}" DeltaX="{steps}">{words}</ofd:TextCode></ofd:TextObject>'
    )


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    data = f"M 0 0 L {x1 - x0} {y1 - y0}"
    box = f"{x0} {y0} {x1 - x0} {y1 - y0}"
    return f'<ofd:PathObject ID="3" Boundary="{box}"><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'


def paragraph(words: str, y: float) -> tuple[str, float]:
    """Objects of a paragraph with an indent of two characters, wrapped, and where the next one begins."""
    lines, rest, width = [], words, FULL - 2
    while rest:
        lines.append(rest[:width])
        rest, width = rest[width:], FULL
    indents = [2 * SIZE] + [0] * (len(lines) - 1)
    drawn = [text(line, LEFT + indent, y + 10 * n) for n, (line, indent) in enumerate(zip(lines, indents, strict=True))]
    return "".join(drawn), y + 10 * len(lines)


def page(content: str, before: str = "") -> str:
    spaces = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    layer = f'<ofd:Layer ID="9">{content}</ofd:Layer>'
    return f"<ofd:Page {spaces}>{before}<ofd:Content>{layer}</ofd:Content></ofd:Page>"


def ofd(*pages: str, common: str = "", **files: str) -> bytes:
    """The archive of these page files."""
    spaces = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    root = "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
    contents = {
        "OFD.xml": f"<ofd:OFD {spaces}><ofd:DocBody>{root}</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {spaces}><ofd:CommonData>{area}{common}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        **{f"Doc_0/Pages/Page_{n}/Content.xml": content for n, content in enumerate(pages)},
        **{f"Doc_0/{name}.xml": content for name, content in files.items()},
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return packed.getvalue()


def report(folder: Path, data: bytes) -> Report:
    file = folder / "report.ofd"
    file.write_bytes(data)
    return read(file)


def whole_report() -> list[str]:
    """Two pages with running heads and page numbers; the text goes over the page."""
    drawn, y = [text(TITLE, 50, TOP, 7)], TOP + 20
    for words in BODY:
        part, y = paragraph(words, y)
        drawn.append(part)
    second, _ = paragraph("2024年，我镇将继续抓好落实。", TOP)
    heads = [text("石桥镇文件汇编", 80, 15, 4) + text(f"— {n} —", 95, 285, 5) for n in (1, 2)]
    return [page(heads[0] + "".join(drawn)), page(heads[1] + second)]


def test_wrapped_lines_become_paragraphs_without_heads_and_page_numbers(tmp_path: Path) -> None:
    result = report(tmp_path, ofd(*whole_report()))
    assert result.text.split("\n") == [TITLE, *BODY, "2024年，我镇将继续抓好落实。"]
    assert [paragraph.page for paragraph in result.paragraphs] == [1] * 5 + [2]
    assert result.format == "ofd"


def test_objects_are_read_by_their_place_and_not_by_their_order(tmp_path: Path) -> None:
    blocks = f"<ofd:PageBlock>{text('第二行。', LEFT, 60)}</ofd:PageBlock>{text('第一行。', LEFT, 50)}"
    half = text("件。", LEFT + 3 * SIZE, 70) + text("共办", LEFT, 70) + text("8", LEFT + 2.3 * SIZE, 70)
    assert report(tmp_path, ofd(page(blocks + half))).text == "第一行。\n第二行。\n共办8件。"


def test_a_matrix_moves_and_scales_text(tmp_path: Path) -> None:
    scaled = text("办件", LEFT, 60, 1, f'CTM="{SIZE} 0 0 {SIZE} 0 0"')
    beside = text("12件", LEFT + 2 * SIZE, 60 - 1 + SIZE)
    slanted = text("内部资料", LEFT, 100, more='CTM="0.7 -0.7 0.7 0.7 0 0"')
    assert report(tmp_path, ofd(page(scaled + beside + slanted))).text == "办件12件"


def test_a_landscape_page_is_turned(tmp_path: Path) -> None:
    down = 'CTM="0 1 -1 0 0 0"'  # text runs from the top of the sheet to its foot
    first, second = text("上一行的文字", 100, 50, more=down), text("下一行的文字", 80, 50, more=down)
    assert report(tmp_path, ofd(page(second + first))).text == "上一行的文字\n下一行的文字"


def test_templates_and_composite_objects_are_part_of_the_page(tmp_path: Path) -> None:
    common = '<ofd:TemplatePage ID="5" BaseLoc="tpl.xml"/><ofd:PublicRes>res.xml</ofd:PublicRes>'
    inside = f"<ofd:Content>{text('组合内。', 0, 6)}</ofd:Content>"
    unit = f'<ofd:CompositeGraphicUnit ID="7">{inside}</ofd:CompositeGraphicUnit>'
    spaces = 'xmlns:ofd="http://www.ofdspec.org"'
    resources = f"<ofd:Res {spaces}><ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits></ofd:Res>"
    shown = f'<ofd:CompositeObject ID="8" ResourceID="7" Boundary="{LEFT} 90 100 10"/>' + text("正文。", LEFT, 80)
    content = page(shown, '<ofd:Template TemplateID="5"/>')
    data = ofd(content, common=common, tpl=page(text("模板上的字。", LEFT, 70)), res=resources)
    assert report(tmp_path, data).text == "模板上的字。\n正文。\n组合内。"


def test_a_ruled_table_is_read_cell_by_cell(tmp_path: Path) -> None:
    rows = [["项目", "上年", "本年"], ["行政处罚", "15", "18"]]
    columns, heights = [30.0, 80.0, 110.0, 140.0], [50.0, 62.0, 74.0]
    lines = [rule(columns[0], y, columns[-1], y) for y in heights] + [rule(x, 50, x, 74) for x in columns]
    cells = [text(words, columns[c] + 3, heights[r] + 8) for r, row in enumerate(rows) for c, words in enumerate(row)]
    result = report(tmp_path, ofd(page(text("附表：", LEFT, 45) + "".join(lines + cells))))
    assert result.text == "附表：\n项目\t上年\t本年\n行政处罚\t15\t18"
    assert [p.cell for p in result.paragraphs if p.part is Part.TABLE] == [(0, r, c) for r in (0, 1) for c in range(3)]


def test_scanned_pages_are_named(tmp_path: Path) -> None:
    picture = page('<ofd:ImageObject ID="4" Boundary="0 0 210 297" ResourceID="6"/>')
    written = page(text("办件共12件，全部按时办结，群众满意，评价良好。", LEFT, 60))
    with pytest.raises(UnreadableReport, match=r"第 2—3、5 页是扫描件.*OCR"):
        report(tmp_path, ofd(written, picture, picture, written, picture))
    with pytest.raises(UnreadableReport, match="全是扫描件"):
        report(tmp_path, ofd(picture))


@pytest.mark.parametrize("lost", ["Doc_0/Document.xml", "Doc_0/Pages/Page_1/Content.xml"])
def test_a_missing_page_is_not_passed_over(tmp_path: Path, lost: str) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(ofd(*whole_report()))) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            if name != lost:
                target.writestr(name, source.read(name))
    with pytest.raises(UnreadableReport, match=r"不完整.*PDF"):
        report(tmp_path, packed.getvalue())


def test_names_of_files_are_found_in_any_case_and_from_the_top(tmp_path: Path) -> None:
    content = page(text("正文。", LEFT, 60), '<ofd:Template TemplateID="5"/>')
    common = '<ofd:TemplatePage ID="5" BaseLoc="/DOC_0/TPL.XML"/>'
    assert report(tmp_path, ofd(content, common=common, tpl=page(text("模板。", LEFT, 50)))).text == "模板。\n正文。"
