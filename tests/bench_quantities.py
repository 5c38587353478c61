"""How fast quantities are read: characters a second on each report, and on the same text seventy times over.

    python tests/bench_quantities.py REPORT…

The cost of a character must not grow with the text. Where the extra `bench` is installed the peers (Recognizers-Text,
cn2an) read the same texts in the same run; on the long text that takes them minutes, for their cost does grow.
"""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Callable

from analyzer.extract.quantities import find_quantities
from analyzer.outline import find_outline
from analyzer.readers import read, report_of_text

REPEAT = 70
Reader = Callable[[str], int]


NO_OUTLINE = find_outline(report_of_text(""))


def own(text: str) -> int:
    return len(find_quantities(report_of_text(text), NO_OUTLINE))


def peers() -> dict[str, Reader]:
    found: dict[str, Reader] = {}
    if importlib.util.find_spec("recognizers_number_with_unit"):
        from recognizers_number import Culture, NumberRecognizer
        from recognizers_number_with_unit import NumberWithUnitRecognizer

        units, numbers = NumberWithUnitRecognizer(Culture.Chinese), NumberRecognizer(Culture.Chinese)
        models = [
            units.get_currency_model(),
            units.get_dimension_model(),
            numbers.get_number_model(),
            numbers.get_percentage_model(),
        ]
        found["Recognizers-Text"] = lambda text: sum(len(model.parse(text)) for model in models)
    if importlib.util.find_spec("cn2an"):
        import cn2an

        found["cn2an"] = lambda text: len(cn2an.transform(text))
    return found


def speed(reader: Reader, text: str) -> float:
    """Characters a second, the best of what fits into a second (at least one run)."""
    best, spent = float("inf"), 0.0
    while spent < 1:
        start = time.perf_counter()
        reader(text)
        took = time.perf_counter() - start
        best, spent = min(best, took), spent + took
    return len(text) / best


def main(paths: list[str]) -> int:
    if not paths:
        print(__doc__)
        return 2
    for path in paths:
        text = read(path).text
        print(f"{path}: {len(text):,} characters, {own(text)} quantities")
        for name, reader in {"analyzer": own, **peers()}.items():
            once, often = speed(reader, text), speed(reader, text * REPEAT)
            speeds = f"{once:>12,.0f} characters/s once {often:>12,.0f} x{REPEAT}"
            print(f"  {name:<18}{speeds}   cost grows x{once / often:.2f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
