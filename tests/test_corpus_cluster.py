"""A cluster gives what one machine gives, and neither a dead worker nor a file that kills each of them costs more."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import dask
import distributed
import fsspec
import pandas
import pyarrow.parquet
import pytest
from typer.testing import CliRunner

from analyzer import Corpus
from analyzer.batch import CRASHED
from analyzer.cli import app
from analyzer.corpus import cluster, part, store, united
from analyzer.corpus.cluster import spread
from analyzer.errors import CorpusError, MissingLibrary
from analyzer.tabular import AUDITED, TABLES

FILES = Path(__file__).with_name("files")
SAMPLES = Path(__file__).parents[1] / "corpus" / "reports"
ALL = (*TABLES, *AUDITED, "failures")

# Libraries as they may be on a worker: what reads .doc crashes; what reads .pdf does so once.
CRASHES = "import os; os._exit(9)"
CRASHES_ONCE = """
import os, sys
from pathlib import Path
here = Path(__file__).parent
try:
    (here / "died").mkdir()
except FileExistsError:
    sys.path.remove(str(here))
    del sys.modules["pypdfium2"]
    import pypdfium2
    sys.path.insert(0, str(here))
else:
    os._exit(9)
"""


@pytest.fixture(scope="module")
def crashing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of libraries that crash."""
    folder = tmp_path_factory.mktemp("libraries")
    (folder / "doc2docx.py").write_text(CRASHES, encoding="utf-8")
    (folder / "pypdfium2.py").write_text(CRASHES_ONCE, encoding="utf-8")
    (folder / "first.py").write_text(f"import sys; sys.path.insert(0, {str(folder)!r})", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def scheduler(crashing: Path) -> Iterator[str]:
    """The address of a scheduler with two workers, which have those libraries, as have processes they start."""
    with pytest.MonkeyPatch.context() as patch:
        root = str(Path(__file__).parents[1])
        patch.setenv("PYTHONPATH", os.pathsep.join([str(crashing), root, os.environ.get("PYTHONPATH", "")]))
        with (
            dask.config.set({"distributed.scheduler.allowed-failures": 1}),
            distributed.LocalCluster(
                n_workers=2, threads_per_worker=1, dashboard_address=None, preload=[str(crashing / "first.py")]
            ) as started,
        ):
            yield started.scheduler_address


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Some samples, two of which share a passage, a .pdf and a file that nobody can read."""
    reports = tmp_path / "reports"
    reports.mkdir()
    for name in ("枫垭苗族乡_2024_法治政府", "雁回坪镇_2023_法治政府", "云磴乡_2024_工作总结"):
        shutil.copy(SAMPLES / f"{name}.txt", reports)
    for number in range(4):
        work = f"全年开展讲座{number + 3}场次。抓好两项工作：一是学习{number}次。"
        (reports / f"{number}.txt").write_text(f"青禾镇2023年工作总结\n一、主要工作\n{work}\n", encoding="utf-8")
    (reports / "空.txt").write_bytes(b"")
    shutil.copy(FILES / "report.pdf", reports / "报告.pdf")
    return reports


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of two files."""
    monkeypatch.setattr(cluster, "_SMALLEST", 2)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, small: None) -> list[int]:
    """Does the work in this process; gives the numbers of the parts that are done."""
    numbers: list[int] = []

    def worked(parts: list[part.Part], plan: part.Plan, *cluster: object) -> Iterator[tuple[int, part.Rows]]:
        for each in parts:
            numbers.append(each.number)
            yield each.number, part.write_part(each, plan)

    monkeypatch.setattr(cluster, "_worked", worked)
    return numbers


def assert_same(one: Corpus, other: Corpus) -> None:
    for kind in ALL:
        pandas.testing.assert_frame_equal(getattr(one, kind), getattr(other, kind), obj=kind)


def names(failures: object) -> list[str]:
    return [Path(each.path).name for each in failures]  # type: ignore[attr-defined]


def test_a_cluster_gives_the_same_though_a_worker_dies(
    scheduler: str, crashing: Path, folder: Path, tmp_path: Path, small: None
) -> None:
    corpus = Corpus.read(folder, engine="dask", scheduler=scheduler, output=tmp_path / "out")
    assert (crashing / "died").exists(), "a worker has died"
    assert "DUP001" in set(corpus.findings["rule"]), "reports are compared with each other too"
    assert names(corpus.failed) == ["空.txt"]
    assert_same(corpus, Corpus.read(folder, cache=False))
    assert_same(corpus, Corpus.load(tmp_path / "out"))


