"""Web pages of audits as a browser shows them: what keys, filters, switches and links do, at 1280 and 390 pixels."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

import analyzer
from analyzer.readers import report_of_text
from analyzer.records import Audit
from analyzer.render.html import report_page, write_folder

REPORTS = sorted((Path(__file__).parents[1] / "corpus" / "reports").iterdir())
SAMPLE = next(path for path in REPORTS if path.name == "云磴乡_2024_工作总结.txt")
HOSTILE = """云水乡<script>window.hit = 1</script>2023年工作总结
一、<img src=x onerror="window.hit = 1">工作成效
𠅤𠅤全年"><svg onload="window.hit = 1">调解纠纷86件,开展宣传32场，𠅤走访群众120户。
二、存在的不足</mark></p></article><style>*{display:none}</style>
还存在两个方面的不足：一是javascript:window.hit=1宣传不够；二是执法力量薄弱；三是制度落实不够到位。
"""


@pytest.fixture
def opened(browser, tmp_path: Path) -> Iterator[Callable]:
    """Opens a page and at the end asserts that it said nothing to the console and asked for nothing."""
    said: list[str] = []
    contexts = []

    def open_page(html: str, width: int = 1280, fragment: str = "", **options):
        file = tmp_path / "page.html"
        file.write_text(html, encoding="utf-8")
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, **options))
        page = contexts[-1].new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: said.append(request.url) if request.url != file.as_uri() else None)
        page.goto(file.as_uri() + fragment)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not said


@pytest.fixture(scope="module")
def audit() -> Audit:
    return analyzer.audit(SAMPLE)


@pytest.fixture(scope="module")
def html(audit: Audit) -> str:
    return report_page(audit)


def shown(page, selector: str) -> int:
    return page.locator(f":is({selector}):visible").count()


def at(page, number: int) -> bool:
    """Whether the finding is the active one: its note has the focus, its words are lit and in sight."""
    return page.evaluate(
        """number => {
          const box = document.getElementById(`f${number}`).getBoundingClientRect();
          return document.activeElement.id === `n${number}` && box.top > 0 && box.bottom < innerHeight
            && [...document.querySelectorAll("mark.lit")].every(
              mark => mark.dataset.f.split(" ").includes(String(number)));
        }""",
        number,
    )


@pytest.mark.parametrize("width", [1280, 390])
def test_hostile_text_does_nothing(opened, width: int) -> None:
    audit = analyzer.audit(report_of_text(HOSTILE))
    page = opened(report_page(audit), width)
    assert page.evaluate("window.hit") is None
    assert page.locator("svg, img").count() == 0
    text = page.evaluate(
        "[...document.querySelectorAll('.doc [data-start]')].map(each => each.textContent).join('\\n')"
    )
    assert text == HOSTILE.strip()


@pytest.mark.parametrize("width", [1280, 390])
def test_keys_step_through_the_findings(opened, html: str, audit: Audit, width: int) -> None:
    page = opened(html, width)
    for key, number in (("n", 1), ("j", 2), ("n", 3), ("p", 2), ("k", 1), ("p", len(audit.findings)), ("n", 1)):
        page.keyboard.press(key)
        assert at(page, number), (key, number)
    assert page.locator("#at").text_content() == f"1／{len(audit.findings)}"
    page.locator("input[type=search]").first.fill("n")
    assert at(page, 1) is False, "keys are letters where one writes"


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_is_wider_than_the_window_and_no_note_lies_over_another(opened, audit: Audit, width: int) -> None:
    table = next(path for path in REPORTS if path.name == "映溪街道_2024_信息公开.docx")
    crowd = tuple(replace(audit.findings[0], start=at, end=at + 2, related=()) for at in range(20, 28))
    wordy = tuple(replace(each, computed={"content": "党政主要负责人履行" * 9}) for each in audit.findings)
    for shown in (audit, analyzer.audit(table), replace(audit, findings=crowd), replace(audit, findings=wordy)):
        page = opened(report_page(shown), width)
        for key in ("", "n", "n", "n", "n", "p"):
            if key:
                page.keyboard.press(key)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            boxes = page.evaluate(
                """[...document.querySelectorAll(".doc .note[id]")].map(note => {
                  const box = note.getBoundingClientRect(), words = note.closest(".doc").getBoundingClientRect();
                  return [box.top, box.bottom, box.left, words.top, words.bottom];
                })"""
            )
            for (_, bottom, *_), (top, *_) in pairwise(boxes):
                assert top >= bottom
            assert all(top >= first and bottom <= last for top, bottom, _, first, last in boxes)
            assert all((left > 700) == (width == 1280) for _, _, left, _, _ in boxes), (
                "in the margin where there is one"
            )


def test_filters_hide_notes_and_marks(opened, html: str, audit: Audit) -> None:
    page = opened(html)
    errors = [number for number, each in enumerate(audit.findings, 1) if each.severity == "error"]
    assert 0 < len(errors) < len(audit.findings)
    page.locator("[data-show=error]").uncheck()
    assert shown(page, ".doc .note[id]") == len(audit.findings) - len(errors)
    assert not any(page.locator(f"#f{number}").is_visible() for number in errors)
    assert page.locator("mark.error:not(.off)").count() == 0
    rule = audit.findings[-1].rule
    page.locator("#rule").select_option(rule)
    assert shown(page, ".doc .note[id]") == sum(each.rule == rule for each in audit.findings)
    page.locator("[data-show=warning]").uncheck()
    assert page.locator("#at").text_content() == "没有符合条件的发现"
    page.keyboard.press("n")
    page.locator("[data-show=error]").check()
    page.locator("#rule").select_option("")
    page.keyboard.press("Escape")
    assert shown(page, ".doc .note[id]") == len(errors)


def test_roles_can_be_switched_off(opened, html: str) -> None:
    page = opened(html)
    colour = "getComputedStyle(document.querySelector('.doc .role-measure')).backgroundColor"
    assert page.evaluate(colour) != "rgba(0, 0, 0, 0)"
    page.locator("[data-role=measure]").uncheck()
    assert page.evaluate(colour) == "rgba(0, 0, 0, 0)"
    page.locator("[data-role=measure]").check()
    assert page.evaluate(colour) != "rgba(0, 0, 0, 0)"


def test_tables_sort_and_filter(opened, html: str, audit: Audit) -> None:
    page = opened(html)
    cells = "[...document.querySelectorAll('#quantities-rows tbody tr:not([hidden]) td.value')]"
    page.locator("#quantities-rows th.value button").click()
    values = page.evaluate(f"{cells}.map(cell => Number(cell.dataset.sort))")
    assert values == sorted((float(each.value) for each in audit.analysis.quantities), reverse=True)
    assert page.locator("#quantities-rows th.value").get_attribute("aria-sort") == "descending"
    page.locator("#quantities-rows th.value button").click()
    assert page.evaluate(f"{cells}.map(cell => Number(cell.dataset.sort))") == sorted(values)
    page.locator("[data-filter=quantities-rows]").fill("万元")
    wanted = sum("万元" in each.quote for each in audit.analysis.quantities)
    assert len(page.evaluate(f"{cells}.map(cell => 1)")) >= wanted > 0
    assert all("万元" in row for row in page.locator("#quantities-rows tbody tr:visible").all_text_contents())
    assert page.locator("[data-rows=quantities-rows]").text_content() == f"显示{wanted}行，共{len(values)}行"


def test_a_row_leads_to_its_words(opened) -> None:
    audit = analyzer.audit(report_of_text(HOSTILE))
    page = opened(report_page(audit))
    for quantity in audit.analysis.quantities:
        page.locator(f"#quantities a[data-at='{quantity.start}-{quantity.end}']").click()
        lit = page.evaluate("[...CSS.highlights.get('at')].map(range => range.toString())")
        assert lit == [quantity.quote], "also behind characters of two units"
        top = page.evaluate("[...CSS.highlights.get('at')][0].getBoundingClientRect().top")
        assert 0 <= top < 900
    page.go_back()
    assert page.url.endswith(f"#at-{audit.analysis.quantities[-2].start}-{audit.analysis.quantities[-2].end}")


def test_links_of_other_pages_find_their_place(opened, html: str, audit: Audit) -> None:
    rule = audit.findings[2].rule
    first = next(number for number, each in enumerate(audit.findings, 1) if each.rule == rule)
    page = opened(html, fragment=f"#rule-{rule}")
    page.wait_for_selector(".note.on")
    assert at(page, first)
    quantity = audit.analysis.quantities[40]
    page = opened(html, fragment=f"#at-{quantity.start}-{quantity.end}")
    for _ in range(100):  # wait_for_function would evaluate a string, which the page's policy forbids
        if page.evaluate("CSS.highlights.has('at')"):
            break
        page.wait_for_timeout(50)
    assert page.evaluate("[...CSS.highlights.get('at')].map(range => range.toString())") == [quantity.quote]


def test_a_note_and_its_places_light_each_other(opened, html: str, audit: Audit) -> None:
    page = opened(html)
    number = next(number for number, each in enumerate(audit.findings, 1) if each.related)
    page.locator(f"#f{number}-1").click()
    assert page.locator(f"#n{number}").get_attribute("class") == f"note {audit.findings[number - 1].severity} on"
    assert page.locator(".lit").count() > 1
    page.locator(f"#n{number} .places a").first.click()
    assert page.url.endswith(f"#f{number}-1")


def test_theme_help_and_outline(opened, html: str) -> None:
    page = opened(html, color_scheme="dark")
    paper = "getComputedStyle(document.querySelector('.doc')).backgroundColor"
    dark = page.evaluate(paper)
    page.locator("#theme").click()
    assert page.evaluate(paper) == "rgb(255, 255, 255)" != dark
    page.locator("#theme").click()
    assert page.evaluate(paper) == dark
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("n")
    assert page.locator(".note.on").count() == 0, "the page behind does not move"
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()
    narrow = opened(html, 390)
    assert not narrow.locator(".side nav").is_visible()
    narrow.locator("label[for=menu]").click()
    narrow.locator(".contents a").last.click()
    assert not narrow.locator(".side nav").is_visible()
    assert narrow.evaluate("scrollY") > 500


def test_without_scripts_everything_can_be_read(opened, html: str, audit: Audit) -> None:
    page = opened(html, java_script_enabled=False)
    assert shown(page, ".doc .note[id]") == len(audit.findings)
    assert shown(page, ".scripted") == 0
    rows = page.locator("#measures tbody tr")
    assert rows.count() == len(audit.analysis.measures)
    rows.last.scroll_into_view_if_needed()
    assert rows.last.is_visible()


def test_print_shows_findings_below_their_paragraphs_without_the_controls(opened, html: str, audit: Audit) -> None:
    page = opened(html)
    page.keyboard.press("n")
    page.emulate_media(media="print")
    assert shown(page, ".doc .note[id]") == len(audit.findings)
    assert page.evaluate("getComputedStyle(document.querySelector('.doc .note[id]')).position") == "static"
    assert shown(page, ".side, .bar, .tools, .readings") == 0


def test_the_index_leads_to_the_findings(browser, tmp_path: Path) -> None:
    audits = [analyzer.audit(path) for path in REPORTS[:3]]
    write_folder(audits, [], tmp_path, "zh")
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto((tmp_path / "index.html").as_uri())
    page.locator("#matrix th button").nth(1).click()
    totals = [int(each or 0) for each in page.locator("#matrix tbody td:nth-child(2)").all_text_contents()]
    assert totals == sorted(map(len, (audit.findings for audit in audits)), reverse=True)
    page.locator("#matrix td a").first.click()
    page.wait_for_selector(".note.on")
    assert page.locator(".note.on").get_attribute("data-rule") == page.url.rpartition("#rule-")[2]
    page.locator(".up").click()
    assert page.url == (tmp_path / "index.html").as_uri()
    page.close()
    assert not said


def test_a_long_report_stays_small(opened) -> None:
    text = "\n".join(SAMPLE.read_text(encoding="utf-8") for _ in range(15))
    page = opened(report_page(analyzer.audit(report_of_text(text))))
    assert page.evaluate("document.querySelectorAll('*').length") < len(text), "fewer elements than characters"
