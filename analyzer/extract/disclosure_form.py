"""The form of the tables in a 政府信息公开 report: its rows and columns by name (lexicon/disclosure_form.toml)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from analyzer import lexicon

_SERIAL = re.compile(r"[一二三四]、|[（(][一二三四五六七][)）]|[1-8][.．、]")


@dataclass(frozen=True, slots=True)
class Form:
    """The names of rows and columns, as the form orders them; the last column and the last outcome are totals."""

    heading: str  # of the part on applications
    columns: tuple[str, ...]
    received: tuple[str, ...]
    results: tuple[str, ...]  # both editions' together
    total: str
    carried: str
    undivided: str  # the row of the edition of 2019 …
    divided: tuple[str, ...]  # … and those of 2021 in its place
    begins: tuple[tuple[str, str], ...]  # beginning of a label, name of its row
    exact: tuple[tuple[str, str], ...]  # whole label, name of its row
    reviews: str  # end of the heading of the part on reviews and lawsuits
    end: str  # words of the heading behind it
    cases: tuple[str, ...]
    outcomes: tuple[str, ...]

    def rows(self, divided: bool) -> tuple[str, ...]:
        """The rows with numbers, from the top, in the edition that divides 其他处理 or does not."""
        return (*self.received, *self.results_of(divided), self.total, self.carried)

    def results_of(self, divided: bool) -> tuple[str, ...]:
        """The rows that add up to the total."""
        absent = (self.undivided,) if divided else self.divided
        return tuple(name for name in self.results if name not in absent)


@cache
def form() -> Form:
    """The form as the lexicon gives it."""
    data = lexicon.load("disclosure_form")
    table, reviews = data["applications"], data["reviews"]
    rows = [row for row in table["rows"] if row["kind"] != "head"]
    names: dict[str, list[str]] = {}
    for row in rows:
        names.setdefault(row["kind"], []).append(_name(row))
    return Form(
        heading=table["heading"],
        columns=tuple(table["columns"]),
        received=tuple(names["received"]),
        results=tuple(names["result"]),
        total=names["total"][0],
        carried=names["carried"][0],
        undivided=table["undivided"],
        divided=tuple(table["divided"]),
        begins=tuple((row["begins"], _name(row)) for row in rows if "begins" in row),
        exact=tuple((row["is"], _name(row)) for row in rows if "is" in row),
        reviews=reviews["heading"],
        end=reviews["end"],
        cases=tuple(reviews["cases"]),
        outcomes=tuple(reviews["outcomes"]),
    )


def row_of(label: str) -> str | None:
    """The name of the row that `label` begins, None for another: “（一）予以公开” → 予以公开."""
    words = squeezed(label)
    words = words[serial.end() :] if (serial := _SERIAL.match(words)) else words
    exact = (name for whole, name in form().exact if words == whole)
    return next(exact, None) or next((name for start, name in form().begins if words.startswith(start)), None)


def squeezed(words: str) -> str:
    """`words` without white space, which tables have anywhere: “总 计”."""
    return "".join(words.split())


def _name(row: dict[str, str]) -> str:
    return row.get("name") or row.get("begins") or row["is"]
