"""Web pages: the article, without the menus, links and marks of the site around it.

The article is the smallest part of the page that holds all its running prose (after the idea of Readability: prose has
punctuation and few links). Where it is in doubt more is kept, not less.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable

from lxml import html  # type: ignore[import-untyped]

from analyzer.errors import UnreadableReport
from analyzer.readers import txt
from analyzer.readers.html_lines import Element, Line, lines_of
from analyzer.readers.pieces import Piece, compose
from analyzer.records import Part, Report

_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_XML = re.compile(r"^\s*<\?xml[^>]*\?>")

_PARAGRAPHS = {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dd", "dt", "blockquote", "pre"}
_SIDE_TAGS = {"nav", "footer", "aside", "header"}
_PROSE = re.compile("[，。；！？]")
_NUMBERED = re.compile(r"第?[（(]?[一二三四五六七八九十]{1,3}[）)、是章节条]")
# Lines of the site and not of the report, wherever they stand …
_SITE = re.compile(
    r"(?:您?(?:的|现在)?(?:当前)?(?:所在)?的?位置(?:是)?\s*[:：]|当前位置|版权所有|Copyright|主办(?:单位)?\s*[:：]|承办(?:单位)?\s*[:：]"
    r"|技术支持|网站标识码|网站地图|[^，。]{0,4}ICP备|[^，。]{0,4}公网安备|建议使用|分享到|分享\s*[:：]|扫一扫|上一[篇条]\s*[:：]|下一[篇条]\s*[:：]"
    r"|[【\[]?(?:打印|关闭|收藏|返回)(?:本页|此页|窗口|顶部)?[】\]]?(?:\s|$)|[【\[]?字(?:号|体)(?:大小)?\s*[:：]?\s*[【\[]?\s*[大中小T+-]"
    r"|(?:浏览|阅读|点击|访问)(?:次数|量|数)\s*[:：]|责任编辑\s*[:：]|(?:信息)?来源\s*[:：].*(?:时间|日期|字号|浏览|打印)"
    r"|(?:发布|发文|更新|成文)?(?:时间|日期)\s*[:：]\s*\d{4}[-年./]\d{1,2}[-月./]\d{1,2})",
    re.IGNORECASE,
)
# … and the names that sites give to the parts that are not the article.
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:foot|footer|bottom|copyright|nav|navbar|menu|breadcrumbs?|position|location|crumbs?|shares?|side|sidebar"
    r"|aside|related|recommend|hot|links?|banner|header|search|login|toolbar|comments?|qrcode|pagination)(?=$|[\s_\d-])",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(r"[\d〇○一二三四五六七八九十]{4}年\S{1,3}月\S{1,3}日$")
_REPORT = re.compile("报告|总结|年报|公报|情况|意见|通知|方案|计划")
_SIDE_HEAD = re.compile(
    r"(?:相关|推荐|延伸|热点|热门|最新|更多|关联)(?:阅读|链接|新闻|文章|信息|稿件|推荐|资讯|文档|文件|内容)|(?:点击|阅读)?排行榜?|猜你喜欢|友情链接"
)
_SUBTITLE = re.compile(r"——|[（(][^（()）]{0,30}年[^（()）]{0,30}日[^（()）]{0,30}[）)]$|.*会议上[）)]?$")
_TITLE_ENDS = re.compile(r"\s*[_|｜]\s*|\s+[-—–]+\s+|(?<=[^\d])-+(?=[^\d])")

_NO_ARTICLE = "网页里没有找到正文（可能在框架里或由脚本加载）。请在浏览器中打开，把正文复制到 Word 中另存为 .docx。"


def read(data: bytes, path: str) -> Report:
    """Report of an HTML page's bytes. Raises UnreadableReport for a page whose characters or end are lost."""
    source = _NOT_TEXT.sub("", _XML.sub("", decode(data)))
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    page = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise UnreadableReport("网页的层次过深，读不全。请在浏览器中打开，把正文复制到 Word 中另存为 .docx。")
    if page.body is None:
        raise UnreadableReport(_NO_ARTICLE)
    everything = lines_of(page.body)
    article = find_article(everything)
    pieces = [
        Piece(line.words, line.level, part=Part.TABLE if line.cell else Part.BODY, cell=line.cell) for line in article
    ]
    report = compose([*_missing_title(page, everything, article), *pieces], path, "html")
    if "\ufffd" in report.text:
        raise UnreadableReport("网页正文里有损坏的文字（“�”）。请重新保存网页，或把正文复制到 Word 中另存为 .docx。")
    return report


