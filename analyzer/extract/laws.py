"""The laws of the country, from lexicon/laws.csv, and the names that resolve to them."""

from __future__ import annotations

import re
from functools import cache

from analyzer.errors import LexiconError
from analyzer.lexicon import load_rows
from analyzer.records import Law

NATION = "中华人民共和国"
_KINDS = {"law", "regulation", "party_rule"}
_COLUMNS = ["title", "kind", "other_names", "in_force", "repealed", "successor", "source"]
_DAY = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_DAY_OR_YEAR = re.compile(rf"{_DAY.pattern}|(?:19|20)\d\d")
# Brackets that name a text of the same law: （2021年修订）, （修正）. Drafts are no law: （草案）, （修订草案）.
_REVISION = re.compile(r"[（(](?:(?:19|20)\d\d年?)?(?:最新)?(?:修订|修正|修正案|修订版|版)?[）)]$")
_NEW = re.compile(r"^(?:新修订的?|新|原|旧)")


@cache
def laws() -> dict[str, Law]:
    """Every law of the table by its title. Raises LexiconError that names the row which is broken."""
    found: dict[str, Law] = {}
    for number, row in enumerate(load_rows("laws"), 2):
        if list(row) != _COLUMNS:
            raise LexiconError(f"laws.csv：首行应为 {','.join(_COLUMNS)}")
        if fault := _fault(row):
            raise LexiconError(f"laws.csv：第{number}行“{row['title']}”{fault}")
        if row["title"] in found:
            raise LexiconError(f"laws.csv：第{number}行“{row['title']}”出现两次")
        found[row["title"]] = Law(**{**row, "other_names": tuple(row["other_names"].split())})  # type: ignore[arg-type]
    for law in found.values():
        if law.successor and law.successor not in found:
            raise LexiconError(f"laws.csv：“{law.title}”的替代者“{law.successor}”不在表中")
    return found


def _fault(row: dict[str, str]) -> str:
    """What is wrong with a row; "" for a good one."""
    if not row["title"] or row["title"].startswith(NATION):
        return f"的名称应当有，且不带“{NATION}”"
    if row["kind"] not in _KINDS:
        return f"的类别“{row['kind']}”不认识"
    if not row["source"]:
        return "没有写明来源（source）"
    if row["in_force"] and not _DAY.fullmatch(row["in_force"]):
        return f"的施行日期“{row['in_force']}”应写成2022-05-01的样子"
    if row["repealed"] and not _DAY_OR_YEAR.fullmatch(row["repealed"]):
        return f"的废止日期“{row['repealed']}”应写成2022-05-01或2022的样子"
    if row["repealed"] and row["repealed"] <= row["in_force"]:
        return "的废止日期不在施行日期之后"
    if row["successor"] and not row["repealed"]:
        return "有替代者而没有废止日期"
    return ""


@cache
def law_names() -> dict[str, Law]:
    """Every name by which a law goes, without 中华人民共和国. Raises LexiconError where two laws share one."""
    found: dict[str, Law] = {}
    for law in laws().values():
        for name in (law.title, *law.other_names):
            if name in found:
                raise LexiconError(f"laws.csv：“{name}”既指《{found[name].title}》又指《{law.title}》")
            found[name] = law
    return found


def law_of(title: str) -> Law | None:
    """The law that a title without white space names, in full or short: 《中华人民共和国行政处罚法》, 《行政处罚法》.

    A year or 修订 in brackets is left out, drafts resolve to None, and so do the titles of provinces and towns.
    """
    names = law_names()
    bare = bare_title(title)
    return names.get(title) or names.get(bare) or names.get(_NEW.sub("", bare))


def bare_title(title: str) -> str:
    """A title without 中华人民共和国 before it and （2021年修订） behind it."""
    return _REVISION.sub("", title).removeprefix(NATION)
