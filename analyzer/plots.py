"""Charts of compared reports, as matplotlib figures that take no setting from elsewhere and leave none behind.

Each function gives a Figure, or None where there is nothing to draw. In a notebook, `%matplotlib inline` shows it. The
font is Noto Sans SC of the package pylopdf-fonts-zh-cn: nothing has to be installed on the system. Colours are chosen to
be read on light and dark pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from analyzer.compare.comparison import main_cells
from analyzer.compare.profile import ROLES
from analyzer.libraries import library
from analyzer.render.roles import ROLES as LOOKS

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame  # type: ignore[import-untyped]

INK = "#22272d"  # letters and axes
MOST = 40  # reports or places that a chart can hold
_BEFORE, _NOW, _GRID = "#d9912e", "#3d85c6", "#8a939c"
_PANELS = 6  # indicators drawn beside each other
_ROW = 0.24  # inches a bar or line of dots is high
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
        figure, axes = _figure(7.6, 1.1 + _ROW * len(known))
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


def indicator_dots(cells: DataFrame) -> Figure | None:
    """The most widely stated indicators, a panel each: a dot a place with the interval that the printed words allow.

    cells  of `compare.cells.cells`; of the latest year, and of the year before hollow dots
    """
    year = cells.year.max()
    now = main_cells(cells[cells.year == year], _PANELS)
    if now.empty:
        return None
    places = sorted(now.place.unique(), reverse=True)[:MOST]
    rows = {place: number for number, place in enumerate(places)}
    panels = list(now.groupby(["indicator", "unit_family"], sort=False))
    panels.sort(key=lambda panel: -len(panel[1]))
    with _settings():
        down = -(-len(panels) // 3)
        across = min(3, len(panels))
        figure, grid = _figure(2.1 + 2.4 * across, down * (0.8 + _ROW * len(places)), down, across, sharey=True)
        drawn = grid.ravel().tolist() if len(panels) > 1 else [grid]
        for axes, (key, group) in zip(drawn, panels, strict=False):
            earlier = cells[(cells.year == year - 1) & (cells.indicator == key[0]) & (cells.unit_family == key[1])]
            _dots(axes, earlier, rows, hollow=True)
            _dots(axes, group, rows, hollow=False)
            axes.set_title(f"{_short(key[0])}（{group.unit.iloc[0]}）", fontsize=9, loc="left", color=INK)
            axes.set_yticks(range(len(places)), places)
            axes.set_ylim(-0.7, len(places) - 0.3)
            axes.margins(x=0.12)
            axes.locator_params(axis="x", nbins=4)
        for axes in drawn[len(panels) :]:
            axes.set_visible(False)
        return figure


def year_changes(changes: DataFrame) -> Figure | None:
    """Dumbbells: the same place's figure of two successive years, for the indicators that most places state in both.

    changes  of `compare.figures.changes`; the latest year is drawn
    """
    latest = changes[changes.year == changes.year.max()]
    if latest.empty:
        return None
    chosen = main_cells(latest, _PANELS)
    places = sorted(chosen.place.unique(), reverse=True)[:MOST]
    rows = {place: number for number, place in enumerate(places)}
    panels = list(chosen.groupby(["indicator", "unit_family"], sort=False))
    panels.sort(key=lambda panel: -len(panel[1]))
    with _settings():
        down, across = -(-len(panels) // 3), min(3, len(panels))
        figure, grid = _figure(2.1 + 2.4 * across, down * (0.8 + _ROW * len(places)), down, across, sharey=True)
        drawn = grid.ravel().tolist() if len(panels) > 1 else [grid]
        for axes, (key, group) in zip(drawn, panels, strict=False):
            group = group[group.place.isin(rows)]
            at = [rows[place] for place in group.place]
            axes.hlines(at, group.before, group.after, color=_GRID, linewidth=1.4)
            axes.scatter(group.before, at, s=20, facecolors="none", edgecolors=_BEFORE, zorder=3)
            axes.scatter(group.after, at, s=20, color=_NOW, zorder=4)
            axes.set_title(f"{_short(key[0])}（{group.unit.iloc[0]}）", fontsize=9, loc="left", color=INK)
            axes.set_yticks(range(len(places)), places)
            axes.set_ylim(-0.7, len(places) - 0.3)
            axes.margins(x=0.12)
            axes.locator_params(axis="x", nbins=4)
        for axes in drawn[len(panels) :]:
            axes.set_visible(False)
        return figure


def shared_text(shares: DataFrame, labels: Mapping[str, str] | None = None) -> Figure | None:
    """A heat map: what share of the report of the row stands in the report of the column, in percent.

    shares  of `compare.reuse_tables.copied_share`; of very many the greatest
    labels  names of the reports by their paths
    """
    names = labels or {}
    top = shares.head(MOST)
    if top.empty:
        return None
    down = list(dict.fromkeys(top.path))[: MOST // 2]
    across = list(dict.fromkeys(top.source))[: MOST // 2]
    with _settings():
        figure, axes = _figure(2.9 + 0.55 * len(across), 1.9 + 0.32 * len(down))
        grid = [[float("nan")] * len(across) for _ in down]
        for row in top.itertuples():
            if row.path in down and row.source in across:
                grid[down.index(row.path)][across.index(row.source)] = 100 * row.share
        axes.imshow(grid, cmap="OrRd", vmin=0, vmax=max(30.0, 100 * top.share.max()), aspect="auto")
        for y, line in enumerate(grid):
            for x, share in enumerate(line):
                if share == share:
                    dark = share > 0.6 * max(30.0, 100 * top.share.max())
                    axes.text(x, y, f"{share:.0f}", ha="center", va="center", color="#ffffff" if dark else "#3a1500")
        axes.set_yticks(range(len(down)), [names.get(path, path) for path in down])
        axes.set_xticks(range(len(across)), [names.get(path, path) for path in across], rotation=35, ha="right")
        axes.grid(False)
        return figure


def _dots(axes: Any, group: DataFrame, rows: Mapping[str, int], hollow: bool) -> None:
    group = group[group.place.isin(rows)]
    at = [rows[place] for place in group.place]
    colour = _BEFORE if hollow else _NOW
    low, high = group.low.fillna(group.value), group.high.fillna(group.value)
    axes.hlines(at, low, high, color=colour, linewidth=3, alpha=0.5)
    axes.scatter(group.value, at, s=20, facecolors="none" if hollow else colour, edgecolors=colour, zorder=2 if hollow else 3)


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
