"""STR002: a heading promises what its section does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from analyzer.lexicon import load
from analyzer.records import Analysis, Check, Quote, Section
from analyzer.rules import CONSISTENT, DOUBTFUL, inconsistent, rule

_BODY = 30  # characters under a heading: an empty section is STR004's


@rule("STR002", "unkept-heading", "warning")
def unkept_heading(analysis: Analysis) -> Iterator[Check]:
    """标题说到的内容，正文没有写 / A heading promises what its section lacks

    查什么：标题写着“不足和原因”，正文只有不足、没有一句讲原因；标题写着“存在的问题”“下步打算”，正文没有问题、没有打算。
    为什么：标题多是从要求里抄来的，正文漏写了就答非所问。
    依据：法治政府建设与责任落实督察工作规定（2019年）第二十五条要求写“存在的不足和原因”；党政机关公文格式
    （GB/T 9704-2012）对标题概括内容的要求。
    不报：正文有“由于”“受……影响”“导致”等说明原因的话；标题下没有正文（那是 STR004）。

    Checks: a heading 不足和原因 whose section gives no cause; 存在的问题 without a problem, 下步打算 without a plan.
    Why: headings are often copied from the instruction, and the section then leaves the question unanswered.
    Source: 法治政府建设与责任落实督察工作规定 (2019) art. 25 asks for shortcomings and causes; GB/T 9704-2012.
    Not flagged: any words that explain (由于, 受…影响, 导致); an empty section (STR004).
    """
    for section in analysis.outline.sections:
        body = analysis.text[section.end : section.stop]
        if len(body.strip()) < _BODY:
            continue
        for promise in load("promises")["promise"]:
            unless = promise.get("unless")
            if not _found(promise["heading"], section.title) or (unless and _found(unless, section.title)):
                continue
            roles = {
                clause.role for clause in analysis.clauses if section.end <= clause.start and clause.end <= section.stop
            }
            if roles & set(promise["roles"]):
                yield CONSISTENT
            elif any(word in body for word in promise["words"]):
                yield DOUBTFUL if promise["roles"] else CONSISTENT
            else:
                yield _unkept(analysis, section, promise)


def _unkept(analysis: Analysis, section: Section, promise: dict[str, Any]) -> Check:
    zh, en = promise["name"]
    return inconsistent(
        Quote.cut(analysis.text, section.start, section.end),
        f"标题写到“{zh}”，下面的正文没有写{zh}。请核对：或补写{zh}，或改标题。",
        f"The heading promises {en} (“{zh}”), its section gives none: add them, or change the heading.",
        promised=zh,
    )


@cache
def _found(pattern: str, title: str) -> bool:
    return re.search(pattern, title) is not None