def decode(data: bytes) -> str:
    """The page's characters. UTF-8 is believed first, for saved pages keep the charset that they once had."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = _CHARSET.search(data[:8192])
    name = declared[1].decode("ascii").lower() if declared else ""
    if name.startswith("gb") or name in ("utf-8", "utf8", "big5", "big5-hkscs"):
        encoding = "gb18030" if name.startswith("gb") else name
        # A byte lost in a menu does no harm; `read` refuses a page that lost one in the article.
        text = data.decode(encoding, "replace")
        if text.count("\ufffd") <= len(text) // 1000:
            return text
    return txt.decode(data)


def find_article(lines: list[Line]) -> list[Line]:
    """The lines of the article among all lines of a page; all of them where no prose is found."""
    weights: defaultdict[Element, float] = defaultdict(float)
    for line in lines:
        if weight := _weight(line):
            parent = line.block.getparent()
            alone = 0.0 if line.block.tag in _PARAGRAPHS else 1.0
            weights[line.block] += alone * weight
            weights[parent] += (1 - alone / 2) * weight  # paragraphs stand side by side in the article
    if not weights:
        if sum(line.linked for line in lines) * 2 > sum(len(line.words) for line in lines):
            raise UnreadableReport(_NO_ARTICLE)
        return lines
    core = max(weights, key=lambda element: weights[element])
    # Boxes that a heading such as 相关阅读 names.
    boxes = {line.block.getparent() for line in lines if _SIDE_HEAD.fullmatch(line.words)} - {
        core,
        *core.iterancestors(),
    }
    around = [ancestor for ancestor in core.iterancestors("*") if ancestor.tag != "html"]
    climb = _climber({core, *around}, boxes)
    reached = {climb(line.block) for line in lines if _weight(line)}
    article = next((each for each in reversed(around) if (each, False) in reached), core)
    inside, below = set(core.iter()), set(article.iter())
    climb = _climber({core, article}, boxes)
    kept = [
        line
        for line in lines
        if line.block in inside
        or (line.block in below and climb(line.block) == (article, False) and line.linked * 2 <= len(line.words))
    ]
    prose = [number for number, line in enumerate(kept) if _weight(line)]
    return [line for number, line in enumerate(kept) if prose[0] <= number <= prose[-1] or not _SITE.match(line.words)]


def _weight(line: Line) -> int:
    """How much running prose a line is."""
    free = len(line.words) - line.linked
    if _SITE.match(line.words) or line.linked > free:
        return 0
    prose = (free >= 10 and _PROSE.search(line.words)) or _NUMBERED.match(line.words) or _DATE_LINE.match(line.words)
    return free if prose else 0


def _climber(stops: set[Element], boxes: set[Element]) -> Callable[[Element], tuple[Element, bool]]:
    """Function from an element to the first of `stops` that it is or stands in, and whether it stands apart there.

    Apart is what is in one of `boxes`, or in what is named as a side part. Each element is looked at once.
    """
    known: dict[Element, tuple[Element, bool]] = {stop: (stop, False) for stop in stops}

    def climb(element: Element) -> tuple[Element, bool]:
        path = []
        while element is not None and element not in known:
            path.append(element)
            element = element.getparent()
        stop, apart = known.get(element, (None, False))
        for each in reversed(path):
            apart = apart or each in boxes or _is_side(each)
            known[each] = stop, apart
        return stop, apart

    return climb


def _is_side(element: Element) -> bool:
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return element.tag in _SIDE_TAGS or _FURNITURE.search(names) is not None


def _missing_title(page: Element, everything: list[Line], article: list[Line]) -> list[Piece]:
    """The report's title, where it stands above the article or only in the page's head."""
    named = page.xpath("//meta[translate(@name, 'ARTICLE', 'article')='articletitle']/@content")
    names = [*named, *(title.text_content() for title in page.iter("title"))]
    head = _bare(names[0]) if names else ""
    first = everything.index(article[0]) if article else 0
    above = [line for line in everything[:first] if line.linked * 2 <= len(line.words) and not _SITE.match(line.words)]
    shown = [line for line in above if len(line.words) >= 4 and (_bare(line.words) in head or line.level == 1)]
    title, level = "", None
    if shown:
        best = max(shown, key=lambda line: (_bare(line.words) in head, len(line.words)))
        title, level = best.words, best.level
    elif named:
        title = named[0].strip()
    elif names:
        segments = [segment.strip() for segment in _TITLE_ENDS.split(names[0]) if segment.strip()]
        title = next((segment for segment in segments if _REPORT.search(segment)), segments[0] if segments else "")
    opening = _bare("".join(line.words for line in article[:4]))
    if not title or _bare(title) in opening:
        return []
    below = [line for line in above if line not in shown and _SUBTITLE.match(line.words)]
    return [Piece(title, level), *(Piece(line.words, line.level) for line in below)]


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)
