"""A clerk's way through `analyzer serve` in a real browser: drop, read, jump, download, close."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import docx
import pytest

TEXT = "石桥镇2023年工作总结\n一、主要做法\n做好两个方面的工作：一是建章立制。二是抓好落实。三是加强宣传。\n"
HOSTILE = TEXT.replace("建章立制", "<img src=x onerror='window.hit = 1'><script>window.hit = 1</script>")
DROP = """([target, files]) => {
  const transfer = new DataTransfer();
  for (const [name, text] of files) transfer.items.add(new File([text], name));
  for (const type of ["dragenter", "dragover", "drop"]) {
    document.querySelector(target).dispatchEvent(
      new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }
}"""


@contextmanager
def served(temporary: Path) -> Iterator[tuple[str, subprocess.Popen]]:
    """A server of its own, its address, and that it leaves nothing."""
    command = [sys.executable, "-m", "analyzer", "serve", "--port", "0"]
    environment = os.environ | {"TMPDIR": str(temporary), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment) as process:
        try:
            yield process.stdout.readline().split()[-1], process
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture(scope="module")
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("serve")


@pytest.fixture(scope="module")
def address(browser, temporary: Path) -> Iterator[str]:
    with served(temporary) as (address, _):
        yield address


@pytest.fixture
def opened(browser, address: str) -> Iterator[Callable]:
    """Opens the page; at the end nothing was said to the console, and nobody else asked for anything."""
    said: list[str] = []
    contexts = []

    def open_page(width: int = 1280, path: str = "", **options):
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, **options))
        page = contexts[-1].new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith(address) else said.append(request.url))
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not said


def wait(page, words: str) -> None:
    from playwright.sync_api import expect

    expect(page.locator("#status")).to_contain_text(words, timeout=60_000)


def drop(page, *files: tuple[str, str], target: str = ".drop") -> None:
    page.evaluate(DROP, [target, list(files)])


def choose(page, *files: tuple[str, str | bytes]) -> None:
    page.locator("#files").set_input_files(
        [
            {"name": name, "mimeType": "", "buffer": data if isinstance(data, bytes) else data.encode()}
            for name, data in files
        ]
    )


def sessions(temporary: Path) -> int:
    """How many sessions there are on the disk."""
    return len(list(temporary.glob("analyzer-serve-*/*")))


def remain(temporary: Path, count: int) -> bool:
    end = monotonic() + 15
    while sessions(temporary) != count and monotonic() < end:
        sleep(0.1)
    return sessions(temporary) == count


@pytest.mark.parametrize("width", [1280, 390])
def test_drop_read_jump_download(opened, width: int) -> None:
    page = opened(width, accept_downloads=True)
    drop(page, ("石桥镇.txt", TEXT))
    wait(page, "审查完毕：1份报告")
    assert page.locator("#rows .counts .error").inner_text() == "错误 1"
    page.locator("#rows a", has_text="石桥镇2023年工作总结").click()
    frame = page.frame_locator("#frame iframe")
    note = frame.locator(".note[data-rule=ENU001]")
    assert "宣布“两个方面”（2项），后面列出3项" in note.inner_text()
    page.keyboard.press("n")
    frame.locator(".note.on").wait_for()
    assert frame.locator("mark.lit").first.inner_text() == "两个方面"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    with page.expect_download() as download:
        page.locator("#shown-downloads [data-format=docx]").click()
    assert download.value.suggested_filename == "石桥镇.审查.docx"
    document = docx.Document(download.value.path())
    comment = next(each for each in document.comments if "ENU001" in each.text)
    assert "后面列出3项" in comment.text
    (start,) = document.element.body.xpath(f"//w:commentRangeStart[@w:id='{comment.comment_id}']")
    words, element = "", start.getnext()
    while not element.tag.endswith("commentRangeEnd"):
        words += "".join(text.text for text in element.xpath(".//w:t"))
        element = element.getnext()
    assert words == "两个方面"
    page.go_back()
    assert page.locator("#rows a").first.evaluate("link => link === document.activeElement")


def test_several_files_are_compared_and_come_as_an_archive(opened) -> None:
    page = opened(accept_downloads=True)
    drop(page, ("石桥镇.txt", TEXT), ("空.txt", ""), ("云水乡.txt", TEXT.replace("石桥镇", "云水乡")))
    wait(page, "审查完毕：2份报告，2处发现。 有1份没有审查。")
    assert "0 字节" in page.locator(".failed .state").inner_text()
    with page.expect_download() as download:
        page.locator("#all [data-format=docx]").click()
    assert sorted(zipfile.ZipFile(download.value.path()).namelist()) == ["云水乡.审查.docx", "石桥镇.审查.docx"]
    page.locator("#several [href='#findings']").click()
    frame = page.frame_locator("#frame iframe")
    frame.locator("#matrix tbody tr", has_text="云水乡").locator("a.error").click()
    frame.locator(".note.on[data-rule=ENU001]").wait_for()
    frame.locator(".up").click()
    frame.locator("#matrix").wait_for()


def test_what_reports_say_is_compared(opened) -> None:
    page = opened()
    texts = [
        TEXT.replace("石桥镇", name) + f"全年调解矛盾纠纷{count}件。\n"
        for name, count in (("石桥镇", 126), ("云水乡", 39))
    ]
    drop(page, ("石桥镇.txt", texts[0]), ("云水乡.txt", texts[1]))
    wait(page, "审查完毕：2份报告")
    page.locator("#several [href='#compare']").click()
    frame = page.frame_locator("#frame iframe")
    frame.get_by_text("126", exact=True).first.wait_for()
    assert frame.get_by_text("39", exact=True).count() >= 1


def test_keys_and_dialogs(opened) -> None:
    page = opened()
    choosers: list = []
    page.on("filechooser", lambda chooser: choosers.append(chooser))
    while page.evaluate("document.activeElement.id") != "choose-files":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    end = monotonic() + 20
    while not choosers and monotonic() < end:
        page.wait_for_timeout(50)
    assert choosers[0].is_multiple()
    choosers[0].set_files([{"name": "石桥镇.txt", "mimeType": "", "buffer": TEXT.encode()}])
    wait(page, "审查完毕")
    page.locator("#rows .name a").focus()
    page.keyboard.press("Enter")
    page.frame_locator("#frame iframe").locator(".note").first.wait_for()
    page.keyboard.press("n")
    page.frame_locator("#frame iframe").locator(".note.on").wait_for()


def test_a_folder_gives_its_reports(opened, tmp_path: Path) -> None:
    folder = tmp_path / "报告"
    (folder / "甲").mkdir(parents=True)
    for name in ("甲/石桥镇.txt", ".DS_Store", "~$锁.docx", "图.png", ".隐藏.txt"):
        (folder / name).write_text(TEXT, encoding="utf-8")
    page = opened()
    page.locator("#folder").set_input_files(folder)
    wait(page, "审查完毕：1份报告")
    assert "报告/甲/石桥镇.txt" in page.locator("#rows .facts").inner_text()


def test_hostile_names_and_words_do_nothing(opened) -> None:
    name = "<img src=x onerror='window.hit=1'>\u202e.txt"
    page = opened()
    drop(page, (name, HOSTILE), (f"空{name}", ""))
    wait(page, "审查完毕：1份报告")
    assert page.locator("#rows img").count() == 0
    page.locator("#rows .name a").first.click()
    page.frame_locator("#frame iframe").locator(".note").first.wait_for()
    frame = page.frames[-1]
    assert frame.locator("img, .doc script").count() == 0
    assert frame.evaluate("window.hit") is page.evaluate("window.hit") is None
    assert frame.evaluate("window.origin") == "null", "words of a report could not reach the page even if they ran"
    assert frame.evaluate("(() => { try { return parent.document.title } catch { return 'no' } })()") == "no"


def test_files_beyond_the_limits_are_refused_before_they_are_sent(opened) -> None:
    page = opened()
    page.evaluate(
        """() => { const transfer = new DataTransfer();
          transfer.items.add(new File([new Uint8Array(51 << 20)], "<b>大</b>.docx"));
          document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true })); }"""
    )
    page.locator(".failed").wait_for()
    assert page.locator(".failed .name").inner_text() == "<b>大</b>.docx"
    assert "文件超过50 MB" in page.locator(".failed .state").inner_text()
    assert page.locator(".drop").is_visible()


def test_two_users_are_apart_and_closing_removes(opened, temporary: Path) -> None:
    assert remain(temporary, 0)
    mine, other = opened(), opened()
    choose(mine, ("石桥镇.txt", TEXT))
    choose(other, ("云水乡.txt", TEXT.replace("石桥镇", "云水乡")))
    wait(mine, "审查完毕")
    wait(other, "审查完毕")
    assert "云水乡" not in mine.locator("#rows").inner_text()
    assert "石桥镇" not in other.locator("#rows").inner_text()
    assert sessions(temporary) == 2
    other.reload()
    wait(other, "审查完毕")
    mine.close()
    assert remain(temporary, 1)
    assert "云水乡" in other.locator("#rows").inner_text()
    other.locator("#clear").click()
    wait(other, "已清除")
    assert remain(temporary, 0)
    assert not other.locator("#reports").is_visible()


def test_one_page_drops_more_after_the_first(opened) -> None:
    page = opened()
    drop(page, ("石桥镇.txt", TEXT))
    wait(page, "审查完毕：1份报告")
    page.locator("#rows .name a").click()
    page.frame_locator("#frame iframe").locator(".note").first.wait_for()
    drop(page, ("云水乡.txt", TEXT), target="#view .bar")
    wait(page, "审查完毕：2份报告")
    assert page.locator(".drop").is_visible(), "the list is shown again"


def test_english_and_dark(opened) -> None:
    page = opened(390, color_scheme="light")
    drop(page, ("石桥镇.txt", TEXT))
    wait(page, "审查完毕")
    page.locator("#theme").click()
    page.locator("#language").click()
    wait(page, "Done. Reports: 1, findings: 1.")
    assert page.locator("html").get_attribute("lang") == "en"
    page.locator("#rows .name a").click()
    frame = page.frame_locator("#frame iframe")
    frame.locator(".note").first.wait_for()
    assert "announced" in frame.locator(".note").first.inner_text().lower()
    frame.locator("html[data-theme=dark]").wait_for()


def test_a_frame_of_another_site_stays_empty(browser, address: str, tmp_path: Path) -> None:
    page = browser.new_page()
    file = tmp_path / "other.html"
    file.write_text(f"<iframe src='{address}'></iframe>", encoding="utf-8")
    page.goto(file.as_uri())
    page.wait_for_timeout(500)
    assert page.frames[1].locator("#choose-files").count() == 0
    page.close()


def test_when_the_server_has_ended_the_page_says_so(browser, tmp_path: Path) -> None:
    with served(tmp_path) as (address, _):
        page = browser.new_page()
        page.goto(address)
    drop(page, ("石桥镇.txt", TEXT))
    page.locator(".failed").wait_for()
    assert "analyzer serve" in page.locator(".failed .state").inner_text()
    page.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_what_a_killed_server_left_is_removed_by_the_next(browser, tmp_path: Path) -> None:
    with served(tmp_path) as (address, process):
        page = browser.new_page()
        page.goto(address)
        choose(page, ("石桥镇.txt", TEXT))
        wait(page, "审查完毕")
        with served(tmp_path):
            assert len(list(tmp_path.iterdir())) == 2, "of a server that lives nothing is removed"
        process.kill()
        process.wait(20)
    page.close()
    (left,) = tmp_path.iterdir()
    assert list(left.rglob("*.txt"))
    with served(tmp_path):
        assert not left.exists()
    assert list(tmp_path.iterdir()) == []
