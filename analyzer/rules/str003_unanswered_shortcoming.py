"""STR003: a stated shortcoming that no planned measure answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from analyzer.extract.answers import touches
from analyzer.records import Analysis, Check, Section
from analyzer.rules import CONSISTENT, DOUBTFUL, NOT_ASSESSABLE, inconsistent, rule

_FEWEST = 5  # a report with fewer planned measures has no plan to compare with
_MOST = 60  # and one with more speaks of everything: a missing word shows nothing


@rule("STR003", "unanswered-shortcoming", "info")
def unanswered_shortcoming(analysis: Analysis) -> Iterator[Check]:
    """写了不足，下一步安排里没有对应的措施 / A stated shortcoming that no planned measure answers

    查什么：文中承认的每一项不足，在下一步的安排里有没有内容相关的措施（按实义词的相似程度判断）。
    为什么：找准了问题而没有对策，年底往往还是同一个问题。
    依据：法治政府建设与责任落实督察工作规定（2019年）第二十五条把不足和下一年度安排并列为必写内容；相似度按 TF-IDF 余弦
    （Salton 和 Buckley，1988）。
    不报：没有写安排的报告，安排多达几十条、无所不包的报告；安排或它的标题里有一个实义词与这项不足相同（记作存疑）。说法完全不同的对策看不出来，所以
    只作提示。

    Checks: whether each stated shortcoming has a planned measure about the same matter (similarity of content words).
    Why: a problem without a measure is usually the same problem next year.
    Source: 法治政府建设与责任落实督察工作规定 (2019) art. 25; TF-IDF cosine (Salton & Buckley 1988).
    Not flagged: reports without a plan, or with dozens of planned measures about everything; a shortcoming with which a
    plan or its heading shares one content word (doubtful). An answer in wholly other words is not recognised, therefore
    info only.
    """
    plans = [measure for measure in analysis.measures if measure.status == "planned"]
    sections = analysis.outline.sections
    headings = [sections[index] for index in _above(sections, {plan.section for plan in plans})]
    for shortcoming in analysis.shortcomings:
        if not _FEWEST <= len(plans) <= _MOST:
            yield NOT_ASSESSABLE
        elif shortcoming.plans:
            yield CONSISTENT
        elif touches(analysis.words, shortcoming, [*plans, *headings]):
            yield DOUBTFUL
        else:
            yield inconsistent(
                shortcoming,
                "文中写了这项不足，下一步的安排里没有找到对应的措施。请核对：如确有对策，可写明；如没有，建议补上。",
                "No planned measure was found that answers this shortcoming: if there is one, say so; else add one.",
                plans=len(plans),
            )


def _above(sections: Sequence[Section], inner: Iterable[int | None]) -> set[int]:
    """The sections `inner` and all that they stand in."""
    found: set[int] = set()
    for index in inner:
        while index is not None and index not in found:
            found.add(index)
            index = sections[index].parent
    return found
