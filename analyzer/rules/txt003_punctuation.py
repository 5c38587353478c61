"""TXT003: marks doubled by mistake, half-width marks in Chinese text, 、 where a comma belongs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from analyzer.lexicon import load
from analyzer.records import Analysis, Check, Edit, Part, Quote, Related, Report
from analyzer.rules import CONSISTENT, NOT_ASSESSABLE, inconsistent, rule

# Two marks in a row. ！！ and ？！ are emphasis, so one of the others must take part.
_PAIR = re.compile(
    r"[。，、；：！？,;:.!?“‘《（【][ 　]{0,2}[。，、；：！？,;:.!）)》】”’]"
)  # one fast scan, then _DOUBLED
_DOUBLED = re.compile(
    r"[！？!?]{0,3}[。，、；：][ 　]{0,2}[。，、；：！？,;:.!]+"
    r"|[！？]{1,3}[ 　]{0,2}[。，、；：]+"
    r"|(?<=[\u4e00-\u9fff”）》%％])[,;:.!?][。，、；：]+"
    r"|[，、；：]+(?=[）)》】])|、(?=[”’])|(?<=[“‘《（【])[，。、；：]+"
)
_WORDS_BEFORE = re.compile(r"[^，。；：、！？,;:!?\s\\]{0,8}$")
_WORDS_AFTER = re.compile(r"[^，。；：、！？,;:!?\s\\]{0,8}")

# A half-width mark after a Chinese character, a closing mark or %, and no number such as 第一:2 around it.
_HALF_MARK = re.compile(
    r"[,;:?!](?:(?<=[\u4e00-\u9fff”’》）】〕%％].)(?!(?<=[一二三四五六七八九十].)\d)"
    r"|(?<=\d[,;])(?=[\u4e00-\u9fff“])|(?<=[。；]\?))"
)
_HALF_BRACKETS = re.compile(r"\([^()（）\n]{1,80}\)")
_CHINESE = re.compile(r"[\u4e00-\u9fff]|\((?<=[\u4e00-\u9fff”]\()")  # Chinese inside the brackets or before them
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（"}
_NAMES = {",": "逗号", ";": "分号", ":": "冒号", "?": "问号", "!": "叹号", "(": "括号"}
_ENGLISH = {",": "comma", ";": "semicolon", ":": "colon", "?": "question mark", "!": "exclamation mark", "(": "bracket"}
_LOST = "如果这里不是问句，可能是转换编码时丢失的符号。"
_ENTITY = re.compile(r"&#x?[0-9A-Fa-f]{1,6}\Z")  # what &#8220; leaves before its semicolon

# Corrections that nobody need judge: one mark of two equal ones, the full-width twin of a half-width mark. Not where
# another mark follows, for then it is open which of them stays; not a half-width ?, which may be a lost sign.
_EQUAL = re.compile(r"([。，、；：])[ 　]{0,2}\1")
_MARK_BEHIND = re.compile(r"[ 　]{0,2}[，。、；：！？,;:.!?）)》】”’]")

_SINGLY = 3  # up to so many half-width marks of a kind are reported one by one
_SHOWN = 20

_LINE_END = re.compile(r"、[ 　\t]*(?:\n|\\r\\n)\s*(?=\S)")
_NEW_ITEM = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|[①-⑳]|[—·●]")


@rule("TXT003", "punctuation", "warning")
def punctuation(analysis: Analysis) -> Iterator[Check]:
    """标点误用：连用、半角、顿号错位 / Doubled marks, half-width marks, 、 where a clause begins

    查什么：“。。”“，。”“、，”等标点连用；汉字之间的半角逗号、分号、冒号、问号、叹号和括号；
        新的分句前误用顿号（“……解决、全力将……”“、其中”）；行末留下顿号就换行。
    为什么：标点连用和半角标点多是修改、粘贴留下的痕迹；顿号错位会让读者把下一句当成并列项。
    依据：GB/T 15834—2011《标点符号用法》4.1—4.9、5.1；GB/T 9704—2012 公文格式。
    不报：省略号、破折号，“！！”“？！”，数字里的 10:30、1:3、1,100，“第1,2条”，网址和英文；
        通篇使用半角的文本只汇总提示一次；按版面硬换行的文本不查行末。

    Checks: doubled marks (。。 ，。), half-width marks and brackets between Chinese characters,
        the enumeration comma 、 before a new clause or at a line's end.
    Why: doubled and half-width marks are left over from editing and pasting; a misplaced 、 joins what is not parallel.
    Source: GB/T 15834-2011 (punctuation) 4.1 to 4.9, 5.1; GB/T 9704-2012.
    Not flagged: …… and ——, ！！ and ？！, marks inside numbers (10:30, 1:3, 1,100), addresses and English;
        a text that uses half-width marks throughout gets one note; line ends of hard-wrapped text.
    """
    report = analysis.report
    starts = [paragraph.start for paragraph in report.paragraphs]
    faulty: set[int] = set()
    for check in _faults(report):
        if check.quote:
            faulty.add(bisect_right(starts, check.quote.start))
        yield check
    yield from [CONSISTENT] * (len(starts) - len(faulty))


def _faults(report: Report) -> Iterator[Check]:
    yield from _doubled(report.text)
    yield from _half_width(report.text)
    yield from _before_clauses(report.text)
    yield from _at_line_ends(report)


def _around(text: str, start: int, end: int) -> Quote:
    before = _WORDS_BEFORE.search(text, max(0, start - 8), start)
    after = _WORDS_AFTER.match(text, end)
    return Quote.cut(text, before.start() if before else start, after.end() if after else end)


def _doubled(text: str) -> Iterator[Check]:
    stop = 0
    for pair in _PAIR.finditer(text):
        match = _DOUBLED.match(text, pair.start())
        if not match or match.start() < stop:
            continue
        stop, marks = match.end(), match.group()
        if marks == "。" * len(marks) and len(marks) > 2:
            advice, english = "如表示省略，请用“……”", "write …… for an ellipsis"
        else:
            advice, english = "请只留一个", "keep one of them"
        if len(marks.replace(" ", "").replace("　", "")) > 1:
            zh, en = f"标点“{marks}”连用，{advice}。", f"Marks in a row: {marks}; {english}."
        else:
            zh, en = (
                f"“{marks}”紧挨着括号或引号，多半是多余的，请删去。",
                f"A stray {marks} beside a bracket or quotation mark.",
            )
        yield inconsistent(_around(text, *match.span()), zh, en, edits=_edit(text, match))


def _edit(text: str, match: re.Match[str]) -> list[Edit]:
    """The correction of a doubled or half-width mark; none where someone must judge."""
    marks = match.group()
    new = marks[0] if _EQUAL.fullmatch(marks) else _FULL[marks] if marks in (",", ";", ":", "!") else ""
    safe = new and not _MARK_BEHIND.match(text, match.end())
    return [Edit.cut(text, *match.span(), new=new)] if safe else []


def _half_width(text: str) -> Iterator[Check]:
    """Stray half-width marks one by one; a habit once."""
    places: dict[str, list[re.Match[str]]] = {}
    for match in _HALF_MARK.finditer(text):
        if match.group() == ";" and _ENTITY.search(text, max(0, match.start() - 9), match.start()):
            continue
        places.setdefault(match.group(), []).append(match)
    if brackets := [match for match in _HALF_BRACKETS.finditer(text) if _CHINESE.search(text, *match.span())]:
        places["("] = brackets
    marks = [match for mark, matches in places.items() if mark != "(" for match in matches]
    full = sum(text.count(_FULL[mark]) for mark in ",;:?!")
    if len(marks) > max(full, _SINGLY):
        yield _habit("标点", "marks", text, sorted(marks, key=lambda match: match.start()), full)
        places = {mark: matches for mark, matches in places.items() if mark == "("}
    for mark, matches in places.items():
        name, english = _NAMES[mark], _ENGLISH[mark]
        if len(matches) > _SINGLY:
            yield _habit(name, f"{english}s", text, matches, text.count(_FULL[mark]))
            continue
        for match in matches:
            shown = "()" if mark == "(" else mark
            right = "（）" if mark == "(" else _FULL[mark]
            yield inconsistent(
                _around(text, *match.span()) if mark != "(" else Quote.cut(text, *match.span()),
                f"这里用了半角{name}“{shown}”，全文多用全角标点，请改为“{right}”。{_LOST if mark == '?' else ''}",
                f"A half-width {english} in Chinese text that otherwise uses full-width ones: write {right}.",
                severity="info" if mark == "(" else None,
                edits=_edit(text, match),
            )


def _habit(name: str, english: str, text: str, matches: list[re.Match[str]], full: int) -> Check:
    quotes = [Quote.cut(text, *match.span()) for match in matches[:_SHOWN]]
    lost = _LOST if name == "问号" else ""
    return inconsistent(
        _around(text, quotes[0].start, quotes[0].end) if name != "括号" else quotes[0],
        f"全文有{len(matches)}处半角{name}、{full}处全角{name}，写法不统一，请统一用全角。{lost}",
        f"{len(matches)} half-width and {full} full-width {english}: use full-width ones throughout.",
        [Related.cut(text, quote.start, quote.end, role="also") for quote in quotes[1:]],
        severity="info" if name == "括号" or len(matches) * 5 > full else None,
        edits=[edit for match in matches for edit in _edit(text, match)],
        half_width=len(matches),
        full_width=full,
    )


@cache
def _clause_opener() -> re.Pattern[str]:
    """、 and the words that show that a new clause begins."""
    lexicon = load("clause_openers")
    words = [
        entry["word"] + (f"(?!{'|'.join(entry['except'])})" if "except" in entry else "")
        for entry in lexicon["conjunctions"]
    ]
    adverbs = "|".join(word for entry in lexicon["adverbs"] for word in entry["words"])
    return re.compile(
        rf"、(?:(?:{'|'.join(words)})|(?:{adverbs})(?:将|把)(?![握关脉控手军来领]))[^、，。；：！？\n]{{2,40}}[，。；]"
    )


def _before_clauses(text: str) -> Iterator[Check]:
    for match in _clause_opener().finditer(text):
        at = match.start()
        clause = text[max(text.rfind(mark, max(0, at - 60), at) for mark in "，。；：\n") + 1 : at]
        if match.group()[1:3] != "其中" and ("将" in clause or "把" in clause):
            continue  # parallel parts: 把基础夯实、切实把作风改好
        before = _WORDS_BEFORE.search(text, max(0, at - 8), at)
        yield inconsistent(
            Quote.cut(text, before.start() if before else at, match.end() - 1),
            "顿号只用在并列的词语之间，这里另起一个分句，顿号应改为逗号。",
            "The mark 、 joins parallel words; a new clause begins here: write ，.",
        )


def _at_line_ends(report: Report) -> Iterator[Check]:
    text = report.text
    starts = [paragraph.start for paragraph in report.paragraphs]
    places = [match for match in _LINE_END.finditer(text) if not _NEW_ITEM.match(text, match.end())]
    if len(places) > max(3, len(starts) // 20) or _is_wrapped(report):
        if places:
            yield NOT_ASSESSABLE
        return
    for match in places:
        number = bisect_right(starts, match.start()) - 1
        paragraph = report.paragraphs[number]
        title = (
            number < 5 and paragraph.end - paragraph.start < 40 and text.find("，", paragraph.start, paragraph.end) < 0
        )
        if paragraph.part is not Part.BODY or title:
            continue  # a cell, or a title over several lines
        after = _WORDS_AFTER.match(text, match.end())
        before = _WORDS_BEFORE.search(text, max(0, match.start() - 8), match.start())
        yield inconsistent(
            Quote.cut(text, before.start() if before else match.start(), match.start() + 1),
            "行末是顿号就换了行，句子被断开。请接上下一行，或改正标点。",
            "The line ends in 、 and a new line begins: join the lines or mend the mark.",
            [Related.cut(text, match.end(), after.end(), role="next")] if after and after.group() else [],
            severity="info",
        )


def _is_wrapped(report: Report) -> bool:
    """Whether lines end where the page ended: many long lines without closing punctuation, all about equally long."""
    long = [report.text[each.end - 1] for each in report.paragraphs if each.end - each.start > 25]
    broken = sum(last not in "。！？；：”）!?;:)" for last in long)
    return broken > 5 and broken * 3 > len(long)
