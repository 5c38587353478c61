"""The nouns of the field, as frozen records. Read `pipeline.py` first, then this.

Everything found in a report is a `Quote`: a half-open span of characters of `Report.text` together with its words,
cut in one place (`Quote.cut`), so that `text[start:end] == quote` cannot be false.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from importlib import import_module
from itertools import accumulate
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of characters of one report's text."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Quote(Span):
    """A span with its words: `text[start:end] == quote`."""

    quote: str

    @classmethod
    def cut(cls, text: str, start: int, end: int, **fields: Any) -> Self:
        """The quote `text[start:end]`; `fields` are the record's own. Raises ValueError for a range outside `text`."""
        if not 0 <= start <= end <= len(text):
            raise ValueError(f"no such range of a text of {len(text)} characters: {start}:{end}")
        return cls(start, end, text[start:end], **fields)


def _html(record: object) -> str:
    """What a notebook shows of a record; the page is only made there, by a module above this one."""
    return str(import_module("analyzer.notebook").html_of(record))


# --- what a reader gives ---------------------------------------------------------------------------------------------


class Part(StrEnum):
    """Where in a file a paragraph stands."""

    BODY = "body"
    TABLE = "table"
    NOTE = "note"  # footnote or endnote


@dataclass(frozen=True, slots=True)
class Paragraph(Span):
    """One paragraph (or table cell) of a report, white space around it left out."""

    level: int | None = None  # heading level that the file itself states (Word style, <h2>), 1 is highest
    page: int | None = None  # 1-based, where the format has pages
    part: Part = Part.BODY
    cell: tuple[int, int, int] | None = None  # table, row, column, 0-based


@dataclass(frozen=True)
class Report:
    """One report as read: its text never changes, every offset of the analysis counts characters of it."""

    path: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    format: str  # txt docx pdf html

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Offsets at which the lines of `text` begin."""
        starts, at = [0], self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return tuple(starts)

    def __repr__(self) -> str:
        return f"Report({self.path!r}, {len(self.text)} characters)"

    def _repr_html_(self) -> str:
        return _html(self)


# --- what the outline gives ------------------------------------------------------------------------------------------


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


# --- what enumerations give ------------------------------------------------------------------------------------------


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


# --- what extraction gives -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Clause(Span):
    """The text between two of 。！？；，： or line ends, with its role ("" while no role is assigned).

    Roles: heading measure plan target result shortcoming cause background other (see corpus/README.md).
    """

    role: str = ""


@dataclass(frozen=True, slots=True)
class Quantity(Quote):
    """A number that measures or counts something, with its hedges and unit as written: “800余份”."""

    value: Fraction  # 万 and 亿 multiplied out, percentages as printed
    upper: Fraction | None  # the upper end of a range (3—5天)
    unit: str  # measure word or unit without 万/亿: 份 人次 元 % 个百分点; "" for a bare number
    hedge: str  # "" 余 近 约 >= <=
    kind: str  # count money percent points ratio area length weight energy duration rank other
    low: Fraction | None  # the least that the printed digits and the hedge allow; None where they set no end
    high: Fraction | None  # the most
    indicator: Quote | None  # the words that say what is counted
    period: str  # 本年 上年 累计 计划 2022年 1—11月 “十三五”期间 …; "" where the text does not say
    section: int | None  # index into Outline.sections


@dataclass(frozen=True, slots=True)
class Date(Quote):
    """A calendar date as printed, possible or not: “2023年12月9日”, “1—11月”, “2月30日”."""

    year: int | None  # None where the text leaves it out
    month: int
    day: int | None


@dataclass(frozen=True, slots=True)
class Breakdown(Quote):
    """A total and its parts: “受理103件，其中民事91件、行政12件”."""

    total: Quantity
    parts: tuple[Quantity, ...]
    labels: tuple[str, ...]  # what each part is called
    cue: str  # 其中 包括 括号 共计 对举 比例
    split: str  # exhaustive, exclusive, or "" where the words do not prove that the parts neither lack nor overlap
    rivals: tuple[Quantity, ...]  # earlier numbers of the sentence that could be the total instead
    scope: str
    period: str


@dataclass(frozen=True, slots=True)
class Change(Quote):
    """A figure at two times and the difference: “由120件增加到150件，增长25%”. What the text does not say is None."""

    before: Quantity | None
    after: Quantity
    by: tuple[Quantity, ...]
    direction: int  # 1 rises, -1 falls, 0 where the words do not say
    compared: str  # 同比 比上年 年均 …, as printed before the difference
    since: str  # the words that date the earlier figure: 2015年, 上年
    doublings: int  # 翻两番 is 2; 0 where nothing doubles
    indicator: Quote | None
    scope: str
    period: str


@dataclass(frozen=True, slots=True)
class Rate(Quote):
    """A percentage with its part and whole: “受理50件，办结48件，办结率96%”, “占总数的25%”."""

    noun: str  # 办结率, 占比
    rate: Quantity
    part: Quantity | None
    whole: Quantity | None
    sure: bool  # whether the words prove part and whole to be the ones meant
    scope: str
    period: str


@dataclass(frozen=True, slots=True)
class Measure(Quote):
    """Something done or planned (举措): “开展综合执法检查4次”, without serial mark and closing punctuation."""

    status: str  # done planned
    action: Quote | None  # the verb; it may stand before the measure, where the measure only counts
    object: Quote | None  # what it acts on, without the count
    actor: Quote | None  # who acts, where the sentence says so
    section: int | None  # index into Outline.sections
    point: Quote | None  # what it belongs to: the first clause of its numbered item (“二是……”), else its heading
    quantities: tuple[int, ...]  # indexes into Analysis.quantities


@dataclass(frozen=True, slots=True)
class Shortcoming(Quote):
    """One stated shortcoming (不足), with the causes that it gives and the planned measures that answer it."""

    causes: tuple[Quote, ...]
    plans: tuple[Quote, ...]  # best first


@dataclass(frozen=True)
class Words:
    """The words of a text in order, without gaps: ''.join(words) is the text."""

    words: tuple[str, ...]
    tags: tuple[str, ...]  # as jieba's dictionary and terms.csv have them: n v a d m …; x for what they do not list

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The offset of each word in the text."""
        return tuple(accumulate(map(len, self.words), initial=0))[:-1]


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


