"""Set pieces of a report: guiding principles, targets, lessons learnt, thanks. See lexicon/scenes.toml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from analyzer.lexicon import load
from analyzer.records import Clause

_SENTENCE_END = "。！？!?"


@cache
def scenes() -> tuple[str, ...]:
    """The names of the set pieces; `find_scenes` numbers them from 1."""
    return tuple(load("scenes"))


@cache
def _opens() -> re.Pattern[str]:
    return re.compile(
        "|".join(f"(?P<{name}>{'|'.join(map(re.escape, scene['opens']))})" for name, scene in load("scenes").items())
    )


def find_scenes(text: str, clauses: Sequence[Clause]) -> list[int]:
    """For each clause the number of the set piece that it stands in, 0 for none."""
    opens, lasts = _opens(), {name: scene["lasts"] for name, scene in load("scenes").items()}
    found, scene = [], ""
    end = 0  # of the clause before
    for clause in clauses:
        if scene and (
            "\n" in text[end - 1 : clause.start + 1] or (lasts[scene] == "sentence" and text[end - 1] in _SENTENCE_END)
        ):
            scene = ""
        match = opens.search(text, clause.start, clause.end)
        if match:
            scene = match.lastgroup or ""
        found.append(scenes().index(scene) + 1 if scene else 0)
        end = clause.end
    return found
