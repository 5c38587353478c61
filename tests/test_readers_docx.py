"""Word files made part by part, read back as Word shows them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as OpcPart
from docx.oxml import parse_xml

from analyzer.errors import UnreadableReport
from analyzer.readers import read
from analyzer.readers.docx_number_formats import format_number
from analyzer.records import Part, Report

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" mc:Ignorable=""'
)


def p(text: str = "", properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def item(text: str, num: int, level: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def styled(text: str, style: str) -> str:
    return p(text, f'<w:pStyle w:val="{style}"/>')


def level(depth: int, form: str, text: str, more: str = "") -> str:
    inside = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}">{inside}</w:lvl>'


def abstract(ident: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{ident}">{"".join(levels)}</w:abstractNum>'


def num(ident: int, abstract_ident: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{ident}"><w:abstractNumId w:val="{abstract_ident}"/>{overrides}</w:num>'


def style(ident: str, name: str, properties: str = "", based_on: str = "", kind: str = "paragraph") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="{kind}" w:styleId="{ident}"><w:name w:val="{name}"/>{base}{properties}</w:style>'


def save(path: Path, body: str, numbering: str = "", styles: str = "", footnotes: str = "") -> Path:
    """A .docx with exactly this body; numbering and styles in place of, or beside, python-docx's own."""
    document = docx.Document()
    root = document.element.body
    for child in list(root)[:-1]:
        root.remove(child)
    for child in list(parse_xml(f"<w:body {SPACES}>{body}</w:body>"))[::-1]:
        root.insert(0, child)
    part = document.part.numbering_part
    part._element = parse_xml(f"<w:numbering {SPACES}>{numbering}</w:numbering>")
    for child in parse_xml(f"<w:styles {SPACES}>{styles}</w:styles>"):
        document.styles.element.append(child)
    if footnotes:
        blob = f"<w:footnotes {SPACES}>{footnotes}</w:footnotes>".encode()
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        notes = OpcPart(PackURI("/word/footnotes.xml"), kind, blob, document.part.package)
        document.part.relate_to(notes, RELATIONSHIP_TYPE.FOOTNOTES)
    file = path / "report.docx"
    document.save(file)
    return file


def words(report: Report) -> list[str]:
    return [report.text[paragraph.start : paragraph.end] for paragraph in report.paragraphs]


CHINESE = abstract(
    1,
    level(0, "chineseCountingThousand", "%1、", '<w:pStyle w:val="A1"/><w:suff w:val="nothing"/>'),
    level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="A2"/>'),
    level(2, "decimal", "%3.", '<w:pStyle w:val="A3"/>'),
)
CHINESE_STYLES = "".join(
    style(f"A{n}", f"章{n}", f'<w:pPr><w:numPr><w:ilvl w:val="{n - 1}"/><w:numId w:val="7"/></w:numPr></w:pPr>')
    for n in (1, 2, 3)
) + style("B2", "派生", based_on="A2")


def test_numbering_linked_to_styles(tmp_path: Path) -> None:
    body = "".join(
        (
            *(
                styled("工作开展情况", "A1"),
                styled("强化学习", "A2"),
                styled("领导带头", "A3"),
                styled("干部轮训", "A3"),
            ),
            *(
                p("正文。"),
                styled("严格执法", "B2"),
                styled("持证上岗", "A3"),
                styled("存在问题", "A1"),
                styled("力量不足", "A2"),
            ),
            p("不编号", '<w:pStyle w:val="A2"/><w:numPr><w:numId w:val="0"/></w:numPr>'),
            styled("经费紧张", "A2"),
        )
    )
    report = read(save(tmp_path, body, CHINESE + num(7, 1), CHINESE_STYLES))
    assert report.text.split("\n") == [
        *(
            "一、工作开展情况",
            "（一）强化学习",
            "1. 领导带头",
            "2. 干部轮训",
            "正文。",
            "（二）严格执法",
            "1. 持证上岗",
        ),
        *("二、存在问题", "（一）力量不足", "不编号", "（二）经费紧张"),
    ]


