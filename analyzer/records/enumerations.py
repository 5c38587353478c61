"""Lists: 一是…二是…, and headings of one parent."""

from __future__ import annotations

from dataclasses import dataclass

from analyzer.records.spans import Quote


@dataclass(frozen=True, slots=True)
class Item(Quote):
    """One item of a list, from its marker to the next item."""

    marker: str  # “一是” “（二）” “③”; "" for an item of a list without marks
    number: int  # as the marker says; for a list without marks, its place


@dataclass(frozen=True, slots=True)
class Declared(Quote):
    """A count announced for a list: “两个方面”, “五大行动”, “三到位”."""

    value: int


@dataclass(frozen=True, slots=True)
class Enumeration(Quote):
    """A list inside the text, or the headings of one parent."""

    style: str  # 一是 第一 首先 ① 1. （1） 一、 （一） other
    items: tuple[Item, ...]
    declared: Declared | None
    sections: tuple[int, ...] = ()  # the headings, where headings are the items: indexes into Outline.sections
