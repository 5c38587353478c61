"""Word comments: made part by part, read back from the XML, opened by another program."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from typer.testing import CliRunner, Result

import analyzer
from analyzer.cli import app
from analyzer.readers import read
from analyzer.readers.docx import open_document
from analyzer.readers.docx_places import atoms_of, places
from analyzer.records import Analysis, Audit, Outline, Related, Span
from analyzer.render.word import commented
from tests.check_word_comments import W, all_text, anchored, bare, landed, part, random_spans, said, with_findings
from tests.test_readers_docx import CHINESE, CHINESE_STYLES, num, p, save, styled

CORPUS = Path(__file__).parents[1] / "corpus" / "reports"
BOX = "<w:txbxContent><w:p><w:r><w:t>框内有字</w:t></w:r></w:p></w:txbxContent>"
DRAWN = (
    f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>"
    f"<mc:Fallback><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
)
BOLD = '<w:rPr><w:b/><w:color w:val="FF0000"/></w:rPr>'
# Everything that text can stand in.
RICH = (
    "<w:p><w:r><w:t>云水乡工作总结</w:t></w:r></w:p>"
    + styled("工作开展情况", "A1")
    + f"<w:p><w:r w:rsidR='00AA'>{BOLD}<w:t xml:space='preserve'> 全年调解纠纷</w:t><w:tab/><w:t>86件</w:t><w:br/>"
    "<w:t>其中疑难12件。</w:t></w:r><w:proofErr w:type='spellStart'/><w:r><w:t>开展宣传</w:t></w:r>"
    "<w:ins w:id='1' w:author='x'><w:r><w:t>五十</w:t></w:r></w:ins><w:del w:id='2' w:author='x'><w:r>"
    "<w:delText>三十</w:delText></w:r></w:del><w:r><w:t>场。</w:t></w:r></w:p>"
    + styled("强化学习", "A2")
    + f"<w:p><w:r><w:t>框前</w:t>{DRAWN}<w:t>框后</w:t></w:r><w:hyperlink w:anchor='x'><w:r><w:t>链接的字</w:t></w:r>"
    "</w:hyperlink><w:sdt><w:sdtContent><w:r><w:t>控件的字</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    "<w:p><w:r><w:t>比率</w:t></w:r><m:oMath><m:r><m:t>x=98</m:t></m:r></m:oMath><w:r><w:t>为高</w:t></w:r>"
    "<w:r><w:ruby><w:rt><w:r><w:t>zi</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>字</w:t></w:r></w:rubyBase></w:ruby>"
    "<w:sym w:font='Symbol' w:char='F0B3'/><w:t>3</w:t></w:r><w:r><w:footnoteReference w:id='5'/></w:r></w:p>"
    f"<w:tbl><w:tr><w:tc>{p('项目')}</w:tc><w:tc>{p('件数')}{p('（件）')}</w:tc></w:tr>"
    f"<w:tr><w:tc>{p('调解纠纷')}</w:tc><w:tc>{p('86')}</w:tc></w:tr></w:tbl>" + p("表后的话，到此为止。")
)
NOTES = f'<w:footnote w:id="5">{p("按回访统计，满意124件。")}</w:footnote>'
FAULTY = """云水乡2023年法治政府建设工作总结
2023年，云水乡认真落实县委决策部署,扎实推进法治政府建设。
一、工作成效
全年调解纠纷86件，开展宣传32场。
二、存在的不足
当前还存在两个方面的不足：一是宣传形式不够多样；二是执法力量较为薄弱；三是制度落实不够到位。
"""


def rich(folder: Path) -> Path:
    return save(folder, RICH, CHINESE + num(7, 1), CHINESE_STYLES, NOTES)


def pointing(file: Path, *quotes: str) -> tuple[Audit, bytes]:
    """An audit of `file` with a made-up finding on each of `quotes`, and the .docx written of it."""
    audit = analyzer.audit(str(file))
    starts = [audit.analysis.text.index(quote) for quote in quotes]
    audit = with_findings(audit, [(start, start + len(quote)) for start, quote in zip(starts, quotes, strict=True)])
    return audit, commented(audit)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments])


def test_the_places_hold_the_text_that_the_reader_gives(tmp_path: Path) -> None:
    file = rich(tmp_path)
    text, atoms = places(open_document(file.read_bytes()))
    assert text == read(file).text
    for atom in atoms:
        if atom.node.tag == W + "t":
            assert atom.node.text[atom.at :].startswith(text[atom.start : atom.end])
    between = [text[atom.end : after.start] for atom, after in pairwise(atoms) if atom.end < after.start]
    assert between == [*("\n一、", "\n", "\n", "\n（一）", "\n", "\n", "\n", "\n", "\t", "\n", "\n", "\t", "\n", "\n")]


def test_atoms_of_a_span_are_cut_to_it(tmp_path: Path) -> None:
    text, atoms = places(open_document(rich(tmp_path).read_bytes()))
    start = text.index("纠纷\t86")
    found = atoms_of(atoms, Span(start, start + 4))
    assert [(text[atom.start : atom.end], atom.at) for atom in found] == [("纠纷", 5), ("\t", 0), ("8", 0)]
    assert atoms_of(atoms, Span(start, start)) == []


@pytest.mark.parametrize(
    "quote",
    [
        *(
            "云水乡",
            "调解",
            "纠纷\t86",
            "件\n其中",
            "宣传五十场",
            "十场",
            "框后链",
            "接的字控",
            "控件的字",
            "为高",
            "≥3",
        ),
        *("全年调解纠纷\t86件\n其中疑难12件。开展宣传五十场。", "项目\t件", "（件）\n调解", "86\n表后的", "止。"),
    ],
)
def test_a_comment_stands_at_just_the_quoted_words(tmp_path: Path, quote: str) -> None:
    audit, data = pointing(rich(tmp_path), quote)
    assert [finding.quote for finding in landed(audit, rich(tmp_path).read_bytes())["just"]] == [quote]
    assert len(said(data)[1]) == 2, "no word more is needed"


@pytest.mark.parametrize(
    ("quote", "place", "line"),
    [
        ("一、工作开展", "工作开展", "所指：“一、工作开展”"),
        ("一、", "工作开展情况", "所指：“一、”"),
        ("（一）", "强化学习", "所指：“（一）”"),
        ("124件", "", "所指在这条注释中：“124件”"),
        ("框内", "框内有字", "所指在这个文本框中：“框内”"),
        ("=98为", "为", "所指：“=98为”"),
        ("高字", "高字", "所指：“高字”"),
        ("为止。\n按回访", "为止。", "所指：“为止。 按回访”"),
    ],
)
def test_what_takes_no_comment_is_quoted(tmp_path: Path, quote: str, place: str, line: str) -> None:
    audit, data = pointing(rich(tmp_path), quote)
    assert anchored(data)[1] == place
    assert said(data)[1][1].startswith(line)
    assert not landed(audit, rich(tmp_path).read_bytes())["wrong"]


def test_no_mark_stands_where_word_ignores_it(tmp_path: Path) -> None:
    """[MS-OI29500] 2.1.315: in text boxes and notes."""
    file = rich(tmp_path)
    audit = analyzer.audit(str(file))
    data = commented(with_findings(audit, random_spans(audit.analysis.text, 200)))
    marks = etree.fromstring(part(data, "word/document.xml")).iter(W + "commentRangeStart", W + "commentReference")
    assert not [mark for mark in marks if any(mark.iterancestors(W + "txbxContent", W + "ruby", W + "rPr"))]
    assert part(data, "word/footnotes.xml") == part(file.read_bytes(), "word/footnotes.xml")


def test_parted_runs_keep_their_looks(tmp_path: Path) -> None:
    _, data = pointing(rich(tmp_path), "调解", "纠纷\t8")
    root = etree.fromstring(part(data, "word/document.xml"))
    runs = [run for run in root.iter(W + "r") if run.find(W + "rPr/" + W + "color") is not None]
    assert ["".join(run.itertext(W + "t")) for run in runs] == [" 全年", "调解", "纠纷8", "6件其中疑难12件。"]
    assert {etree.tostring(run.find(W + "rPr")) for run in runs} == {etree.tostring(runs[0].find(W + "rPr"))}
    assert {run.get(W + "rsidR") for run in runs} == {"00AA"}
    assert [child.tag for child in runs[2]] == [W + "rPr", W + "t", W + "tab", W + "t"]


def test_comments_of_others_are_kept(tmp_path: Path) -> None:
    file = rich(tmp_path)
    document = docx.Document(file)
    document.add_comment(document.paragraphs[0].runs[0], text="请领导审阅", author="小王")
    orphan = document.paragraphs[1].runs[0]
    orphan.mark_comment_range(orphan, 7)  # left over from a comment that was removed
    document.save(file)
    _, data = pointing(file, "云水", "项目")
    assert said(data)[0] == ["请领导审阅"]
    assert anchored(data)[0] == "云水乡工作总结"
    assert sorted(said(data)) == [0, 8, 9, 10]
    assert len(list(docx.Document(io.BytesIO(data)).comments)) == 4


def test_the_file_is_what_it_was_but_for_the_comments(tmp_path: Path) -> None:
    file = rich(tmp_path)
    before = file.read_bytes()
    _, data = pointing(file, "云水")
    assert file.read_bytes() == before
    assert all_text(data) == all_text(before)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
    assert len(names) == len(set(names))
    with zipfile.ZipFile(file) as archive:
        assert set(names) - set(archive.namelist()) == {"word/comments.xml"}
    parts = docx.Document(io.BytesIO(data)).part.package.parts
    assert [each.content_type for each in parts if each.partname == "/word/comments.xml"] == [
        "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
    ]


RUN = st.text("甲乙，1 ", min_size=1, max_size=4).map(
    lambda words: f"<w:r><w:t xml:space='preserve'>{words}</w:t></w:r>"
)
INLINE = st.one_of(
    RUN,
    st.sampled_from(["<w:r><w:tab/></w:r>", "<w:r><w:t>丙</w:t><w:br/><w:t>丁</w:t></w:r>", "<w:proofErr/>"]),
    RUN.map(lambda run: f"<w:ins w:id='9' w:author='x'>{run}</w:ins>"),
    RUN.map(lambda run: f"<w:hyperlink w:anchor='x'>{run}{run}</w:hyperlink>"),
    st.just("<w:del w:id='8' w:author='x'><w:r><w:delText>删</w:delText></w:r></w:del>"),
)
BLOCK = st.lists(INLINE, max_size=5).map(lambda inlines: f"<w:p>{''.join(inlines)}</w:p>")
BODY = st.lists(
    st.one_of(
        BLOCK,
        st.just(styled("章", "A1")),
        st.lists(BLOCK, min_size=2, max_size=2).map(
            lambda cells: f"<w:tbl><w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr></w:tbl>"
        ),
    ),
    max_size=6,
).map("".join)


@settings(max_examples=60)
@given(BODY, st.integers(0, 99))
def test_any_span_of_any_document(tmp_path_factory: pytest.TempPathFactory, body: str, seed: int) -> None:
    file = save(tmp_path_factory.mktemp("any"), p("标题") + body, CHINESE + num(7, 1), CHINESE_STYLES)
    outline = Outline(None, None, None, None, None, "other", ())
    audit = Audit(Analysis(read(file), outline, (), ()), (), {})
    found = landed(with_findings(audit, random_spans(audit.analysis.text, 12, seed)), file.read_bytes())
    assert not found["wrong"]
    assert found["just"] or found["part"] or found["held"]


# --- what the comments say -------------------------------------------------------------------------------------------


def test_a_finding_is_told_with_its_places_and_corrections(tmp_path: Path) -> None:
    file = tmp_path / "云水乡.txt"
    file.write_text(FAULTY, encoding="utf-8")
    audit = analyzer.audit(str(file))
    data = commented(audit)
    lines = list(said(data).values())
    assert [line[0] for line in lines[1:]] == [
        "【1】警告 TXT003 标点误用：连用、半角、顿号错位",
        "【2】错误 ENU001 宣布的项数与实际列出的项数不一致",
    ]
    assert lines[1][2] == "建议：“,”改为“，”。"
    assert lines[2][1] == audit.findings[1].zh
    assert lines[2][2:] == [
        "列项1：“一是宣传形式不够多样；”",
        "列项2：“二是执法力量较为薄弱；”",
        "列项3：“三是制度落实不够到位。”",
    ]
    comment = next(iter(docx.Document(io.BytesIO(data)).comments))
    assert (comment.author, comment.initials) == ("analyzer 自查", "自查")
    assert comment.timestamp


def test_the_comment_on_the_title_sums_up(tmp_path: Path) -> None:
    file = tmp_path / "云水乡.txt"
    file.write_text(FAULTY, encoding="utf-8")
    audit = analyzer.audit(str(file))
    data = commented(audit)
    checks = sum(sum(counts.values()) for counts in audit.checks.values())
    assert anchored(data)[0] == "云水乡2023年法治政府建设工作总结"
    top = "\n".join(said(data)[0])
    assert top.startswith("自查情况：发现2处（错误 1，警告 1，提示 0）")
    assert f"用{len(audit.checks)}条规则检查，查到{checks}处可比对的内容" in top
    assert "由读出的文字生成" in top
    assert "Audit: 2 findings (error 1, warning 1, info 0)" in said(commented(audit, lang="en"))[0]


def test_places_far_away_get_a_short_comment_unless_they_are_many(tmp_path: Path) -> None:
    audit, _ = pointing(rich(tmp_path), "五十场", "表后")
    text = audit.analysis.text

    def shown(*quotes: str) -> dict[str, list[str]]:
        """Place → what its comment says, where the first finding speaks of `quotes`."""
        starts = [text.index(quote) for quote in quotes]
        ends = [start + len(quote) for start, quote in zip(starts, quotes, strict=True)]
        related = [Related.cut(text, start, end, role="part") for start, end in zip(starts, ends, strict=True)]
        first, second = audit.findings
        data = commented(replace(audit, findings=(replace(first, related=tuple(related)), second)))
        lines = said(data)
        return {place: lines[ident] for ident, place in anchored(data).items() if "有关" in lines[ident][0]}

    about = "与批注【1】（ENU001 宣布的项数与实际列出的项数不一致）有关"
    assert shown("项目", "链接") == {"项目": [f"{about}：分项1"], "链接": [f"{about}：分项2"]}
    assert shown("其中") == {}, "beside it"
    assert shown("表后") == {}, "it has one"
    assert shown("项目", "件数", "链接", "控件", "为高") == {}, "they are many"


def test_a_place_in_another_report_is_named_not_marked(tmp_path: Path) -> None:
    audit, _ = pointing(rich(tmp_path), "五十场")
    other = Related(0, 3, "四十场", role="previous", path="上年/云水乡_2022.docx")
    data = commented(replace(audit, findings=(replace(audit.findings[0], related=(other,)),)))
    assert said(data)[1][2:] == ["前面（云水乡_2022.docx）：“四十场”"]
    assert len(said(data)) == 2


def test_characters_that_no_file_can_hold(tmp_path: Path) -> None:
    file = tmp_path / "云水乡.txt"
    file.write_text(FAULTY.replace("三是制度", "三是\x01制度"), encoding="utf-8")
    data = commented(analyzer.audit(str(file)))
    assert "三是\ufffd制度" in all_text(data)
    assert "列项3：“三是\ufffd制度落实不够到位。”" in said(data)[2]


# --- reports that are no .docx ---------------------------------------------------------------------------------------


def test_a_text_becomes_a_document_with_headings(tmp_path: Path) -> None:
    file = tmp_path / "云水乡.txt"
    file.write_text(FAULTY.replace("全年调解", "（一）调解有力。全年调解"), encoding="utf-8")
    data = commented(analyzer.audit(str(file)))
    styles = [(each.style.name, each.text[:5]) for each in docx.Document(io.BytesIO(data)).paragraphs]
    assert styles == [
        *(("Title", "云水乡20"), ("Normal", "2023年"), ("Heading 1", "一、工作成")),
        *(("Normal", "（一）调解"), ("Heading 1", "二、存在的"), ("Normal", "当前还存在")),
    ]
    assert anchored(data)[2] == "两个方面"


@pytest.mark.parametrize(
    "name", ["映溪街道_2024_法治政府.txt", "映溪街道_2023_信息公开.html", "石磬乡_2023_工作总结.pdf"]
)
def test_each_comment_of_a_new_document_stands_at_just_the_words(name: str) -> None:
    own = analyzer.audit(str(CORPUS / name))
    audit = with_findings(own, random_spans(own.analysis.text, 100))
    data = commented(audit)
    places, lines = anchored(data), said(data)
    for ident, line in lines.items():
        if line[0].startswith("【"):
            number = int(line[0][1:].split("】")[0])
            assert bare(places[ident]) == bare(audit.findings[number - 1].quote)


def test_tables_stay_tables() -> None:
    report = read(CORPUS / "映溪街道_2023_信息公开.html")
    tables = docx.Document(io.BytesIO(commented(analyzer.audit(str(report.path))))).tables
    assert len(tables) == len({paragraph.cell[0] for paragraph in report.paragraphs if paragraph.cell})
    written = {cell.text for table in tables for row in table.rows for cell in row.cells}
    assert {report.text[each.start : each.end] for each in report.paragraphs if each.cell} <= {
        line for cell in written for line in cell.split("\n")
    }


def test_a_file_that_is_gone_is_made_from_its_text(tmp_path: Path) -> None:
    audit, _ = pointing(rich(tmp_path), "五十场")
    (tmp_path / "report.docx").unlink()
    assert anchored(commented(audit))[1] == "五十场"


def test_a_file_that_changed_since_it_was_read_is_not_taken(tmp_path: Path) -> None:
    audit, _ = pointing(rich(tmp_path), "五十场")
    save(tmp_path, p("另一份"))
    data = commented(audit)
    assert "另一份" not in all_text(data)
    assert anchored(data)[1] == "五十场"
    assert docx.Document(io.BytesIO(data)).tables[0].cell(0, 1).text == "件数\n（件）"


# --- the command -----------------------------------------------------------------------------------------------------


def test_one_report_into_one_file(tmp_path: Path) -> None:
    source, target = tmp_path / "云水乡.txt", tmp_path / "审查稿.docx"
    source.write_text(FAULTY, encoding="utf-8")
    assert run("audit", source, "--format", "docx", "--output", target).exit_code == 1
    assert "两个方面" in anchored(target.read_bytes()).values()
    target.unlink()
    assert run("audit", source, "--format", "docx", "--output", tmp_path).exit_code == 1
    assert (tmp_path / "云水乡.审查.docx").is_file()


def test_a_folder_into_a_folder(tmp_path: Path) -> None:
    source, target = tmp_path / "报告", tmp_path / "结果"
    for name in ("2023/云水乡.txt", "2024/云水乡.txt", "2024/云水乡.md"):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(FAULTY, encoding="utf-8")
    (source / "坏.docx").write_bytes(b"PK")
    result = run("audit", source, "--format", "docx", "--output", target)
    assert result.exit_code == 2
    assert f"已写入3份到文件夹 {target}" in result.stderr
    assert "坏.docx" in result.stderr
    assert sorted(str(each.relative_to(target)) for each in target.rglob("*.docx")) == [
        *("2023/云水乡.审查.docx", "2024/云水乡.md.审查.docx", "2024/云水乡.txt.审查.docx")
    ]


def test_the_reports_of_an_archive_are_several(tmp_path: Path) -> None:
    archive, target = tmp_path / "报告.zip", tmp_path / "结果"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("云水乡.txt", FAULTY)
        packed.write(rich(tmp_path), "石磬乡.docx")
    assert "请给出文件夹" in run("audit", archive, "--format", "docx", "--output", tmp_path / "审查稿.docx").stderr
    assert "已写入2份" in run("audit", archive, "--format", "docx", "--output", target).stderr
    copied = (target / "石磬乡.审查.docx").read_bytes()
    assert all_text(copied) == all_text(rich(tmp_path).read_bytes())
    assert said(copied)[0][-1].startswith("本文件是加了批注的副本")


def test_what_was_written_is_no_report_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "云水乡.txt").write_text(FAULTY, encoding="utf-8")
    for _ in range(2):
        assert "已写入1份" in run("audit", tmp_path, "--format", "docx", "--output", tmp_path).stderr
    assert sorted(each.name for each in tmp_path.iterdir()) == ["云水乡.txt", "云水乡.审查.docx"]


def test_a_report_is_never_overwritten(tmp_path: Path) -> None:
    one, written = tmp_path / "云水乡.txt", tmp_path / "云水乡.审查.docx"
    one.write_text(FAULTY, encoding="utf-8")
    result = run("audit", one, "--output", one)
    assert result.exit_code == 2
    assert "不能覆盖" in result.stderr
    before = rich(tmp_path).rename(written).read_bytes()
    assert "已写入2份" in run("audit", one, written, "--format", "docx", "--output", tmp_path).stderr
    assert written.read_bytes() == before
    assert one.read_text(encoding="utf-8") == FAULTY


@pytest.mark.parametrize(
    ("sources", "options", "words"),
    [
        (["甲.txt", "乙.txt"], ["--format", "docx", "--output", "审查稿.docx"], "请给出文件夹"),
        (["."], ["--format", "docx", "--output", "审查稿.docx"], "请给出文件夹"),
        (["."], ["--format", "docx"], "要写入文件夹"),
        (["甲.txt"], ["--format", "json", "--output", "."], "请给出文件名"),
    ],
)
def test_outputs_that_cannot_be_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sources: list[str], options: list[str], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("甲.txt", "乙.txt"):
        (tmp_path / name).write_text(FAULTY, encoding="utf-8")
    result = CliRunner().invoke(app, ["audit", *sources, *options], env={"COLUMNS": "300"})
    assert result.exit_code == 2
    assert words in result.stderr
    assert sorted(each.name for each in tmp_path.iterdir()) == ["乙.txt", "甲.txt"]


def test_a_report_that_cannot_be_read_leaves_no_file(tmp_path: Path) -> None:
    source, target = tmp_path / "空.docx", tmp_path / "审查稿.docx"
    source.touch()
    result = run("audit", source, "--format", "docx", "--output", target)
    assert result.exit_code == 2
    assert "0 字节" in result.stderr
    assert not target.exists()


# --- another program -------------------------------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_the_comments_at_these_words(tmp_path: Path) -> None:
    quotes = ("调解", "86件\n其中", "宣传五十", "接的字控", "项目\t件", "止。")
    _, data = pointing(rich(tmp_path), *quotes)
    (tmp_path / "审查稿.docx").write_bytes(data)
    profile = (tmp_path / "profile").as_uri()
    command = ["soffice", "--headless", f"-env:UserInstallation={profile}", "--convert-to", "fodt", "审查稿.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    shown = annotated(etree.parse(tmp_path / "审查稿.fodt").getroot())
    assert [shown[number] for number in range(1, len(quotes) + 1)] == ["".join(quote.split()) for quote in quotes]


def annotated(root: etree._Element) -> dict[int, str]:
    """The words of an OpenDocument text at which each comment stands, by the number that it begins with."""
    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    found: dict[str, str] = {}
    numbers: dict[int, str] = {}

    def walk(element: etree._Element, open_: set[str]) -> None:
        if element.tag == office + "annotation":
            said = "".join(element.itertext())
            name = element.get(office + "name", "")
            open_.add(name)
            found[name] = ""
            if "【" in said:
                numbers[int(said.split("【")[1].split("】")[0])] = name
        else:
            if element.tag == office + "annotation-end":
                open_.remove(element.get(office + "name", ""))
            add(element.text, open_)
            for child in element:
                walk(child, open_)
        add(element.tail, open_)

    def add(words: str | None, open_: set[str]) -> None:
        for name in open_:
            found[name] += "".join((words or "").split())

    walk(root.find(f"{office}body"), set())
    return {number: found[name] for number, name in numbers.items()}
