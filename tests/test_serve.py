"""The application behind `analyzer serve`: what it takes, what it refuses, what it forgets."""

from __future__ import annotations

import asyncio
import io
import re
import socket
import sys
import zipfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import docx
import openpyxl
import pytest
from anyio import CapacityLimiter
from starlette.testclient import TestClient
from typer.testing import CliRunner

from analyzer.cli import app
from analyzer.config import Config
from analyzer.errors import MissingLibrary, PortTaken
from analyzer.serve import auditing, serve, work
from analyzer.serve.app import application
from analyzer.serve.auditing import Serving
from analyzer.serve.leftovers import private_folder
from analyzer.serve.limits import Limits
from analyzer.serve.names import label, untaken
from analyzer.serve.sessions import Session, Sessions

HERE = "http://127.0.0.1:8000"
FILES = Path(__file__).parent / "files"
REPORTS = Path(__file__).parents[1] / "corpus" / "reports"
TEXT = "石桥镇2023年工作总结\n一、主要做法\n做好两个方面的工作：一是建章立制。二是抓好落实。三是加强宣传。\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("serve")


@contextmanager
def serving(root: Path, **limits: float) -> Iterator[TestClient]:
    root.mkdir(exist_ok=True)
    served = application(root, Config(root), Limits(**limits))  # type: ignore[arg-type]
    with TestClient(served, HERE, headers={"Origin": HERE}, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def client(root: Path) -> Iterator[TestClient]:
    with serving(root) as client:
        yield client


@pytest.fixture
def session(client: TestClient) -> Iterator[str]:
    """The path of a new session."""
    path = new_session(client)
    yield path
    client.post(f"{path}/clear")


def new_session(client: TestClient) -> str:
    return f"/s/{client.post('/s').json()['token']}"


def send(client: TestClient, session: str, name: str, data: bytes | str = TEXT) -> Any:
    return client.post(f"{session}/files", params={"name": name}, content=data)


def finished(client: TestClient, session: str) -> list[dict[str, Any]]:
    """The files of the session once nothing is left to do."""
    end = monotonic() + 60
    while (told := client.get(session).json())["busy"] and monotonic() < end:
        sleep(0.05)
    assert not told["busy"]
    return told["files"]


def zipped(files: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def everything_in(folder: Path) -> list[Path]:
    return list(folder.rglob("*"))


# --- audits -----------------------------------------------------------------------------------------------------------


def test_a_report_is_audited_shown_and_downloaded(client: TestClient, session: str) -> None:
    send(client, session, "石桥镇.txt")
    (file,) = finished(client, session)
    assert (file["name"], file["state"], file["summary"]["title"]) == ("石桥镇.txt", "done", "石桥镇2023年工作总结")
    assert file["summary"]["severities"]["error"] == 1
    page = client.get(f"{session}/page/1")
    assert "宣布“两个方面”（2项），后面列出3项" in page.text
    assert 'lang="en"' in client.get(f"{session}/page/1?lang=en").text.split("<body>")[0]
    answer = client.get(f"{session}/download/1?format=docx")
    assert "%E7%9F%B3%E6%A1%A5%E9%95%87.%E5%AE%A1%E6%9F%A5.docx" in answer.headers["content-disposition"]
    comments = [comment.text for comment in docx.Document(io.BytesIO(answer.content)).comments]
    assert any("两个方面" in comment and "3项" in comment for comment in comments)
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{session}/download/1?format=xlsx").content))
    assert any("ENU001" in map(str, row) for row in book["发现"].iter_rows(values_only=True))
    assert "三是加强宣传" in client.get(f"{session}/download/1?format=html").text


def test_comments_go_into_a_copy_of_the_word_file_that_was_sent(client: TestClient, session: str) -> None:
    original = (REPORTS / "云磴乡_2024_法治政府.docx").read_bytes()
    send(client, session, "云磴乡.docx", original)
    (file,) = finished(client, session)
    answer = client.get(f"{session}/download/{file['number']}?format=docx")
    before, after = docx.Document(io.BytesIO(original)), docx.Document(io.BytesIO(answer.content))
    assert [each.text for each in after.paragraphs] == [each.text for each in before.paragraphs]
    assert [each.style.name for each in after.paragraphs] == [each.style.name for each in before.paragraphs]
    assert len(list(after.comments)) > sum(file["summary"]["severities"].values())


def test_several_reports_are_compared(client: TestClient, session: str) -> None:
    """As in an audit of a folder: the year before must be carried over (TAB001 or DUP001 know of another report)."""
    passage = "一是把矛盾纠纷排查挂在网格上，网格员每天走访登记，疑难的当晚上报镇调解室集中会商，次日必须有回音。"
    names = ("石桥镇", "云水乡")
    for name in names:
        send(client, session, f"{name}.txt", TEXT.replace("石桥镇", name) + passage * 2 + "\n")
    files = finished(client, session)
    page = client.get(f"{session}/page/{files[1]['number']}").text
    assert f'href="{files[0]["number"]}?lang=zh#at-' in page, "the other report is one click away"
    matrix = client.get(f"{session}/findings").text
    assert all(name in matrix for name in names)
    assert f'href="page/{files[0]["number"]}?lang=zh&amp;from=findings#rule-ENU001"' in matrix
    assert "DUP001" in matrix
    for form, inside in (("docx", ".审查.docx"), ("html", ".审查.html")):
        answer = client.get(f"{session}/download/0?format={form}")
        names_inside = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
        assert {f"{name}{inside}" for name in names} <= set(names_inside)
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{session}/download/0?format=xlsx").content))
    assert {str(row[0]) for row in book["发现"].iter_rows(min_row=2, values_only=True)} == {f"{n}.txt" for n in names}


def test_an_archive_is_replaced_by_its_reports(client: TestClient, session: str) -> None:
    inside = {"甲/石桥镇.txt": TEXT, "../../乙.txt": TEXT, "丙.zip": "PK", "丁.jpg": "no report"}
    send(client, session, "全部.zip", zipped(inside))
    files = {file["name"]: file for file in finished(client, session)}
    assert set(files) == {"全部.zip/甲/石桥镇.txt", "全部.zip/乙.txt", "全部.zip/丙.zip"}
    assert files["全部.zip/甲/石桥镇.txt"]["state"] == files["全部.zip/乙.txt"]["state"] == "done"
    assert "压缩包里的压缩包没有打开" in files["全部.zip/丙.zip"]["error"]


def test_a_file_that_cannot_be_read_says_what_to_do(client: TestClient, session: str) -> None:
    send(client, session, "密.pdf", (FILES / "encrypted.pdf").read_bytes())
    send(client, session, "空.txt", b"")
    send(client, session, "好.txt")
    errors = {file["name"]: file["error"] for file in finished(client, session)}
    assert "取消密码保护" in errors["密.pdf"]
    assert "0 字节" in errors["空.txt"]
    assert errors["好.txt"] == ""
    assert client.get(f"{session}/page/1").status_code == 404


def test_a_file_that_comes_while_the_others_are_compared_is_compared_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With workers that answer when the test says so."""

    async def scene() -> list[int]:
        compared, go_on = asyncio.Event(), asyncio.Event()

        async def answered(serving: Serving, session: Session, function: Any, *arguments: Any) -> Any:
            summary = work.Summary("", "", None, 1, {})
            if function is not work.audit_across:
                return summary
            compared.set()
            await go_on.wait()
            return [summary for _ in arguments[0]]

        async def content() -> AsyncIterator[bytes]:
            yield TEXT.encode()

        monkeypatch.setattr(auditing, "run", answered)
        limits = Limits()
        serving = Serving(Sessions(tmp_path, limits, 2), limits, Config(tmp_path), CapacityLimiter(2))
        session = serving.sessions.create()
        assert session
        for name in ("甲.txt", "乙.txt"):
            await auditing.take(serving, session, name, content())
        await compared.wait()
        await auditing.take(serving, session, "丙.txt", content())
        await asyncio.sleep(0.05)
        assert [item.state for item in session.items.values()] == ["done"] * 3
        assert session.busy()
        go_on.set()
        while session.tasks:
            await asyncio.sleep(0.01)
        assert not session.busy()
        return sorted(session.compared)

    assert asyncio.run(scene()) == [1, 2, 3]


# --- hostile files and names ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../../etc/passwd", "etc/passwd"),
        ("..\\..\\Windows\\a.txt", "Windows/a.txt"),
        ("/root/.ssh/x.txt", "root/ssh/x.txt"),
        ("C:\\a.txt", "C_/a.txt"),
        ("<script>alert(1)</script>.txt", "_script_alert(1)_/script_.txt"),
        ("a\x00b\r\nSet-Cookie: x.txt", "a_b__Set-Cookie_ x.txt"),
        ("云水\u202etxt.exe", "云水_txt.exe"),
        ("", "报告"),
        ("../..", "报告"),
        ("字" * 300 + ".docx", "字" * 55 + ".docx"),
        ("/".join("abcdefgh") + ".txt", "c/d/e/f/g/h.txt"),
        ("半\ud800.txt", "半_.txt"),
    ],
)
def test_names_are_labels(name: str, shown: str) -> None:
    assert label(name) == shown
    assert untaken(shown, {shown}) != shown


def test_no_name_becomes_a_path(client: TestClient, session: str, root: Path, tmp_path: Path) -> None:
    target = tmp_path / "outside.txt"
    for name in (f"../../../../../..{target}", str(target), f"..\\{target}", "1.audit", "%2e%2e%2fx.txt"):
        send(client, session, name)
    files = finished(client, session)
    assert [file["state"] for file in files] == ["done"] * 3 + ["failed", "done"]
    assert not target.exists()
    stored = {path.name for path in everything_in(root) if path.is_file()}
    assert stored <= {f"{n}.{end}" for n in range(9) for end in ("audit", "compared")} | {
        f"file{n}{end}" for n in range(9) for end in ("", ".txt")
    }
    for path in ("/s/../../etc/passwd", f"{session}/page/..%2f..%2fetc", f"{session}/download/1?format=../x"):
        assert client.get(path).status_code == 404


def test_same_names_are_told_apart(client: TestClient, session: str) -> None:
    for _ in range(3):
        send(client, session, "石桥镇.txt")
    assert [file["name"] for file in finished(client, session)] == ["石桥镇.txt", "石桥镇（2）.txt", "石桥镇（3）.txt"]
    names = zipfile.ZipFile(io.BytesIO(client.get(f"{session}/download/0?format=docx").content)).namelist()
    assert len(set(names)) == 3


def test_words_of_a_report_stay_words(client: TestClient, session: str) -> None:
    send(client, session, "云水乡.txt", TEXT.replace("建章立制", "<script>window.hit = 1</script>"))
    finished(client, session)
    answer = client.get(f"{session}/page/1")
    assert "<script>window.hit" not in answer.text
    assert "&lt;script&gt;window.hit" in answer.text
    assert answer.headers["content-security-policy"].startswith("sandbox allow-scripts allow-modals;")
    assert "allow-same-origin" not in answer.headers["content-security-policy"]


def bomb() -> bytes:
    """A .docx of 200 kB that unpacks to 200 MB."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(200):
                part.write(b"\0" * (1 << 20))
    return data.getvalue()


XXE = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><w:document xmlns:w='
    '"http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p>'
    "</w:body></w:document>"
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("炸弹.docx", bomb()),
        ("实体.docx", zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": XXE})),
        ("假.pdf", b"%PDF-1.7\n" + bytes(1000)),
        ("残.docx", (REPORTS / "云磴乡_2024_法治政府.docx").read_bytes()[:5000]),
        ("图.txt", b"\x89PNG\r\n" + bytes(100)),
        ("程序.exe", b"MZ" + bytes(100)),
        ("无.zip", b"PK\x05\x06" + bytes(18)),
    ],
)
def test_hostile_files_fail_alone(client: TestClient, session: str, name: str, data: bytes) -> None:
    send(client, session, name, data)
    send(client, session, "好.txt")
    bad, good = finished(client, session)
    assert bad["state"] == "failed"
    assert bad["error"].endswith("。")
    assert "Traceback" not in bad["error"]
    assert good["state"] == "done"


# --- limits -----------------------------------------------------------------------------------------------------------


def test_what_is_too_much_is_refused_while_it_comes(tmp_path: Path) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(1000):
            sent += 1000
            yield b"a" * 1000

    with serving(tmp_path / "root", file_bytes=5000, session_bytes=8000, files=3, sessions=2) as client:
        session = new_session(client)
        answer = send(client, session, "大.txt", b"a" * 5001)
        assert (answer.status_code, answer.text) == (413, "file")
        answer = client.post(f"{session}/files", params={"name": "长.txt"}, content=endless())
        assert (answer.status_code, answer.text) == (413, "file"), "also without its length said before"
        assert client.get(session).json() == {"files": [], "busy": False}
        assert [path for path in everything_in(tmp_path) if path.is_file()] == []
        assert send(client, session, "1.txt", b"a" * 4000).status_code == 201
        assert send(client, session, "2.txt", b"a" * 4001).text == "session"
        assert send(client, session, "2.txt").status_code == 201
        assert send(client, session, "3.txt").status_code == 201
        assert send(client, session, "4.txt").text == "files"
        new_session(client)
        assert client.post("/s").status_code == 503
        client.post(f"{session}/clear")
        assert client.post("/s").status_code == 201


def test_archives_count_by_their_reports(tmp_path: Path) -> None:
    with serving(tmp_path / "root", files=3) as client:
        session = new_session(client)
        send(client, session, "多.zip", zipped({f"{n}.txt": TEXT for n in range(4)}))
        (file,) = finished(client, session)
        assert "最多放3份" in file["error"]


def test_work_that_takes_too_long_is_killed(tmp_path: Path) -> None:
    with serving(tmp_path / "root", work_seconds=0.01) as client:
        session = new_session(client)
        send(client, session, "慢.txt", TEXT * 3000)
        (file,) = finished(client, session)
        assert (file["state"], file["error"][:14]) == ("failed", "处理这个文件用的时间太长，已")


# --- who may ask ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "0.0.0.0:8000", "[::1]:8000", "", "a@b"])
def test_other_hosts_are_refused(client: TestClient, host: str) -> None:
    for path in ("/", "/script.js"):
        assert client.get(path, headers={"Host": host}).status_code == 400
    assert client.post("/s", headers={"Host": host, "Origin": f"http://{host}"}).status_code == 400


def test_localhost_is_us_too(client: TestClient) -> None:
    assert client.get("/", headers={"Host": "localhost:8000"}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "", "http://127.0.0.1:8001", "https://127.0.0.1:8000"]
)
def test_only_our_page_changes_anything(client: TestClient, session: str, origin: str) -> None:
    for path in ("/s", f"{session}/files?name=a.txt", f"{session}/leave", f"{session}/clear"):
        assert client.post(path, headers={"Origin": origin}).status_code == 403
    assert client.get(session).json()["files"] == []


