"""The tables that the agent looked up, and the sources of an answer, as a terminal draws them."""

import re
from collections.abc import Sequence

from rich.console import Console, Group, RenderableType
from rich.measure import Measurement
from rich.table import Table as Grid
from rich.text import Text

from deploy.cli.checked import words
from deploy.cli.checked.marks import FLAGGED
from deploy.cli.clean import clean
from shared.frames.figures import Figure, Lookup

ROWS_MAX = 15
"""Rows of a look-up's table that are drawn."""
FIGURE_MAX = 24
"""Columns of a figure before its source."""
NUMERIC = re.compile(r"[−+-]?\$?[\d.,]+\s?(%|pp|points|[KMBT])?")


def looked_up(lookup: Lookup, console: Console, width: int) -> RenderableType:
    """A look-up's line and its table; where that does not fit into `width` columns, how large it is."""
    line = Text(clean(words.lookup(lookup)), "quiet")
    table = lookup.result
    if table is None or not table.rows:
        return line
    drawn = _grid(table.columns, table.rows[:ROWS_MAX])
    if Measurement.get(console, console.options.update(width=10_000), drawn).maximum > width:
        size = f"{len(table.rows)} rows of {len(table.columns)} columns"
        return line.append(f": {size}, too wide for here")
    more = len(table.rows) - ROWS_MAX
    return Group(line, drawn, *([Text(f"{more} more rows", "quiet")] if more > 0 else []))


def sources(figures: Sequence[Figure]) -> RenderableType:
    """Figures to the left, to the right where each stands; long lines wrap in their column."""
    drawn = Grid.grid(padding=(0, 2, 0, 0))
    drawn.add_column(max_width=FIGURE_MAX)
    drawn.add_column(ratio=1)
    for figure, said in words.sources(figures):
        style = "notice" if figure.endswith(FLAGGED) else ""
        drawn.add_row(Text(clean(figure), style), Text(clean(said), style if figure else "quiet"))
    return drawn


def _grid(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Grid:
    """A table without lines, columns of figures to the right."""
    drawn = Grid(box=None, pad_edge=False, header_style="quiet")
    for at, column in enumerate(columns):
        cells = [row[at] for row in rows if at < len(row) and row[at] not in ("", "—")]
        numeric = bool(cells) and all(NUMERIC.fullmatch(cell) for cell in cells)
        drawn.add_column(Text(clean(column)), justify="right" if numeric else "left", no_wrap=True)
    for row in rows:
        drawn.add_row(*[Text(clean(cell)) for cell in row[: len(columns)]])
    return drawn
