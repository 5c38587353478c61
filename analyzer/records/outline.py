"""What the frame of a report gives: its headings, who reports, on which year."""

from __future__ import annotations

from dataclasses import dataclass

from analyzer.records.spans import Quote


@dataclass(frozen=True, slots=True)
class Section(Quote):
    """A heading and the part of the text under it. The quote is the heading with its marker: “（二）强化依法执政，”."""

    level: int  # 1 for the highest level of this report
    marker: str  # “一、” “（二）” “1.”; "" for a heading without one
    style: str  # 第一部分 一、 （一） 1. （1） ①; "" for a heading without a marker
    number: int | None
    title: str  # the heading without marker and closing punctuation
    parent: int | None  # index into Outline.sections
    stop: int  # where the section's text ends: the next heading of the same or a higher level
    run_in: bool  # text follows on the heading's own line


@dataclass(frozen=True, slots=True)
class Place:
    """The place that reports, with its level: 乡 镇 街道 县 区 市 州 省 ("" where the name does not say)."""

    name: str
    level: str


@dataclass(frozen=True, slots=True)
class Outline:
    """What the frame of a report says of it; None for what it does not say."""

    title: Quote | None
    issuer: Quote | None
    place: Place | None
    year: int | None  # the year reported on, where title or opening say it
    date: Quote | None  # date line (signature or session)
    kind: str  # 法治政府 工作报告 信息公开 工作总结 other
    sections: tuple[Section, ...]