def test_lists_share_a_count_unless_one_starts_anew(tmp_path: Path) -> None:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    body = item("甲", 1) + item("乙", 2) + item("丙", 3) + item("丁", 3) + item("戊", 1)
    numbering = abstract(1, level(0, "decimal", "%1、")) + num(1, 1) + num(2, 1) + num(3, 1, again)
    assert read(save(tmp_path, body, numbering)).text == "1、甲\n2、乙\n1、丙\n2、丁\n3、戊"


def test_override_of_a_whole_level_and_of_its_start(tmp_path: Path) -> None:
    other = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/>{level(0, "upperRoman", "%1)")}</w:lvlOverride>'
    numbering = abstract(1, level(0, "decimal", "%1.")) + num(1, 1, other)
    assert read(save(tmp_path, item("甲", 1) + item("乙", 1), numbering)).text == "IV)甲\nV)乙"


@pytest.mark.parametrize(
    ("restart", "last"),
    [("", "1.1"), ('<w:lvlRestart w:val="0"/>', "1.3"), ('<w:lvlRestart w:val="1"/>', "1.3")],
)
def test_restart_of_a_deeper_level(tmp_path: Path, restart: str, last: str) -> None:
    """Without a rule any higher level restarts the third one; 0: none does; 1: only the first does."""
    numbering = abstract(
        1, level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"), level(2, "decimal", "%1.%3", restart)
    ) + num(1, 1)
    body = item("a", 1) + item("b", 1, 1) + item("c", 1, 2) + item("d", 1, 2) + item("e", 1, 1) + item("f", 1, 2)
    assert read(save(tmp_path, body, numbering)).text.split("\n")[-1] == f"{last} f"


def test_a_level_whose_parents_were_never_counted_shows_their_start(tmp_path: Path) -> None:
    numbering = abstract(1, level(0, "decimal", "%1"), level(1, "decimal", "%1.%2")) + num(1, 1)
    body = item("甲", 1, 1) + item("乙", 1) + item("丙", 1, 1)
    assert read(save(tmp_path, body, numbering)).text == "1.1 甲\n1 乙\n1.1 丙"


def test_legal_style_writes_all_numbers_in_digits(tmp_path: Path) -> None:
    numbering = abstract(1, level(0, "chineseCounting", "第%1章"), level(1, "chineseCounting", "%1.%2", "<w:isLgl/>"))
    report = read(save(tmp_path, item("总则", 1) + item("目的", 1, 1), numbering + num(1, 1)))
    assert report.text == "第一章 总则\n1.1 目的"


def test_list_style_and_bullets(tmp_path: Path) -> None:
    numbering = (
        abstract(1, '<w:styleLink w:val="L"/>', level(0, "decimalEnclosedCircleChinese", "%1"))
        + abstract(2, '<w:numStyleLink w:val="L"/>')
        + abstract(3, level(0, "bullet", "\uf0b7"))
        + abstract(4, level(0, "bullet", "—", '<w:suff w:val="nothing"/>'))
        + num(1, 1) + num(2, 2) + num(3, 3) + num(4, 4)
    )  # fmt: skip
    styles = style("L", "列表", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', kind="numbering")
    body = item("甲", 2) + item("乙", 2) + item("丙", 3) + item("丁", 4) + item("戊", 99)
    assert read(save(tmp_path, body, numbering, styles)).text == "①甲\n②乙\n• 丙\n—丁\n戊"


@pytest.mark.parametrize(
    ("form", "numbers"),
    [
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 105: "一○五"}),
        (
            "chineseCountingThousand",
            {10: "十", 21: "二十一", 100: "一百", 105: "一百零五", 110: "一百一十", 1001: "一千零一"},
        ),
        ("japaneseCounting", {3: "三", 12: "十二", 30: "三十"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 23: "贰拾叁"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographDigital", {2: "二", 10: "一〇"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalFullWidth", {12: "１２"}),
        ("decimalZero", {3: "03", 12: "12"}),
        ("lowerLetter", {1: "a", 26: "z", 28: "bb"}),
        ("upperRoman", {4: "IV", 19: "XIX"}),
        ("none", {1: ""}),
        ("notKnown", {7: "7"}),
    ],
)
def test_number_formats(form: str, numbers: dict[int, str]) -> None:
    assert {number: format_number(number, form) for number in numbers} == numbers


