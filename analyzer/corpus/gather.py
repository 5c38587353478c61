"""What is to be known of each file of a corpus, from the cache or from the work on it."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Sequence
from functools import partial
from itertools import chain
from pathlib import Path

from analyzer.batch import each
from analyzer.corpus.assembly import Batch, Placed, batch_of
from analyzer.corpus.cache import Cache, State
from analyzer.corpus.kept import Kept, keep_file
from analyzer.errors import UnreadableReport
from analyzer.progress import watched
from analyzer.readers import content
from analyzer.readers.archives import parted
from analyzer.records import Failure

_BATCH = 128  # reports written at once, at most
_PATIENCE = 2.0  # seconds of work that a kill may cost
_SETTLED = 2_000_000_000  # ns; in a file changed just now, another change may not show in its times


def gathered(
    paths: Sequence[str],
    rules: Sequence[str],
    profile: str,
    jobs: int,
    cache: Cache | None,
    edition: str,
    progress: bool,
) -> tuple[list[Batch], list[Placed], list[Failure]]:
    """Batches, the place of each file of `paths` in them, in order, and the files that could not be read.

    `rules` are codes. Only what the cache does not have is analysed, and written to it as it comes.
    """
    found = _found(paths, cache, edition) if cache else {}
    work = partial(keep_file, rules=tuple(rules), profile=profile)
    missing = [path for path in paths if path not in found]
    results = each(work, missing, jobs)  # other processes work while this one unpacks
    cached = cache.batches({batch for batch, _ in found.values()}) if cache else {}
    lost = [path for path, (batch, _) in found.items() if batch not in cached]  # of a damaged file
    if lost:
        missing, results = [*missing, *lost], chain(results, each(work, lost, jobs))
    order = {batch: number for number, batch in enumerate(cached)}
    batches = list(cached.values())
    placed = {path: Placed(path, order[batch], number) for path, (batch, number) in found.items() if batch in order}
    failures: list[Failure] = []
    waiting: list[tuple[str, Kept]] = []

    def write() -> None:
        if waiting:
            batch = batch_of([kept for _, kept in waiting])
            placed.update({path: Placed(path, len(batches), number) for number, (path, _) in enumerate(waiting)})
            batches.append(batch)
            if cache:
                cache.add([_key(path, kept.digest, edition) for path, kept in waiting], batch)
            waiting.clear()

    written = time.monotonic()
    try:
        for path, result in zip(missing, watched(results, len(missing)) if progress else results, strict=True):
            if isinstance(result, Failure):
                failures.append(result)
                continue
            waiting.append((path, result))
            if len(waiting) >= _BATCH or time.monotonic() - written > _PATIENCE:
                write()
                written = time.monotonic()
    finally:  # what is done is done, also when a person interrupts
        write()
    return batches, [placed[path] for path in paths if path in placed], failures


def _found(paths: Sequence[str], cache: Cache, edition: str) -> dict[str, tuple[int, int]]:
    """Batch and number of the files that are in the cache."""
    keys = {path: _key(path, digest, edition) for path, digest in _digests(paths, cache).items()}
    places = cache.places(keys.values())
    return {path: places[key] for path, key in keys.items() if key in places}


def _digests(paths: Sequence[str], cache: Cache) -> dict[str, str]:
    """SHA-256 of the content of each file that can be read; one that looks as it did is not read again."""
    whole = {path: os.path.abspath(path) for path in paths}
    known = cache.digests(whole.values())
    digests: dict[str, str] = {}
    new: dict[str, tuple[State, str]] = {}
    now = time.time_ns()
    for path, file in whole.items():
        try:
            state = state_of(path)
            if file in known and known[file][0] == state:
                digests[path] = known[file][1]
                continue
            digests[path] = hashlib.sha256(content(path)).hexdigest()
        except (OSError, ValueError, UnreadableReport):
            continue  # whoever reads it says what is wrong
        if max(state[1:]) < now - _SETTLED:
            new[file] = (state, digests[path])
    cache.remember(new)
    return digests


def state_of(path: str) -> State:
    """What shows that a file has changed; of a report in an archive, the archive. Raises OSError."""
    try:
        status = os.stat(path)
    except OSError:
        inside = parted(Path(path))
        if inside is None:
            raise
        status = os.stat(inside[0])
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _key(path: str, digest: str, edition: str) -> str:
    """What names a result: content, ending of the name, which decides how some files are read, and edition."""
    return hashlib.sha256("\n".join((digest, Path(path).suffix.lower(), edition)).encode()).hexdigest()
