"""How fast text reuse is, and what it misses: python tests/bench_reuse.py PATH… [--reports N] [--seed N]

Makes N reports of 5,000 characters out of the sentences of the reports below PATH: of made-up places, each sentence
changed at random so that it is said once only, 20 sentences that all share, and copies planted in every twentieth, with
place and numbers exchanged and one word in ten other. Prints time and peak memory of the search, and what was found.
Then searches the reports below PATH as they are, and compares with brute force: every run of every pair.
"""

from __future__ import annotations

import argparse
import re
import resource
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations, takewhile
from random import Random
from time import perf_counter, process_time

from analyzer.compare.compared import Text
from analyzer.compare.reuse import Passage, shared_passages
from analyzer.compare.wording import FREE, wording
from analyzer.errors import UnreadableReport
from analyzer.extract.places import same_place
from analyzer.markers import find_marks
from analyzer.outline import find_outline
from analyzer.readers import find_reports, read
from analyzer.records import Span

CHARACTERS = 5_000
SHARED = 20  # sentences of all reports
COPIED = (110, 400)  # characters of a copy
ONE_IN = 8  # characters of a sentence that are changed to make it another one
GRAM, LONG = 12, 30  # brute force: signs that begin a run, counting signs of a run that must be found
SYLLABLES = "云石枫麦雁映柳榆杏梨桃松柏竹兰荷青白金银龙凤鹤鹿马羊东南西北上下清平安和永福泰丰河湖泉溪岭坪坡湾桥塘"

Planted = tuple[int, int, Span]  # from, to, where


def real(paths: Sequence[str]) -> list[Text]:
    found = []
    for file in find_reports(paths)[0]:
        try:
            report = read(file)
        except UnreadableReport:
            continue
        outline = find_outline(report, find_marks(report.text))
        place = outline.place.name if outline.place else ""
        found.append(Text(report.text, place, outline.year, outline.kind))
    return found


