"""REF002: a law under a wrong name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.extract.law_slips import Slip, slip_of
from analyzer.extract.laws import law_of
from analyzer.records import Analysis, Check, Citation, Quote, Related
from analyzer.rules import CONSISTENT, DOUBTFUL, inconsistent, rule

_RUN_ON = re.compile(r"《(?P<title>[^《》\n]{2,40}?)[、，和与及]?(?=《)")
_AND = re.compile(r"[、，]|(?<=[法例定典])[和与及](?=\w{2})")


@rule("REF002", "misnamed-law", "warning")
def misnamed_law(analysis: Analysis) -> Iterator[Check]:
    """法律法规名称写错 / A law under a wrong name

    查什么：书名号里的名称不是法律法规的名称，却与一部法律法规只差一个字（多、少、错一字，或两字颠倒）；
        两部法律写进了同一对书名号。
    为什么：《人民调节法》《未成年保护法》并不存在，引错名称，依据就落了空，检索也找不到。
    依据：法律、行政法规和党内法规的全称与通行简称，见 lexicon/laws.csv；易混的字见 lexicon/misnamed_law.toml。
    不报：表中任何一部法律法规的名称；省、市的条例；草案、修订稿；只差一字而可能另有其文的名称（存疑）；
        只少半个书名号、旁边没有别的书名的（由 TXT001 查）。

    Checks: whether a title in 《》 is no law's name but one character away from one (a character wrong, missing, too
        many, or two exchanged); whether two laws share one pair of title marks.
    Why: a law cited under a wrong name cannot be found.
    Source: full titles and common short ones in lexicon/laws.csv; characters often confused in misnamed_law.toml.
    Not flagged: the name of any law of the table; titles of provinces and cities; drafts; titles that may be another
        document's (doubtful); half a pair of marks with no other title beside it (TXT001 finds those).
    """
    for match in _RUN_ON.finditer(analysis.text):
        if law_of(match["title"]):
            yield _run_on(analysis, match)
    for citation in analysis.citations:
        if citation.law:
            yield CONSISTENT
        elif slip := slip_of(citation.title):
            yield _misnamed(analysis, citation, slip) if slip.sure else DOUBTFUL
        elif len(titles := _AND.split(citation.title)) > 1 and all(map(law_of, titles)):
            yield _joined(citation, titles)


def _misnamed(analysis: Analysis, citation: Citation, slip: Slip) -> Check:
    if not slip.written:
        zh, en = f"少了“{slip.right}”字", f"{slip.right} is missing"
    elif not slip.right:
        zh, en = f"多了“{slip.written}”字", f"{slip.written} is too much"
    else:
        zh, en = f"“{slip.written}”应为“{slip.right}”", f"{slip.written} should be {slip.right}"
    elsewhere = [each for each in analysis.citations if each.law is slip.law][:1]
    return inconsistent(
        citation,
        f"没有名为{citation.quote}的法律法规，与它最接近的是《{slip.name}》：{zh}。请核对名称。",
        f"No law is called {citation.quote}; the nearest is 《{slip.name}》: {en}.",
        [Related.of(each, role="right name") for each in elsewhere],
        name=slip.name,
        written=slip.written,
        right=slip.right,
    )


def _run_on(analysis: Analysis, match: re.Match[str]) -> Check:
    title = match["title"]
    following = [each for each in analysis.citations if each.start == match.end()]
    return inconsistent(
        Quote.cut(analysis.text, match.start(), match.end("title")),
        f"《{title}的书名号没有收住，与后面的书名连在了一起。请在“{title}”后补上“》”。",
        f"The title {title} runs on into the next one: close it with 》.",
        [Related.of(each, role="next title") for each in following],
        name=title,
    )


def _joined(citation: Citation, titles: list[str]) -> Check:
    apart = "".join(f"《{title}》" for title in titles)
    return inconsistent(
        citation,
        f"{len(titles)}部法律法规写进了一对书名号。请分开写作{apart}。",
        f"{len(titles)} laws share one pair of title marks: write {apart}.",
        names=titles,
    )