def test_a_file_that_kills_every_worker_is_set_aside(scheduler: str, folder: Path, tmp_path: Path, small: None) -> None:
    whole = Corpus.read(folder, cache=False)
    shutil.copy(FILES / "report.doc", folder / "毒.doc")
    result = spread([folder], tmp_path / "out", scheduler)
    assert [(Path(each.path).name, each.error) for each in result.failures if each.path.endswith(".doc")] == [
        ("毒.doc", CRASHED)
    ]
    assert sorted(names(result.failures)) == sorted(["毒.doc", "空.txt"])
    assert result.reports == len(whole)
    corpus = Corpus.load(tmp_path / "out")
    pandas.testing.assert_frame_equal(corpus.clauses, whole.clauses)


def test_workers_with_other_words_are_refused(
    scheduler: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "edition_of", lambda *_: "another")
    with pytest.raises(CorpusError, match="词表与本机不同"):
        spread([folder], tmp_path / "out", scheduler)
    with pytest.raises(CorpusError, match="还没有做完"):
        Corpus.load(tmp_path / "out")


def test_what_is_done_is_not_done_again(folder: Path, tmp_path: Path, here: list[int]) -> None:
    out = tmp_path / "out"
    first = spread([folder], out)
    assert here == [*range(first.parts)]
    assert first.parts == 5
    (out / "parts" / "part-00001.json").unlink()  # killed before it was written
    (out / "parts" / "part-00002.json").write_text("{", encoding="utf-8")  # or while
    changed = sorted(folder.iterdir())[0]
    changed.write_text(changed.read_text(encoding="utf-8") + "全年新增岗位37个。\n", encoding="utf-8")
    here.clear()
    second = spread([folder], out)
    assert here == [0, 1, 2]
    assert second.before == first.parts - 3
    assert second.failures == first.failures
    assert_same(Corpus.load(out), Corpus.read(folder, cache=False))


def test_other_rules_make_all_anew(folder: Path, tmp_path: Path, here: list[int]) -> None:
    spread([folder], tmp_path / "out")
    here.clear()
    result = spread([folder], tmp_path / "out", rules=["ENU"])
    assert here == [*range(result.parts)]
    assert_same(Corpus.load(tmp_path / "out"), Corpus.read(folder, rules=["ENU"], cache=False))


def test_parts_of_files_that_are_gone_go(folder: Path, tmp_path: Path, here: list[int]) -> None:
    spread([folder], tmp_path / "out")
    for file in sorted(folder.iterdir())[2:]:
        file.unlink()
    spread([folder], tmp_path / "out")
    assert {each.stem for each in (tmp_path / "out").rglob("part-*")} == {"part-00000"}
    assert len(Corpus.load(tmp_path / "out")) == 2


def test_an_object_store(tmp_path: Path, here: list[int]) -> None:
    memory = fsspec.filesystem("memory")
    samples = [*sorted(SAMPLES.glob("*.txt"))[:4], FILES / "report.doc"]
    for file in samples:
        memory.pipe(f"/office/in/2024/{file.name}", file.read_bytes())
    for name in (".hidden.txt", "~$lock.docx", "picture.png", ".old/a.txt"):
        memory.pipe(f"/office/in/{name}", b"1")
    memory.pipe("/office/in/all.zip", b"1")
    memory.pipe("/office/notes", "云水乡2023年工作总结\n一、工作\n建成便民桥3座。\n".encode())
    corpus = Corpus.read(
        ["memory://office/in/", "memory://office/notes", "memory://office/none"],
        engine="dask",
        output="memory://office/out",
    )
    assert names(corpus.failed) == ["all.zip", "none"]
    assert corpus.reports["path"].iloc[0].startswith("memory:///office/in/2024/")
    assert corpus.reports["path"].iloc[-1] == "memory:///office/notes"
    local = Corpus.read(samples, cache=False)
    assert sorted(corpus.reports["text"][:-1]) == sorted(local.reports["text"])
    before = here.copy()
    again = spread(["memory://office/in", "memory://office/notes"], "memory://office/out")
    assert again.before == again.parts
    assert here == before
    memory.rm("/office", recursive=True)


def test_what_cannot_be_asked_is_said(tmp_path: Path, here: list[int]) -> None:
    for url in ("nonsense://a/b", "memory://x"):
        output = url if url.startswith("nonsense") else tmp_path / "out"
        with pytest.raises(CorpusError, match="nonsense"):
            spread(["nonsense://reports"], output)
    assert not (tmp_path / "out").exists()
    with pytest.raises(CorpusError, match="没有保存的语料库"):
        Corpus.load("memory://nowhere")
    with pytest.raises(ValueError, match="output"):
        Corpus.read(SAMPLES, engine="dask")


