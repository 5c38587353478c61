"""docs/data-formats.md lists the columns that the modules of analyzer/tabular describe, and names all keys of JSON.

To renew the columns: python tests/test_data_formats.py
"""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analyzer.cli import app
from analyzer.tabular import AUDITED, HEAD, TABLES, table

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "data-formats.md"
MARK = "<!-- The rest is written by tests/test_data_formats.py from the modules of analyzer/tabular. -->\n"
COLUMN = re.compile(r"^(\w+(?:, \w+)*) {2,}(\S+(?: \S+)*)(?: {2,}(.+))?$")


def described(kind: str) -> list[tuple[str, str, str]]:
    """The columns of a table's docstring: names, as in “start, end”, with type and meaning ("" where it has none)."""
    doc = importlib.import_module(f"analyzer.tabular.{kind}").__doc__ or ""
    found = [COLUMN.match(line) for line in doc.split("begins with:")[1].splitlines()]
    return [(column[1], column[2], column[3] or "") for column in found if column]


def written() -> Iterator[str]:
    """The generated part of the page."""
    for kind in (*TABLES, *AUDITED):
        headings = {column.name: column.heading for column in table(kind).own}
        yield f"\n### {kind}\n\n| column | type | {table(kind).heading} | |\n|---|---|---|---|\n"
        for names, dtype, meaning in described(kind):
            cells = (
                ", ".join(f"`{name}`" for name in names.split(", ")),
                dtype,
                " ".join(headings[name] for name in names.split(", ")).strip(),
                re.sub(r"([|<])", r"\\\1", meaning),
            )
            yield f"| {' | '.join(cells)} |\n"


@pytest.mark.parametrize("kind", [*TABLES, *AUDITED])
def test_docstrings_describe_every_column_with_its_type(kind: str) -> None:
    named = [(name, dtype) for names, dtype, _ in described(kind) for name in names.split(", ")]
    assert sorted(named) == sorted((column.name, column.dtype) for column in table(kind).own)


def test_the_page_is_fresh() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text.split(MARK)[1] == "".join(written()), "renew it: python tests/test_data_formats.py"
    assert all(f"`{column.name}`" in text for column in HEAD)


@pytest.mark.parametrize("command", ["audit", "extract"])
def test_every_key_of_json_is_named(command: str) -> None:
    def keys(value: object) -> Iterator[str]:
        children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, child in children:
            if isinstance(key, str):
                yield key
            if key not in ("computed", "checks"):  # their keys are each rule's own, and codes
                yield from keys(child)

    reports = [str(ROOT / "corpus" / "reports" / name) for name in ("云磴乡_2024_工作总结.txt", "missing.txt")]
    printed = CliRunner().invoke(app, [command, *reports, "--format", "json"]).stdout
    found = set(keys(json.loads(printed)))
    assert {"findings", "related"} <= found or {"measures", "declared"} <= found
    text = PAGE.read_text(encoding="utf-8")
    assert not {key for key in found if not re.search(rf"`{key}`|\"{key}\"", text)}


def main() -> None:
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(text.split(MARK)[0] + MARK + "".join(written()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
