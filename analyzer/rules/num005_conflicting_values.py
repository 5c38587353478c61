"""NUM005: one indicator of one year with two values."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from analyzer import lexicon
from analyzer.extract.dates import plan_parts, report_years, years_in
from analyzer.extract.intervals import below, dimension, interval_of
from analyzer.records import Analysis, Check, Part, Quantity, Quote, Related
from analyzer.rules import CONSISTENT, inconsistent, rule

_REACH = 60  # characters looked back for indicator and time
_VERBS = r"(?:预计|已|共|均|可)*(?:完成|实现|达到|达|为|是|有|突破|超过|稳定在)*了?\Z"
_BREAK = re.compile(r"[，。；：！？\n]|\\r\\n")
_CLOSED = re.compile(r"\s?(?:[，。；、）,;)\n]|\\r|\Z)")
_CHANGED = re.compile(r"增长|增加|提高|下降|减少|新增|上升|净增|增速|增幅")


@rule("NUM005", "conflicting-values", "warning")
def conflicting_values(analysis: Analysis) -> Iterator[Check]:
    """同一指标前后两个数 / One indicator of one year with two values

    查什么：地区生产总值、一般公共预算收入、森林覆盖率、行政村数等一年只有一个数的指标，以及写明“全年”“今年以来”的
        同一项工作的数量，全文是否前后一致。
    为什么：同一件事两个数，至少有一个错；常见于摘要与正文、正文与附表之间。
    依据：国家统计局《国家统计调查制度》主要指标的含义；指标名单见 lexicon/single_values.toml。
    不报：计划部分、五年或累计数、上年数、增长数；指标名前还有别的限定语（民营、市本级、某园区）的；
        四舍五入后相同的；没有写明全年的同类工作（分处开展、分别统计）。

    Checks: whether indicators with one value a year (GDP, budget revenue, forest cover, number of villages) and counts
        of one act said to be of the whole year (全年, 今年以来) are given alike throughout.
    Why: two numbers for one thing mean that at least one is wrong, often between summary and body.
    Source: the National Bureau of Statistics on the meaning of the indicators; lexicon/single_values.toml.
    Not flagged: plans, five-year and running totals, last year's figures, increases; names with another qualifier
        before them; values that round to the same; acts that are not said to be counted over the whole year.
    """
    values: dict[tuple[str, str], list[Quantity]] = defaultdict(list)
    notes = [each for each in analysis.report.paragraphs if each.part is not Part.BODY]
    skipped = plan_parts(analysis.outline, report_years(analysis.text, analysis.outline))
    skipped += [(note.start, note.end) for note in notes]
    skipped.sort()
    year = report_years(analysis.text, analysis.outline).reviewed
    for quantity in analysis.quantities:
        name = _name(analysis, quantity, year)
        if name and not _inside(skipped, quantity.start):
            values[name, dimension(quantity)].append(quantity)
    for (name, _), found in values.items():
        yield from _compare(analysis, name, found)


def _inside(parts: list[tuple[int, int]], at: int) -> bool:
    number = bisect_right(parts, (at, 10**9))
    return any(start <= at < end for start, end in parts[max(0, number - 3) : number])


def _name(analysis: Analysis, quantity: Quantity, year: int | None) -> str:
    """The indicator that a quantity gives the level of; "" where it gives something else or is of another time."""
    if quantity.kind in ("points", "ratio", "rank", "duration") or not _CLOSED.match(analysis.text, quantity.end):
        return ""
    text = analysis.text
    start = max(text.rfind("\n", 0, quantity.start) + 1, quantity.start - 4 * _REACH)
    before = text[max(start, quantity.start - _REACH) : quantity.start]
    clause = before[max((match.end() for match in _BREAK.finditer(before)), default=0) :]
    name = _single(clause) or _counted(clause, quantity)
    if not name or _CHANGED.search(clause):
        return ""
    paragraph = text[start : quantity.start]
    if _elsewhen().search(paragraph) or any(each != year for each in years_in(paragraph)):
        return ""
    return name


def _single(clause: str) -> str:
    match = _one_value().fullmatch(clause)
    return str(match["name"]) if match else ""


def _counted(clause: str, quantity: Quantity) -> str:
    """An act counted over the whole year: 全年共调解矛盾纠纷86件."""
    match = _whole_year().fullmatch(clause)
    if not match or quantity.kind != "count" or not 4 <= len(match["name"]) <= 16:
        return ""
    return str(match["name"])


def _compare(analysis: Analysis, name: str, found: list[Quantity]) -> Iterator[Check]:
    first = found[0]
    for other in found[1:]:
        a, b = interval_of(first), interval_of(other)
        if not below(a, b) and not below(b, a):
            yield CONSISTENT
            continue
        yield inconsistent(
            Quote.cut(analysis.text, other.start, other.end),
            f"“{name}”这里是{other.quote}，前面是{first.quote}，两处不一致，请核对。",
            f"{name} is {other.quote} here and {first.quote} before.",
            [Related.of(first, role="other")],
            indicator=name,
        )


@cache
def _one_value() -> re.Pattern[str]:
    data = lexicon.load("single_values")
    names = "|".join(sorted(data["names"], key=len, reverse=True))
    leading = "|".join(data["leading"])
    return re.compile(rf"\s*(?:(?:19|20)\d\d年)?(?:{leading})*(?P<name>{names}){_VERBS}")


@cache
def _whole_year() -> re.Pattern[str]:
    cues = "|".join(sorted(lexicon.load("single_values")["whole_year"], key=len, reverse=True))
    return re.compile(
        rf"\s*(?:{cues}|(?:19|20)\d\d年)(?:全[县区镇乡市]|我[县区镇乡])?(?:共计|共|总共)?(?P<name>[一-鿿]+?)(?:共|达到|达|了)*"
    )


@cache
def _elsewhen() -> re.Pattern[str]:
    return re.compile("|".join(lexicon.load("single_values")["elsewhen"]))
