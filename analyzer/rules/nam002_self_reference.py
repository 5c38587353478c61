"""NAM002: a report that calls its own place by another kind of place: 我乡 and 我镇."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from analyzer.records import Analysis, Check, Place, Quote, Related
from analyzer.rules import CONSISTENT, DOUBTFUL, NOT_ASSESSABLE, inconsistent, rule

# The kinds of place that stand on one level, so that a report is of one of them only.
_TOWNSHIP = ("街道", "乡", "镇")
_COUNTY = ("县", "区", "旗")
# A word may begin with the kind's own sign: 我乡村, 我镇定, 我区分; 自我 ends with 我. Quotations are passed over.
_SELF = re.compile(
    r"“[^“”\n]{1,60}”|《[^《》\n]{1,60}》|(?<!自)(?P<who>我|全|本)(?P<kind>街道|乡(?![村镇土亲愁下音情间贤])"
    r"|镇(?![村定静痛压乡])|县(?![市区城域乡])|区(?![别分块域间])|旗(?!帜))"
)
_OTHER_REGION = re.compile(r"自治区|内蒙古|广西|西藏|宁夏|新疆")  # there 我区 is the autonomous region
_ZONE = re.compile(r"新区|开发区|园区|示范区|集中区|试验区|合作区|保税区|高新区|景区")
_CHANGED = re.compile(r"撤(?:乡|县|镇|区|并)|(?:改|设)(?:镇|区|街道|市)|合并|改制")


@rule("NAM002", "self-reference", "warning")
def self_reference(analysis: Analysis) -> Iterator[Check]:
    """自称前后不一：我乡、我镇 / The report calls its own place both 我乡 and 我镇

    查什么：乡的报告里是否出现“我镇”“全镇”“本镇”，镇、街道的报告里是否出现“我乡”“全乡”；
        县的报告里既称“我县”又称“我区”。
    为什么：一个单位只有一种建制，自称不一多是沿用别处文稿留下的。
    依据：《地方各级人民代表大会和地方各级人民政府组织法》第二条（县、区、乡、镇分设）。
    不报：称上级的“我省”“我市”“我县”；自治区的“我区”，新区、园区报告里的“我区”“全区”；引号、书名号里的话；
        写明撤乡设镇、撤县设区的报告；只有标题与正文不一的；“我乡村”“自我镇定”等恰好连在一起的字。

    Checks: 我镇, 全镇 or 本镇 in the report of a 乡, 我乡 in that of a 镇 or 街道; 我县 beside 我区 in a county's.
    Why: a place is of one kind; another kind was left in from another place's text.
    Source: the organic law of local congresses and governments, art. 2.
    Not flagged: 我省, 我市, 我县 of the levels above; 我区 in an autonomous region, a new area or a zone; quotations;
        reports that tell of a change of status (撤乡设镇), or where only the title differs; characters that merely
        meet (我乡村, 自我镇定).
    """
    place = analysis.outline.place
    level = _level(place)
    if place is None or not level:
        yield NOT_ASSESSABLE
        return
    uses = _uses(analysis.text, level)
    own = uses.pop(place.level, [])
    if not uses:
        yield CONSISTENT if own else NOT_ASSESSABLE
        return
    for kind, quotes in uses.items():
        yield _finding(place, kind, quotes, own) if _certain(analysis.text, place, quotes, own) else DOUBTFUL


def _level(place: Place | None) -> tuple[str, ...]:
    """The kinds of place among which the reporting one stands; () where it has no rivals or is not known."""
    kind = place.level if place else ""
    return next((level for level in (_TOWNSHIP, _COUNTY) if kind in level), ())


def _uses(text: str, level: tuple[str, ...]) -> dict[str, list[Quote]]:
    """The self-references of one level by the kind of place they name; 全县 and 全区 may be other places', 全镇 not."""
    found: dict[str, list[Quote]] = defaultdict(list)
    for match in _SELF.finditer(text):
        if match["kind"] in level and (level is _TOWNSHIP or match["who"] == "我"):
            found[match["kind"]].append(Quote.cut(text, *match.span()))
    return found


def _certain(text: str, place: Place, quotes: list[Quote], own: list[Quote]) -> bool:
    """Whether the text itself shows its place to be of another kind than `quotes` say.

    A title alone does not: sites put today's name above old reports, 清苑区 above what 清苑县 wrote.
    """
    if _CHANGED.search(text):
        return False
    if place.level in _TOWNSHIP:
        return bool(own) or text.count(place.name) > 1
    return len(own) > len(quotes) and not _OTHER_REGION.search(text) and not _ZONE.search(text)


def _finding(place: Place, kind: str, quotes: list[Quote], own: list[Quote]) -> Check:
    first = quotes[0]
    times = f"（共{len(quotes)}处）" if len(quotes) > 1 else ""
    elsewhere = f"，文中另有{len(own)}处自称“{own[0].quote}”" if own else ""
    right = first.quote.replace(kind, place.level)
    return inconsistent(
        first,
        f"报告单位是{place.name}{elsewhere}，这里却写“{first.quote}”{times}。如指本{place.level}，应为“{right}”。",
        f"The report is by {place.name}, yet says {first.quote}. If it means itself, write {right}.",
        [
            *(Related.of(each, role="own") for each in own[:1]),
            *(Related.of(each, role="again") for each in quotes[1:]),
        ],
        place=place.name,
        uses=len(quotes),
        own=len(own),
    )
