"""Charts of compared reports, as matplotlib figures that take no setting from elsewhere and leave none behind.

Each function gives a Figure, or None where there is nothing to draw. In a notebook, `%matplotlib inline` shows it. The
font is Noto Sans SC of the package pylopdf-fonts-zh-cn: nothing has to be installed on the system. Colours are to be
read on light and dark pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyzer.compare.cells import shown
from analyzer.compare.comparison import main_cells
from analyzer.compare.profile import ROLES
from analyzer.libraries import library
from analyzer.render.roles import ROLES as LOOKS

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame  # type: ignore[import-untyped]

Draw = Callable[
    [Any, tuple[str, str], Any, Mapping[Any, int]], None
]  # axes, indicator, its rows, their places on the axis

INK = "#22272d"  # letters and axes
MOST = 40  # reports or places that a chart can hold
_BEFORE, _NOW, _GRID = "#d9912e", "#3d85c6", "#8a939c"
_PANELS = 6  # indicators drawn beside each other
_HOT = 30.0  # percent that are fully coloured where no report shares more
_ROW = 0.24  # inches a bar or line of dots is high
_LETTER = 0.13  # inches a character of 9 points is wide
_LONGEST = 14  # characters of an indicator's name


def role_shares(profile: DataFrame, labels: Sequence[str] | None = None, lang: str = "zh") -> Figure | None:
    """Stacked bars: what share of each report's characters has which role.

    profile  of `compare.profile.profile`: a row a report
    labels   names of the reports, in its order; their places and years by default

    Of more than MOST reports those with most and with least substance are drawn.
    """
    names = list(labels) if labels is not None else [f"{row.place} {row.year}" for row in profile.itertuples()]
    known = profile.assign(label=names).dropna(subset=["substance"])
    known = known.sort_values("substance", kind="stable")
    if len(known) > MOST:
        known = library("pandas").concat([known.head(MOST // 2), known.tail(MOST // 2)])
    if known.empty:
        return None
    with _settings():
        figure, axes = _figure(8.6, 1.1 + _ROW * len(known))
        left = 0 * known["substance"]
        for role in ROLES:
            look = LOOKS[role]
            axes.barh(range(len(known)), 100 * known[role], left=100 * left, color=look.colour, label=look.name(lang))
            left = left + known[role]
        axes.set_yticks(range(len(known)), known["label"].tolist())
        axes.set_xlim(0, 100)
        axes.set_ylim(-0.6, len(known) - 0.4)
        figure.legend(loc="outside upper left", ncols=len(ROLES), frameon=False, handlelength=0.9, columnspacing=0.9)
        return figure


def main_year(table: DataFrame) -> int | None:
    """The year of which most figures are known, of several the latest; None without any."""
    counts = table.groupby("year").size()
    return int(counts[counts == counts.max()].index.max()) if len(counts) else None


def indicator_dots(cells: DataFrame) -> Figure | None:
    """The most widely stated indicators, a panel each: a dot a place with the interval that the printed words allow.

    cells  of `compare.cells.cells`; of `main_year`, and of the year before hollow dots. Of one place alone, its years
           are drawn below each other.
    """
    if cells.place.nunique() == 1:

        def draw_years(axes: Any, _: tuple[str, str], group: DataFrame, rows: Mapping[Any, int]) -> None:
            _dots(axes, group, [rows[year] for year in group.year], hollow=False)

        return _panels(main_cells(cells, _PANELS), "year", draw_years)
    year = main_year(cells)
    before = cells[cells.year + 1 == year]

    def draw(axes: Any, key: tuple[str, str], group: DataFrame, rows: Mapping[Any, int]) -> None:
        earlier = before[(before.indicator == key[0]) & (before.unit_family == key[1]) & before.place.isin(rows)]
        _dots(axes, earlier, [rows[place] for place in earlier.place], hollow=True)
        _dots(axes, group, [rows[place] for place in group.place], hollow=False)

    return _panels(main_cells(cells[cells.year == year], _PANELS), "place", draw)


def year_changes(changes: DataFrame) -> Figure | None:
    """Dumbbells: the same place's figure of two successive years, for the indicators that most places state in both.

    changes  of `compare.figures.changes`; `main_year` is drawn, and nothing of one place alone
    """
    if changes.place.nunique() < 2:
        return None

    def draw(axes: Any, _: tuple[str, str], group: DataFrame, rows: Mapping[Any, int]) -> None:
        at = [rows[place] for place in group.place]
        axes.hlines(at, group.before, group.after, color=_GRID, linewidth=1.4)
        axes.scatter(group.before, at, s=20, facecolors="none", edgecolors=_BEFORE, zorder=3)
        axes.scatter(group.after, at, s=20, color=_NOW, zorder=4)

    return _panels(main_cells(changes[changes.year == main_year(changes)], _PANELS), "place", draw)


def shared_text(shares: DataFrame, labels: Mapping[str, str] | None = None) -> Figure | None:
    """A heat map: what share of the report of the row stands in the report of the column, in percent.

    shares  of `compare.reuse_tables.copied_share`; of very many the greatest
    labels  names of the reports by their paths; their files by default
    """
    top = shares.head(MOST)
    if top.empty:
        return None
    down = list(dict.fromkeys(top.path))[: MOST // 2]
    across = list(dict.fromkeys(top.source))[: MOST // 2]
    names = {path: (labels or {}).get(path, Path(path).stem) for path in (*down, *across)}
    longest = _LETTER * max(map(len, names.values()))
    with _settings():
        figure, axes = _figure(1 + longest + 0.55 * len(across), 1 + 0.7 * longest + 0.32 * len(down))
        grid = [[float("nan")] * len(across) for _ in down]
        for row in top.itertuples():
            if row.path in down and row.source in across:
                grid[down.index(row.path)][across.index(row.source)] = 100 * row.share
        top_share = max(_HOT, 100 * top.share.max())
        masked = library("numpy").ma.masked_invalid(grid)
        axes.pcolormesh(masked, cmap="OrRd", vmin=0, vmax=top_share, edgecolors=_GRID, linewidth=0.3)
        axes.invert_yaxis()
        for y, line in enumerate(grid):
            for x, share in enumerate(line):
                if share == share:
                    colour = "#ffffff" if share > 0.6 * top_share else "#3a1500"
                    axes.text(x + 0.5, y + 0.5, f"{share:.0f}", ha="center", va="center", color=colour)
        axes.set_yticks([y + 0.5 for y in range(len(down))], [names[path] for path in down])
        slanted = {"rotation": 30, "ha": "right", "rotation_mode": "anchor"}
        axes.set_xticks([x + 0.5 for x in range(len(across))], [names[path] for path in across], **slanted)
        axes.grid(False)
        return figure


def _panels(table: DataFrame, down_by: str, draw: Draw) -> Figure | None:
    """A panel for each indicator of `table`, the most widely stated first, places or years down; `draw` fills each."""
    if table.empty:
        return None
    owners = sorted(table[down_by].unique())[:MOST]
    rows = {owner: number for number, owner in enumerate(reversed(owners))}
    panels = sorted(table.groupby(["indicator", "unit_family"], sort=False), key=lambda panel: -len(panel[1]))
    across = min(3, len(panels))
    down = -(-len(panels) // across)
    with _settings():
        figure, grid = _figure(
            2.1 + 2.4 * across, down * (0.8 + _ROW * len(owners)), down, across, sharey=True, squeeze=False
        )
        drawn = grid.ravel().tolist()
        for axes, (key, group) in zip(drawn, panels, strict=False):
            draw(axes, key, group[group[down_by].isin(rows)], rows)
            axes.set_title(f"{_short(key[0])}（{group.unit.iloc[0]}）", fontsize=9, loc="left")
            axes.set_yticks(list(rows.values()), list(rows))
            axes.set_ylim(-0.7, len(owners) - 0.3)
            axes.margins(x=0.12)
            axes.locator_params(axis="x", nbins=4)
            axes.xaxis.set_major_formatter(lambda value, _: shown(value, ""))
        for axes in drawn[len(panels) :]:
            axes.set_visible(False)
        return figure


def _dots(axes: Any, group: DataFrame, at: Sequence[int], hollow: bool) -> None:
    colour = _BEFORE if hollow else _NOW
    low, high = group.low.fillna(group.value), group.high.fillna(group.value)
    axes.hlines(at, low, high, color=colour, linewidth=3, alpha=0.5)
    face = "none" if hollow else colour
    axes.scatter(group.value, at, s=20, facecolors=face, edgecolors=colour, zorder=2 if hollow else 3)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


def _figure(width: float, height: float, *grid: int, **options: Any) -> tuple[Figure, Any]:
    figure = library("matplotlib.figure").Figure(figsize=(width, height), layout="constrained")
    return figure, figure.subplots(*grid, **options)


@contextmanager
def _settings() -> Iterator[None]:
    """The settings of matplotlib for as long as a chart is made."""
    settings = {
        "font.family": [_font()],
        "font.size": 9,
        "text.parse_math": False,  # a report's $ is a $
        "axes.unicode_minus": False,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.spines.left": False,
        "axes.edgecolor": INK,
        "axes.labelcolor": INK,
        "axes.axisbelow": True,
        "axes.grid": True,
        "axes.grid.axis": "x",
        "grid.color": _GRID,
        "grid.alpha": 0.35,
        "text.color": INK,
        "xtick.color": INK,
        "ytick.color": INK,
        "ytick.left": False,
    }
    with library("matplotlib").rc_context(settings):
        yield


@cache
def _font() -> str:
    """The name of the font, which matplotlib knows from now on."""
    manager = library("matplotlib.font_manager")
    path = library("pylopdf_fonts_zh_cn").sans_path()
    manager.fontManager.addfont(path)
    return str(manager.FontProperties(fname=path).get_name())
