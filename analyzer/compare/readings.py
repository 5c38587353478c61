"""What the words around a number say: what it counts, and whether it is the level of that or something else of it.

A quantity knows the words that say what is counted (analyzer.extract.indicators). Comparing needs more: the verb of
“新建19个调解室” stands before the number; in “由57件增加到63件” only the second is the level; “增加6件” is a
difference, “每村3名” is no total, “其中…30件” is a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from analyzer.compare.phrases import leading_verb, says_only_for_whom, verb_before
from analyzer.lexicon import load

if TYPE_CHECKING:
    from pandas import DataFrame  # type: ignore[import-untyped]

_CLAUSE = re.compile(r"[。！？；;，：:\n]")
_SENTENCE = re.compile(r"[。！？\n]")
_REACH = 120  # characters before a number in which its sentence is looked for
_NOT_COUNTED = frozenset(["points", "ratio", "rank"])
_LISTED = re.compile(r"\s?(?:[、和与及]|以及)\s?")
_EARLIER = re.compile(r"[由从](?:(?![到至为]).)*\Z")
_FROM = re.compile(r"(?:(?<![自理])由|从(?![业事严])).*\Z")
_LAST_YEAR = re.compile(r"(?:[比较与同]|上年|去年|同期).{0,8}的?\Z")


@cache
def _words() -> dict[str, re.Pattern[str]]:
    around, change = load("indicators")["around"], load("change_words")
    each = {key: "|".join(sorted(words, key=len, reverse=True)) for key, words in around.items() if key != "source"}
    grown = {*change["up"], *change["down"]} - {*around["added"]}
    moves = "|".join(sorted({*grown, *change["neutral"]} - {*around["reached"]}, key=len, reverse=True))
    return {
        "per": re.compile(each["per"]),
        "of_each": re.compile(rf"\A每个?(?:{each['units']})"),
        "average": re.compile(each["average"]),
        "compared": re.compile(each["compared"]),
        "part": re.compile(each["part"]),
        "whole": re.compile(each["whole"]),
        "rate": re.compile(each["rate"]),
        "later": re.compile(rf"(?:{moves}).{{0,6}}[到至为]了?(?:约|近|超过?|突破)?\Z"),
        "difference": re.compile(
            rf"(?:{'|'.join([*sorted(grown, key=len, reverse=True), each['more']])})(?:了|约|近|达|为)*\Z"
        ),
        "added": re.compile(rf"(?P<verb>{each['added']})(?:了|约|近|达|为|到)*\Z"),
        "stated": re.compile(rf"(?:{each['stated']})\s?\Z"),
        "reached": re.compile(rf"，(?:{each['perhaps']})?(?:{each['reached']})了?\Z"),
    }


class Reading(NamedTuple):
    """What one quantity gives."""

    path: str
    number: int  # its index in the table
    phrase: str  # what is counted, with its verb, without white space; "" where the text does not say
    sense: str  # level earlier difference per part; "" where the text does not say
    whole: bool  # said to be of the whole year or the whole place
    carried: bool  # the period named last belongs to an earlier figure of a change


class _Row(NamedTuple):
    """The columns of the table of quantities that are read here."""

    number: int  # the column index, a name that tuples have for something else
    start: int
    end: int
    indicator: str | None
    indicator_start: int | None
    indicator_end: int | None
    unit: str
    hedge: str
    kind: str
    quote: str


_COLUMNS = ("index", *_Row._fields[1:])


def read(quantities: DataFrame, reports: DataFrame) -> list[Reading]:
    """One reading for each quantity that counts or measures something, in the order of the table.

    `quantities` and `reports` are tables of `analyzer.to_frame`; quantities whose report is not among `reports` are
    left out.
    """
    texts = dict(zip(reports["path"].tolist(), reports["text"].tolist(), strict=True))
    owners = dict(zip(reports["path"].tolist(), plain(reports["place"]), strict=True))
    found: list[Reading] = []
    columns = [plain(quantities[name]) for name in _COLUMNS]  # at once: a column of one report costs as much
    for path, places in quantities.groupby("path", sort=False, observed=True).indices.items():
        if path in texts:
            rows = [_Row(*(column[place] for column in columns)) for place in places.tolist()]
            found += _of_report(path, texts[path], rows, owners[path] or "")
    return found


def _of_report(path: str, text: str, rows: list[_Row], owner: str) -> Iterator[Reading]:
    """`owner` is the place that reports: its own name says no more than 全镇."""
    words = _words()
    last: Reading | None = None  # of the quantity before, in this sentence
    stop, reach, unit_before = 0, 0, ""  # where that ends, and where with its words, and its unit
    of_unit: dict[str, str] = {}  # the last phrase of each unit, in this sentence
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        start, end, right, unit = row.start, row.end, row.indicator_end, row.unit
        floor = max(0, start - _REACH)
        sentence = max((match.end() for match in _SENTENCE.finditer(text, floor, start)), default=floor)
        clause = max((match.end() for match in _CLAUSE.finditer(text, sentence, start)), default=sentence)
        if stop <= sentence:
            last, of_unit = None, {}
        between = text[max(stop, sentence) : start]
        phrase, gap = _phrase(text, row, clause, (stop, reach), last.phrase if last else "")
        if row.indicator is None or says_only_for_whom(row.indicator):
            phrase, gap = of_unit.get(unit, ""), text[max(stop, clause) : start]
        sense = _sense(phrase, row.kind, gap, text[clause:start])
        if sense == "level" and last and right and right <= stop:
            sense = _of_shared(between, unit == unit_before)
        if sense == "level" and (_is_attribute(text, row) or _is_listed(text, row, following)):
            sense = ""
        if sense == "level" and last and last.sense == "part" and _joined(text, reach, row):
            sense = "part"
        carried = bool(last and last.sense == "earlier" and words["later"].search(between))
        whole = bool(words["whole"].search(text, sentence, start))
        phrase = words["of_each"].sub("", phrase).removeprefix(owner)
        last = Reading(path, row.number, phrase, sense if phrase else "", whole, carried)
        stop, reach, unit_before, of_unit[unit] = end, max(end, right or 0), unit, last.phrase
        if row.kind not in _NOT_COUNTED and unit:
            yield last


def _phrase(text: str, row: _Row, clause: int, ended: tuple[int, int], before: str) -> tuple[str, str]:
    """What a quantity counts, with its verb and without white space, and the words between that and the number.

    `ended` is where the quantity before ends, and where with its words; `before` is what it counts: in a list its verb
    is also that of the next.
    """
    indicator, left, right = row.indicator, row.indicator_start, row.indicator_end
    if indicator is None or left is None or right is None:
        return "", ""
    known, (stop, reach) = _words(), ended
    words = text[clause : row.start].rstrip()
    listed = reach > clause and _joined(text, reach, row)
    if left >= row.end:
        verb = verb_before(words) or (leading_verb(before) if listed else "")
        if not verb and words.endswith("等"):
            verb = leading_verb(words)
        return (re.sub(r"\s", "", verb + indicator) if verb or known["stated"].search(words) else ""), ""
    gap = text[right : row.start]
    if origin := _FROM.search(indicator):
        indicator, gap = indicator[: origin.start()], indicator[origin.start() :] + gap
    verb = leading_verb(before) if listed and reach <= left and not leading_verb(indicator) else ""
    added = known["added"].search(gap) if stop <= right else None
    if added and added["verb"] not in indicator:
        verb = added["verb"]
    return re.sub(r"\s", "", verb + indicator), gap


def _joined(text: str, reach: int, row: _Row) -> bool:
    """Whether only a list mark stands between the quantity before, whose words end at `reach`, and this one's."""
    first = row.start if row.indicator_start is None else min(row.start, row.indicator_start)
    return _LISTED.fullmatch(text[reach:first]) is not None