@dataclass(frozen=True, slots=True)
class FormCell(Quote):
    """One number of the tables that every 政府信息公开 report has in the same form."""

    row: str  # 本年新收, 予以公开, 办理结果总计 …; 行政复议 … in the table of reviews and lawsuits
    column: str  # 自然人 … 总计; 结果维持 … 总计
    value: int | None  # None for “/” and the like


@dataclass(frozen=True)
class Analysis:
    """All that was read out of one report: the only thing that rules see."""

    report: Report
    outline: Outline
    enumerations: tuple[Enumeration, ...]
    clauses: tuple[Clause, ...]
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[Date, ...] = ()
    disclosure: tuple[FormCell, ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()
    changes: tuple[Change, ...] = ()
    rates: tuple[Rate, ...] = ()
    words: Words = Words((), ())
    measures: tuple[Measure, ...] = ()
    shortcomings: tuple[Shortcoming, ...] = ()
    citations: tuple[Citation, ...] = ()
    profile: str = "auto"  # the kind of report to check against (lexicon/profiles.toml); auto: as the title says

    @property
    def text(self) -> str:
        return self.report.text

    def __repr__(self) -> str:
        return f"Analysis({self.report.path!r}, {len(self.text)} characters)"

    def _repr_html_(self) -> str:
        return _html(self)


# --- what rules give -------------------------------------------------------------------------------------------------


class Outcome(StrEnum):
    """How a check ended. Silence is not a pass: an audit counts all four."""

    CONSISTENT = "consistent"
    INCONSISTENT = "inconsistent"
    DOUBTFUL = "doubtful"
    NOT_ASSESSABLE = "not_assessable"


class Severity(StrEnum):
    """error: provable contradiction; warning: very likely wrong; info: worth a look."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Related(Quote):
    """Another place that a finding speaks of, and what it is there for (declared, item, total, …)."""

    role: str
    path: str = ""  # the report it stands in, where that is another one


@dataclass(frozen=True, slots=True)
class Edit(Quote):
    """A correction that cannot change the meaning: `new` in place of the words."""

    new: str


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that a rule looked at. Only an inconsistent one carries quote and messages, and becomes a finding."""

    outcome: Outcome
    quote: Quote | None = None
    zh: str = ""
    en: str = ""
    related: tuple[Related, ...] = ()
    computed: dict[str, Any] = field(default_factory=dict)
    severity: Severity | None = None  # where it differs from the rule's own
    edits: tuple[Edit, ...] = ()  # only where nothing is left to judge


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person decided on a finding."""

    verdict: str  # right wrong accepted
    note: str


@dataclass(frozen=True, slots=True)
class Finding(Quote):
    """An inconsistency, with all that a reader needs to judge it."""

    rule: str
    name: str
    severity: Severity
    zh: str
    en: str
    line: int  # 1-based
    column: int  # 1-based, in characters
    related: tuple[Related, ...]
    computed: dict[str, Any]
    fingerprint: str  # of rule and words: the same wherever the lines move; unique in its report
    edits: tuple[Edit, ...] = ()
    verdict: Verdict | None = None

    def message(self, lang: str = "zh") -> str:
        return self.en if lang == "en" else self.zh


@dataclass(frozen=True, slots=True)
class SetAside:
    """A finding that no longer counts, and why."""

    finding: Finding
    by: str  # suppress verdict baseline
    reason: str  # a person's words; "" for a finding of the baseline


@dataclass(frozen=True)
class Audit:
    """An analysis with the findings of the rules, and how many checks each rule made with what outcome."""

    analysis: Analysis
    findings: tuple[Finding, ...]
    checks: dict[str, Counter[Outcome]]
    set_aside: tuple[SetAside, ...] = ()  # known and settled: not among `findings`
    baselined: bool = False  # whether a baseline was laid over: what it does not know is new

    def __repr__(self) -> str:
        return f"Audit({self.analysis.report.path!r}, {len(self.findings)} findings)"

    def _repr_html_(self) -> str:
        return _html(self)


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and what to do about it."""

    path: str
    error: str
