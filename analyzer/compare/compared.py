"""What is kept of a report to compare its wording with that of others, now or later, and the same as bytes."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np

from analyzer.compare.fingerprints import Fingerprinted, fingerprinted
from analyzer.compare.wording import wording


@dataclass(frozen=True, slots=True)
class Text:
    """A report as it is compared with others."""

    text: str
    place: str = ""  # that reports; a text without one is not compared
    year: int | None = None
    kind: str = ""  # 法治政府 …: with another year of one's own only the same kind is compared


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """All that tells whether a text shares passages with others."""

    place: str
    year: int | None
    kind: str
    wording: Fingerprinted  # without signs where the place is not known


def compared(text: Text) -> Compared:
    """What is to be kept of a text, to compare it later."""
    signs = wording(text.text, text.place).signs if text.place else np.zeros(0, np.uint16)
    return Compared(text.place, text.year, text.kind, fingerprinted(signs))


def stored(each: Compared) -> bytes:
    """What is kept of a text, as bytes."""
    wording = each.wording
    head = json.dumps([each.place, each.year, each.kind, len(wording.signs), len(wording.at)])
    arrays = wording.signs.astype("<u2"), wording.at.astype("<i4"), wording.hashes.astype("<u8")
    return b"".join((head.encode(), b"\n", *(array.tobytes() for array in arrays)))


def restored(data: bytes) -> Compared:
    """What `stored` made bytes of."""
    head = data.index(b"\n") + 1
    place, year, kind, signs, prints = json.loads(data[:head])
    at = head + 2 * signs
    wording = Fingerprinted(
        np.frombuffer(data, "<u2", signs, head),
        np.frombuffer(data, "<i4", prints, at),
        np.frombuffer(data, "<u8", prints, at + 4 * prints),
    )
    return Compared(place, year, kind, wording)
