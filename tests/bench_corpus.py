"""How fast a corpus is read: python tests/bench_corpus.py FOLDER [--reports N] [--jobs N] [--characters N]

Makes N reports (10,000) out of the texts below FOLDER: their paragraphs drawn and their sentences shuffled, numbers and
names of places changed, all by one seed. Reads them on one process and on several, a second time from the cache, and
with 1% of the files changed; then makes every data frame. Prints seconds, also those that all cores together worked
(which tell more on a busy machine), ratios, and the memory of this process.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from analyzer import Corpus, corpus
from analyzer.corpus import across
from analyzer.errors import UnreadableReport
from analyzer.readers import find_reports, read
from analyzer.tabular import AUDITED, TABLES

_SENTENCE = re.compile(r"[^。]+。?")
_PLACE = re.compile(r"[\u4e00-\u9fff]{2}(?=[镇乡县区市])")
_NAMES = "云水山石林溪川河谷岭坪湾桥泉清青白红金玉安和平新长大东西南北"


def varied(paragraphs: list[str], characters: int, chance: random.Random) -> str:
    """A report of about that many characters."""
    title, kept = paragraphs[0], [paragraphs[1]]
    for paragraph in chance.sample(paragraphs[2:], len(paragraphs) - 2):
        if sum(map(len, kept)) >= characters:
            break
        sentences = _SENTENCE.findall(paragraph)
        chance.shuffle(sentences)
        kept.append("".join(sentences))
    text = "\n".join((title, *kept, ""))
    text = re.sub(r"(?<![\d.])[1-9]\d(?!\d|年|月|日)", lambda _: str(chance.randint(10, 99)), text)
    name = "".join(chance.sample(_NAMES, 2))
    return _PLACE.sub(lambda found: name if found[0] in title else found[0], text)


def make(source: list[list[str]], folder: Path, count: int, characters: int) -> int:
    """Writes `count` reports into `folder`. Returns their characters."""
    chance = random.Random(2024)
    written = 0
    for number in range(count):
        text = varied(chance.choice(source), characters, chance)
        (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")
        written += len(text)
    return written


def texts(folder: str) -> list[list[str]]:
    """The paragraphs of every report below `folder` that has enough of them."""
    found = []
    for file in find_reports([folder])[0]:
        try:
            text = read(file).text
        except UnreadableReport:
            continue
        found.append([line for line in text.splitlines() if line.strip()])
    return [paragraphs for paragraphs in found if len(paragraphs) > 5]


comparing = [0.0]  # seconds spent on comparing reports with each other, by every run


def measured(*arguments: Any) -> Any:
    started = perf_counter()
    try:
        return across.compared(*arguments)
    finally:
        comparing.append(perf_counter() - started)


def timed(what: str, work: Callable[[], Corpus]) -> tuple[Corpus, float]:
    started, worked = perf_counter(), sum(os.times()[:4])
    corpus = work()
    seconds, worked = perf_counter() - started, sum(os.times()[:4]) - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{seconds:8.2f} s {worked:8.2f} s of cores  {what}: {corpus!r}, peak {peak:.2f} GB", flush=True)
    return corpus, seconds


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder")
    arguments.add_argument("--reports", type=int, default=10_000)
    arguments.add_argument("--jobs", type=int, default=2)
    arguments.add_argument("--characters", type=int, default=3_000)
    options = arguments.parse_args()
    corpus.compared = measured
    with tempfile.TemporaryDirectory() as temporary:
        folder, cache = Path(temporary, "reports"), Path(temporary, "cache")
        folder.mkdir()
        characters = make(texts(options.folder), folder, options.reports, options.characters)
        print(f"{options.reports:,} reports, {characters:,} characters")
        one = timed("1 process", lambda: Corpus.read(folder, jobs=1, cache=Path(temporary, "other cache")))[1]
        first, several = timed(f"{options.jobs} processes", lambda: Corpus.read(folder, jobs=options.jobs, cache=cache))
        second, again = timed("second run", lambda: Corpus.read(folder, jobs=options.jobs, cache=cache))
        assert all(first.tables[kind].equals(second.tables[kind]) for kind in first.tables)
        del first, second  # or the memory would be that of three
        for file in sorted(folder.iterdir())[::100]:
            file.write_text(file.read_text(encoding="utf-8") + "全年新增岗位37个。\n", encoding="utf-8")
        third, changed = timed("1% changed", lambda: Corpus.read(folder, jobs=options.jobs, cache=cache))
        print(f"{characters / one:,.0f} characters/s on one core; {options.jobs} processes {one / several:.2f} times")
        print(f"second run {again / several:.1%} of the first, with 1% changed {changed / several:.1%}")
        print(f"comparing reports with each other, anew in each run: {comparing[2]:.2f} s of the first,", end=" ")
        print(f"{comparing[4]:.2f} s with 1% changed; without it {options.jobs} processes", end=" ")
        print(f"{(one - comparing[1]) / (several - comparing[2]):.2f} times, with 1% changed", end=" ")
        print(f"{(changed - comparing[4]) / (several - comparing[2]):.1%}")
        print(f"cache {sum(file.stat().st_size for file in cache.iterdir()) / 1e6:,.0f} MB")
        started = perf_counter()
        kept = sum(each.nbytes for each in third.tables.values())
        print(f"{perf_counter() - started:8.2f} s  to unpack the tables that were not asked for yet")
        print(f"tables {kept / 1e6:,.0f} MB in memory, {len(third.tables['clauses']):,} clauses,", end=" ")
        print(f"{len(third.tables['findings']):,} findings")
        started = perf_counter()
        third.save(Path(temporary, "saved"))
        print(f"{perf_counter() - started:8.2f} s  save")
        loaded, _ = timed("load", lambda: Corpus.load(Path(temporary, "saved")))
        timed("all data frames", lambda: [getattr(loaded, kind) for kind in (*TABLES, *AUDITED)] and loaded)


if __name__ == "__main__":
    main()
