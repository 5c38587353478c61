"""What the text of a 政府信息公开 report says of the totals in its tables: “全年新收政府信息公开申请15件”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from analyzer import lexicon
from analyzer.extract.dates import years_in
from analyzer.records import Outline, Quote

_SENTENCE = 100  # characters before the words that may tell whose figure it is
_END = re.compile("[。；！？：]")
_COMMA = re.compile("[，,、]")


@dataclass(frozen=True, slots=True)
class Statement(Quote):
    """A sentence's figure for a row of the table on applications."""

    row: str
    value: int
    firm: bool  # whether it surely speaks of the whole table: not of a part, another office or another year


def find_statements(text: str, outline: Outline) -> Iterator[Statement]:
    """Every place that states the total of a row, in the words of lexicon/disclosure_form.toml."""
    data = lexicon.load("disclosure_form")
    rows = {words: (entry["row"], entry["firm"]) for entry in data["stated"] for words in entry["words"]}
    for match in _pattern().finditer(text):
        row, firm = rows["".join(match["words"].split())]
        before = _END.split(text[max(0, match.start() - _SENTENCE) : match.start()])[-1]
        yield Statement.cut(
            text,
            *match.span(),
            row=row,
            value=int(match["number"]),
            firm=firm and _is_whole("".join(before.split()), outline),
        )


def _is_whole(before: str, outline: Outline) -> bool:
    """Whether the sentence up to its figure speaks of the place and the year reported on, and of nothing less."""
    words = lexicon.load("disclosure_form")["stating"]
    if any(word in before for word in words["elsewhere"]) or any(year != outline.year for year in years_in(before)):
        return False
    rest = (
        _COMMA.split(before)[-1]
        .replace(outline.place.name if outline.place else "", "")
        .replace(f"{outline.year}年", "")
    )
    for word in words["whole"]:
        rest = rest.replace(word, "")
    return not rest


@cache
def _pattern() -> re.Pattern[str]:
    data = lexicon.load("disclosure_form")
    words = [word for entry in data["stated"] for word in entry["words"]]
    named, between = (
        "|".join(r"\s?".join(word) for word in sorted(some, key=len, reverse=True))
        for some in (words, data["stating"]["between"])
    )
    units = data["stating"]["units"]
    return re.compile(rf"(?P<words>{named})(?:{between}){{0,3}}\s{{0,2}}(?P<number>\d{{1,6}})\s{{0,2}}[{units}]")
