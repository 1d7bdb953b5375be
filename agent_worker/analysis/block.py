"""The analysis as it stands in the prompt: quoted data in lines, for Gemini to read and the offline model to parse.

A block is `NAME: value` lines, then sections. A section is a heading in capitals and a table (its first line
names the columns, ` | ` between cells) or a list of `- ` lines. Texts from the database are put on one line
and cannot hold the signs that structure the block, so nothing inside an analysis can pass for the outside.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from shared.analysis import Analysis, Metric, Peers, RationaleItem, Unit
from shared.changes import changes
from shared.figure_words import figure, number, signed

NONE = "—"

REASON_COLUMNS = ("item", "points", "possible", "without it", "in words")
METRIC_COLUMNS = ("figure", "value", "peers' median", "as of", "note")
HISTORY_METRICS = {
    "price": "price",
    "price_earnings": "P/E",
    "earnings_per_share": "EPS",
    "dividend_yield": "dividend yield",
    "price_book": "P/B",
    "market_cap": "market cap",
}
HISTORY_COLUMNS = ("date", "rating", "score", *HISTORY_METRICS.values())


class Company(NamedTuple):
    """Who the analysis is about. `not_rated` says why there is no analysis now."""

    ticker: str
    name: str
    groups: tuple[str, ...] = ()
    not_rated: str | None = None


def render(company: Company, analyses: Sequence[Analysis]) -> str:
    """The block for `company`, whose `analyses` come newest first; there may be none."""
    lines = [f"COMPANY: {clean(company.name)} ({clean(company.ticker)})"]
    if company.groups:
        lines.append(f"GROUP: {clean(' / '.join(company.groups))}")
    if company.not_rated:
        lines.append(f"NOT RATED NOW: {clean(company.not_rated)}")
    if not analyses:
        return quoted([*lines, "ANALYSIS: none"])
    newest = analyses[0]
    lines += [
        f"DATE: {newest.as_of}",
        f"RATING: {newest.rating}",
        f"SCORE: {number(newest.score, 1)}",
        f"SUMMARY: {clean(newest.summary)}",
        *table("REASONS", REASON_COLUMNS, map(reason_cells, newest.rationale)),
        *table("METRICS", METRIC_COLUMNS, map(metric_cells, newest.metrics)),
    ]
    if len(analyses) > 1:
        lines += ["", f"CHANGES SINCE {analyses[1].as_of}"]
        lines += [f"- {clean(sentence)}" for sentence in changes(analyses[1], newest).sentences]
    lines += table("HISTORY", HISTORY_COLUMNS, map(history_cells, analyses))
    return quoted(lines)


def render_no_page() -> str:
    """The block when the reader is on no company's page."""
    return quoted(["COMPANY: none", "ANALYSIS: none"])


def quoted(lines: Sequence[str]) -> str:
    return "\n".join(["<analysis>", *lines, "</analysis>"])


def table(heading: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return ["", heading, " | ".join(columns), *(" | ".join(clean(cell) for cell in row) for row in rows)]


def reason_cells(item: RationaleItem) -> list[str]:
    return [
        item.label,
        signed(item.points) if item.counted else "not counted",
        f"{signed(item.low, 0)} to {signed(item.high, 0)}",
        f"{number(item.without.score, 1)} {item.without.rating}" if item.without else NONE,
        item.sentence,
    ]


def metric_cells(metric: Metric) -> list[str]:
    return [
        metric.label,
        figure(metric.value, metric.unit),
        median(metric.peers, metric.unit),
        str(metric.as_of or NONE),
        metric.note or "",
    ]


def history_cells(analysis: Analysis) -> list[str]:
    metrics = {metric.key: metric for metric in analysis.metrics}
    figures = [metrics.get(key) for key in HISTORY_METRICS]
    return [
        str(analysis.as_of),
        analysis.rating,
        number(analysis.score, 1),
        *(figure(metric.value, metric.unit) if metric else NONE for metric in figures),
    ]


def median(peers: Peers | None, unit: Unit) -> str:
    """The peers' median with whose it is: "3.48 % (20 in Food, Beverage & Tobacco)"."""
    if peers is None or peers.median is None:
        return NONE
    return f"{figure(peers.median, unit)} ({peers.n} in {peers.group})"


def clean(text: str) -> str:
    """On one line, without the signs that structure the block, and without what a reader would not see."""
    words = " ".join(text.translate(_LOOKALIKES).split())
    return words if words.isprintable() else "".join(filter(_is_seen, words))


def _is_seen(char: str) -> bool:
    """Not a control, a format (text can be hidden in them), a surrogate or a private character."""
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")


_LOOKALIKES = str.maketrans({"|": "¦", "<": "‹", ">": "›"})
