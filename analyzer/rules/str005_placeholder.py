"""STR005: a placeholder left in: XX, ××, ___, 待补充, 某某."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import chain

from analyzer.lexicon import load
from analyzer.records import Analysis, Check, Part, Quote
from analyzer.rules import CONSISTENT, DOUBTFUL, inconsistent, rule

# Any run of one of these may be a placeholder. Found by one fast scan, then judged by the signs around it.
_RUN = re.compile(r"([XxＸｘ×✕╳某_＿*?？○◯〇□])\1+")
# A blank to be filled in: ____, 20**年, ？？万元, ○○镇, □□. But 二○○五年 is a year.
_UNIT = r"(?:[年月日%％]|万?元|亿元|件|户|人次|亩|公里)"
_BLANK = re.compile(
    r"(?<![A-Za-z0-9_/＿])(?:_{3,}|＿{2,})(?![A-Za-z0-9_＿])"
    rf"|(?<=20)\*\*(?=年)|\*{{2,}}(?={_UNIT})"
    rf"|[？?]{{2,}}(?={_UNIT})|(?<=[\u4e00-\u9fff])\?{{2,}}(?=[\u4e00-\u9fff])"
    r"|(?<![一二三四五六七八九十〇○◯0-9])[○◯〇]{2,}(?![一二三四五六七八九十〇○◯0-9年])|□{2,}"
)
# XX and its like, but not in a word, model or address: XXL, XX-100, www.xxx.cn, 3××5.
_NAME = re.compile(r"(?<![A-Za-z.@/_&=-])(?:(?<!\d)|(?<=20))([XxＸｘ×✕╳某])\1+(?![A-Za-z0-9.@/_=]|-[A-Za-z0-9])")
# A figure that was never written: 2023年 月 日, 增长%, 提高个百分点, 投入资金万元.
_MISSING = [
    re.compile(r"\d{4}年[ 　]*月[ 　]*日"),
    re.compile(r"(?:增长|下降|提高|降低|减少|达到)了?[ 　]*(?:[%％](?![\d（(])|个百分点)"),
    re.compile(r"(?:投入|投资|资金|完成)[ 　]*(?:万元|亿元)(?=[，。；、])"),
]
_TAIL = re.compile(r"[^，。；：、！？\s（）()]{0,6}")
_BOLD = 300  # words in bold are shorter
_SHORT = 15  # a heading of a table's column (比上年增长%) is shorter


@rule("STR005", "placeholder", "warning")
def placeholder(analysis: Analysis) -> Iterator[Check]:
    """占位符未替换 / A placeholder left in the text

    查什么：XX、××、某某、20XX年、___、？？万元、○○、（待补充）（此处……）等占位符，
        以及漏填的数字和日期（“增长%”“2023年 月 日”）。
    为什么：说明这里还缺名称、数字或日期，不能定稿。
    依据：公文定稿的通行要求；《党政机关公文处理工作条例》第十九条（内容准确、情况真实）。
    不报：案例中隐去的人名（李某某、张××），乘号，网址和型号里的字母，“二○○五年”，
        加粗、分隔用的星号和横线，“有待补充”，表头“增长%”。

    Checks: XX, ××, 某某, 20XX年, ___, ？？万元, ○○, bracketed notes such as （待补充）, and figures or dates never
        filled in (增长%, 2023年 月 日).
    Why: a name, a figure or a date is still missing.
    Source: Regulations on official documents of party and government organs (2012), article 19.
    Not flagged: withheld names of persons in cases (李某某), multiplication signs, letters in addresses and models,
        二○○五年, asterisks and underscores as layout, 有待补充, headings of table columns.
    """
    text = analysis.text
    phrases, figures, places, cases = _lexicon()
    seen = False
    blanks = (_BLANK.match(text, run.start()) for run in _RUN.finditer(text))
    for match in chain(filter(None, blanks), *(pattern.finditer(text) for pattern in (*_MISSING, *phrases))):
        if not _is_layout(analysis, match):
            seen = True
            yield _check(text, match)
    for match in filter(None, (_NAME.match(text, run.start()) for run in _RUN.finditer(text))):
        seen = True
        if figures.match(text, match.end()):
            yield _check(text, match)
        elif _hides_a_name(text, match) and not places.match(text, match.end()):
            yield CONSISTENT
        elif cases.search(text, max(0, match.start() - 30), match.end() + 30):
            yield DOUBTFUL
        else:
            yield _check(text, match)
    if not seen:
        yield CONSISTENT  # the whole text was looked through


def _check(text: str, match: re.Match[str]) -> Check:
    start, end = match.span()
    tail = _TAIL.match(text, end)
    return inconsistent(
        Quote.cut(text, start, tail.end() if tail else end),
        f"“{match.group()}”像是起草时留下的占位符，这里的名称、数字或日期还没有填上，请补全或删去。",
        f"{match.group()} looks like a placeholder: a name, figure or date is still missing here.",
    )


def _hides_a_name(text: str, match: re.Match[str]) -> bool:
    """Whether a family name stands before the signs: 朱某某, 张××. A particle or a mark there means a blank."""
    before = text[match.start() - 1 : match.start()]
    return "\u4e00" <= before <= "\u9fff" and before not in "在对向由的与和及了至到为于给从将请是增长达约共年第"


def _is_layout(analysis: Analysis, match: re.Match[str]) -> bool:
    """Asterisks that set words in bold, lines of underscores, the % of a table's heading."""
    paragraphs = analysis.report.paragraphs
    number = bisect_right(paragraphs, match.start(), key=lambda paragraph: paragraph.start) - 1
    if number < 0:
        return False
    paragraph = paragraphs[number]
    words = match.group()
    if words.startswith("*"):
        start, end = max(paragraph.start, match.start() - _BOLD), min(paragraph.end, match.end() + _BOLD)
        return analysis.text.count("**", start, end) % 2 == 0
    if words[0] in "_＿":
        return paragraph.end - paragraph.start == len(words)
    if words[-1] in "%％点":
        return paragraph.part is Part.TABLE or paragraph.end - paragraph.start < _SHORT
    return False


@cache
def _lexicon() -> tuple[list[re.Pattern[str]], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """The phrases, what follows a blank for a figure or a place, and the words of a reported case."""
    lexicon = load("placeholders")
    phrases = [re.compile(entry["pattern"]) for entry in lexicon["phrases"]]
    figures, places, cases = (
        re.compile("|".join(word for entry in lexicon[key] for word in entry["words"]))
        for key in ("figures", "places", "cases")
    )
    return phrases, figures, places, cases
