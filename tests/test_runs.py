"""Runs of equal signs and what is kept for finding them, against the plainest way to find the same."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analyzer.compare.compared import Compared, Text, compared, restored, stored
from analyzer.compare.fingerprints import SIGNS, Fingerprinted, _in_order, fingerprinted, shared, shared_again
from analyzer.compare.reuse import passages_of
from analyzer.compare.runs import Run, row_of, runs_by_pair
from analyzer.compare.wording import FREE

EACH_ITS_OWN = 100  # places that may say the same before it is common


def signs_of(letters: str) -> np.ndarray:
    return np.array([FREE + ord(letter) for letter in letters], np.uint16)


def texts_of(several: list[str]) -> tuple[list[Fingerprinted], np.ndarray, np.ndarray]:
    """The texts, each of a place of its own, none with an earlier one."""
    numbers = np.arange(len(several), dtype=np.int32)
    return [fingerprinted(signs_of(letters)) for letters in several], numbers, np.full(len(several), -1, np.int32)


def longest(one: str, other: str, at: int, there: int) -> Run:
    """The longest run of equal letters around one[at] and other[there]."""
    back = ahead = 0
    while min(at, there) > back and one[at - back - 1] == other[there - back - 1]:
        back += 1
    while at + ahead < len(one) and there + ahead < len(other) and one[at + ahead] == other[there + ahead]:
        ahead += 1
    return Run(at - back, there - back, back + ahead)


# Few letters in pieces that return: runs that touch, overlap and stand in another order.
PIECES = st.sampled_from(["abcdefghijklmnopqrstuvwxyz", "zyxwvutsrqponmlkjihgf", "abcabcabcabcabcabcabc", "x", "yz"])
LETTERS = st.lists(PIECES, max_size=8).map("".join)


@given(st.lists(LETTERS, min_size=2, max_size=4))
def test_runs_are_the_longest_around_every_seed(several: list[str]) -> None:
    texts, places, before = texts_of(several)
    found = shared(texts, places, before, EACH_ITS_OWN)
    expected: dict[tuple[int, int], set[Run]] = {}
    columns = (column.tolist() for column in (found.seeds.one, found.seeds.other, found.seeds.at_one))
    for one, other, at, there in zip(*columns, found.seeds.at_other.tolist(), strict=True):
        assert several[one][at : at + SIGNS] == several[other][there : there + SIGNS]
        expected.setdefault((one, other), set()).add(longest(several[one], several[other], at, there))
    row = row_of([text.signs for text in texts], found)
    runs = {(one, other): found for one, other, found in runs_by_pair(row, found.seeds, SIGNS)}
    assert {pair: set(each) for pair, each in runs.items()} == expected
    for each in runs.values():
        assert each == sorted(set(each), key=lambda run: (run.there, run.at))


@given(st.lists(LETTERS, min_size=2, max_size=5))
def test_what_is_common_does_not_count(several: list[str]) -> None:
    texts, places, before = texts_of(several)
    found = shared(texts, places, before, 2)
    row = row_of([text.signs for text in texts], found)
    for number, text in enumerate(texts):
        common = np.isin(text.hashes, found.common)
        covered = np.zeros(len(text.signs), np.bool_)
        for at in text.at[common].tolist():
            covered[at : at + SIGNS] = True
        for at, free in enumerate((~covered).tolist()):
            assert row.counted(number, Run(0, at, 1)) == free


@given(st.lists(LETTERS, min_size=2, max_size=4))
def test_with_what_is_common_known_the_same_is_shared(several: list[str]) -> None:
    texts, places, before = texts_of(several)
    found = shared(texts, places, before, 2)
    again = shared_again(texts, places, before, found.common)
    for name in ("one", "other", "at_one", "at_other"):
        assert getattr(again.seeds, name).tolist() == getattr(found.seeds, name).tolist()
    assert sorted(zip(again.common_text.tolist(), again.common_at.tolist(), strict=True)) == sorted(
        zip(found.common_text.tolist(), found.common_at.tolist(), strict=True)
    )


@given(st.text(), st.sampled_from(["", "柳湾镇", "\ud800"]), st.none() | st.integers(1900, 2100), st.text())
def test_what_is_stored_is_restored(text: str, place: str, year: int | None, kind: str) -> None:
    each = compared(Text(text + "渡口值班。" * 5, place, year, kind))
    again = restored(stored(each))
    assert (again.place, again.year, again.kind) == (place, year, kind)
    for name in ("signs", "at", "hashes"):
        before, after = getattr(each.wording, name), getattr(again.wording, name)
        assert (after.tolist(), after.dtype) == (before.tolist(), before.dtype)


def test_only_texts_that_share_a_passage_are_looked_up() -> None:
    shared_by_two = "每逢农历初三由司法所和法庭轮流派员上船值班，对行动不便的老人由船工上门接送，办完再送回家中。"
    texts = [
        Text(f"{name}\n{words}\n" * 2, name, 2024)
        for name, words in (
            ("柳湾镇", shared_by_two),
            ("榆坡乡", "把山上的旧校舍改成调解室，请老支书带徒弟，谁家有了疙瘩就到屋里坐下来喝茶说理。"),
            ("梨坪镇", shared_by_two),
        )
    ]
    asked: list[int] = []

    def text(number: int) -> str:
        asked.append(number)
        return texts[number].text

    kept: list[Compared] = [restored(stored(compared(each))) for each in texts]
    assert [(passage.a, passage.b) for passage in passages_of(kept, text, 30)] == [(0, 2)]
    assert set(asked) == {0, 2}


@given(st.lists(st.integers(0, 40).map(lambda number: (number % 4) << 62 | number // 4), max_size=40))
def test_hashes_that_differ_only_where_they_are_cut_are_told_apart(numbers: list[int]) -> None:
    hashes = np.array(numbers, np.uint64)
    found, order = _in_order(hashes)
    assert order.tolist() == sorted(range(len(numbers)), key=numbers.__getitem__)
    assert found.tolist() == sorted(numbers)
