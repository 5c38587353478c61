"""The rules for people: all of them in a table, one of them with its reasons and examples."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from rich.table import Table
from rich.text import Text

from analyzer.lexicon import load
from analyzer.render.excerpt import fold
from analyzer.render.terminal import COLOURS, console_on
from analyzer.render.words import WORDS
from analyzer.rules import Rule

_EXAMPLES = 2  # of each kind: enough to see what is meant

Judged = Mapping[str, tuple[int, int]]  # code → findings found right, findings judged


def measured(code: str) -> tuple[int, int] | None:
    """How many findings of a rule on published reports were right, of how many read; None where none was."""
    entry = load("measured")["findings"].get(code)
    return (entry["right"], entry["read"]) if entry else None


def example_lines(case: Mapping[str, Any], lang: str) -> list[str]:
    """The text of an example, and those of the other reports that it is compared with."""
    lines: list[str] = case["text"].strip().splitlines()
    for other in case.get("beside", ()):
        lines += [WORDS[lang]["beside"], *other.strip().splitlines()]
    return lines


def write_table(rules: Iterable[Rule], stream: TextIO, lang: str, judged: Judged) -> None:
    """One row a rule: code, name, severity, what it finds; how often it was right, where people judged findings."""
    console = console_on(stream)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("code", "name", "severity", "summary"):
        table.add_column(WORDS[lang][heading])
    if judged:
        table.add_column(WORDS[lang]["correct"], justify="right", no_wrap=True)
    for rule in rules:
        severity = Text(WORDS[lang][rule.severity.value], COLOURS[rule.severity])
        right, read = judged.get(rule.code, (0, 0))
        score = [f"{right}/{read}" if read else "–"] if judged else []
        table.add_row(rule.code, rule.name, severity, rule.summary(lang), *score)
    console.print(table)


def write_pages(rules: Iterable[Rule], stream: TextIO, lang: str, judged: Judged) -> None:
    """What each rule checks and why, with texts in which it does and does not find something."""
    console = console_on(stream)

    def put(words: str | Text = "", indent: int = 0) -> None:
        for line in fold(words, console.width - indent) or [""] if isinstance(words, str) else [words]:
            console.print(" " * indent, line, sep="", soft_wrap=True)

    for rule in rules:
        name = (f"{rule.code} {rule.name}", "bold")
        put(Text.assemble(name, "  ", (WORDS[lang][rule.severity.value], COLOURS[rule.severity])))
        put(rule.summary(lang))
        for label, text in [*rule.explanation(lang), *_scores(rule.code, judged, lang)]:
            put()
            put(Text(label, "bold"))
            put(text, indent=2)
        for kind in ("fires", "silent"):
            put()
            put(Text(WORDS[lang][kind], "bold"))
            for number, case in enumerate(rule.examples(kind)[:_EXAMPLES], 1):
                for line in example_lines(case, lang):
                    put(line, indent=2)
                if kind == "fires":
                    put(Text(f"→ {'；'.join(case['at'])}", "bold"), indent=2)
                if number < _EXAMPLES:
                    put()
        put()


def _scores(code: str, judged: Judged, lang: str) -> list[tuple[str, str]]:
    """How often the rule was right: on published reports, and as people here judged."""
    words = WORDS[lang]
    found = []
    if score := measured(code):
        found.append(words["measured on reports"].format(score[1], score[0]))
    if code in judged:
        right, read = judged[code]
        found.append(words["judged here"].format(read, right))
    return [(words["measured"], " ".join(found))] if found else []