def _is_attribute(text: str, row: _Row) -> bool:
    """Says of what sort the thing behind is: 千亿级产业集群, 亿元以上项目."""
    behind = text[row.end : row.end + 1]
    return row.quote.endswith("级") or (row.hedge in (">=", "<=") and "一" <= behind <= "鿿")


def _is_listed(text: str, row: _Row, following: _Row | None) -> bool:
    """Whether the next number has the same words and unit: 城乡居民收入达到2.4万元和0.9万元 says neither whose."""
    return (
        following is not None
        and (row.indicator_start, row.unit) == (following.indicator_start, following.unit)
        and _LISTED.fullmatch(text[row.end : following.start]) is not None
    )


def _of_shared(between: str, alike: bool) -> str:
    """The sense of a number whose words stand before the quantity before, with these words `between` the two.

    调解纠纷72件，“成功”71件 is no level of them; 改造小区20个、5万平方米 is one. `alike`: both have one unit.
    """
    words = _words()
    if words["later"].search(between) or "大关，" in between:
        return "level"
    if not alike and (_LISTED.fullmatch(between) or not between.strip() or words["reached"].search(between)):
        return "level"
    return "earlier" if _LAST_YEAR.search(between) else ""


def _sense(phrase: str, kind: str, gap: str, clause: str) -> str:
    """What a number is of its indicator, by the words of its clause before it."""
    words, gap = _words(), re.sub(r"\s", "", gap)
    if kind == "percent" and (not words["rate"].search(phrase[-8:]) or words["compared"].search(gap)):
        return "difference"
    if words["part"].search(clause) or clause.rfind("（") > clause.rfind("）"):
        return "part"
    if words["per"].search(gap) or (words["per"].search(clause) and not words["average"].search(phrase)):
        return "per"
    if _EARLIER.search(gap):
        return "earlier"
    if words["difference"].search(gap) and not words["later"].search(gap):
        return "difference"
    return "level"


def plain(column: Any) -> list[Any]:
    """The cells of a column as plain objects, None where there is none."""
    return [
        None if value != value or value is None else value
        for value in column.astype(object).where(column.notna(), None)
    ]
