"""What a report cites."""

from __future__ import annotations

from dataclasses import dataclass

from analyzer.records.spans import Quote


@dataclass(frozen=True, slots=True)
class Law:
    """A law, regulation or party rule of the whole country (lexicon/laws.csv), its title without 中华人民共和国."""

    title: str
    kind: str  # law regulation party_rule
    other_names: tuple[str, ...]  # 监督法 for 各级人民代表大会常务委员会监督法
    in_force: str  # ISO date: of the first or the latest wholly revised text; "" where the source does not say
    repealed: str  # ISO date or year from which it no longer holds; "" while it holds. A revision repeals nothing.
    successor: str  # title of the law that replaced it; "" for none
    source: str


@dataclass(frozen=True, slots=True)
class Citation(Quote):
    """A title as cited, with its title marks: “《信访工作条例》”; or the full title of a law without them."""

    title: str  # without title marks and white space
    kind: str  # law regulation party_rule plan notice meeting_document other
    number: str  # “国发〔2021〕7号” printed beside it, without white space; "" for none
    year: int | None  # of the number, else the first that title or the brackets behind it print
    law: Law | None  # what it resolves to; None for titles of a province or a town, and for unknown ones
