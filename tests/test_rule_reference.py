"""docs/rules.md is what the rules say of themselves. To renew it: python tests/test_rule_reference.py"""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from analyzer.lexicon import load
from analyzer.render.rule_reference import write_reference
from analyzer.rules import all_rules

PAGE = Path(__file__).parents[1] / "docs" / "rules.md"


def written(lang: str = "zh") -> str:
    stream = io.StringIO()
    write_reference(all_rules().values(), stream, lang)
    return stream.getvalue()


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == written(), "renew it: python tests/test_rule_reference.py"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("code", all_rules())
def test_each_rule_is_there_with_reasons_and_examples(code: str, lang: str) -> None:
    rule = all_rules()[code]
    page = written(lang).replace("\\", "").split(f"\n## {code}\n")[1].split("\n## ")[0]
    for label, text in rule.explanation(lang):
        assert f"**{label}**" in page
        assert text.replace("\\", "") in page
    for kind in ("fires", "silent"):
        examples = rule.examples(kind)
        assert examples, f"{code} has no {kind} case"
        assert examples[0]["text"].strip().splitlines()[0].replace("\\", "") in page


def test_measured_figures_are_of_rules_and_add_up() -> None:
    for code, entry in load("measured")["findings"].items():
        assert code in all_rules()
        assert 0 <= entry["right"] <= entry["read"]
        score = f"| {entry['right']}/{entry['read']} |"
        assert score in next(line for line in written().splitlines() if line.startswith(f"| [{code}]"))


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8", newline="\n")