def test_tracked_changes_are_accepted(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>投入资金</w:t></w:r><w:del><w:r><w:delText>30</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>50</w:t></w:r></w:ins><w:r><w:t>万元，</w:t></w:r></w:p>"
        '<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t>清河镇共</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>办件12件。</w:t></w:r><w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t>新处</w:t></w:r></w:moveTo></w:p>"
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>删行</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    assert read(save(tmp_path, body)).text == "投入资金50万元，\n清河镇共办件12件。新处"


def test_a_deleted_end_mark_loses_no_text_where_no_paragraph_follows(tmp_path: Path) -> None:
    deleted = '<w:rPr><w:del w:id="1"/></w:rPr>'
    box = f"<w:txbxContent>{p('框内')}</w:txbxContent>"
    anchored = f"<w:p><w:pPr>{deleted}</w:pPr><w:r><w:t>上</w:t></w:r><w:r><w:pict>{box}</w:pict></w:r></w:p>"
    cells = f"<w:tc>{p('甲', deleted)}</w:tc><w:tc>{p('乙')}</w:tc>"
    body = anchored + p("下") + p("表前", deleted) + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>" + p("末段", deleted)
    assert read(save(tmp_path, body)).text == "框内\n上下\n表前\n甲\t乙\n末段"


def test_a_moved_paragraph_and_inserted_rows_are_read_once(tmp_path: Path) -> None:
    def run(kind: str, text: str) -> str:
        return f'<w:{kind} w:id="1"><w:r><w:t>{text}</w:t></w:r></w:{kind}>'

    away = f'<w:p><w:pPr><w:rPr><w:moveFrom w:id="2"/></w:rPr></w:pPr>{run("moveFrom", "移动的段。")}</w:p>'
    here = f'<w:p><w:pPr><w:rPr><w:moveTo w:id="3"/></w:rPr></w:pPr>{run("moveTo", "移动的段。")}</w:p>'
    row = f'<w:tr><w:trPr><w:ins w:id="4"/></w:trPr><w:tc><w:p>{run("ins", "新行")}</w:p></w:tc></w:tr>'
    format_change = (
        '<w:r><w:rPr><w:b/><w:rPrChange w:id="5"><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>粗体</w:t></w:r>'
    )
    body = away + p("前段。") + here + f"<w:tbl>{row}</w:tbl><w:p>{format_change}</w:p>"
    assert read(save(tmp_path, body)).text == "前段。\n移动的段。\n新行\n粗体"


def test_controls_around_rows_and_cells_and_boxes_in_them(tmp_path: Path) -> None:
    def control(inside: str) -> str:
        return f'<w:sdt><w:sdtPr><w:alias w:val="名"/></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>'

    box = f"<w:r><v:shape><v:textbox><w:txbxContent>{p('格内框')}</w:txbxContent></v:textbox></v:shape></w:r>"
    cell = f"<w:tc><w:p><w:r><w:t>甲</w:t></w:r>{box}</w:p></w:tc>"
    second = control("<w:tc>" + control(p("乙")) + "</w:tc>")
    row = f"<w:tr>{cell}{second}</w:tr>"
    report = read(save(tmp_path, control(f"<w:tbl>{control(row)}</w:tbl>") + p("末")))
    assert report.text == "甲\n格内框\t乙\n末"
    assert [paragraph.cell for paragraph in report.paragraphs] == [(0, 0, 0), (0, 0, 0), (0, 0, 1), None]


def test_hidden_text_fields_and_contents_are_not_text(tmp_path: Path) -> None:
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    body = (
        styled("一、总体情况 3", "T1")
        + "<w:p><w:r><w:t>全年</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
        + field("begin") + "<w:r><w:instrText>PAGE</w:instrText><w:t>码</w:t></w:r>" + field("separate")
        + "<w:r><w:t>12</w:t></w:r>" + field("end")
        + '<w:r><w:t>件</w:t></w:r><w:r><w:rPr><w:rStyle w:val="V"/></w:rPr><w:t>藏</w:t></w:r></w:p>'
    )  # fmt: skip
    styles = style("T1", "toc 1") + style("V", "隐", "<w:rPr><w:vanish/></w:rPr>", kind="character")
    assert read(save(tmp_path, body, styles=styles)).text == "全年12件"


def test_text_boxes_controls_links_and_breaks(tmp_path: Path) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>"
    body = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        + box
        + "</wps:txbx></w:drawing>"
        "</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>" + box + "</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r><w:r><w:t>前</w:t><w:br/><w:t>后</w:t><w:tab/><w:t>末</w:t></w:r></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>"
        "<w:sdt><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt>"
        '<w:p><w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t>3</w:t>'
        '<w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>'
    )
    assert read(save(tmp_path, body)).text == "前\n后\t末\n框内\n链接控件\n≥3•"


