"""STR001: content that a kind of report must have is nowhere in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from analyzer.lexicon import load
from analyzer.records import Analysis, Check, Quote
from analyzer.rules import CONSISTENT, NOT_ASSESSABLE, inconsistent, rule

_LEAST = 3  # clauses of a role that show a part to be there


@rule("STR001", "missing-section", "warning")
def missing_section(analysis: Analysis) -> Iterator[Check]:
    """缺少应有的内容 / Content that this kind of report must have is missing

    查什么：报告有没有它这一类应当写到的内容。法治政府建设年度报告：举措和成效、不足和原因、党政主要负责人履行第一责任人
    职责的情况、下一年度安排；政府信息公开年度报告：六个部分；政府工作报告：回顾和安排。按哪一类查，由 --profile 决定，
    默认看标题。
    为什么：这些内容是规定要求的，缺了会被退回。
    依据：法治政府建设与责任落实督察工作规定（2019年）第二十五条；政府信息公开条例（2019年修订）第五十条和年度报告格式
    （2021年）；各项见 lexicon/profiles.toml。
    不报：规定施行以前的年度；节选（字数太少）；只要文中有一处写到，不论标题怎样写、写在哪里。

    Checks: whether a report has what its kind must contain: an annual report on 法治政府 the measures and effects,
    shortcomings and causes, the first person responsible, the coming year's plan; one on 信息公开 its six parts; a
    政府工作报告 review and plan. --profile says which kind, by default the title does.
    Why: regulations ask for it, and a report without it is sent back.
    Source: 法治政府建设与责任落实督察工作规定 (2019) art. 25; 政府信息公开条例 (2019) art. 50 and its form of 2021; see
    lexicon/profiles.toml.
    Not flagged: years before the regulation; excerpts (too few characters); a part that is there in any one place,
    whatever its heading.
    """
    kind = analysis.outline.kind if analysis.profile == "auto" else analysis.profile
    profile = load("profiles").get(kind)
    if profile is None:
        return
    year = analysis.outline.year
    headings = "\n".join(section.title for section in analysis.outline.sections)
    for part in profile["parts"]:
        if year is None or year < profile["since"] or len(analysis.text) < profile["shortest"]:
            yield NOT_ASSESSABLE
        elif _is_there(analysis, part, headings):
            yield CONSISTENT
        else:
            zh, en = part["name"]
            yield inconsistent(
                _title(analysis),
                f"全文没有找到“{zh}”。{profile['source'].partition('：')[0]}要求写这一部分，请核对：如确实没有写，请补上。",
                f"No part on “{zh}” ({en}) was found. It is required by {profile['source'].partition('：')[0]}.",
                part=zh,
                profile=kind,
            )


def _is_there(analysis: Analysis, part: dict[str, Any], headings: str) -> bool:
    if any(_pattern(words).search(analysis.text) for words in part.get("words", ())):
        return True
    if any(word in headings for word in part.get("headings", ())):
        return True
    roles = part.get("roles", ())
    return bool(roles) and sum(clause.role in roles for clause in analysis.clauses) >= part.get("least", _LEAST)


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words)


def _title(analysis: Analysis) -> Quote:
    """What is missing stands nowhere: the finding points at the title, else at the first line."""
    if analysis.outline.title:
        return analysis.outline.title
    first = analysis.report.paragraphs[0]
    return Quote.cut(analysis.text, first.start, first.end)
