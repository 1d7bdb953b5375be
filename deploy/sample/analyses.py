"""Weekly analyses of every company by the rule "points-1"."""

import datetime as dt
from collections.abc import Mapping, Sequence

import msgspec

from deploy.sample.facts import RETURN_SESSIONS, Facts, facts_on
from deploy.sample.figures import Company, Figures, Row
from deploy.sample.metrics import make_metrics, round_figure, round_peers
from deploy.sample.peers import PeerFigures, find_groups
from deploy.sample.points import Scored, possible, score_items
from deploy.sample.sentences import sentence
from deploy.sample.series import Series, make_series
from deploy.sample.summary import summarise
from shared.analysis import Analysis, Rating, RationaleItem, Without
from shared.figure_words import day as day_words
from shared.points_rule import NEUTRAL, rate

ENOUGH = 0.5
"""Part of the possible points that must be countable."""


class Made(msgspec.Struct, frozen=True):
    """What the figures give: analyses by date, then ticker; why the others have none now; prices for charts."""

    analyses: list[Analysis]
    not_rated: dict[str, str]
    prices: list[tuple[str, dt.date, float]]
    """(ticker, snapshot, price in shares of the last snapshot), while the share was traded."""


def make_analyses(figures: Figures) -> Made:
    """Apply the rule to all companies on all weekly days."""
    series = {ticker: make_series(rows) for ticker, rows in figures.rows.items()}
    groups = find_groups(figures.companies)
    ratings: dict[str, Rating] = {}
    made: list[Analysis] = []
    latest: set[str] = set()
    for index in weekly(figures.days):
        facts = {
            ticker: facts_on(each, index, figures.days)
            for ticker, each in series.items()
            if each.traded[index]
        }
        peers = PeerFigures(groups, facts)
        latest = set()
        for ticker, known in facts.items():
            analysis = analyse(
                figures.companies[ticker], figures.days[index], known, peers, ratings.get(ticker)
            )
            if analysis is not None:
                ratings[ticker] = analysis.rating
                made.append(analysis)
                latest.add(ticker)
    return Made(
        analyses=made,
        not_rated={
            ticker: _why_not(each, figures.rows[ticker], figures.days)
            for ticker, each in series.items()
            if ticker not in latest
        },
        prices=[
            (ticker, figures.days[index], round(price, 4))
            for ticker, each in series.items()
            for index, price in enumerate(each.price)
            if price is not None and each.traded[index]
        ],
    )


def weekly(days: Sequence[dt.date]) -> list[int]:
    """The last snapshot of each week, from the first that has 20 sessions before it."""
    weeks = {day.isocalendar()[:2]: index for index, day in enumerate(days)}
    return [index for index in weeks.values() if index >= RETURN_SESSIONS]


def analyse(
    company: Company, as_of: dt.date, facts: Facts, peers: PeerFigures, previous: Rating | None
) -> Analysis | None:
    """One company on one day. ``None`` where too little is known for a rating."""
    items = score_items(company.ticker, company.industry_group, facts, peers)
    counted, there = possible(items)
    if counted < ENOUGH * there:
        return None
    score = round(NEUTRAL + sum(item.points for item in items), 1)
    rating = rate(score, previous)
    rationale = [_rationale(item, facts, company.industry_group, score, rating, previous) for item in items]
    return Analysis(
        ticker=company.ticker,
        as_of=as_of,
        rating=rating,
        score=score,
        summary=summarise(company, as_of, score, rating, previous, rationale, facts),
        metrics=make_metrics(company.ticker, facts, peers),
        rationale=rationale,
    )


def _rationale(
    item: Scored, facts: Facts, group: str, score: float, rating: Rating, previous: Rating | None
) -> RationaleItem:
    rest = round(score - item.points, 1)
    without = Without(rest, rate(rest, previous)) if item.counted else None
    return RationaleItem(
        key=item.key,
        label=item.label,
        points=item.points,
        low=item.low,
        high=item.high,
        sentence=sentence(item, facts, group, without, rating),
        counted=item.counted,
        value=round_figure(item.fact.value),
        unit=item.unit,
        as_of=item.fact.as_of,
        peers=round_peers(item.peers),
        without=without,
    )


def _why_not(series: Series, rows: Sequence[Row], days: Sequence[dt.date]) -> str:
    if series.quiet_since is None:
        return "never had figures" if all(row.price is None for row in rows) else "never had usable figures"
    if series.quiet_since == len(days) - 1:
        return f"too few usable figures on {day_words(days[-1])}"
    return f"no usable figures since {day_words(days[series.quiet_since])}"


def by_ticker(analyses: Sequence[Analysis]) -> Mapping[str, list[Analysis]]:
    """The analyses of each company, oldest first."""
    found: dict[str, list[Analysis]] = {}
    for analysis in sorted(analyses, key=lambda each: each.as_of):
        found.setdefault(analysis.ticker, []).append(analysis)
    return found
