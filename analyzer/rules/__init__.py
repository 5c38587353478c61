"""The rules: one file each, found by listing this folder.

A rule is a function over an `Analysis` that yields `Check`s, decorated with its code, name and severity. Its docstring
is its documentation: a first line “中文概要 / English summary”, then one block of labelled lines in each language
(the labels are `LABELS`). Its examples stand in tests/cases/<CODE>.toml. Adding a rule touches these two files only.

What needs more than one report is an `Across` of the rule: two functions more.
"""

from __future__ import annotations

import importlib
import pkgutil
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from analyzer.errors import UnknownRule
from analyzer.records import Analysis, Check, Edit, Outcome, Quote, Related, Severity

LABELS = {
    "zh": ("查什么：", "为什么：", "依据：", "不报："),
    "en": ("Checks: ", "Why: ", "Source: ", "Not flagged: "),
}


@dataclass(frozen=True)
class Across:
    """How a rule compares the reports that are audited together.

    `kept` is what it must know of every report, called where the report is analysed; a corpus stores it. `checks` takes
    these of all reports, and their analyses, of which only `report` and `outline` are sure to be there: looking one up
    may mean to read it from a file, so only those are looked up that something is said of. It yields checks, each
    behind the number of the report that it belongs to.
    """

    kept: Callable[[Analysis], bytes]
    checks: Callable[[Sequence[bytes], Sequence[Analysis]], Iterable[tuple[int, Check]]]


@dataclass(frozen=True)
class Rule:
    """A check with its name, its weight and its documentation."""

    code: str
    name: str
    severity: Severity
    check: Callable[[Analysis], Iterable[Check]]
    doc: str
    across: Across | None = None

    def summary(self, lang: str = "zh") -> str:
        """One line: what the rule finds."""
        zh, _, en = self.doc.strip().splitlines()[0].partition(" / ")
        return en if lang == "en" else zh

    def explanation(self, lang: str = "zh") -> list[tuple[str, str]]:
        """The labelled paragraphs of the docstring: [(label, text), …] in the order of LABELS."""
        lines = [line.strip() for line in self.doc.strip().splitlines()[1:]]
        joint = " " if lang == "en" else ""
        found: list[tuple[str, list[str]]] = []
        labels = {label.strip(): True for label in LABELS[lang]}
        others = [label.strip() for key, value in LABELS.items() if key != lang for label in value]
        inside = False
        for line in lines:
            label = next((each for each in labels if line.startswith(each)), None)
            if label:
                found.append((label, [line.removeprefix(label).strip()]))
                inside = True
            elif not line or any(line.startswith(each) for each in others):
                inside = False
            elif inside:
                found[-1][1].append(line)
        return [(label.rstrip("：:"), joint.join(parts)) for label, parts in found]

    def examples(self, kind: str) -> list[dict[str, Any]]:
        """The rule's cases, each {"text": …, "at": […]}: those it must find (`fires`) or leave alone (`silent`)."""
        folder = files(__name__) / "cases"  # an installed wheel has tests/cases here
        if not folder.is_dir():
            folder = Path(__file__).parents[2] / "tests" / "cases"
        file = folder / f"{self.code}.toml"
        cases = tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}  # one's own rule may have none
        found: list[dict[str, Any]] = cases.get(kind, [])
        return found


def rule(
    code: str, name: str, severity: str, across: Across | None = None
) -> Callable[[Callable[[Analysis], Iterable[Check]]], Rule]:
    """Makes a function over an `Analysis` into a `Rule`; its docstring documents both it and `across`."""

    def decorate(check: Callable[[Analysis], Iterable[Check]]) -> Rule:
        return Rule(code, name, Severity(severity), check, check.__doc__ or "", across)

    return decorate


@cache
def all_rules() -> dict[str, Rule]:
    """Every rule of this folder by its code, in the order of the codes."""
    found = {}
    for module in pkgutil.iter_modules(__path__):
        for value in vars(importlib.import_module(f"{__name__}.{module.name}")).values():
            if isinstance(value, Rule):
                found[value.code] = value
    return dict(sorted(found.items()))


def choose(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> list[Rule]:
    """The rules that `select` names (all of them where it is empty) without those of `ignore`.

    A word is a code or how codes begin (ENU), several are separated by commas. Raises UnknownRule.
    """
    chosen, left_out = _codes(select) or set(all_rules()), _codes(ignore)
    return [rule for code, rule in all_rules().items() if code in chosen - left_out]


def _codes(words: Iterable[str]) -> set[str]:
    found = set()
    for word in (part.strip().upper() for group in words for part in group.split(",")):
        matching = [code for code in all_rules() if word and code.startswith(word)]
        if word and not matching:
            near = get_close_matches(word, [*all_rules(), *{code[:3] for code in all_rules()}])
            hint = f"，相近的有：{'、'.join(near)}" if near else ""
            raise UnknownRule(f"没有规则 {word}{hint}。全部规则见 analyzer rules · no such rule")
        found.update(matching)
    return found


# How a rule says what it saw.
CONSISTENT = Check(Outcome.CONSISTENT)
DOUBTFUL = Check(Outcome.DOUBTFUL)
NOT_ASSESSABLE = Check(Outcome.NOT_ASSESSABLE)


def inconsistent(
    quote: Quote,
    zh: str,
    en: str,
    related: Iterable[Related] = (),
    severity: str | None = None,
    edits: Iterable[Edit] = (),
    **computed: Any,
) -> Check:
    """A check that failed: the words it points at, the message in both languages, the other places, the arithmetic.

    `edits` mend it, given only where no one need judge.
    """
    weight = Severity(severity) if severity else None
    return Check(Outcome.INCONSISTENT, quote, zh, en, tuple(related), computed, weight, tuple(edits))
