"""What the words say: clauses and their roles, what was done, what falls short."""

from __future__ import annotations

from dataclasses import dataclass

from analyzer.records.spans import Quote, Span


@dataclass(frozen=True, slots=True)
class Clause(Span):
    """The text between two of 。！？；，： or line ends, with its role ("" while no role is assigned).

    Roles: heading measure plan target result shortcoming cause background other (see corpus/README.md).
    """

    role: str = ""


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
