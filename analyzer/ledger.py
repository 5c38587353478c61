"""Findings written down in a file under version control: a baseline, or the verdicts of people.

One finding a line, sorted, with paths relative to the file: an edit of one report changes the lines of its own findings
only, and two people's entries merge.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from functools import cached_property
from pathlib import Path

from analyzer.errors import ConfigError
from analyzer.records import Finding

VERDICTS = "analyzer-verdicts.json"  # beside the configuration

_VERSION = 1
_SHOWN = 60  # characters of the words, for the reader alone: the fingerprint decides


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One finding as written down."""

    path: str  # from the ledger's folder, with /
    rule: str
    quote: str
    fingerprint: str
    verdict: str = ""  # right wrong accepted; "" in a baseline
    note: str = ""


@dataclass(frozen=True)
class Ledger:
    """The entries of one file."""

    file: Path
    entries: tuple[Entry, ...]

    def entry(self, path: str, fingerprint: str) -> Entry | None:
        """What is written down of this finding of the report at `path`.

        An entry whose report is no longer there (renamed, saved in another format) holds for the same words elsewhere.
        """
        here = self._by_place.get((relative(path, self.file.parent), fingerprint))
        return here or self._of_lost_reports.get(fingerprint)

    @cached_property
    def _by_place(self) -> dict[tuple[str, str], Entry]:
        return {(entry.path, entry.fingerprint): entry for entry in self.entries}

    @cached_property
    def _of_lost_reports(self) -> dict[str, Entry]:
        lost = {path for path in {entry.path for entry in self.entries} if not (self.file.parent / path).exists()}
        return {entry.fingerprint: entry for entry in self.entries if entry.path in lost}

    def with_entries(self, entries: Iterable[Entry]) -> Ledger:
        """The ledger with `entries` in place of what it says of the same findings."""
        changed = {(entry.path, entry.fingerprint): entry for entry in entries}
        return Ledger(self.file, tuple(sorted((self._by_place | changed).values())))


def entry_of(finding: Finding, path: str, file: Path, verdict: str = "", note: str = "") -> Entry:
    """How `finding` of the report at `path` is written into the ledger `file`."""
    words = " ".join(finding.quote.split())
    quote = words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
    return Entry(relative(path, file.parent), finding.rule, quote, finding.fingerprint, verdict, note)


def read_ledger(file: Path) -> Ledger:
    """The ledger in `file`; one without entries where there is no such file. Raises ConfigError for a broken one."""
    try:
        document = json.loads(file.read_text(encoding="utf-8-sig"))
        entries = tuple(Entry(**entry) for entry in document["findings"])
        newer = document["version"] != _VERSION
        broken = not all(isinstance(value, str) for entry in entries for value in asdict(entry).values())
    except FileNotFoundError:
        return Ledger(file, ())
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ConfigError(f"{file}：读不了，可能改坏了（{error}）· cannot be read") from None
    if newer or broken:
        raise ConfigError(f"{file}：不是这个版本能读的格式 · not a format that this version reads")
    return Ledger(file, entries)


def write_ledger(ledger: Ledger) -> None:
    """Writes the file, a finding a line. Raises OSError."""
    lines = ",\n".join(_line(entry) for entry in sorted(ledger.entries))
    text = f'{{"version": {_VERSION}, "findings": [\n{lines}\n]}}\n'
    ledger.file.write_text(text, encoding="utf-8", newline="\n")


def relative(path: str | os.PathLike[str], folder: Path) -> str:
    """The way from `folder` to `path`, with / on every system."""
    try:
        way = os.path.relpath(path, folder)
    except ValueError:  # another drive
        way = os.path.abspath(path)
    return way.replace(os.sep, "/")


def _line(entry: Entry) -> str:
    values = {each.name: getattr(entry, each.name) for each in fields(entry)}
    return json.dumps({name: value for name, value in values.items() if value}, ensure_ascii=False)