def test_tables_cell_by_cell(tmp_path: Path) -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(map(p, text.split('|')))}</w:tc>"

    begins, wide = '<w:vMerge w:val="restart"/>', '<w:gridSpan w:val="2"/>'
    rows = (
        cell("项目", begins) + cell("件数", wide) + cell("计"),
        cell("", "<w:vMerge/>") + cell("上年") + cell("本年") + cell("甲|乙"),
        f"<w:tc><w:tbl><w:tr>{cell('内')}</w:tr></w:tbl>{p('外')}</w:tc>" + cell("尾"),
    )
    body = p("表一") + f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>" + p("表后")
    report = read(save(tmp_path, body))
    assert report.text == "表一\n项目\t件数\t计\n上年\t本年\t甲\n乙\n内\n外\t尾\n表后"
    assert [(words(report)[n], paragraph.cell) for n, paragraph in enumerate(report.paragraphs) if paragraph.cell] == [
        *(("项目", (0, 0, 0)), ("件数", (0, 0, 1)), ("计", (0, 0, 3)), ("上年", (0, 1, 1)), ("本年", (0, 1, 2))),
        *(("甲", (0, 1, 3)), ("乙", (0, 1, 3)), ("内", (1, 0, 0)), ("外", (0, 2, 0)), ("尾", (0, 2, 1))),
    ]
    assert {paragraph.part for paragraph in report.paragraphs if paragraph.cell} == {Part.TABLE}


def test_footnotes_follow_the_text_in_the_order_of_their_marks(tmp_path: Path) -> None:
    def note(ident: int, text: str) -> str:
        return f'<w:footnote w:id="{ident}">{p(text)}</w:footnote>'

    mark = '<w:r><w:footnoteReference w:id="{}"/></w:r>'.format
    body = f"<w:p><w:r><w:t>甲</w:t></w:r>{mark(3)}{mark(2)}<w:del>{mark(4)}</w:del></w:p>" + p("乙")
    footnotes = note(-1, "分隔") + note(2, "注二") + note(3, "注三") + note(4, "已删")
    report = read(save(tmp_path, body, footnotes=footnotes))
    assert report.text == "甲\n乙\n注三\n注二"
    assert [paragraph.part for paragraph in report.paragraphs] == [Part.BODY, Part.BODY, Part.NOTE, Part.NOTE]


def test_heading_levels(tmp_path: Path) -> None:
    styles = (
        style("H2", "标题 2") + style("C", "章节", based_on="H2")
        + style("O", "大纲", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>')
    )  # fmt: skip
    body = (
        styled("甲", "Heading1") + styled("乙", "C") + styled("丙", "O") + p("丁")
        + p("戊", '<w:pStyle w:val="O"/><w:outlineLvl w:val="9"/>') + p("己", '<w:outlineLvl w:val="0"/>')
    )  # fmt: skip
    assert [x.level for x in read(save(tmp_path, body, styles=styles)).paragraphs] == [1, 2, 3, None, None, 1]


def test_a_file_that_embeds_another_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableReport, match="另存为"):
        read(save(tmp_path, p("甲") + "<w:altChunk/>"))


def test_a_damaged_part_is_refused(tmp_path: Path) -> None:
    source = zipfile.ZipFile(save(tmp_path, p("甲")))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data[: len(data) // 2] if name == "word/document.xml" else data)
    file = tmp_path / "damaged.docx"
    file.write_bytes(packed.getvalue())
    with pytest.raises(UnreadableReport, match="另存"):
        read(file)
