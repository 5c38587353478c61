"""DUP001: a passage that stands in another report too."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analyzer.compare.compared import Compared, Text, compared, restored, stored
from analyzer.compare.reuse import LEAST, Passage, earlier, left_in, passages_of
from analyzer.extract.places import same_place
from analyzer.records import Analysis, Check, Quote, Related
from analyzer.rules import CONSISTENT, NOT_ASSESSABLE, Across, inconsistent, rule

_LONG = 80  # characters of a passage without the other place's name: what is shorter may be policy in its own words
_VERY_LONG = 150  # no longer a turn of phrase; from here on one's own passage of the year before is named as well
_FEW = 2  # numbers exchanged in one's own words of the year before: more, and the text was brought up to date
_SHOWN = 3  # exchanged numbers that the message names
_OTHERS_ZH = "。谁抄谁、是否同用一个底稿，看不出来。请核对说的是不是本地的情况，数字、名称有没有漏改的。"
_OTHERS_EN = (
    ". Who copied, or whether both follow a third text, the words do not say. See that this tells of your place."
)
_OWN_ZH = "。情况没有变的不必改；如是沿用旧稿，请核对有没有漏改的。"
_OWN_EN = ". If the old text was taken over, see that nothing in it is out of date."


@dataclass(frozen=True, slots=True)
class _Found:
    """A passage as the finding of one of its reports."""

    report: int
    source: int
    quote: Quote
    there: Quote
    passage: Passage
    named: bool  # the name of the source's place was left in
    own: bool  # both are of one place


@dataclass(frozen=True, slots=True)
class _Exchanged:
    """Something that stands in place of something else of the source."""

    start: int  # in the report of the finding
    end: int
    then: str  # with its unit: 126件
    now: str


def _kept(analysis: Analysis) -> bytes:
    outline = analysis.outline
    return stored(
        compared(Text(analysis.text, outline.place.name if outline.place else "", outline.year, outline.kind))
    )


def _across_reports(kept: Sequence[bytes], analyses: Sequence[Analysis]) -> Iterator[tuple[int, Check]]:
    """The passages of each report that stand in another one."""
    texts = [restored(each) for each in kept]
    found: defaultdict[int, list[_Found]] = defaultdict(list)
    for passage in passages_of(texts, lambda number: analyses[number].text):
        a, b = ((texts[number], analyses[number].text) for number in (passage.a, passage.b))
        for each in _findings(a, b, passage):
            found[each.report].append(each)
    placed = sum(bool(text.place) for text in texts)
    for number, text in enumerate(texts):
        if not text.place or placed < 2:
            yield number, NOT_ASSESSABLE
        elif number not in found:
            yield number, CONSISTENT
        for each in _apart(found[number]):
            yield number, _check(analyses[number], analyses[each.source], each)


@rule("DUP001", "copied-passage", "warning", across=Across(_kept, _across_reports))
def copied_passage(analysis: Analysis) -> Iterable[Check]:
    """与另一份报告有相同段落 / A passage that another report has too

    查什么：几份报告一起审查时，两地的报告是否有大段文字相同（只换了数字、地名、书名的也算）；与本单位上一份同类报告
        是否有特别长的段落相同。指出两处原文，列出换了的数字。
    为什么：照搬别处的报告，说的就不是本地的事；套用旧稿改数字，容易漏改。谁抄谁、是否同用一个底稿，从文字上看不出来，
        请两地自行核对。
    依据：《法治政府建设与责任落实督察工作规定》（2019）第二十四条要求报告本地区的情况；查重用指纹筛选（winnowing，
        Schleimer等，2003）。不算字数的套话见 lexicon/boilerplate.toml。
    不报：同样的话出现在四个以上地方的；法律、文件的名称，政治套话，致谢、开场等客套话，名词解释，标题，表格；相同文字
        不到80字的（留有另一地名称的，不到60字的）；与本单位上一份报告相同不到150字，或有三处以上数字已经更新的；
        同一地方同一年的报告之间；看不出是哪个地方的报告。

    Checks: where several reports are audited together, whether those of two places have a long passage in common, also
        with numbers, names or titles exchanged; whether a very long one stands in one's own report of the time before.
        Both places are quoted, exchanged numbers are listed.
    Why: what was taken from elsewhere does not tell of this place, and old numbers slip through. Who copied, or whether
        both follow a third text, the words do not say.
    Source: 法治政府建设与责任落实督察工作规定 (2019), art. 24, asks for the facts of one's own place; passages are
        found by winnowing (Schleimer et al. 2003). What counts for nothing is in lexicon/boilerplate.toml.
    Not flagged: what stands in reports of more than three places; titles of laws and documents, political set phrases,
        courtesies, explanations of terms, headings, tables; less than 80 equal characters (60 where the other place's
        name was left in); in one's own report of the time before less than 150, or where three or more numbers were
        brought up to date; reports of one place on one year; reports whose place is not known.
    """
    return ()  # one report alone copies from nobody


def _findings(one: tuple[Compared, str], other: tuple[Compared, str], passage: Passage) -> Iterator[_Found]:
    """The passage as a finding of the report in which the other place's name was left in, or else of the later one.

    Of both, where nothing tells which that is; of none, where too little agrees.
    """
    (a, text_a), (b, text_b) = one, other
    own = a.place == b.place or same_place(a.place, b.place)
    named_a = not own and left_in(text_a, passage.in_a, b.place)
    named_b = not own and left_in(text_b, passage.in_b, a.place)
    least = _VERY_LONG if own else LEAST if named_a or named_b else _LONG
    if passage.characters < least or (own and len(passage.exchanged) > _FEW):
        return
    if named_b or not named_a:
        yield _Found(passage.b, passage.a, passage.in_b, passage.in_a, passage, named_b, own)
    if named_a or not (named_b or earlier(a, b)):
        yield _Found(passage.a, passage.b, passage.in_a, passage.in_b, passage, named_a, own)


def _apart(found: Iterable[_Found]) -> list[_Found]:
    """The best of those that speak of the same words: with a name left in, longer, from a later source."""
    chosen: list[_Found] = []
    for each in sorted(found, key=lambda each: (each.named, each.passage.characters, each.passage.a), reverse=True):
        if not any(each.quote.overlaps(other.quote) for other in chosen):
            chosen.append(each)
    return chosen


def _check(analysis: Analysis, source: Analysis, found: _Found) -> Check:
    place, year = source.outline.place, source.outline.year
    name = place.name if place else ""
    when_zh, when_en = (f"{year}年", f" on {year}") if year else ("", "")
    line = bisect_right(source.report.line_starts, found.there.start)
    characters, exchanged = found.passage.characters, _exchanged(analysis.text, source.text, found)
    zh = f"这一段与{'本单位' if found.own else name}{when_zh}报告第{line}行的一段相同（{characters}字）"
    en = f"{characters} characters agree with line {line} of the report of {name}{when_en}"
    if exchanged:
        some = "、".join(f"{each.then}→{each.now}" for each in exchanged[:_SHOWN])
        count = len(exchanged)
        zh += f"，换了数字或名称：{some}{f'等{count}处' if count > _SHOWN else ''}"
        en += f"; exchanged: {some}{f' … ({count})' if count > _SHOWN else ''}"
    if found.named:
        zh, en = f"{zh}，文中留有“{name}”", f"{en}; the name {name} was left in"
    return inconsistent(
        found.quote,
        zh + (_OWN_ZH if found.own else _OTHERS_ZH),
        en + (_OWN_EN if found.own else _OTHERS_EN),
        [Related(found.there.start, found.there.end, found.there.quote, "same", source.report.path)],
        severity="warning" if found.named or (not found.own and characters >= _VERY_LONG) else "info",
        characters=characters,
        exchanged=[{"start": each.start, "end": each.end, "then": each.then, "now": each.now} for each in exchanged],
    )


def _exchanged(text: str, source: str, found: _Found) -> list[_Exchanged]:
    """The numbers, names and titles that the passage has other than its source, in text order."""
    later = found.report == found.passage.b
    pairs = [(each, *((each.in_b, each.in_a) if later else (each.in_a, each.in_b))) for each in found.passage.exchanged]
    return [
        _Exchanged(now.start, now.end, source[then.start : then.end] + unit, text[now.start : now.end] + unit)
        for piece, now, then in pairs
        for unit in [_unit(text, now.end, source, then.end) if piece.kind == "number" else ""]
    ]


def _unit(text: str, end: int, source: str, there: int) -> str:
    """The character behind a number, where it is the same in both texts and no punctuation: the 件 of 126件."""
    sign = text[end : end + 1]
    return sign if sign.isalpha() and source.startswith(sign, there) else ""
