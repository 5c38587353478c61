"""The frame of a report: title, issuer, place, year, date line and kind, from its first and last lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from analyzer import lexicon
from analyzer.numerals import parse_count
from analyzer.records import Paragraph, Part, Place, Quote, Report

_LINE = 60  # a line of the head or the signature is no longer than this
_HEAD = 12  # so many lines at most make up the head
_HAN_YEAR = "[〇○零ОO一二三四五六七八九]{4}"
_YEAR = re.compile(rf"((?:19|20)\d\d|{_HAN_YEAR})\s*(?:年|(?=[)）]))")
_DATE = re.compile(
    rf"(?:(?:19|20)\s?\d\s?\d|{_HAN_YEAR})\s*年\s*(?P<month>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s*月"
    r"(?:\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*日)?"
)
_SALUTATION = re.compile(r"(?:各位|同志们|主任|尊敬的)[^。]{0,30}[：:！!]?\s*\Z")
# “（2014年1月9日 包钢）” behind a title
_BRACKET = re.compile(r"\s*[（(][^（）()]{0,30}(?:年\s?\d+月|会议上?|稿)[^（）()]{0,20}[)）]\s*\Z")
_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|第.{1,2}部分)")
_DECORATION = "#* 　—-\t"
# The year of the plan in a title that names summary and plan: 2023年工作总结及2024年工作计划.
_PLANNED = re.compile(r"[及和与暨、]\s*(?:19|20)\d\d\s*年度?(?:重点)?(?:工作)?(?:计划|打算|安排|思路|要点|谋划)")
_REVIEWED = re.compile(r"现将[^。]{0,12}?((?:19|20)\d\d)\s*年|((?:19|20)\d\d)\s*年(?:度|以来|，我|工作)")


@dataclass(frozen=True, slots=True)
class Frame:
    """See `records.Outline`; `body` is the offset at which the text proper begins."""

    title: Quote | None
    issuer: Quote | None
    place: Place | None
    year: int | None
    date: Quote | None
    kind: str
    body: int


def read_frame(report: Report) -> Frame:
    """Reads the frame off the head (the short lines before the first sentence) and the last lines of a report."""
    text = report.text
    body = [paragraph for paragraph in report.paragraphs if paragraph.part is Part.BODY]
    head = _head(text, body)
    tail = [paragraph for paragraph in body[-4:] if paragraph not in head and paragraph.end - paragraph.start <= _LINE]
    title = _title(text, head)
    frame = [Quote.cut(text, line.start, line.end) for line in head]
    signature = [Quote.cut(text, line.start, line.end) for line in reversed(tail)]
    opening = text[head[-1].end if head else 0 :][:700]
    date = _first_date(text, signature) or _first_date(text, frame)
    issuer = next((found for line in frame + signature if (found := _issuer(text, line))), None)
    kind = _kind(title.quote if title else "") or _kind(opening[:300]) or "other"
    return Frame(
        title=title,
        issuer=issuer,
        place=_place(
            [title.quote if title else "", issuer.quote if issuer else "", *(q.quote for q in frame), opening]
        ),
        year=_reported_year(title, opening, date, kind),
        date=date,
        kind=kind,
        body=head[-1].end if head else 0,
    )


def _head(text: str, body: list[Paragraph]) -> list[Paragraph]:
    """The short lines before the text proper: title, date, issuer, session."""
    head: list[Paragraph] = []
    for paragraph in body[:_HEAD]:
        words = text[paragraph.start : paragraph.end].strip(_DECORATION)
        long = paragraph.end - paragraph.start > _LINE and not _ends_like_title(words)
        if long or "。" in words or _SALUTATION.match(words) or _NUMBERED.match(words):
            break
        head.append(paragraph)
    return head


def _title(text: str, head: list[Paragraph]) -> Quote | None:
    """The first line that ends like a title, with the short lines before it that it completes."""
    for number, paragraph in enumerate(head):
        if not _ends_like_title(text[paragraph.start : paragraph.end]):
            continue
        first = number
        while first and _leads_on(text[head[first - 1].start : head[first - 1].end]):
            first -= 1
        return _trimmed(text, head[first].start, paragraph.end)
    if head and not _DATE.fullmatch(text[head[0].start : head[0].end]):
        return _trimmed(text, head[0].start, head[0].end)
    return None


def _ends_like_title(words: str) -> bool:
    endings = tuple(lexicon.load("frame")["title"]["endings"])
    compact = re.sub(r"\s", "", _BRACKET.sub("", words)).strip("#*")
    return compact.endswith(endings) and len(compact) <= _LINE


def _leads_on(words: str) -> bool:
    """Whether a line of the head is the beginning of a title that the next line completes."""
    compact = re.sub(r"\s", "", words).strip("#*")
    if _ends_like_title(words) or _DATE.search(compact) or "〔" in compact or len(compact) > 40:
        return False
    issuers = tuple(lexicon.load("frame")["issuer"]["endings"])
    return (
        compact.startswith("关于")
        or bool(re.search(r"(?:的|年|年度|建设|、|和)\Z", compact))
        or compact.endswith(issuers)
    )


def _trimmed(text: str, start: int, end: int) -> Quote:
    """A title without Markdown marks and without the bracket that some sites put behind it."""
    bracket = _BRACKET.search(text, start, end)
    if bracket and bracket.start() > start:
        end = bracket.start()
    while start < end and text[start] in _DECORATION:
        start += 1
    while end > start and text[end - 1] in _DECORATION:
        end -= 1
    return Quote.cut(text, start, end)


def _first_date(text: str, lines: list[Quote]) -> Quote | None:
    for line in lines:
        match = _DATE.search(text, line.start, line.end)
        if match:
            return Quote.cut(text, match.start(), match.end())
    return None


@cache
def _issuer_pattern() -> re.Pattern[str]:
    endings = "|".join(sorted(lexicon.load("frame")["issuer"]["endings"], key=len, reverse=True))
    return re.compile(rf"[（(*\s]*((?:中共)?[一-鿿]{{2,25}}?(?:{endings}))(?=[)）*\s]*\Z|代?理?[市州县区镇乡]长|主任)")


def _issuer(text: str, line: Quote) -> Quote | None:
    match = _issuer_pattern().match(line.quote)
    if not match:
        return None
    return Quote.cut(text, line.start + match.start(1), line.start + match.end(1))


def _kind(words: str) -> str:
    compact = re.sub(r"\s", "", words)
    for kind in lexicon.load("frame")["kind"]:
        if any(word in compact for word in kind["words"]):
            return str(kind["name"])
    return ""


@cache
def _place_pattern() -> re.Pattern[str]:
    unit = rf"[一-鿿]{{1,7}}?(?:{'|'.join(word for word, _ in lexicon.load('frame')['place']['units'])})"
    return re.compile(
        # Four units at most, or a text full of 镇 costs exponential time.
        rf"(?:\A|[在日年—\s（(]|代表|中共|关于)在?(?:{unit}){{0,3}}(?P<last>{unit})"
        r"(?=人民政府|政府|管委会|管理委员会|委员会|党委|工委|办事处|党政|司法|人大|年|法治|依法|工作|第?[一二三四五六七八九十]{1,3}届"
        r"|\s*(?:19|20)\d\d|[〇○二]|关于|信息公开|政务公开|\s|\Z)"
    )


def _place(sources: list[str]) -> Place | None:
    """The lowest unit of the first place that the sources name: 保定市清苑区 → 清苑区."""
    for words in sources:
        match = _place_pattern().search(re.sub(r"[ 　]", "", words))
        if match:
            name = match["last"]
            level = next(level for unit, level in lexicon.load("frame")["place"]["units"] if name.endswith(unit))
            return Place(name, level)
    return None


def _number_of_year(words: str) -> int:
    if words.isdigit():
        return int(words)
    return int("".join(str(parse_count(digit) or 0) for digit in words))


def _reported_year(title: Quote | None, opening: str, date: Quote | None, kind: str) -> int | None:
    """The year that title, opening or date line give, in this order.

    A summary dated in the first months of a year is of the year before.
    """
    years = _YEAR.findall(_PLANNED.sub("", title.quote)) if title else []
    if years:
        return _number_of_year(years[-1])
    reviewed = _REVIEWED.search(opening)
    if reviewed and kind != "工作报告":
        return int(reviewed[1] or reviewed[2])
    if not date:
        return int(reviewed[1] or reviewed[2]) if reviewed else None
    match = _DATE.match(date.quote)
    year = _YEAR.match(re.sub(r"\s", "", date.quote))
    if not match or not year:
        return None
    early = kind != "工作报告" and (parse_count(match["month"]) or 12) <= 3
    return _number_of_year(year[1]) - early
