"""The rules as one Markdown page: docs/rules.md is what this writes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TextIO

from analyzer.render.rulebook import example_lines, measured
from analyzer.render.words import WORDS
from analyzer.rules import Rule

_EXAMPLES = 3  # of each kind
_MARKUP = re.compile(r"[\\`*_<\[\]|#]")


def write_reference(rules: Iterable[Rule], stream: TextIO, lang: str = "zh") -> None:
    """A table of the rules, then each with its reasons, how often it was right, and texts of both kinds."""
    words, rules = WORDS[lang], list(rules)
    headings = [words[key] for key in ("code", "name", "severity", "summary", "measured right")]
    lines = [words["reference"], "", _row(headings), _row(["---"] * len(headings))]
    for rule in rules:
        name = f"[{rule.code}](#{rule.code.lower()})"
        lines.append(_row([name, rule.name, words[rule.severity.value], _plain(rule.summary(lang)), _score(rule)]))
    for rule in rules:
        lines += ["", *_section(rule, lang)]
    stream.write("\n".join(lines) + "\n")


def _section(rule: Rule, lang: str) -> list[str]:
    words = WORDS[lang]
    lines = [f"## {rule.code}", "", f"`{rule.name}` · {words[rule.severity.value]} · {_plain(rule.summary(lang))}", ""]
    lines += explained(rule, lang)
    for kind in ("fires", "silent"):
        lines += ["", f"**{words[kind]}**", "", "```text"]
        for number, case in enumerate(rule.examples(kind)[:_EXAMPLES]):
            lines += [""] * (number > 0) + example_lines(case, lang)
            lines += [f"→ {'；'.join(case['at'])}"] if kind == "fires" else []
        lines.append("```")
    return lines


def explained(rule: Rule, lang: str) -> list[str]:
    """What a rule checks and why, and how often it was right, as a Markdown list, an item a line."""
    words = WORDS[lang]
    lines = [f"- **{label}**{words['noted'].format(_plain(text))}" for label, text in rule.explanation(lang)]
    if score := measured(rule.code):
        text = words["measured on reports"].format(score[1], score[0])
        lines.append(f"- **{words['measured']}**{words['noted'].format(text)}")
    return lines


def _score(rule: Rule) -> str:
    score = measured(rule.code)
    return f"{score[0]}/{score[1]}" if score else "–"


def _plain(text: str) -> str:
    """Words that Markdown shows as they are."""
    return _MARKUP.sub(r"\\\g<0>", text)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
