"""A saved corpus is the corpus, for us and for others, and nothing of anybody's own is lost for it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pandas
import pyarrow.parquet
import pytest

from analyzer import Corpus
from analyzer.corpus import saved
from analyzer.errors import CorpusError
from analyzer.tabular import AUDITED, TABLES

REPORTS = Path(__file__).parents[1] / "corpus" / "reports"
ALL = (*TABLES, *AUDITED, "failures")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    empty = tmp_path_factory.mktemp("empty") / "空.txt"
    empty.write_bytes(b"")
    return Corpus.read([REPORTS, empty], cache=False)


@pytest.fixture
def folder(corpus: Corpus, tmp_path: Path) -> Path:
    corpus.save(tmp_path / "corpus")
    return tmp_path / "corpus"


def assert_same(one: Corpus, other: Corpus) -> None:
    assert repr(one) == repr(other)
    for kind in ALL:
        pandas.testing.assert_frame_equal(getattr(one, kind), getattr(other, kind))


def test_it_comes_back_as_it_was(corpus: Corpus, folder: Path) -> None:
    loaded = Corpus.load(folder)
    assert len(loaded.failures) == 1
    assert len(loaded.findings) > 0
    assert_same(loaded, corpus)


def test_also_without_any_row(tmp_path: Path) -> None:
    nothing = Corpus.read([], cache=False)
    nothing.save(tmp_path / "deep" / "corpus")
    assert_same(Corpus.load(tmp_path / "deep" / "corpus"), nothing)


@pytest.mark.parametrize("kind", ALL)
def test_others_read_it(corpus: Corpus, folder: Path, kind: str) -> None:
    frame, file = getattr(corpus, kind), folder / f"{kind}.parquet"
    read = pandas.read_parquet(file)
    assert read.dtypes.astype(str).equals(frame.dtypes.astype(str))
    assert pyarrow.parquet.read_schema(file).names == list(frame.columns)
    plain = [name for name in frame if frame[name].dtype != "object"]
    pandas.testing.assert_frame_equal(read[plain], frame[plain])


def test_it_says_what_it_is(corpus: Corpus, folder: Path) -> None:
    about = json.loads((folder / "corpus.json").read_text(encoding="utf-8"))
    assert about["corpus"] == 1
    assert about["rows"]["reports"] == len(corpus)
    assert about["made"].startswith("20")
    assert sorted(each.name for each in folder.iterdir()) == sorted(
        ["corpus.json", *(f"{kind}.parquet" for kind in ALL)]
    )


def test_saving_again_replaces(corpus: Corpus, folder: Path) -> None:
    Corpus.read([], cache=False).save(folder)
    assert len(Corpus.load(folder)) == 0
    corpus.save(folder)
    assert_same(Corpus.load(folder), corpus)
    assert os.listdir(folder.parent) == ["corpus"]


def test_what_is_not_a_corpus_is_never_replaced(corpus: Corpus, folder: Path, tmp_path: Path) -> None:
    (folder / "笔记.txt").write_text("我的", encoding="utf-8")
    (tmp_path / "file").write_text("我的", encoding="utf-8")
    for place in (folder, tmp_path / "file", tmp_path):
        with pytest.raises(CorpusError, match="请换一个"):
            corpus.save(place)
    assert (folder / "笔记.txt").read_text(encoding="utf-8") == "我的"
    (tmp_path / "empty").mkdir()
    corpus.save(tmp_path / "empty")
    assert len(Corpus.load(tmp_path / "empty")) == len(corpus)


def test_a_save_that_fails_leaves_the_good_one(corpus: Corpus, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[object] = []

    def full(table: object, file: object) -> None:
        written.append(file)
        if len(written) > 3:
            raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(pyarrow.parquet, "write_table", full)
        with pytest.raises(OSError, match="No space left"):
            Corpus.read([], cache=False).save(folder)
    assert_same(Corpus.load(folder), corpus)
    assert os.listdir(folder.parent) == ["corpus"]


def test_a_failing_exchange_puts_the_good_one_back(
    corpus: Corpus, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = os.rename

    def refused(source: Path, target: Path) -> None:
        if Path(source).name == "new":
            raise PermissionError(13, "Permission denied")
        rename(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(saved.os, "rename", refused)
        with pytest.raises(PermissionError):
            Corpus.read([], cache=False).save(folder)
    assert_same(Corpus.load(folder), corpus)


def spoil(folder: Path, name: str, data: bytes | None) -> None:
    if data is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(data)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("corpus.json", None, "没有保存的语料库"),
        ("corpus.json", b"{", "读不了"),
        ("corpus.json", b"[]", "不是这个版本"),
        ("corpus.json", b'{"corpus": 2, "rows": {}}', "不是这个版本"),
        ("clauses.parquet", None, "clauses.parquet"),
        ("measures.parquet", b"PAR1junk", "measures.parquet"),
    ],
)
def test_what_is_no_corpus_is_refused(folder: Path, name: str, data: bytes | None, said: str) -> None:
    spoil(folder, name, data)
    with pytest.raises(CorpusError, match=said):
        Corpus.load(folder)


def test_a_table_of_something_else_is_refused(corpus: Corpus, folder: Path) -> None:
    (folder / "sections.parquet").write_bytes((folder / "clauses.parquet").read_bytes())
    with pytest.raises(CorpusError, match=r"sections\.parquet"):
        Corpus.load(folder)
    Corpus.read([], cache=False).save(folder.parent / "none")
    (folder / "sections.parquet").write_bytes((folder.parent / "none" / "sections.parquet").read_bytes())
    with pytest.raises(CorpusError, match=r"sections\.parquet.*行数"):
        Corpus.load(folder)
