"""The documents that a report cites: 《…》 with number and year, what kind they are, and which law they are."""

from __future__ import annotations

import re
from functools import cache

from analyzer.extract.dates import years_in
from analyzer.extract.laws import NATION, law_names, law_of
from analyzer.lexicon import load
from analyzer.records import Citation, Law

_HAN = r"[\u4e00-\u9fff]"
_WRAP = rf"(?<={_HAN})\n(?={_HAN})"  # a title broken by the file's own lines
_INSIDE = rf"(?:[^《》\n]|{_WRAP}|《[^《》\n]{{1,80}}》)"
_TITLE = re.compile(rf"(?P<marked>《{_INSIDE}{{1,120}}》)|{NATION}")
_NUMBER = (
    rf"(?:{_HAN}{{1,12}})?\s?[〔\[［【﹝（(]\s?(?P<year>(?:19|20)\d\d)\s?[〕\]］】﹞）)]\s?第?\s?\d{{1,5}}\s?号"
    rf"|{_HAN}{{1,12}}令\s?第?\s?\d{{1,4}}\s?号"
)
_BEHIND = re.compile(rf"\s?[（(]?\s?(?P<number>{_NUMBER})")  # 《…的通知》（国发〔2021〕7号）
_BEFORE = re.compile(rf"(?P<number>{_NUMBER})\s?[）)]?(?:文件|文)?(?:印发)?的?\Z")  # 国发〔2021〕7号文件《…的通知》
_LEAD = re.compile(r"^(?:根据|按照|依据|依照|落实|贯彻|执行|印发|转发|和|与|及|以)+")  # no number begins so
_REACH = 40  # characters beside a title in which its number stands
_BRACKETS = re.compile(r"[（(][^（）()\n]{1,40}[）)]")
_END_BRACKETS = re.compile(r"(?:[（(][^（）()]{0,40}[）)])+$")
_HORIZON = re.compile(r".{4}年远景目标")  # no year of the document
_SPACE = re.compile(r"\s+")
_LOCAL = re.compile(r"(?<!全)[省市州县区旗](?:级|的|人大)?\Z")  # 省《信访条例》 is the province's own
_LONGER_WORD = "人治律规定庭院官医制案学日会"  # 中华人民共和国宪法日 names no law


def find_citations(text: str) -> tuple[Citation, ...]:
    """Every 《…》 in text order, and the full titles of laws that stand without marks (中华人民共和国行政处罚法).

    A title inside another is part of it: 《关于实施《信访工作条例》的通知》 is one. Half a pair of marks cites nothing.
    """
    found = (_marked(text, match) if match["marked"] else _unmarked(text, match) for match in _TITLE.finditer(text))
    return tuple(citation for citation in found if citation)


def _marked(text: str, match: re.Match[str]) -> Citation:
    title = _SPACE.sub("", match.group()[1:-1])
    law = law_of(title)
    if law and law.kind != "law" and _LOCAL.search(text, max(0, match.start() - 4), match.start()):
        law = None
    return _citation(text, *match.span(), title=title, law=law)


def _unmarked(text: str, match: re.Match[str]) -> Citation | None:
    """The longest law that follows 中华人民共和国."""
    ends = range(min(len(text), match.end() + max(map(len, law_names()))), match.end() + 1, -1)
    end = next((end for end in ends if text[match.end() : end] in law_names()), match.end())
    law = law_names().get(text[match.end() : end])
    if law is None or law.kind != "law" or text[end : end + 1] in [*_LONGER_WORD]:
        return None
    return _citation(text, match.start(), end, title=text[match.start() : end], law=law)


def _citation(text: str, start: int, end: int, title: str, law: Law | None) -> Citation:
    number, year = _number(text, start, end)
    return Citation.cut(text, start, end, title=title, kind=_kind(title, law), number=number, year=year, law=law)


def _number(text: str, start: int, end: int) -> tuple[str, int | None]:
    """The number printed beside a title, and the year of the number, the title or the brackets behind it."""
    behind = _BEHIND.match(text, end, end + _REACH)
    match = behind or _BEFORE.search(text, max(0, start - _REACH), start)
    number = _LEAD.sub("", _SPACE.sub("", match["number"])) if match else ""
    if match and match["year"]:
        return number, int(match["year"])
    brackets = _BRACKETS.match(text, end)
    years = years_in(_HORIZON.sub("", text[start : brackets.end() if brackets else end]))
    return number, years[0] if years else None


@cache
def _kinds() -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [
        (kind["name"], tuple(kind.get("begins", [""])), tuple(kind["endings"])) for kind in load("citations")["kind"]
    ]


def _kind(title: str, law: Law | None) -> str:
    if law:
        return law.kind
    bare = _END_BRACKETS.sub("", title)
    fitting = (kind for kind, begins, endings in _kinds() if bare.startswith(begins) and bare.endswith(endings))
    return next(fitting, "other")
