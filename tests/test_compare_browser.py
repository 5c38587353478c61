"""The comparing page in a browser: quotes by click, by keyboard and without scripts, at 1280 and 390 pixels."""

from __future__ import annotations

import pytest
from test_compare import CORPUS
from test_page_browser import opened, shown

from analyzer import Corpus
from analyzer.compare.comparison import compare
from analyzer.render.compare_page import compare_page

__all__ = ["opened"]  # a fixture


@pytest.fixture(scope="module")
def page() -> str:
    return compare_page(compare(Corpus.read(CORPUS / "reports", cache=False, progress=False)))


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_a_figure_shows_its_quote(opened, page: str, width: int, scheme: str) -> None:
    tab = opened(page, width, color_scheme=scheme)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    row = tab.locator("#matrix tbody tr", has_text="雁回坪镇").filter(has_text="2023")
    row.locator("a.figure", has_text="8600余").click()
    assert "8600余份" in tab.locator("dialog mark").inner_text()
    assert "雁回坪镇_2023_法治政府.txt" in tab.locator("dialog").inner_text()
    tab.keyboard.press("Escape")
    assert shown(tab, "dialog") == 0
    tab.locator("#promises a.figure").first.focus()
    tab.keyboard.press("Enter")
    assert shown(tab, "dialog article") == 1
    tab.keyboard.press("Enter")  # on the button that closes it
    assert shown(tab, "dialog") == 0


def test_without_scripts_a_figure_leads_to_its_quote(opened, page: str) -> None:
    tab = opened(page, java_script_enabled=False)
    link = tab.locator("#matrix a.figure").first
    target = link.get_attribute("href")
    link.click()
    assert tab.url.endswith(target)
    assert tab.locator(f"article[id='{target[1:]}']").is_visible()
    assert shown(tab, ".filter") == 0


def test_tables_sort_and_filter(opened, page: str) -> None:
    tab = opened(page)
    tab.locator("input[data-filter=matrix]").fill("麦川镇")
    assert shown(tab, "#matrix tbody tr") == 2
    tab.locator("input[data-filter=matrix]").fill("")
    tab.locator("#matrix thead button", has_text="调解矛盾纠纷").click()
    assert tab.locator("#matrix tbody tr").first.locator("th").inner_text() == "映溪街道"
    tab.locator("#matrix thead button", has_text="收集意见建议").click()
    assert "—" not in tab.locator("#matrix tbody tr").first.inner_text().split("\t")[12]


def test_charts_take_the_colour_of_the_page(opened, page: str) -> None:
    colours = {
        scheme: opened(page, color_scheme=scheme)
        .locator(".chart svg text")
        .first.evaluate("text => getComputedStyle(text).fill")
        for scheme in ("light", "dark")
    }
    assert colours["light"] != colours["dark"]