def test_nothing_of_ones_own_is_overwritten(folder: Path, tmp_path: Path, here: list[int]) -> None:
    Corpus.read(folder, cache=False).save(tmp_path / "saved")
    for place in (folder, tmp_path / "saved", folder / "空.txt"):
        with pytest.raises(CorpusError, match="请换一个"):
            spread([folder], place)
    assert not here
    assert len(Corpus.load(tmp_path / "saved")) > 3
    spread([folder], tmp_path / "out")
    with pytest.raises(CorpusError, match="请换一个"):
        Corpus.read(folder, cache=False).save(tmp_path / "out")


def test_others_read_the_parts(folder: Path, tmp_path: Path, here: list[int]) -> None:
    spread([folder], tmp_path / "out")
    corpus = Corpus.load(tmp_path / "out")
    for kind in {*ALL} - {"findings", "checks"}:
        assert len(pyarrow.parquet.read_table(tmp_path / "out" / kind)) == len(getattr(corpus, kind)), kind
    alone = pyarrow.parquet.read_table(tmp_path / "out" / "findings").to_pandas()
    assert alone["fingerprint"].isin(corpus.findings["fingerprint"]).all()
    assert "DUP001" not in set(alone["rule"])


def test_damage_is_found(folder: Path, tmp_path: Path, here: list[int]) -> None:
    spread([folder], tmp_path / "out")
    file = tmp_path / "out" / "clauses" / "part-00001.parquet"
    data = file.read_bytes()
    for broken, what in ((data[:-9], "part-00001"), (part_of_nothing(tmp_path), "行数不对")):
        file.write_bytes(broken)
        with pytest.raises(CorpusError, match=what):
            Corpus.load(tmp_path / "out")
    file.unlink()
    with pytest.raises(CorpusError, match="part-00001"):
        Corpus.load(tmp_path / "out")


def part_of_nothing(tmp_path: Path) -> bytes:
    spread([], tmp_path / "nothing")
    assert len(Corpus.load(tmp_path / "nothing")) == 0
    return (tmp_path / "nothing" / "clauses" / "part-00000.parquet").read_bytes()


def test_the_command(scheduler: str, tmp_path: Path) -> None:
    empty = tmp_path / "空.txt"
    empty.write_bytes(b"")
    sample = str(sorted(SAMPLES.iterdir())[0])
    runner = CliRunner()
    spreading = ["--engine", "dask", "--scheduler", scheduler]
    for name, options in (("one", ["--jobs", "1"]), ("parts", spreading)):
        arguments = ["corpus", sample, str(empty), "--output", str(tmp_path / name), *options]
        run = runner.invoke(app, arguments)
        assert run.exit_code == 2, run.output
        assert "1份报告" in run.stderr
        assert "空.txt：文件是空的" in run.stderr
    assert_same(Corpus.load(tmp_path / "one"), Corpus.load(tmp_path / "parts"))
    assert json.loads((tmp_path / "parts" / "corpus.json").read_bytes())["parts"] == 1
    assert runner.invoke(app, ["corpus", sample, "--output", str(tmp_path / "parts"), *spreading]).exit_code == 0
    for wrong in (["--output", "s3://a/b"], ["--output", "x", "--scheduler", scheduler]):
        run = runner.invoke(app, ["corpus", sample, *wrong])
        assert run.exit_code == 2
        assert "--engine dask" in run.stderr


def test_without_a_scheduler_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE", "1s")
    with pytest.raises(CorpusError, match=r"连不上 tcp://127\.0\.0\.1:9"):
        spread([SAMPLES], tmp_path / "out", "tcp://127.0.0.1:9")


def test_without_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(MissingLibrary, match=r"analyzer\[cluster\]"):
        spread([SAMPLES], tmp_path / "out")


def test_a_few_more_files_leave_most_parts_as_they_are() -> None:
    def parts(count: int) -> list[part.Part]:
        return cluster._divided([store.Stored(f"/{number}", "") for number in range(count)], "edition")

    for count, size in ((0, 0), (600, 32), (10_000, 256), (40_000, 512)):
        assert max(len(each.paths) for each in parts(count)) == size
    assert sum(len(each.paths) for each in parts(1000)) == 1000
    assert parts(1000)[:31] == parts(1010)[:31]
    assert united.is_in_parts("s3://bucket/corpus")
