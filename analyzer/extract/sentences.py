"""The quantities of a report sentence by sentence, with the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analyzer.records import Quantity

_END = re.compile(r"[。！？\n]|\\r\\n|\\n|&nbsp;&nbsp;")
_SCOPE = re.compile(
    r"(?:全|本|我)(?:国|省|市|州|县|区|旗|镇|乡|村|街道|社会)|[省市县区镇乡村]本?级|其余|农村|城镇|城区|乡村"
)
_MOST = 500  # quantities of a sentence; with more it is none, and each would be compared with all before it


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its quantities, in text order."""

    text: str  # of the whole report
    start: int
    stop: int
    quantities: tuple[Quantity, ...]

    def before(self, index: int) -> str:
        """The words between the quantity before (or the sentence's start) and this one."""
        return self.text[self.quantities[index - 1].end if index else self.start : self.quantities[index].start]

    def after(self, index: int) -> str:
        """The words between this quantity and the next (or the sentence's end)."""
        last = index + 1 == len(self.quantities)
        return self.text[self.quantities[index].end : self.stop if last else self.quantities[index + 1].start]


def sentences(text: str, quantities: Sequence[Quantity]) -> Iterator[Sentence]:
    """Every sentence that holds a quantity, and not more of them than a sentence can."""
    start, at = 0, 0
    for stop in (*(match.start() for match in _END.finditer(text)), len(text)):
        first = at
        while at < len(quantities) and quantities[at].start < stop:
            at += 1
        if 0 < at - first <= _MOST:
            yield Sentence(text, start, stop, tuple(quantities[first:at]))
        start = stop + 1


def scope_of(words: str) -> str:
    """The place that the words before a quantity limit it to (全县, 村级); "" where they name none."""
    found = _SCOPE.findall(words)
    return str(found[-1]) if found else ""