def test_without_an_origin_nothing_changes(client: TestClient) -> None:
    request = client.build_request("POST", "/s")
    del request.headers["Origin"]
    assert client.send(request).status_code == 403


@pytest.mark.parametrize("path", ["/", "/style.css", "/script.js", "/nothing", "/s/unknown"])
def test_every_answer_has_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'; script-src 'self'; style-src 'self';" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "set-cookie" not in headers


def test_the_page_has_nothing_inline_and_nothing_from_elsewhere(client: TestClient) -> None:
    for lang in ("zh", "en"):
        page = client.get("/", params={"lang": lang}).text
        assert not re.search(r"<style|<[^>]*\s(?:style|on\w+)=|<script>", page)
        assert "http" not in page
        assert "built-in" not in page, "a name of a method is no word"


def test_two_sessions_do_not_see_each_other(client: TestClient) -> None:
    mine, other = new_session(client), new_session(client)
    send(client, mine, "我.txt")
    finished(client, mine)
    assert client.get(other).json()["files"] == []
    for path in ("page/1", "download/1?format=docx", "findings", "compare", "download/0?format=xlsx"):
        assert client.get(f"{other}/{path}").status_code == 404
    assert len(mine) > 40
    client.post(f"{other}/clear")
    assert client.get(mine).status_code == 200


