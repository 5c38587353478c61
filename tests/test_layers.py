"""Imports go downward only, heavy libraries have one importer each, and an audit loads none of them."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "analyzer"

# From the ground up; a module imports from its own layer and those before it.
LAYERS = (
    "records errors libraries cores",
    "lexicon numerals",
    "readers markers frame outline announcements lists pieces unmarked enumerations clauses segment gold",
    "extract",
    "rules compare",
    "pipeline batch corpus ledger config standing corrections tabular dataframes evaluate arrow progress",
    "render notebook spacy_pipe plots",
    "cli serve __main__ __init__",
)
LAYER = {name: number for number, layer in enumerate(LAYERS) for name in layer.split()}
ONLY_IMPORTER = {"jieba": "segment.py", "rjieba": "segment.py", "spacy": "spacy_pipe.py"}
HEAVY = {"pandas", "sklearn", "spacy", "matplotlib", "jieba"}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imported(file: Path) -> set[str]:
    """The full names of all that `file` imports, wherever in it the import stands."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{file} imports relatively"
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


@pytest.mark.parametrize("file", modules(), ids=lambda file: str(file.relative_to(PACKAGE)))
def test_imports_go_downward(file: Path) -> None:
    here = file.relative_to(PACKAGE).parts[0].removesuffix(".py")
    assert here in LAYER, f"give {here} its place in LAYERS"
    for name in imported(file):
        package, _, rest = name.partition(".")
        if package == "analyzer" and here != "__init__":
            there = rest.partition(".")[0]
            there = there if there in LAYER else "__init__"  # `from analyzer import __version__`
            assert LAYER[there] <= LAYER[here], f"{here} must not import {name}"
        assert ONLY_IMPORTER.get(package, file.name) == file.name, f"only {ONLY_IMPORTER[package]} imports {package}"


def loaded_by(program: str) -> set[str]:
    """The modules that a new process has loaded when it has run `program`."""
    listed = f"{program}; import sys; print(*sys.modules)"
    return set(
        subprocess.run([sys.executable, "-c", listed], capture_output=True, text=True, check=True).stdout.split()
    )


def test_an_audit_loads_nothing_heavy() -> None:
    loaded = loaded_by(
        "import sys, analyzer.cli; from analyzer import audit; from analyzer.render import writer;"
        "writer('terminal')([audit('一、成效\\n一是建章立制。二是抓落实。\\n')], [], sys.stderr, 'zh')"
    )
    assert not HEAVY & {name.partition(".")[0] for name in loaded}
    assert "analyzer.pipeline" in loaded


def test_help_loads_no_reader_and_no_rule() -> None:
    loaded = loaded_by(
        "import typer.testing, analyzer.cli as cli;"
        "assert typer.testing.CliRunner().invoke(cli.app, ['--help']).exit_code == 0"
    )
    assert "analyzer.cli.audit" in loaded
    unwanted = ("analyzer.readers", "analyzer.rules", "analyzer.pipeline", "analyzer.records")
    assert not [name for name in loaded if name.startswith(unwanted)]
