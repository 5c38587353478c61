"""What `analyzer compare` says on the terminal: main indicators, who shares text, last year's promises in counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from analyzer.compare.comparison import Comparison, unplaced
from analyzer.compare.followup import OUTCOMES
from analyzer.render.compare_figures import matrix
from analyzer.render.compare_page import facts
from analyzer.render.compare_texts import KINDS
from analyzer.render.compare_words import compare_words
from analyzer.render.excerpt import shown
from analyzer.render.terminal import console_on

_INDICATORS = 8
_ROWS = 24
_PAIRS = 8
_HEADING = 12  # cells that a heading is wide, at most


def write_summary(comparison: Comparison, stream: TextIO, lang: str = "zh") -> None:
    """Writes the summary, as wide as `stream` allows."""
    console, said = console_on(stream), compare_words(lang)
    console.print(Text(facts(comparison, lang), "bold"))
    for path in unplaced(comparison.reports).path:
        console.print(Text(f"  {shown(Path(path).name)}  {said['unplaced']}", "yellow"), soft_wrap=True)
    console.print(_matrix(comparison, console.width, lang))
    for line in (*_copies(comparison, lang), *_promises(comparison, lang)):
        console.print(line, soft_wrap=True)


def _matrix(comparison: Comparison, width: int, lang: str) -> Table | Text:
    said, found = compare_words(lang), matrix(comparison, "")
    if not found.rows:
        return Text(said["no_figures"])
    room, columns = width - 20, []
    for number, (indicator, unit) in enumerate(found.columns[:_INDICATORS]):
        cells = [cell_len(each.text) for *_, figures in found.rows if (each := figures[number])]
        taken = max(_HEADING, *cells) + 2
        if taken > room:
            break
        room -= taken
        columns.append((number, f"{indicator}（{unit}）"))
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(said["place"], vertical="bottom", no_wrap=True)
    table.add_column(said["year"], vertical="bottom", no_wrap=True)
    for _, heading in columns:
        table.add_column(heading, justify="right", vertical="bottom", overflow="fold", max_width=_HEADING)
    for place, _, year, figures in found.rows[:_ROWS]:
        chosen = [figures[number] for number, _ in columns]
        table.add_row(place, str(year), *(f"{each.odd}{each.text}" if each else "—" for each in chosen))
    return table


def _copies(comparison: Comparison, lang: str) -> Iterator[Text]:
    said = compare_words(lang)
    yield Text()
    if comparison.shares.empty:
        yield Text(said["no_copies"])
        return
    yield Text(f"{said['summary_copies']} {len(comparison.shares)}", "bold")
    for row in comparison.shares.head(_PAIRS).itertuples():
        yield Text(f"  {shown(Path(row.path).name)} ⇄ {shown(Path(row.source).name)}  {row.share:.0%}")


def _promises(comparison: Comparison, lang: str) -> Iterator[Text]:
    said = compare_words(lang)
    yield Text()
    yield Text(said["parts"]["followup"], "bold")
    if comparison.followup.empty:
        yield Text(f"  {said['no_followup']}")
    for kind in KINDS:
        counted = Counter(comparison.followup.outcome[comparison.followup.kind == kind])
        if counted:
            parts = ("，" if lang == "zh" else ", ").join(
                f"{said['outcomes'][one]} {counted[one]}" for one in OUTCOMES if counted[one]
            )
            yield Text("  " + said["summary_followup"].format(kind=said[kind], total=counted.total(), parts=parts))
