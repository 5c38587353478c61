"""The characters that clauses are written with, as n-grams: what the role model sees besides the named features."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

GRAM_KINDS = ("inside", "beginning", "end")
GRAMS = (1, 2, 3)  # characters of the n-grams inside a clause
EDGES = (1, 2, 3, 4)  # and of those at its beginning and its end


def find_grams(codes: Ints, cores: Ints, bodies: Ints) -> tuple[tuple[Ints, Ints], ...]:
    """The n-grams inside each clause and at its edges; digits count as 0. A key packs up to four characters."""
    codes = np.where((codes >= ord("0")) & (codes <= ord("9")), ord("0"), np.minimum(codes, 0xFFFF))
    keys = packed(codes)
    lengths = bodies - cores
    clause = np.repeat(np.arange(len(cores)), lengths)
    offset = np.arange(len(clause)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    at = np.repeat(cores, lengths) + offset
    left = np.repeat(lengths, lengths) - offset
    found_clauses, found_keys = [], []
    for size in GRAMS:
        fits = left >= size
        found_clauses.append(clause[fits])
        found_keys.append(keys[size - 1][at[fits]])
    place = np.arange(len(cores))
    edges = []
    for anchor in ("start", "end"):
        edge_clauses, edge_keys = [], []
        for size in EDGES:
            fits = lengths >= size
            edge_clauses.append(place[fits])
            edge_keys.append(keys[size - 1][cores[fits] if anchor == "start" else bodies[fits] - size])
        edges.append((np.concatenate(edge_clauses), np.concatenate(edge_keys)))
    return (np.concatenate(found_clauses), np.concatenate(found_keys)), *edges


def packed(codes: Ints) -> list[Ints]:
    """For n = 1 … 4 the key of the n-gram that begins at each character: 16 bits a character."""
    keys = [codes]
    for size in range(1, max(EDGES)):
        key = np.zeros_like(codes)
        if len(codes) > size:
            key[:-size] = keys[-1][:-size] | (codes[size:] << (16 * size))
        keys.append(key)
    return keys
