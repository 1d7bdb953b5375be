"""The sample analyses in memory, and the texts that a request holds of them: block and subjects."""

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from deploy.sample.analyses import by_ticker, make_analyses
from deploy.sample.figures import Company, read_figures
from shared.analysis import Analysis, Metric, RationaleItem
from shared.figure_words import figure, number, signed

TODAY = dt.date(2026, 11, 24)
LABELS_OF_HISTORY = {
    "price": "price",
    "price_earnings": "P/E",
    "earnings_per_share": "EPS",
    "dividend_yield": "dividend yield",
    "price_book": "P/B",
    "market_cap": "market cap",
}


class Market(NamedTuple):
    """Everything the fake tools know. Analyses come oldest first."""

    companies: dict[str, Company]
    analyses: dict[str, list[Analysis]]
    not_rated: dict[str, str]
    prices: dict[str, list[tuple[dt.date, float]]]
    newest: dt.date

    @property
    def rated(self) -> list[str]:
        """Tickers that have an analysis of the newest date."""
        return sorted(ticker for ticker, found in self.analyses.items() if found[-1].as_of == self.newest)

    def latest(self, ticker: str) -> Analysis:
        return self.analyses[ticker][-1]

    def metric(self, ticker: str, key: str) -> Metric:
        return metric_of(self.latest(ticker), key)

    def item(self, ticker: str, key: str) -> RationaleItem | None:
        return next((item for item in self.latest(ticker).rationale if item.key == key), None)


def metric_of(analysis: Analysis, key: str) -> Metric:
    return next(metric for metric in analysis.metrics if metric.key == key)


@cache
def market() -> Market:
    """All companies of the sample; made once, in some seconds."""
    figures = read_figures()
    made = make_analyses(figures)
    prices: dict[str, list[tuple[dt.date, float]]] = {}
    for ticker, day, price in made.prices:
        prices.setdefault(ticker, []).append((day, price))
    return Market(
        dict(figures.companies), dict(by_ticker(made.analyses)), made.not_rated, prices, figures.days[-1]
    )


def table(heading: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return ["", heading, " | ".join(columns), *(" | ".join(row) for row in rows)]


def analysis_lines(ticker: str, analysis: Analysis | None) -> list[str]:
    """As a block and as `get_analysis` have them."""
    company = market().companies[ticker]
    groups = dict.fromkeys((company.sector, company.industry_group, company.sub_industry))
    lines = [f"COMPANY: {company.name} ({ticker})", f"GROUP: {' / '.join(groups)}"]
    if ticker in market().not_rated:
        lines.append(f"NOT RATED NOW: {market().not_rated[ticker]}")
    if analysis is None:
        return [*lines, "ANALYSIS: none"]
    reasons = [_reason(item) for item in analysis.rationale]
    metrics = [_metric(metric) for metric in analysis.metrics]
    return [
        *lines,
        f"DATE: {analysis.as_of}",
        f"RATING: {analysis.rating}",
        f"SCORE: {number(analysis.score, 1)}",
        f"SUMMARY: {analysis.summary}",
        *table("REASONS", ("item", "points", "possible", "without it", "in words"), reasons),
        *table("METRICS", ("figure", "value", "peers' median", "as of", "note"), metrics),
    ]


def _reason(item: RationaleItem) -> list[str]:
    return [
        item.label,
        signed(item.points) if item.counted else "not counted",
        f"{signed(item.low, 0)} to {signed(item.high, 0)}",
        f"{number(item.without.score, 1)} {item.without.rating}" if item.without else "—",
        item.sentence,
    ]


def _metric(metric: Metric) -> list[str]:
    peers = metric.peers
    has_median = peers is not None and peers.median is not None
    median = (
        f"{figure(peers.median, metric.unit)} ({peers.n} in {peers.group})" if peers and has_median else "—"
    )
    return [
        metric.label,
        figure(metric.value, metric.unit),
        median,
        str(metric.as_of or "—"),
        metric.note or "",
    ]


def block(ticker: str | None) -> str:
    """The page's block; of no page with None. Changes are left to the tool."""
    if ticker is None:
        return "<analysis>\nCOMPANY: none\nANALYSIS: none\n</analysis>"
    found = market().analyses.get(ticker, [])
    lines = analysis_lines(ticker, found[-1] if found else None)
    if found:
        rows = [_history(analysis) for analysis in found[::-1]]
        lines += table("HISTORY", ("date", "rating", "score", *LABELS_OF_HISTORY.values()), rows)
    return "\n".join(["<analysis>", *lines, "</analysis>"])


def _history(analysis: Analysis) -> list[str]:
    figures = [metric_of(analysis, key) for key in LABELS_OF_HISTORY]
    shown = [figure(metric.value, metric.unit) for metric in figures]
    return [str(analysis.as_of), analysis.rating, number(analysis.score, 1), *shown]


def subjects(
    page: str | None, named: Sequence[str] = (), talked: Sequence[str] = (), strangers: Sequence[str] = ()
) -> str:
    """The `<subjects>` of a request."""

    def who(tickers: Sequence[str]) -> str:
        return "; ".join(f"{each} {market().companies[each].name}" for each in tickers) or "none"

    return "\n".join(
        [
            "<subjects>",
            f"PAGE: {who([page] if page else [])}",
            f"NAMED: {who(named)}",
            f"TALKED ABOUT: {who(talked)}",
            f"NOT IN THE DATA: {'; '.join(strangers) or 'none'}",
            f"TODAY: {TODAY}",
            f"NEWEST DATA: {market().newest}",
            "</subjects>",
        ]
    )
