"""How quickly a browser opens the page of a long report: python tests/bench_page.py [CHARACTERS], else 100,000."""

from __future__ import annotations

import sys
import tempfile
from itertools import cycle
from pathlib import Path
from time import perf_counter

from conftest import CHROMIUM
from playwright.sync_api import sync_playwright

import analyzer
from analyzer.readers import read, report_of_text
from analyzer.render.html import report_page

READY = """(() => { const entry = performance.getEntriesByType("navigation")[0];
  return [entry.domContentLoadedEventEnd, document.querySelectorAll("*").length]; })()"""


def long_text(characters: int) -> str:
    """The sample reports one after the other, again and again."""
    text = ""
    for path in cycle(sorted((Path(__file__).parents[1] / "corpus" / "reports").glob("*.txt"))):
        text += read(path).text
        if len(text) >= characters:
            return text[:characters]
    return text


def main(characters: int) -> None:
    audit = analyzer.audit(report_of_text(long_text(characters)))
    began = perf_counter()
    html = report_page(audit)
    print(f"{characters:,} characters, {len(audit.findings)} findings: page made in {perf_counter() - began:.2f} s")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder, "page.html")
        file.write_text(html, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.goto(file.as_uri())
        ready, elements = page.evaluate(READY)
        print(f"{file.stat().st_size / 1e6:.1f} MB, {elements:,} elements, DOMContentLoaded after {ready / 1000:.2f} s")
        browser.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 100_000)