# --- what is forgotten ------------------------------------------------------------------------------------------------


def gone(client: TestClient, session: str, within: float) -> bool:
    """Whether the session goes; not asked for, as asking keeps it."""
    sleep(within)
    return client.get(session).status_code == 404


@pytest.mark.parametrize(("how", "limits"), [("leave", {"leave_seconds": 0.2}), ("idle", {"idle_seconds": 1})])
def test_a_closed_or_forgotten_page_is_removed(tmp_path: Path, how: str, limits: dict[str, float]) -> None:
    root = tmp_path / "root"
    with serving(root, **limits) as client:
        session = new_session(client)
        send(client, session, "石桥镇.txt")
        finished(client, session)
        assert everything_in(root)
        if how == "leave":
            client.post(f"{session}/leave")
        assert gone(client, session, 2.5)
        assert everything_in(root) == []


def test_a_page_loaded_anew_finds_its_files(tmp_path: Path) -> None:
    with serving(tmp_path / "root", leave_seconds=1) as client:
        session = new_session(client)
        send(client, session, "石桥镇.txt")
        client.post(f"{session}/leave")
        assert len(client.get(session).json()["files"]) == 1
        assert not gone(client, session, 2.5)


def test_clearing_and_ending_remove_all(tmp_path: Path) -> None:
    root = tmp_path / "root"
    with serving(root) as client:
        session = new_session(client)
        send(client, session, "石桥镇.txt", TEXT * 500)
        client.post(f"{session}/clear")  # while it is being audited
        assert client.get(session).status_code == 404
        assert everything_in(root) == []
        send(client, new_session(client), "云水乡.txt")
    assert everything_in(root) == []


