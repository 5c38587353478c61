"""NAM001: a place that the report has nothing to do with, left in from another text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from analyzer.extract.places import Named, find_places, level_of, places_above, same_place, spoken_of
from analyzer.records import Analysis, Check, Place, Quote, Related
from analyzer.rules import CONSISTENT, DOUBTFUL, NOT_ASSESSABLE, inconsistent, rule


@rule("NAM001", "foreign-place", "warning")
def foreign_place(analysis: Analysis) -> Iterator[Check]:
    """出现了与本报告无关的地名 / A place that the report has nothing to do with

    查什么：乡镇、街道的报告里，是否有别的乡镇、街道在做事或落款（句首的“某镇坚持……”，“某镇人民政府”），
        是否写成受别的县、市领导（“在某县委的领导下”）；县、区的报告里是否有别的县、区在领导或落款。
    为什么：多是沿用别处文稿时没有改净，读者会怀疑整段内容。
    依据：只用报告自己的话：标题、落款、文中本单位名称和写在它前面的上级名称。
    不报：写明相邻、对口、帮扶、考察、签约、合并、更名等关系的，与别处并列的，引号、书名号里的；
        上级和下级的地名；看不出本单位属哪个县时的县名；比本单位名称出现得还多的地名。

    Checks: in a township's report, whether another township acts (某镇坚持…, heading a clause) or signs, or another
        county or city leads (在某县委的领导下); in a county's report, whether another county leads or signs.
    Why: such a name was left in from another text and makes the reader doubt the whole passage.
    Source: the report's own words alone: title, signature, its own name and the places named right before it.
    Not flagged: places said to be neighbours, partners, visited, merged or renamed; places in a row with others, in
        quotations and titles; places above and below; counties where the report does not say which is its own; names
        that stand oftener than the report's own.
    """
    place = analysis.outline.place
    level = level_of(place.level) if place else ""
    if place is None or level not in ("township", "county"):
        yield NOT_ASSESSABLE
        return
    own = {level: place.name} | (places_above(analysis.text, place.name) if level == "township" else {})
    foreign: dict[str, list[Named]] = defaultdict(list)
    for named in find_places(analysis.text):
        if named.level not in own:
            yield NOT_ASSESSABLE  # it may be above or below
        elif same_place(named.quote, own[named.level]):
            yield CONSISTENT
        else:
            foreign[named.quote].append(named)
    for name, places in foreign.items():
        if spoken_of(analysis.text, name) or analysis.text.count(name) > _own_mentions(analysis.text, place):
            yield DOUBTFUL
        else:
            yield _finding(analysis, place, own[places[0].level], places)


def _own_mentions(text: str, place: Place) -> int:
    """How often the report names its own place: 云水乡, 我乡, 全乡."""
    return text.count(place.name) + sum(text.count(word + place.level) for word in "我全")


def _finding(analysis: Analysis, place: Place, own: str, places: list[Named]) -> Check:
    text, name = analysis.text, places[0].quote
    title = analysis.outline.title
    first = text.find(own, title.start if title else 0)
    if own == place.name:
        zh = f"报告单位是{own}，全文{text.count(own)}处写{own}，这里却写“{name}”。"
        en = f"The report is by {own}, which it names {text.count(own)} times; here it says {name}."
    else:
        zh = f"文中写明{place.name}属{own}，这里却写“{name}”。"
        en = f"The report says that {place.name} belongs to {own}; here it says {name}."
    return inconsistent(
        Quote.cut(text, places[0].start, places[0].end),
        f"{zh}如系笔误，请改为{own}；如确指{name}，请写明两地的关系。",
        f"{en} If that is a slip, write {own}; if {name} is meant, say what it has to do with the report.",
        [
            Related.cut(text, first, first + len(own), role="own"),
            *(Related.of(each, role="again") for each in places[1:]),
        ],
        own=own,
        place=name,
    )
