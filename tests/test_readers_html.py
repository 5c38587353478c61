"""Web pages in the style of government sites: the article must come out whole, and nothing of the site with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.errors import UnreadableReport
from analyzer.readers import read
from analyzer.records import Part, Report

TITLE = "清河镇2023年法治政府建设工作报告"
BODY = [
    "2023年，清河镇坚持以习近平法治思想为指导，全面推进法治政府建设，现将有关情况报告如下：",
    "一、主要举措和成效",
    "（一）强化组织领导，压实工作责任。一是召开党政联席会议12次；二是开展集中学法6次，覆盖干部320余人次。",
    "（二）规范行政执法。",
    "全年办理行政处罚案件18件，其中一般程序5件、简易程序13件。",
    "1.加强执法培训。",
    "持证人员由8人增加到11人。",
    "二、存在的不足和原因",
    "一是执法力量不足，专业人员偏少。",
    "三、2024年工作安排",
    "继续完善制度，力争办结率达到100%。",
    "清河镇人民政府",
    "2024年1月15日",
]
MENU = "<div class='nav'><ul>" + "".join(
    f"<li><a href='#'>{name}</a></li>" for name in ["首页", "政务公开", "政务服务", "互动交流", "走进清河"]
) + "</ul></div><div class='place'>您的位置：<a>首页</a>&gt;<a>政务公开</a>&gt;<a>法治政府建设</a></div>"  # fmt: skip
MARKS = (
    "<div class='info'><span>来源：清河镇</span><span>发布时间：2024-01-16</span>"
    "<span>浏览次数：<script>w(1)</script>35次</span>"
    "<span>字号：【<a>大</a> <a>中</a> <a>小</a>】</span><a>打印</a></div>"
)
SHARE = "<div class='share'>分享到：<a>微信</a><a>微博</a></div>"
RELATED = "<div class='xg'><h3>相关链接</h3>" + "".join(
    f"<div><a>清河镇召开第{n}次工作会议</a><p>近日，清河镇召开会议，研究部署重点工作，镇主要领导参加会议。</p></div>"
    for n in range(1, 6)
) + "</div>"  # fmt: skip
FOOT = (
    "<div class='footer'><p>版权所有：清河镇人民政府　主办：清河镇党政办公室</p>"
    "<p>地址：清河镇人民路8号　电话：0000-1234567，邮编：000000</p>"
    "<p><a>网站地图</a> 网站标识码：0000000000 ICP备00000000号</p></div>"
)


def page(article: str, charset: str = "utf-8", title: str = TITLE + "_清河镇人民政府网") -> str:
    return (
        f"<!DOCTYPE html><html><head><meta http-equiv='Content-Type' content='text/html; charset={charset}'>"
        f"<title>{title}</title><style>p{{}}</style><script>var a='<p>不要</p>';</script></head><body>{MENU}"
        f"<div class='main'>{article}</div>{RELATED}{FOOT}</body></html>"
    )


def tagged(lines: list[str], tag: str = "p") -> str:
    return "".join(f"<{tag}>　　{line}</{tag}>" for line in lines)


def old_table(lines: list[str]) -> str:
    return (
        f"<table><tr><td width=200>{RELATED}</td><td><table><tr><td align=center>{TITLE}</td></tr>"
        f"<tr><td>{MARKS}</td></tr>"
        f"<tr><td>{'<BR>'.join('&nbsp;&nbsp;' + line for line in lines)}</td></tr></table></td></tr></table>"
    )


LAYOUTS = {
    "paragraphs": f"<h1>{TITLE}</h1>{MARKS}<div class='TRS_Editor'>{tagged(BODY)}</div>{SHARE}",
    "breaks": f"<div class='tit'>{TITLE}</div>{MARKS}<div>{'<br/>'.join('&nbsp;' + x for x in BODY)}</div>{SHARE}",
    "divisions": f"<h2>{TITLE}</h2>{MARKS}<div id='con'>{tagged(BODY, 'div')}</div>{SHARE}",
    "spans": f"<h1>{TITLE}</h1>{MARKS}<div>"
    + "".join(f"<p class='MsoNormal'><span>{x[:6]}</span><b><font>{x[6:]}</font></b></p>\n" for x in BODY) + "</div>",
    "sections": f"<h1>{TITLE}</h1>{MARKS}<div>"
    + "".join(f"<section><section><span>{x}</span></section></section>" for x in BODY) + "</div>",
    "split": f"<h1>{TITLE}</h1>{MARKS}<div><div>{tagged(BODY[:5])}</div><div>{tagged(BODY[5:])}</div></div>",
    "title inside": f"<div>{MARKS}<div class='art'>{tagged([TITLE, *BODY])}</div></div>",
    "title in the head only": f"<div>{tagged(BODY)}</div>",
    "linked heading": f"<h1>{TITLE}</h1><div>{tagged(BODY[:3])}<p><a>{BODY[3]}</a></p>{tagged(BODY[4:])}</div>",
    "hidden text": f"<h1>{TITLE}</h1><div>{tagged(BODY[:4])}"
    "<p style='display: none'>藏起来的话，不应出现在报告里面。</p><!-- 注 --><p hidden>也藏</p>"
    f"<noscript>请启用脚本，谢谢。</noscript>{tagged(BODY[4:])}</div>",
    "old tables": old_table(BODY),
}  # fmt: skip


def read_page(folder: Path, source: str, encoding: str = "utf-8") -> Report:
    path = folder / "page.html"
    path.write_bytes(source.encode(encoding))
    return read(path)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_article_and_nothing_else(tmp_path: Path, layout: str) -> None:
    report = read_page(tmp_path, page(LAYOUTS[layout]))
    assert report.text.split("\n") == [TITLE, *BODY]


def test_characters_beyond_the_declared_gb2312_are_kept(tmp_path: Path) -> None:
    more = "联系人：朱镕，地址：五顷塬村。"
    report = read_page(tmp_path, page(f"<h1>{TITLE}</h1><div>{tagged([*BODY, more])}</div>", "gb2312"), "gb18030")
    assert report.text.split("\n") == [TITLE, *BODY, more]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_the_bytes_say_is_believed_over_the_declaration(tmp_path: Path, encoding: str) -> None:
    assert read_page(tmp_path, page(LAYOUTS["paragraphs"], "gb2312"), encoding).text.split("\n") == [TITLE, *BODY]


def test_tables_stay_cell_by_cell(tmp_path: Path) -> None:
    table = (
        "<table><tr><th rowspan=2>项目</th><th colspan=2>件数</th></tr><tr><td>上年</td><td><p>本年</p></td></tr>"
        "<tr><td>许可</td><td>3</td><td>15<br>（预计）</td></tr></table>"
    )
    report = read_page(tmp_path, page(f"<h1>{TITLE}</h1><div>{tagged(BODY[:5])}{table}{tagged(BODY[5:])}</div>"))
    cells = {(p.cell, report.text[p.start : p.end]) for p in report.paragraphs if p.part is Part.TABLE}
    assert cells == {
        *(((0, 0, 0), "项目"), ((0, 0, 1), "件数"), ((0, 1, 1), "上年"), ((0, 1, 2), "本年")),
        *(((0, 2, 0), "许可"), ((0, 2, 1), "3"), ((0, 2, 2), "15"), ((0, 2, 2), "（预计）")),
    }
    assert report.text.split("\n")[5:11] == [BODY[4], "项目\t件数", "上年\t本年", "许可\t3\t15", "（预计）", BODY[5]]


def test_headings_keep_their_level_and_entities_are_decoded(tmp_path: Path) -> None:
    article = f"<h1>{TITLE}</h1><div>{tagged(BODY[:1])}<h2>一、甲&amp;乙</h2>"
    article += "<p>面积&lt;3亩，计&#49;2处。\n共\n5件，the\nlaw。</p></div>"
    report = read_page(tmp_path, page(article))
    assert report.text.split("\n")[2:] == ["一、甲&乙", "面积<3亩，计12处。共5件，the law。"]
    assert [paragraph.level for paragraph in report.paragraphs] == [1, None, 2, None]


def test_a_subtitle_above_the_article_is_kept(tmp_path: Path) -> None:
    subtitle = "——2024年1月15日在清河镇第三届人民代表大会第四次会议上"
    article = f"<h1>{TITLE}</h1><div class='sub'>{subtitle}</div>{MARKS}<div>{tagged(BODY)}</div>"
    assert read_page(tmp_path, page(article)).text.split("\n") == [TITLE, subtitle, *BODY]


def test_text_beside_the_paragraphs_is_kept(tmp_path: Path) -> None:
    article = f"<h1>{TITLE}</h1><div>{BODY[0]}{tagged(BODY[1:4])}{BODY[4]}<br>{tagged(BODY[5:])}</div>"
    assert read_page(tmp_path, page(article)).text.split("\n") == [TITLE, *BODY]


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (f"<html><body>{MENU}<div id='app'></div></body></html>", "正文.*复制到 Word"),
        ("<html><frameset><frame src='a.html'></frameset></html>", "正文.*复制到 Word"),
        ("<html><body>" + "<div>" * 400 + "<p>清河镇，深处。</p></body></html>", "层次过深.*复制到 Word"),
    ],
)
def test_pages_without_a_readable_article_are_refused(tmp_path: Path, source: str, says: str) -> None:
    with pytest.raises(UnreadableReport, match=says):
        read_page(tmp_path, source)


def test_a_broken_byte_in_the_article_is_refused_but_not_one_in_the_menu(tmp_path: Path) -> None:
    source = page(LAYOUTS["paragraphs"] * 8, "gb2312").encode("gb18030")
    path = tmp_path / "a.html"
    path.write_bytes(source.replace("走进清河".encode("gb18030"), "走进清".encode("gb18030") + b"\xff"))
    assert BODY[-1] in read(path).text
    path.write_bytes(source.replace("持证人员".encode("gb18030"), b"\xff" + "持证人员".encode("gb18030"), 1))
    with pytest.raises(UnreadableReport, match="损坏"):
        read(path)


def test_a_table_beyond_measure_is_read_as_lines(tmp_path: Path) -> None:
    row = "<tr>" + "<td rowspan=100 colspan=100>格</td>" * 30 + "</tr>"
    file = tmp_path / "a.html"
    file.write_text(
        f"<body><p>正文，内容，很多。</p><table>{row * 2}</table><p>后文，内容，很多。</p></body>", encoding="utf-8"
    )
    report = read(file)
    assert report.text.count("格") == 60
    assert {paragraph.cell for paragraph in report.paragraphs} == {None}