def test_results_are_not_kept(client: TestClient, session: str, root: Path) -> None:
    send(client, session, "石桥镇.txt")
    finished(client, session)
    assert client.get(f"{session}/compare").status_code == 404, "there is nothing to compare it with"
    send(client, session, "云水乡.txt", TEXT.replace("石桥镇", "云水乡"))
    finished(client, session)
    before = everything_in(root)
    for path in ("page/1", "findings", "compare", "download/1?format=docx", "download/0?format=html"):
        assert client.get(f"{session}/{path}").status_code == 200
    assert everything_in(root) == before


def test_faults_show_no_traces(client: TestClient, session: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(lang: str, limits: Limits) -> str:
        raise RuntimeError("secret of the inside")

    monkeypatch.setattr("analyzer.serve.pages.page", broken)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.headers["cache-control"] == "no-store"


# --- the server -------------------------------------------------------------------------------------------------------


def test_a_taken_port_is_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=f"端口 {port} 用不了"):
            serve(port, Config(tmp_path), print)


@pytest.mark.parametrize("options", [[], ["--open"], ["--port", "8123"]])
def test_the_command_says_where_the_page_is(monkeypatch: pytest.MonkeyPatch, options: list[str]) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.setattr("analyzer.serve.serve", lambda port, config, ready: ready(f"http://127.0.0.1:{port}/"))
    result = CliRunner().invoke(app, ["serve", *options])
    address = f"http://127.0.0.1:{8123 if '--port' in options else 8000}/"
    assert f"请在浏览器中打开 · open in a browser: {address}" in result.output
    assert opened == ([address] if "--open" in options else [])


def test_no_option_opens_it_to_a_network() -> None:
    result = CliRunner().invoke(app, ["serve", "--host", "0.0.0.0"])
    assert result.exit_code == 2


def test_without_the_extra_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    with pytest.raises(MissingLibrary, match=r"analyzer\[web\]"):
        serve(0, Config(tmp_path), print)


def test_folders_of_killed_servers_are_removed_and_no_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as alive, socket.create_server(("127.0.0.1", 0)) as ended:
        living, dead = (f"analyzer-serve-{each.getsockname()[1]}-x" for each in (alive, ended))
        ended.close()
        kept = {living, "analyzer-serve-notes", "other"}
        for name in {dead, *kept}:
            (tmp_path / name).mkdir()
            (tmp_path / name / "file").write_text("")
        (tmp_path / f"{dead}-link").symlink_to(tmp_path / "other")
        mine = private_folder(1)
    assert {path.name for path in tmp_path.iterdir()} == {*kept, f"{dead}-link", mine.name}
    assert (tmp_path / "other" / "file").exists(), "a link is not followed"
    assert mine.stat().st_mode & 0o77 == 0
    assert private_folder(1) != mine
    assert not mine.exists(), "ours by its port"
