"""The roles of clauses as people see them: a name in both languages and a colour, the same in notebooks and pages."""

from __future__ import annotations

from typing import NamedTuple

from analyzer.tabular.clauses import ROLES as _CHINESE


class Role(NamedTuple):
    """How one role is shown. The colour lies over light and dark pages alike, thinned out."""

    zh: str
    en: str
    colour: str  # "#rrggbb"

    def name(self, lang: str = "zh") -> str:
        return self.en if lang == "en" else self.zh


_COLOURS = {
    "measure": "#44aa99",
    "plan": "#5f97d6",
    "target": "#9a7fd1",
    "result": "#d9b02e",
    "shortcoming": "#d1607a",
    "cause": "#dd8a4e",
    "background": "#9a9a9a",
    "heading": "#6f7f8f",
    "other": "#c4c4c4",
}

ROLES = {role: Role(_CHINESE[role], role, colour) for role, colour in _COLOURS.items()}

PLAIN = ("heading", "other")  # told apart by the weight of their letters, not by a colour behind them
