"""Nothing is analysed twice, nothing stale is given, and a kill costs nothing that was done."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
import warnings
from pathlib import Path

import pytest

from analyzer import Corpus
from analyzer.corpus import edition, gather
from analyzer.corpus.cache import Cache
from analyzer.corpus.kept import Kept, keep_file

NAMES = [f"{number:02}.txt" for number in range(12)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A dozen small reports, no two alike."""
    reports = tmp_path / "reports"
    reports.mkdir()
    for number, name in enumerate(NAMES):
        (reports / name).write_text(report(number), encoding="utf-8")
    return reports


def report(number: int) -> str:
    work = f"全年开展讲座{number + 3}场次，发放种苗{number + 2}背篓。抓好两项工作：一是学习{number}次。"
    return f"青禾镇2023年工作总结\n一、主要工作\n{work}\n"


@pytest.fixture
def analysed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are analysed from now on."""
    names: list[str] = []

    def counted(path: str, rules: tuple[str, ...], profile: str) -> Kept:
        names.append(Path(path).name)
        return keep_file(path, rules, profile)

    monkeypatch.setattr(gather, "keep_file", counted)
    return names


def same(one: Corpus, other: Corpus) -> bool:
    return all(one.tables[kind].equals(other.tables[kind]) for kind in one.tables)


def test_a_second_run_analyses_nothing(folder: Path, tmp_path: Path, analysed: list[str]) -> None:
    first = Corpus.read(folder, cache=tmp_path / "cache")
    assert analysed == NAMES
    assert len(first) == len(NAMES)
    again = Corpus.read(folder, cache=tmp_path / "cache")
    assert analysed == NAMES
    assert same(first, again)
    assert same(first, Corpus.read(folder, cache=False))
    assert analysed == NAMES * 2


def test_only_changed_and_new_files_are_analysed(folder: Path, tmp_path: Path, analysed: list[str]) -> None:
    Corpus.read(folder, cache=tmp_path / "cache")
    (folder / "03.txt").write_text(report(50), encoding="utf-8")
    (folder / "00a.txt").write_text(report(51), encoding="utf-8")
    (folder / "05.txt").touch()
    (folder / "07.txt").rename(folder / "99.txt")
    (folder / "08.txt").unlink()
    analysed.clear()
    corpus = Corpus.read(folder, cache=tmp_path / "cache")
    assert analysed == ["00a.txt", "03.txt"]
    assert same(corpus, Corpus.read(folder, cache=False))
    assert [Path(path).name for path in corpus.reports["path"]] == sorted(each.name for each in folder.iterdir())


def test_copies_share_what_was_read(folder: Path, tmp_path: Path, analysed: list[str]) -> None:
    Corpus.read(folder, cache=tmp_path / "cache")
    shutil.copy(folder / "04.txt", folder / "copy.txt")
    analysed.clear()
    corpus = Corpus.read(folder, cache=tmp_path / "cache")
    assert not analysed
    assert same(corpus, Corpus.read(folder, cache=False))


def test_reports_in_an_archive_too(folder: Path, tmp_path: Path, analysed: list[str]) -> None:
    packed = tmp_path / "packed"
    packed.mkdir()
    shutil.make_archive(str(packed / "reports"), "zip", folder)
    for _ in range(2):
        corpus = Corpus.read(packed, cache=tmp_path / "cache")
        assert [Path(path).name for path in corpus.reports["path"]] == NAMES
    assert analysed == NAMES
    Corpus.read(folder, cache=tmp_path / "cache")
    assert analysed == NAMES, "what is in a file counts, not where it lies"


def test_an_unchanged_file_is_not_even_read(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gather, "_SETTLED", 0)
    Corpus.read(folder, cache=tmp_path / "cache")
    read: list[str] = []
    monkeypatch.setattr(gather, "content", lambda path: read.append(Path(path).name) or Path(path).read_bytes())
    (folder / "02.txt").write_text(report(2), encoding="utf-8")
    corpus = Corpus.read(folder, cache=tmp_path / "cache")
    assert read == ["02.txt"]
    assert len(corpus) == len(NAMES)


def test_the_times_of_a_file_changed_just_now_prove_nothing(folder: Path, tmp_path: Path, analysed: list[str]) -> None:
    Corpus.read(folder, cache=tmp_path / "cache")
    with Cache(tmp_path / "cache") as cache:
        assert not cache.digests(str(file) for file in folder.iterdir())


@pytest.mark.parametrize("other", [{"rules": ["ENU"]}, {"profile": "法治政府"}])
def test_other_rules_and_profiles_have_results_of_their_own(
    folder: Path, tmp_path: Path, analysed: list[str], other: dict
) -> None:
    for options in ({}, other):
        Corpus.read(folder, cache=tmp_path / "cache", **options)
    assert analysed == NAMES * 2
    for options in ({}, other):
        assert same(
            Corpus.read(folder, cache=tmp_path / "cache", **options), Corpus.read(folder, cache=False, **options)
        )
    assert len(analysed) == 4 * len(NAMES)


def test_the_ending_of_a_name_counts(folder: Path, tmp_path: Path, analysed: list[str]) -> None:
    """What decides how a file is read is part of what names its result."""
    Corpus.read(folder, cache=tmp_path / "cache")
    (folder / "01.txt").rename(folder / "01.md")
    analysed.clear()
    Corpus.read(folder, cache=tmp_path / "cache")
    assert analysed == ["01.md"]


PROGRAM = """
import sys
from pathlib import Path
from analyzer import lexicon
lexicon.use(Path(sys.argv[3]))
from analyzer import Corpus
from analyzer.corpus import gather
work, calls = gather.keep_file, []
gather.keep_file = lambda path, **options: calls.append(path) or work(path, **options)
corpus = Corpus.read(sys.argv[1], cache=sys.argv[2])
print(len(calls), *sorted(set(corpus.quantities["unit"])))
"""


def test_a_changed_lexicon_gives_new_results(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()

    def run() -> list[str]:
        command = [sys.executable, "-W", "error", "-c", PROGRAM, str(folder), str(tmp_path / "cache"), str(own)]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()

    calls, *units = run()
    assert (calls, "背篓" in units, "场次" in units) == ("12", False, True)
    (own / "units.toml").write_text('[count]\nconcrete = ["背篓"]\n', encoding="utf-8")
    for wanted in ("12", "0"):
        calls, *units = run()
        assert (calls, "背篓" in units) == (wanted, True)


def test_code_changed_since_the_start_turns_the_cache_off(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, analysed: list[str]
) -> None:
    """Nobody knows whether this process has read the old words or the new."""
    assert edition.edition_of(("ENU001",), "auto") != edition.edition_of(("ENU002",), "auto")
    monkeypatch.setattr(edition, "LOADED_SINCE", 0.0)
    for _ in range(2):
        with pytest.warns(UserWarning, match="缓存"):
            Corpus.read(folder, cache=tmp_path / "cache")
    assert analysed == NAMES * 2


def test_a_failure_is_tried_again(folder: Path, tmp_path: Path, analysed: list[str]) -> None:
    (folder / "03.txt").write_bytes(b"")
    for _ in range(2):
        corpus = Corpus.read(folder, cache=tmp_path / "cache")
        assert [Path(path).name for path in corpus.failures["path"]] == ["03.txt"]
        assert len(corpus) == len(NAMES) - 1
    assert analysed == [*NAMES, "03.txt"]
    (folder / "03.txt").write_text(report(3), encoding="utf-8")
    assert len(Corpus.read(folder, cache=tmp_path / "cache").failures) == 0


SLOW = """
import sys, time
from analyzer import Corpus
from analyzer.corpus import gather
gather._BATCH = 3
work = gather.keep_file
def slow(path, **options):
    time.sleep(0.2)
    return work(path, **options)
