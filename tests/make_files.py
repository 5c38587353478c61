"""Makes tests/files/*, which the tests read: run it by hand after a change.

It needs fpdf2, a Chinese font file and LibreOffice.

python tests/make_files.py NotoSansSC-Regular.otf
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import test_readers_docx
import test_tables
from fpdf import FPDF
from fpdf.enums import AccessPermission, EncryptionMethod
from fpdf.fonts import FontFace

FILES = Path(__file__).parent / "files"
TITLE = "清河镇2023年法治政府建设工作报告"
BODY = [
    "2023年，清河镇坚持以习近平法治思想为指导，深入贯彻落实《法治政府建设实施纲要（2021—2025年）》，“严”字当头，"
    "全年召开专题会议12次，印发文件8份，法治政府建设取得新成效。现将有关情况报告如下：",
    "一、主要举措和成效",
    "（一）强化组织领导，压实工作责任。镇党委书记、镇长认真履行推进法治建设第一责任人职责，将法治政府建设纳入年度目标"
    "考核。一是召开党政联席会议6次，研究重点事项15件；二是开展集中学法4次，覆盖干部320余人次。",
    "（二）规范行政执法，提升执法水平。全年办理行政处罚案件18件，其中一般程序5件、简易程序13件，投入资金30.5万元，"
    "案件按时办结率100%。官网（http://www.qinghe.example）公示执法信息136条。",
    "（三）加强普法宣传。",
    "组织“法律进乡村”活动24场次，发放宣传资料3200余份，解答群众咨询150人次，受教育群众5000余人，营造了办事依法、遇事"
    "找法、解决问题用法、化解矛盾靠法的良好氛围。",
    "二、存在的不足和原因",
    "一是执法力量不足。由于编制有限，全镇持证执法人员仅11人，专业人员偏少。二是普法形式单一，针对性不强。",
    "三、2024年工作安排",
    "1.加强队伍建设。组织执法人员培训不少于4次，力争持证人员达到15人。",
    "2.创新普法方式。运用短视频、直播等形式开展宣传，年内建成法治文化广场1处，打造示范村3个，培育“法律明白人”60名，"
    "让法治观念深入人心，为全镇高质量发展提供有力的法治保障。",
    "清河镇人民政府",
    "2024年1月15日",
]
TABLE = [
    ["项目", "上年", "本年"],
    ["行政处罚", "15", "18"],
    ["行政许可（含延续、变更和注销）", "0", "7"],
    ["合计", "15", "25"],
]


class Report(FPDF):
    """Pages with a running head and the page number as official documents print it."""

    def header(self) -> None:
        self.set_font("song", size=9)
        self.cell(0, 8, "清河镇人民政府文件汇编", align="C", new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("song", size=10)
        self.cell(0, 8, f"— {self.page_no()} —", align="C")


def document(font: Path, kind: type[FPDF] = Report) -> FPDF:
    pdf = kind(format=(148, 150))  # small pages, so that a short report has several
    pdf.set_creation_date(datetime(2024, 1, 15, tzinfo=UTC))
    pdf.add_font("song", fname=str(font))
    pdf.set_margins(20, 15)
    pdf.set_auto_page_break(True, 20)
    pdf.add_page()
    return pdf


def report(font: Path, indent: str, align: str) -> FPDF:
    pdf = document(font)
    pdf.set_font("song", size=18)
    pdf.multi_cell(0, 12, TITLE, align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("song", size=12)
    for words in BODY:
        signature = words.startswith("清河镇") or words.endswith("15日")
        pdf.multi_cell(
            0, 8, words if signature else indent + words, align="R" if signature else align,
            new_x="LMARGIN", new_y="NEXT", wrapmode="CHAR",
        )  # fmt: skip
    return pdf


def table(font: Path, borders: str) -> FPDF:
    pdf = document(font)
    pdf.set_font("song", size=12)
    pdf.multi_cell(0, 8, "附表：执法情况统计", new_x="LMARGIN", new_y="NEXT")
    with pdf.table(
        col_widths=(40, 20, 20), line_height=8, text_align="CENTER", borders_layout=borders, headings_style=FontFace()
    ) as rows:
        for line in [*TABLE[:1], *(TABLE[1:3] * 4), *TABLE[3:]]:
            row = rows.row()
            for words in line:
                row.cell(words)
    pdf.multi_cell(0, 8, "以上数据截至2023年12月31日。", new_x="LMARGIN", new_y="NEXT")
    return pdf


def disclosure(font: Path) -> FPDF:
    pdf = document(font)
    pdf.set_font("song", size=8)
    for words in (test_tables.TITLE, test_tables.OPENING):
        pdf.multi_cell(0, 6, words, new_x="LMARGIN", new_y="NEXT")
    pdf.add_page(format="A4")  # rows under one merged cell must stay on one page
    widths = ((12, 18, 26, *[7] * 7), (7,) * 15)
    for part, rows, sizes in zip(
        test_tables.PARTS, (test_tables.applications(), test_tables.reviews()), widths, strict=False
    ):
        pdf.multi_cell(0, 6, part, new_x="LMARGIN", new_y="NEXT")
        with pdf.table(col_widths=sizes, line_height=3, text_align="CENTER", first_row_as_headings=False) as table:
            for line in rows:
                row = table.row()
                for words, down, across in line:
                    row.cell(words, rowspan=down, colspan=across)
    for words in (test_tables.PARTS[2], test_tables.CLOSING):
        pdf.multi_cell(0, 6, words, new_x="LMARGIN", new_y="NEXT")
    return pdf


def scanned(font: Path) -> FPDF:
    from PIL import Image

    pdf = document(font, FPDF)
    pdf.image(Image.new("L", (60, 60), 200), x=0, y=0, w=148, h=150)
    return pdf


def encrypted(font: Path) -> FPDF:
    pdf = document(font)
    pdf.set_font("song", size=12)
    pdf.cell(0, 8, TITLE)
    pdf.set_encryption("owner", "user", EncryptionMethod.RC4, permissions=AccessPermission.none())
    return pdf


def old_word(source: Path) -> None:
    """A .doc of that file."""
    profile = f"-env:UserInstallation={(source.parent / 'profile').as_uri()}"
    kind = ["--convert-to", "doc:MS Word 97"]
    subprocess.run(["soffice", "--headless", profile, *kind, "--outdir", FILES, source], check=True)


def old_word_files() -> None:
    """What .doc has besides text: numbers by style, a tracked change, a footnote, a table; and a text box."""
    p, styled = test_readers_docx.p, test_readers_docx.styled
    who = 'w:author="甲" w:date="2024-01-01T00:00:00Z"'
    change = (
        f'<w:del w:id="1" {who}><w:r><w:delText>30</w:delText></w:r></w:del>'
        f'<w:ins w:id="2" {who}><w:r><w:t>50</w:t></w:r></w:ins>'
    )
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    money = f"<w:p><w:r><w:t>投入资金</w:t></w:r>{change}<w:r><w:t>万元</w:t></w:r>{note}<w:r><w:t>。</w:t></w:r></w:p>"
    rows = ["".join(f"<w:tc>{p(words)}</w:tc>" for words in row) for row in TABLE[:2]]
    grid = "<w:tblPr/><w:tblGrid>" + '<w:gridCol w:w="2500"/>' * 3 + "</w:tblGrid>"
    table = f"<w:tbl>{grid}{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
    headed = styled("工作开展情况", "A1") + styled("强化学习", "A2") + money + styled("存在问题", "A1")
    headed += styled("力量不足", "A2")
    box = f"<v:textbox><w:txbxContent>{p('框内共12件。')}</w:txbxContent></v:textbox>"
    style = "position:absolute;width:200pt;height:50pt"
    shape = f'<v:shape id="s" type="#_x0000_t202" style="{style}">{box}</v:shape>'
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = test_readers_docx.save(
            folder,
            p(TITLE) + headed + table + p("表后。"),
            test_readers_docx.CHINESE + test_readers_docx.num(7, 1),
            test_readers_docx.CHINESE_STYLES,
            f'<w:footnote w:id="2">{p("含上级补助。")}</w:footnote>',
        )
        old_word(source)
        source = test_readers_docx.save(folder, f"<w:p><w:r><w:pict>{shape}</w:pict></w:r></w:p>{p('正文。')}")
        old_word(source.rename(folder / "text-box.docx"))
        source = folder / "linked-picture.html"
        source.write_text('<p>正文。</p><img src="http://127.0.0.1:47999/x.png" width=50 height=50>', encoding="utf-8")
        old_word(source)


if __name__ == "__main__":
    source = Path(sys.argv[1])
    FILES.mkdir(exist_ok=True)
    report(source, "　　", "J").output(FILES / "report.pdf")
    report(source, "", "L").output(FILES / "report-without-indents.pdf")
    table(source, "ALL").output(FILES / "table.pdf")
    table(source, "INTERNAL").output(FILES / "table-without-frame.pdf")
    disclosure(source).output(FILES / "disclosure.pdf")
    scanned(source).output(FILES / "scanned.pdf")
    encrypted(source).output(FILES / "encrypted.pdf")
    old_word_files()
