"""Archives of reports: named, found, read out of memory, and refused where they are beyond measure."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

import analyzer
from analyzer.batch import each
from analyzer.corrections import correct
from analyzer.errors import UnreadableReport
from analyzer.readers import archives, find_reports, read
from analyzer.records import Report

FILES = Path(__file__).parent / "files"
TEXT = "石桥镇2023年工作报告\n一、主要做法\n全年办理案件18件。\n"


def archive(folder: Path, files: Mapping[str, bytes | str]) -> Path:
    """石桥.zip with these files."""
    path = folder / "石桥.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in files.items():
            opened.writestr(name, data)
    return path


def renamed(path: Path, old: bytes, new: bytes) -> None:
    """Writes another name of the same length into an archive, which does not say how it is encoded."""
    assert len(old) == len(new)
    path.write_bytes(path.read_bytes().replace(old, new))


def inside(path: Path) -> list[str]:
    files, failures = find_reports([path])
    assert failures == []
    return [file.relative_to(path).as_posix() for file in files]


def test_the_reports_of_an_archive_are_read_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    files = {"b/c.doc": (FILES / "report.doc").read_bytes(), "a.txt": TEXT, "d.png": b"x", "__MACOSX/a.txt": "x"}
    path = archive(tmp_path, {**files, ".e.txt": "x", "~$c.doc": "x"})
    found, failures = find_reports([tmp_path])
    assert [str(file.relative_to(tmp_path)) for file in found] == ["a.txt", "石桥.zip/a.txt", "石桥.zip/b/c.doc"]
    assert failures == []
    results = list(each(read, [str(file) for file in found]))
    assert [result.path for result in results] == [str(file) for file in found]
    assert [result.format for result in results if isinstance(result, Report)] == ["txt", "txt", "doc"]
    assert analyzer.analyze(str(path / "a.txt")).text == TEXT
    assert archives.size(path / "a.txt") == len(TEXT.encode())


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_are_read_as_they_were_packed(tmp_path: Path, encoding: str) -> None:
    name = "石桥镇/总结.txt".encode(encoding)
    path = archive(tmp_path, {"x" * len(name): TEXT})
    renamed(path, b"x" * len(name), name)
    assert inside(path) == ["石桥镇/总结.txt"]
    assert read(path / "石桥镇/总结.txt").text == TEXT


@pytest.mark.parametrize("name", ["../../a.txt", "/a.txt", "..\\..\\a.txt", "./x/.././/a.txt"])
def test_no_name_leads_out_of_the_archive(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text("外面的文件。", encoding="utf-8")
    path = archive(tmp_path, {name: TEXT})
    (found,), _ = find_reports([path])
    assert found.parts[: len(path.parts)] == path.parts
    assert ".." not in found.parts
    assert read(found).text == TEXT
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.txt", "石桥.zip"]


def test_archives_in_archives_are_named(tmp_path: Path) -> None:
    path = archive(tmp_path, {"a.txt": TEXT, "b.zip": b"PK", "c.rar": b"Rar!"})
    files, failures = find_reports([path])
    assert files == [path / "a.txt"]
    assert [failure.path for failure in failures] == [str(path / "b.zip"), str(path / "c.rar")]
    assert all("先解压" in failure.error for failure in failures)


def test_a_document_with_the_wrong_ending_is_no_archive(tmp_path: Path) -> None:
    path = archive(tmp_path, {"[Content_Types].xml": "<x/>"})
    assert find_reports([path]) == ([path], [])


def test_a_password_is_named(tmp_path: Path) -> None:
    path = archive(tmp_path, {"a.txt": TEXT})
    data = bytearray(path.read_bytes())
    data[6] |= 1  # flags of the entry, and of the same in the directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    (file,), _ = find_reports([path])
    with pytest.raises(UnreadableReport, match=r"有密码.*解压"):
        read(file)


def test_damage_says_what_to_do(tmp_path: Path) -> None:
    path = archive(tmp_path, {"a.txt": TEXT})
    whole = path.read_bytes()
    path.write_bytes(whole[:40] + b"\xff\xff" + whole[42:])
    with pytest.raises(UnreadableReport, match=r"压缩包已损坏.*解压"):
        read(path / "a.txt")
    with pytest.raises(UnreadableReport, match="没有这个文件"):
        read(path / "b.txt")
    path.write_bytes(whole[:-30])
    with pytest.raises(UnreadableReport, match="不完整"):
        read(find_reports([path])[0][0])


def test_an_archive_beyond_measure_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archive(tmp_path, {f"{n}.txt": TEXT for n in range(3)})
    monkeypatch.setattr(archives, "_MOST", 2)
    assert [(failure.path, "过多或过大" in failure.error) for failure in find_reports([path])[1]] == [(str(path), True)]
    monkeypatch.setattr(archives, "_MOST", 3)
    monkeypatch.setattr(archives, "_TOTAL_LIMIT", 3 * len(TEXT.encode()) - 1)
    assert "过多或过大" in find_reports([path])[1][0].error
    monkeypatch.setattr(archives, "_TOTAL_LIMIT", 3 * len(TEXT.encode()))
    assert len(inside(path)) == 3


def test_a_bomb_is_unpacked_no_farther_than_any_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analyzer.readers.SIZE_LIMIT", 1000)
    path = archive(tmp_path, {"a.txt": bytes(100_000)})
    with pytest.raises(UnreadableReport, match="没有打开"):
        read(path / "a.txt")


def test_two_files_of_one_name_are_not_guessed_between(tmp_path: Path) -> None:
    path = archive(tmp_path, {"a.txt": TEXT, "/a.txt": "别的内容。"})
    files, failures = find_reports([path])
    assert files == []
    assert "同名" in failures[0].error


def test_an_archive_without_reports_says_so(tmp_path: Path) -> None:
    assert "没有可读的报告" in find_reports([archive(tmp_path, {"a.png": b"x"})])[1][0].error


def test_nothing_is_written_beside_an_archive(tmp_path: Path) -> None:
    path = archive(tmp_path, {"a.txt": TEXT.replace("。", "。。")})
    corrected = correct(analyzer.audit(path / "a.txt"))
    assert corrected
    assert (corrected.file, corrected.reason) == (None, "archive")
    assert [file.name for file in tmp_path.iterdir()] == ["石桥.zip"]
