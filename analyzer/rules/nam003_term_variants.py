"""NAM003: one term in two spellings, one body or document under two names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any

from analyzer import lexicon
from analyzer.extract.dates import report_years
from analyzer.records import Analysis, Check, Quote, Related
from analyzer.rules import CONSISTENT, inconsistent, rule

_QUOTED = re.compile(r"“[^“”\n]{1,30}”|《[^《》\n]{1,80}》")
_BODY = re.compile(r"中心|领导小组|委员会|办公室|工作站|服务站|工作室|专班")
_BEFORE_BODY = re.compile("([\u4e00-\u9fff]{2})([\u4e00-\u9fff]{2})([\u4e00-\u9fff]{2})")  # 纠纷 调处 化解 中心
_TITLE = re.compile(r"《([^《》\n]{8,60})》")
_LAW = re.compile(r"(?:法|条例)(?:（.{1,12}）)?\Z")  # REF002 knows the titles of laws
_NUMBER_OR_PLACE = frozenset("0123456789〇零一二三四五六七八九十上下省市州县区旗乡镇村年（）“”、，")


@rule("NAM003", "term-variants", "info")
def term_variants(analysis: Analysis) -> Iterator[Check]:
    """同一名称有两种写法 / One term in two spellings, one body or document under two names

    查什么：同一名称在一份报告里是否有两种写法：“法治宣传”和“法制宣传”，“理论学习中心组”和“中心学习组”，“台账”和“台帐”；
        机构名里两个词前后颠倒（调处化解中心、化解调处中心）；书名号里的文件名只差一个字。
    为什么：读者会以为是两样东西，检索和统计也会漏掉一种写法。
    依据：每组写法的依据见 lexicon/term_variants.toml；机构和文件名只与报告自己的写法比。
    不报：只用一种写法的；全国法制宣传日、法制审核、法制办等法定名称；“综治办”“综治中心”等不同的机构；
        简称；引号、书名号里的话；差在数字、年份、地名上的文件名；2014年以前的“法制宣传”。

    Checks: whether a report writes one term in two ways (法治宣传 and 法制宣传, 理论学习中心组 and 中心学习组, 台账 and
        台帐); bodies whose two words change places (调处化解中心, 化解调处中心); documents whose titles differ in one
        character.
    Why: readers take them for two things, and a search for one misses the other.
    Source: lexicon/term_variants.toml for each term; for bodies and documents the report's own words.
    Not flagged: one spelling throughout; official names (全国法制宣传日, 法制审核); different bodies (综治办 and
        综治中心); abbreviations; quotations and titles; titles that differ in numbers or places; 法制宣传 before 2015.
    """
    text = analysis.text
    year = report_years(text, analysis.outline).reviewed
    places = _places(text)
    for term in lexicon.load("term_variants")["term"]:
        usual = [place for word in term["usual"] for place in places.get(word, ())]
        other = [place for word in term["other"] for place in places.get(word, ()) if _meant(text, place, term)]
        if usual and other and not (year and year < term.get("since", 0)):
            yield _finding(other, usual, f"{term['zh']}，请统一。", f"{term['en']}.")
        elif usual or other:
            yield CONSISTENT
    for one, two in (*_swapped_bodies(text), *_near_titles(text)):
        few, many = sorted((one, two), key=len)
        yield _finding(few, many, "如指同一对象，请统一；如是两样，不必改。", "If one thing is meant, use one name.")


def _finding(few: list[Quote], many: list[Quote], zh: str, en: str) -> Check:
    """Points at every place of the spelling to be changed, and at the first of the other."""
    few, many = (sorted(places, key=lambda place: place.start) for places in (few, many))
    names = "”“".join(dict.fromkeys(place.quote for place in few))
    kept = many[0].quote
    return inconsistent(
        few[0],
        f"“{names}”（{len(few)}处）与“{kept}”（{len(many)}处）写法不一。{zh}",
        f"{names} ({len(few)}) and {kept} ({len(many)}) stand side by side. {en}",
        [
            Related.of(many[0], role="usual"),
            *(Related.of(place, role="again") for place in few[1:]),
        ],
        other=len(few),
        usual=len(many),
    )


def _places(text: str) -> dict[str, list[Quote]]:
    """Where the words of the lexicon stand, those inside a longer quotation or title left out."""
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    starts = [start for start, _ in quoted]
    found: dict[str, list[Quote]] = defaultdict(list)
    for match in _words().finditer(text):
        at = bisect_right(starts, match.start()) - 1
        free = at < 0 or quoted[at][1] <= match.start()
        if free or quoted[at] == (match.start() - 1, match.end() + 1):  # “双随机、一公开” quotes the term alone
            found[match.group()].append(Quote.cut(text, *match.span()))
    return found


def _meant(text: str, place: Quote, term: dict[str, Any]) -> bool:
    """Whether the words around `place` leave it the term, and do not make it another name."""
    before = tuple(term.get("not_preceded_by", ()))
    behind = tuple(term.get("not_followed_by", ()))
    return not text.endswith(before, 0, place.start) and not text.startswith(behind, place.end)


def _swapped_bodies(text: str) -> Iterator[tuple[list[Quote], list[Quote]]]:
    """Bodies under two names that differ in the order of two words."""
    bodies: dict[tuple[str, ...], dict[str, list[Quote]]] = defaultdict(lambda: defaultdict(list))
    for match in _BODY.finditer(text):
        words = _BEFORE_BODY.fullmatch(text, max(0, match.start() - 6), match.start())
        if words and words[2] != words[3]:
            body = Quote.cut(text, words.start(), match.end())
            bodies[words[1], *sorted(words.group(2, 3)), match.group()][body.quote].append(body)
    for names in bodies.values():
        if len(names) > 1:
            one, two = names.values()
            yield one, two


def _near_titles(text: str) -> Iterator[tuple[list[Quote], list[Quote]]]:
    """Documents whose titles differ in one character that is neither number nor place."""
    titles: dict[str, list[Quote]] = defaultdict(list)
    for match in _TITLE.finditer(text):
        if not _LAW.search(match[1]):
            titles[match[1]].append(Quote.cut(text, *match.span(1)))
    parted: dict[tuple[int, str], str] = {}  # a title that lacks its character at an offset, by what is left
    for title in titles:
        for at, sign in enumerate(title):
            rest = title[:at] + title[at + 1 :]
            if sign in _NUMBER_OR_PLACE:
                continue
            other = rest if rest in titles else parted.setdefault((at, rest), title)
            if other != title:
                yield titles[other], titles[title]
                break


@cache
def _words() -> re.Pattern[str]:
    words = {word for term in lexicon.load("term_variants")["term"] for word in (*term["usual"], *term["other"])}
    return re.compile("|".join(sorted(words, key=len, reverse=True)))
