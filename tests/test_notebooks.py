"""The notebooks run from top to bottom in a fresh kernel, and are stored without outputs."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))


def executed(path: Path) -> list[dict]:
    """The outputs of all cells of a notebook."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}}).execute()
    return [output for cell in notebook.cells for output in cell.get("outputs", ())]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_stored_without_outputs(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


def test_audit_one_report(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path))
    outputs = executed(next(path for path in NOTEBOOKS if path.stem == "audit_one_report"))
    pages = [output["data"].get("text/html", "") for output in outputs if "data" in output]
    assert not [output["text"] for output in outputs if output.get("name") == "stderr"], "no glyph is missing"
    assert sum("image/png" in output.get("data", {}) for output in outputs) == 1
    assert any("NUM003" in page and 'class="notes"' in page for page in pages), "the text with findings in the margin"
    assert any("expected=" in page for page in pages), "the arithmetic"
    assert any('class="spans"' in page and 'class="legend"' in page for page in pages), "displaCy"
    for heading in ("算得", "section_path", "plans", "low", "埋设"):
        assert any(f"<th>{heading}</th>" in page for page in pages)
    assert sum(len(str(output)) for output in outputs) < 1_000_000, "small enough to keep and send"


def test_compare_townships(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    outputs = executed(next(path for path in NOTEBOOKS if path.stem == "compare_townships"))
    assert not [output["text"] for output in outputs if output.get("name") == "stderr"], "no glyph is missing"
    assert sum("image/png" in output.get("data", {}) for output in outputs) == 4
    shown = " ".join(str(output.get("data", {})) for output in outputs)
    for words in ("8600余", "11.5", "('126', '61')", "矛盾纠纷调处资源较为分散"):
        assert words in shown
    assert sum(len(str(output)) for output in outputs) < 1_000_000


def test_write_a_rule() -> None:
    outputs = executed(next(path for path in NOTEBOOKS if path.stem == "write_a_rule"))
    shown = " ".join(str(output.get("data", {})) + output.get("text", "") for output in outputs)
    assert "满意率98%" in shown
    assert "OWN001" in shown
