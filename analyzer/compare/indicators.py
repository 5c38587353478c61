"""What quantities count, brought to indicators that can be compared: 调处各类矛盾纠纷112起 counts 调解矛盾纠纷.

The lexicon decides first (indicators.toml, see `phrases`, and indicator_folding.toml, see `folding`), then likeness of
what it left apart (see `alike`); a user's own table of phrases decides over both. `groups` shows what was brought
together.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.compare.alike import alike
from analyzer.compare.families import family_of
from analyzer.compare.folding import Slot, folded, name_in_lexicon, slot_of
from analyzer.compare.phrases import Normal, is_general, normal
from analyzer.compare.readings import plain, read
from analyzer.errors import AnalyzerError
from analyzer.libraries import library

if TYPE_CHECKING:
    from pandas import DataFrame  # type: ignore[import-untyped]

Corrections = Mapping[tuple[str, str], str]  # phrase and family of units → indicator; "" for none

_COLUMNS = {
    "path": "string",
    "index": "Int64",
    "canonical": "string",
    "phrase": "string",
    "quote": "string",
    "unit_family": "string",
    "how": "string",
    "sense": "string",
    "whole": "boolean",
    "carried": "boolean",
}


def canonical(quantities: DataFrame, reports: DataFrame, corrections: Corrections | None = None) -> DataFrame:
    """The indicator of each quantity that counts or measures something, one row a quantity, in the order of the table.

    `quantities` and `reports` are tables of `analyzer.to_frame`. Columns, all with <NA> for nothing:

    path, index  string, Int64  the quantity
    canonical    string         the indicator; together with `unit_family` it says what may be compared
    phrase       string         the words that say what is counted, with their verb
    quote        string         the number as printed
    unit_family  string         个 人 场次 份 for measure words that count alike, the base unit (元), else the word
    how          string         user lexicon similar own: who named the indicator; own: no other phrase is like it
    sense        string         level earlier difference per part: what the number is of the indicator
    whole        boolean        said to be of the whole year or the whole place
    carried      boolean        the period named last belongs to an earlier figure: 由上年的57件增加到63件

    Raises MissingLibrary without scikit-learn.
    """
    pandas = library("pandas")
    keyed = zip(*(plain(quantities[name]) for name in ("path", "index", "unit", "quote")), strict=True)
    printed = {(path, number): (unit, quote) for path, number, unit, quote in keyed}
    readings = [reading for reading in read(quantities, reports) if reading.phrase]
    units = [printed[reading.path, reading.number][0] for reading in readings]
    keys = [(reading.phrase, family_of(unit, reading.phrase)) for reading, unit in zip(readings, units, strict=True)]
    names = _names(Counter(keys), corrections or {})
    cells = []
    for reading, key in zip(readings, keys, strict=True):
        name, how = names[key]
        path, number, phrase, *said = reading
        if name:
            cells.append((path, number, name, phrase, printed[path, number][1], key[1], how, *said))
    frame = pandas.DataFrame(cells, columns=list(_COLUMNS))
    return frame.astype(_COLUMNS)


def groups(named: DataFrame) -> DataFrame:
    """What was brought together, one row an indicator and family of units, the most widely used first.

    `named` comes from `canonical`. Columns: canonical, unit_family, phrases (list of the different phrases, the most
    frequent first), quantities, reports (how many), how (list of the ways that occur).
    """
    grouped = named.groupby(["canonical", "unit_family"], sort=False)
    table = grouped.agg(
        phrases=("phrase", lambda phrases: list(phrases.value_counts().index)),
        quantities=("phrase", "size"),
        reports=("path", "nunique"),
        how=("how", lambda how: sorted(set(how))),
    )
    return table.reset_index().sort_values(["reports", "quantities"], ascending=False, ignore_index=True, kind="stable")


def read_corrections(source: str | os.PathLike[str]) -> dict[tuple[str, str], str]:
    """A user's own table: a CSV file with the columns phrase, unit and canonical ("" for: compare with nothing).

    Raises AnalyzerError where the file is missing or lacks a column.
    """
    pandas = library("pandas")
    try:
        table = pandas.read_csv(Path(source), dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise AnalyzerError(f"{source}：{error}") from error
    if missing := {"phrase", "unit", "canonical"} - set(table.columns):
        raise AnalyzerError(f"{source}：缺少列 {'、'.join(sorted(missing))} · column missing")
    rows = zip(table["phrase"], table["unit"], table["canonical"], strict=True)
    return {(phrase, family_of(unit, phrase)): name for phrase, unit, name in rows}


def names_of(phrases: Sequence[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """For each phrase and unit the indicator ("" for one too general to be compared), the family, how it was found."""
    keys = [(phrase, family_of(unit, phrase)) for phrase, unit in phrases]
    names = _names(Counter(keys), {})
    return [(*names[key][:1], key[1], names[key][1]) for key in keys]


def _names(phrases: Counter[tuple[str, str]], corrections: Corrections) -> dict[tuple[str, str], tuple[str, str]]:
    """For each phrase and family of units its indicator and how it was found."""
    forms = {key: normal(*key) for key in phrases}
    slots = {key: slot_of(form, key[1]) for key, form in forms.items()}
    sizes: Counter[Slot] = Counter(slots.values())
    uses: Counter[Slot] = Counter()
    for key, slot in slots.items():
        uses[slot] += phrases[key]
    stands: dict[Slot, Normal] = {}  # the form that most of a slot's phrases have
    for key in sorted(forms, key=lambda key: -phrases[key]):
        stands.setdefault(slots[key], forms[key])
    general = {slot for slot, form in stands.items() if is_general(form) or is_general(folded(form, slot[0]))}
    unnamed = [slot for slot in stands if name_in_lexicon(slot) is None and slot not in general]
    frequent = sorted(unnamed, key=lambda slot: -uses[slot])
    likes = alike([(slot[0], folded(stands[slot], slot[0])) for slot in frequent])
    firsts = {slot: frequent[first] for slot, first in zip(frequent, likes, strict=True)}
    members = Counter(firsts.values())
    found = {}
    for key, slot in slots.items():
        if key in corrections:
            found[key] = corrections[key], "user"
        elif name := name_in_lexicon(slot):
            found[key] = name, "lexicon"
        else:
            first = firsts.get(slot, slot)
            how = "similar" if members[first] > 1 else "lexicon" if sizes[slot] > 1 else "own"
            found[key] = "" if slot in general else stands[first].name, how
    return found
