"""Analyses side by side: of one company over time, of the whole market, of several companies."""

import datetime as dt

import msgspec

from gateway.store.analyses import DETAIL, AnalysisDetail, Company, read_detail
from shared.analysis import Unit
from shared.better import End, better
from shared.changes import FigureChange, ItemChange, changes
from shared.db.database import Database
from shared.market_changes import MOVES, MarketChanges, Rated, market_changes, read_move
from shared.spans import two_dates

LARGEST = 10
"""So many of the largest steps each way."""


class CompanyChanges(msgspec.Struct, frozen=True):
    """What changed from one analysis of a company to a later one. `sentences` say everything in words, the most
    important first; the differences of `items` add up to the score's, the heaviest first."""

    company: Company
    before: Rated
    after: Rated
    difference: float
    sentences: list[str]
    items: list[ItemChange]
    figures: list[FigureChange]


class ChangesOnMarket(MarketChanges, frozen=True, kw_only=True):
    """The same between two days with analyses, `first` and `last`."""

    first: dt.date
    last: dt.date


class ComparedCompany(msgspec.Struct, frozen=True):
    """A company and what its newest analysis came to."""

    company: Company
    analysis: Rated


class ComparedFigure(msgspec.Struct, frozen=True):
    """A figure of each company, in their order; null where the source has none. `better` names those at the better
    end; none where neither end is better."""

    key: str
    label: str
    unit: Unit
    values: list[float | None]
    better: list[str]
    better_end: End | None


class ComparedReason(msgspec.Struct, frozen=True):
    """The points of one reason for each company, in their order; null where it is not counted."""

    key: str
    label: str
    points: list[float | None]


class Comparison(msgspec.Struct, frozen=True):
    """Companies side by side, by their newest analyses. Scores and reasons are comparable only between analyses
    that the same rule made."""

    companies: list[ComparedCompany]
    figures: list[ComparedFigure]
    reasons: list[ComparedReason]


class Comparisons:
    """Every method raises one of `shared.db.database.UNAVAILABLE` while Postgres is away."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_company(
        self, ticker: str, first: dt.date | None, last: dt.date | None
    ) -> CompanyChanges | None:
        """From the analysis on or before `first` to that on or before `last` (see `two_dates`); None where the
        company has no analysis. Raises `SpanError`."""
        dates = await self._dates(ticker)
        if not dates:
            return None
        old, new = [await self._detail(ticker, day) for day in two_dates(dates, first, last)]
        found = changes(old, new)
        difference = round(new.score - old.score, 1)
        return CompanyChanges(
            new.company, _rated(old), _rated(new), difference, found.sentences, found.items, found.figures
        )

    async def of_market(self, first: dt.date | None, last: dt.date | None) -> ChangesOnMarket:
        """Of every company with an analysis at both ends. Raises `SpanError`."""
        begin, end = two_dates(await self._dates(None), first, last)
        found = market_changes(
            [read_move(row) for row in await self._database.rows(MOVES, begin, end)], most=LARGEST
        )
        return ChangesOnMarket(**msgspec.structs.asdict(found), first=begin, last=end)

    async def of_several(self, tickers: list[str]) -> Comparison:
        """The newest analyses of these companies, in this order; each must have one (`LookupError`)."""
        details = [await self._detail(ticker, None) for ticker in tickers]
        return compare(details)

    async def not_rated(self, ticker: str) -> str | None:
        """Why a company is not rated, if somebody said so."""
        row = await self._database.row("select not_rated from companies where ticker = $1", ticker)
        return row["not_rated"] if row else None

    async def rated(self, tickers: list[str]) -> set[str]:
        """Those that have an analysis."""
        return {row["ticker"] for row in await self._database.rows(RATED, tickers)}

    async def _dates(self, ticker: str | None) -> list[dt.date]:
        return [row["as_of"] for row in await self._database.rows(DATES, ticker)]

    async def _detail(self, ticker: str, until: dt.date | None) -> AnalysisDetail:
        return read_detail(await self._database.the_row(DETAIL, ticker, None, None, until))


def compare(details: list[AnalysisDetail]) -> Comparison:
    """Line up the figures and reasons of several analyses; pure."""
    figures: dict[str, tuple[str, Unit]] = {}
    reasons: dict[str, str] = {}
    for detail in details:
        for metric in detail.metrics:
            if metric.unit != "text":
                figures.setdefault(metric.key, (metric.label, metric.unit))
        for item in detail.rationale:
            reasons.setdefault(item.key, item.label)
    return Comparison(
        [ComparedCompany(detail.company, _rated(detail)) for detail in details],
        [_figure(key, *about, details) for key, about in figures.items()],
        [_reason(key, label, details) for key, label in reasons.items()],
    )


def _figure(key: str, label: str, unit: Unit, details: list[AnalysisDetail]) -> ComparedFigure:
    values = [
        next((metric.value for metric in detail.metrics if (metric.key, metric.unit) == (key, unit)), None)
        for detail in details
    ]
    ends = better(key, zip([detail.ticker for detail in details], values, strict=True))
    return ComparedFigure(key, label, unit, values, ends[1] if ends else [], ends[0] if ends else None)


def _reason(key: str, label: str, details: list[AnalysisDetail]) -> ComparedReason:
    counted = [
        {item.key: item.points for item in detail.rationale if item.counted}.get(key) for detail in details
    ]
    return ComparedReason(key, label, counted)


def _rated(detail: AnalysisDetail) -> Rated:
    return Rated(detail.id, detail.as_of, detail.rating, detail.score, detail.revision)


DATES = "select distinct as_of from analysis_history where ($1::text is null or ticker = $1) order by as_of"
RATED = "select distinct ticker from analysis_history where ticker = any($1::text[])"
