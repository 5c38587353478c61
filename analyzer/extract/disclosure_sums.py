"""The sums that the form for 政府信息公开 reports demands of its cells, and the single cell that upsets them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analyzer.extract.disclosure_form import form
from analyzer.records import FormCell


@dataclass(frozen=True, slots=True)
class Equation:
    """`left` and `right` must have the same sum; `blank` where a cell of them has no number, which may mean 0."""

    kind: str  # row column balance review
    left: tuple[FormCell, ...]
    right: tuple[FormCell, ...]
    blank: bool

    @property
    def excess(self) -> int:
        """By how much the left side is greater than the right."""
        return total(self.left) - total(self.right)

    def needs(self, cell: FormCell) -> int:
        """What `cell` must be for the equation to hold."""
        return (cell.value or 0) + (-self.excess if cell in self.left else self.excess)


def total(cells: Iterable[FormCell]) -> int:
    return sum(cell.value or 0 for cell in cells)


def equations(cells: tuple[FormCell, ...]) -> Iterator[Equation]:
    """The equations between the cells, one for each sum of which the total and a part are there."""
    at = {(cell.row, cell.column): cell for cell in cells}
    names = form()
    divided = not any(cell.row == names.undivided for cell in cells)
    *applicants, all_applicants = names.columns
    *outcomes, all_outcomes = names.outcomes

    def equation(kind: str, left: list[tuple[str, str]], right: list[tuple[str, str]]) -> Iterator[Equation]:
        one, other = (tuple(at[place] for place in side if place in at) for side in (left, right))
        if one and other:
            known = sum(cell.value is not None for cell in (*one, *other))
            yield Equation(kind, one, other, blank=known < len(left) + len(right))

    for row in names.rows(divided):
        yield from equation("row", [(row, all_applicants)], [(row, column) for column in applicants])
    for column in names.columns:
        results = [(row, column) for row in names.results_of(divided)]
        yield from equation("column", [(names.total, column)], results)
        handled = [(names.total, column), (names.carried, column)]
        yield from equation("balance", [(row, column) for row in names.received], handled)
    for case in names.cases:
        yield from equation("review", [(case, all_outcomes)], [(case, outcome) for outcome in outcomes])


def culprits(found: list[Equation]) -> Iterator[tuple[FormCell, int, list[Equation]]]:
    """Each cell whose correction makes two or more failing equations true and no true one false.

    With it: the number that it must be, and those equations. An equation is explained by one cell only.
    """
    if not any(equation.excess for equation in found):
        return
    cells: dict[int, FormCell] = {}  # by their places: cells themselves are slow keys
    whole: defaultdict[int, list[Equation]] = defaultdict(list)
    for equation in found:
        for cell in () if equation.blank else (*equation.left, *equation.right):
            cells[cell.start] = cell
            whole[cell.start].append(equation)
    explained: list[Equation] = []
    for at, around in whole.items():
        needed = {equation.needs(cells[at]) for equation in around}
        new = all(equation.excess and equation not in explained for equation in around)
        if new and len(around) > 1 and len(needed) == 1 and min(needed) >= 0:
            explained += around
            yield cells[at], needed.pop(), around
