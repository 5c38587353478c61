"""Words: nothing lost, protected spans whole, both engines alike, terms of the field in one piece."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer import segment as module
from analyzer.errors import LexiconError
from analyzer.pipeline import analyze
from analyzer.readers import find_reports, read
from analyzer.segment import Protected, segment, terms

CORPUS = Path(__file__).parents[1] / "corpus"


@pytest.mark.parametrize("file", find_reports([CORPUS / "reports"])[0], ids=lambda file: file.name)
def test_both_engines_cut_the_sample_corpus_alike(file: Path) -> None:
    text = read(file).text
    assert segment(text, engine="rjieba") == segment(text, engine="jieba")


def test_both_engines_cut_the_labelled_texts_alike() -> None:
    text = "\n".join(file.read_text(encoding="utf-8") for file in sorted((CORPUS / "gold" / "text").glob("*.txt")))
    assert segment(text, engine="rjieba") == segment(text, engine="jieba")


def test_jieba_cuts_where_rjieba_is_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise ImportError

    monkeypatch.setattr(module, "_with_rjieba", missing)
    module._engine.cache_clear()
    try:
        assert segment("综治中心调解矛盾纠纷").words == ("综治中心", "调解", "矛盾纠纷")
        with pytest.raises(ImportError):
            segment("综治中心", engine="rjieba")
    finally:
        module._engine.cache_clear()


@given(st.text(max_size=80), st.data())
def test_nothing_is_lost_and_protected_spans_are_whole(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = segment(text, [Protected(start, end, "m")])
    assert "".join(found.words) == text
    assert len(found.words) == len(found.tags) == len(found.starts)
    assert all(text.startswith(word, at) for word, at in zip(found.words, found.starts, strict=True))
    if end > start:
        assert (text[start:end], start, "m") in zip(found.words, found.starts, found.tags, strict=True)


def test_quantities_dates_marks_titles_and_slogans_are_one_word_each() -> None:
    words = analyze("一是2023年12月9日按《信访工作条例》开展“三到位”行动，发放资料800余份。\n").words
    for word, tag in (
        ("一是", "x"),
        ("2023年12月9日", "t"),
        ("《信访工作条例》", "nz"),
        ("“三到位”", "nz"),
        ("800余份", "m"),
    ):
        assert (word, tag) in zip(words.words, words.tags, strict=True)


def test_terms_of_the_field_are_words_with_their_tags() -> None:
    for word, _, tag in terms():
        found = segment(word)
        assert (found.words, found.tags) == ((word,), (tag,))


def test_a_broken_row_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "load_rows", lambda name: [{"word": "综治中心", "frequency": "多", "tag": "n"}])
    with pytest.raises(LexiconError, match=r"terms\.csv 第2行"):
        terms.__wrapped__()