gather.keep_file = slow
Corpus.read(sys.argv[1], cache=sys.argv[2], jobs=1)
"""


def test_a_killed_run_loses_nothing_that_was_done(folder: Path, tmp_path: Path, analysed: list[str]) -> None:
    cache = tmp_path / "cache"
    run = subprocess.Popen([sys.executable, "-c", SLOW, str(folder), str(cache)])
    until(lambda: len(stored(cache)) >= 6)
    run.kill()
    assert run.wait() != 0
    done = len(stored(cache))
    assert 6 <= done < len(NAMES)
    corpus = Corpus.read(folder, cache=cache)
    assert analysed == NAMES[done:]
    assert same(corpus, Corpus.read(folder, cache=False))


def until(true: object, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.02)


def stored(cache: Path) -> list[str]:
    try:
        with sqlite3.connect(cache / "reports-1.sqlite", timeout=30) as connection:
            return [key for (key,) in connection.execute("SELECT key FROM reports")]
    except sqlite3.OperationalError:  # not made yet
        return []


def test_an_interrupted_run_keeps_what_was_done(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, analysed: list[str]
) -> None:
    counted = gather.keep_file

    def interrupted(path: str, **options: object) -> Kept:
        if path.endswith("05.txt"):
            raise KeyboardInterrupt
        return counted(path, **options)

    with monkeypatch.context() as patch:
        patch.setattr(gather, "keep_file", interrupted)
        with pytest.raises(KeyboardInterrupt):
            Corpus.read(folder, cache=tmp_path / "cache")
    Corpus.read(folder, cache=tmp_path / "cache")
    assert analysed == NAMES


def junk(file: Path) -> None:
    file.write_bytes(b"\xd0\xcf\x11\xe0" * 3000)


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def one_bit(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        ((data,),) = connection.execute("SELECT data FROM tables WHERE kind = 'clauses'")
        changed = bytes([*data[:100], data[100] ^ 1, *data[101:]])
        connection.execute("UPDATE tables SET data = ? WHERE kind = 'clauses'", (changed,))


def one_table(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("DELETE FROM tables WHERE kind = 'measures'")


@pytest.mark.parametrize("broken", [junk, cut, one_bit, one_table], ids=lambda work: work.__name__)
def test_a_broken_cache_is_set_aside(folder: Path, tmp_path: Path, analysed: list[str], broken: object) -> None:
    first = Corpus.read(folder, cache=tmp_path / "cache")
    broken(tmp_path / "cache" / "reports-1.sqlite")  # type: ignore[operator]
    with pytest.warns(UserWarning, match="缓存文件已损坏"):
        second = Corpus.read(folder, cache=tmp_path / "cache")
    assert (tmp_path / "cache" / "reports-1.broken").exists()
    assert same(first, second)
    assert analysed == NAMES * 2
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert same(first, Corpus.read(folder, cache=tmp_path / "cache"))
    assert analysed == NAMES * 2


def test_without_a_usable_place_it_does_without(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with pytest.warns(UserWarning, match="不用缓存"):
        corpus = Corpus.read(folder, cache=tmp_path / "file")
    assert len(corpus) == len(NAMES)
    assert (tmp_path / "file").read_text(encoding="utf-8") == "not a folder"


def test_two_at_once(folder: Path, tmp_path: Path, analysed: list[str]) -> None:
    cache = tmp_path / "cache"
    program = SLOW + "print(len(Corpus.read(sys.argv[1], cache=False).clauses))"
    command = [sys.executable, "-W", "error", "-c", program, str(folder), str(cache)]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = {run.communicate()[0] for run in runs}
    assert [run.returncode for run in runs] == [0, 0]
    corpus = Corpus.read(folder, cache=cache)
    assert said == {f"{len(corpus.clauses)}\n"}
    assert not analysed


def test_what_was_not_asked_for_in_long_is_dropped(folder: Path, tmp_path: Path, analysed: list[str]) -> None:
    cache, others = tmp_path / "cache", tmp_path / "others"
    others.mkdir()
    (others / "a.txt").write_text(report(77), encoding="utf-8")
    Corpus.read(folder, cache=cache)
    with sqlite3.connect(cache / "reports-1.sqlite") as connection:
        connection.execute("UPDATE batches SET used = '2020-01-01'")
        connection.execute("UPDATE files SET used = '2020-01-01'")
    Corpus.read(folder, cache=cache)  # in use again
    assert len(stored(cache)) == len(NAMES)
    with sqlite3.connect(cache / "reports-1.sqlite") as connection:
        connection.execute("UPDATE batches SET used = '2020-01-01'")
    Corpus.read(others, cache=cache)
    assert len(stored(cache)) == 1
    with sqlite3.connect(cache / "reports-1.sqlite") as connection:
        assert connection.execute("SELECT count(DISTINCT batch) FROM tables").fetchone() == (1,)


def test_a_users_own_cache_is_where_such_files_belong(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("analyzer.corpus.user_folder", lambda: tmp_path / "home")
    Corpus.read(folder)
    assert (tmp_path / "home" / "reports-1.sqlite").exists()
    if os.name == "posix":
        assert (tmp_path / "home").stat().st_mode & 0o077 == 0, "reports may not be for everybody"
