"""How long a clerk takes from the command to the Word file: python tests/bench_serve.py [CHARACTERS], else 5,000.

The browser runs already; the server starts anew each time, three times.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from time import perf_counter

from bench_page import long_text
from conftest import CHROMIUM
from playwright.sync_api import Browser, sync_playwright
from test_serve_browser import drop, served, wait


def way(browser: Browser, text: str) -> dict[str, float]:
    """Seconds since the command was given, by what was reached."""
    reached: dict[str, float] = {}
    page = browser.new_page(accept_downloads=True)
    began = perf_counter()

    def reach(what: str) -> None:
        reached[what] = perf_counter() - began

    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as (address, _):
        reach("server listens")
        page.goto(address)
        reach("page shown")
        drop(page, ("报告.txt", text))
        wait(page, "审查完毕")
        reach("file audited")
        page.locator("#rows .name a").click()
        page.frame_locator("#frame iframe").locator(".note").first.wait_for()
        reach("audit shown")
        with page.expect_download() as download:
            page.locator("#shown-downloads [data-format=docx]").click()
        download.value.path()
        reach("Word file there")
    page.close()
    return reached


def main(characters: int) -> None:
    text = long_text(characters)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for number in range(1, 4):
            shown = "  ".join(f"{what} {seconds:.2f}" for what, seconds in way(browser, text).items())
            print(f"{number}: {len(text):,} characters, seconds: {shown}")
        browser.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 5_000)