def made(count: int, texts: Sequence[Text], random: Random) -> tuple[list[Text], list[Planted]]:
    """Reports of 5,000 characters, three years a place, and the copies among them."""
    pool = [each + "。" for text in texts for each in re.split(r"[。\n]", text.text) if 20 <= len(each) <= 120]
    signs = re.sub(r"[^\u4e00-\u9fff]", "", "".join(random.sample(pool, min(2_000, len(pool)))))
    names = [f"{one}{other}{kind}" for one in SYLLABLES for other in SYLLABLES for kind in "乡镇"]
    random.shuffle(names)
    every = [other(sentence, ONE_IN, signs, random) for sentence in random.sample(pool, SHARED)]
    bodies, found, planted = [], [], []
    for _ in range(count):
        body = every[: SHARED // 2]
        length = sum(map(len, every))
        while length < CHARACTERS:
            body.append(other(random.choice(pool), ONE_IN, signs, random))
            length += len(body[-1])
        bodies.append([*body, *every[SHARED // 2 :]])
    for number, body in enumerate(bodies):
        place, year = names[number // 3], 2022 + number % 3
        title = f"{place}{year}年工作总结\n"
        if number % 20 == 19:
            source = random.randrange(number - 19, number - 3)
            copy = copied(bodies[source], place, names[source // 3], signs, random)
            at = random.randrange(SHARED, len(body) - SHARED)
            start = len(title) + len("".join(body[:at]))
            planted.append((source, number, Span(start, start + len(copy))))
            body = [*body[:at], copy, *body[at:]]
        found.append(Text(title + "".join(body), place, year, "工作总结"))
    return found, planted


def other(sentence: str, one_in: int, signs: str, random: Random) -> str:
    """The sentence with one in `one_in` of its characters exchanged, evenly spread."""
    offset = random.randrange(one_in)
    return "".join(
        random.choice(signs) if number % one_in == offset and "\u4e00" <= sign <= "\u9fff" else sign
        for number, sign in enumerate(sentence)
    )


def copied(body: list[str], place: str, source: str, signs: str, random: Random) -> str:
    at, least = random.randrange(SHARED, len(body) - SHARED), random.randrange(*COPIED)
    copy = ""
    while len(copy) < least:
        copy += body[at % len(body)]
        at += 1
    copy = re.sub(r"\d", lambda _: str(random.randrange(10)), copy.replace(source, place))
    return other(copy, 60, signs, random)


def report_planted(passages: Sequence[Passage], planted: Sequence[Planted]) -> None:
    spans = defaultdict(list)
    for passage in passages:
        spans[passage.a, passage.b].append(passage.in_b)
        spans[passage.b, passage.a].append(passage.in_a)
    met = [sum(overlap(span, each) for each in spans[a, b]) / (span.end - span.start) for a, b, span in planted]
    pairs = {(a, b) for a, b, _ in planted}
    right = sum((each.a, each.b) in pairs or (each.b, each.a) in pairs for each in passages)
    share = sum(met) / len(met)
    print(f"{len(planted)} planted copies: {sum(each > 0 for each in met)} found, {share:.1%} of their text")
    print(f"{len(passages)} passages found: {right} of planted pairs")


def overlap(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def brute_force(texts: Sequence[Text]) -> tuple[int, int]:
    """How many runs of equal signs brute force finds between reports of different places, and of how many of them the
    search finds half or more (it leaves out clauses cut in two). What stands in more than three places never counts.
    """
    read = [wording(text.text, text.place) for text in texts]
    signs = ["".join(map(chr, each.signs.tolist())) for each in read]
    grams = [{each[at : at + GRAM]: at for at in range(len(each) - GRAM, -1, -1)} for each in signs]
    places = defaultdict(set)
    for text, each in zip(texts, grams, strict=True):
        for gram in each:
            places[gram].add(text.place)
    common = {gram for gram, where in places.items() if len(where) > 3}
    found = defaultdict(list)
    for passage in shared_passages(texts, 20):
        found[passage.a, passage.b].append(passage.in_b)
        found[passage.b, passage.a].append(passage.in_a)
    runs = inside = 0
    for one, other in combinations(range(len(texts)), 2):
        if not (texts[one].place and texts[other].place) or same_place(texts[one].place, texts[other].place):
            continue
        reached = -1
        for gram in sorted((grams[one].keys() & grams[other].keys()) - common, key=grams[other].__getitem__):
            at, there = grams[one][gram], grams[other][gram]
            if there < reached:
                continue
            pairs = zip(signs[one][at:], signs[other][there:], strict=False)
            run = "".join(left for left, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
            reached = there + len(run) - GRAM + 1
            counting = [ord(sign) >= FREE for sign in run]
            for number in range(len(run) - GRAM + 1):
                if run[number : number + GRAM] in common:
                    counting[number : number + GRAM] = [False] * GRAM
            if sum(counting) >= LONG:
                runs += 1
                span = Span(int(read[other].starts[there]), int(read[other].ends[there + len(run) - 1]))
                inside += any(2 * overlap(span, each) >= span.end - span.start for each in found[one, other])
    return runs, inside


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("path", nargs="+")
    arguments.add_argument("--reports", type=int, default=10_000)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    texts = real(options.path)
    reports, planted = made(options.reports, texts, Random(options.seed))
    before, started, busy = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, perf_counter(), process_time()
    passages = shared_passages(reports)
    took, busy = perf_counter() - started, process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    size = sum(len(report.text) for report in reports)
    print(
        f"{len(reports):,} reports, {size:,} characters: {took:.1f} s, {busy:.1f} s of them on the processor", end="; "
    )
    print(f"peak {peak / 1024:,.0f} MB, {before / 1024:,.0f} MB of it before the search", flush=True)
    report_planted(passages, planted)
    started = perf_counter()
    shared_passages(texts)
    print(f"{len(texts)} reports as they are, {sum(len(each.text) for each in texts):,} characters:", end=" ")
    print(f"{perf_counter() - started:.2f} s")
    runs, inside = brute_force(texts)
    print(f"brute force: {runs} runs of {LONG} signs that count, {inside} of them found", flush=True)


if __name__ == "__main__":
    main()
