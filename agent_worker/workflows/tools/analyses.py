"""The statements of the tools: reads only, one connection for one statement, every value a parameter."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

import asyncpg

from agent_worker.workflows.tools.fresh import Fresh
from shared.analysis import StoredAnalysis, read_metrics, read_rationale
from shared.db.database import Database
from shared.market_changes import MOVES, Move, read_move

_COLUMNS = "a.id, a.ticker, a.as_of, a.rating, a.score::float8 as score, a.revision, a.made_by"
_COMPANY = "c.name, c.sector, c.industry_group, c.sub_industry, c.not_rated"

ONE = f"""
    select {_COLUMNS}, a.summary, a.metrics, a.rationale, {_COMPANY}
      from analysis_history a left join companies c on c.ticker = a.ticker
     where a.ticker = $1 and ($2::date is null or a.as_of <= $2)
     order by a.as_of desc, a.id desc limit $3
"""  # noqa: S608 - constants only
NEWEST_OF = f"""
    select {_COLUMNS}, '' as summary, a.metrics, '[]' as rationale, {_COMPANY}
      from unnest($1::text[]) with ordinality as asked(ticker, place)
      join lateral (select * from analysis_history h where h.ticker = asked.ticker
                     order by as_of desc, id desc limit 1) a on true
      left join companies c on c.ticker = a.ticker
     order by asked.place
"""  # noqa: S608
MARKET = f"""
    select {_COLUMNS}, '' as summary, a.metrics, '[]' as rationale, {_COMPANY}
      from companies c
      join lateral (select * from analysis_history h where h.ticker = c.ticker
                     order by as_of desc, id desc limit 1) a on true
     where c.not_rated is null
     order by c.ticker
"""  # noqa: S608
HISTORY = f"""
    select {_COLUMNS}, '' as summary, a.metrics, '[]' as rationale, {_COMPANY}
      from analysis_history a left join companies c on c.ticker = a.ticker
     where a.ticker = $1 and a.as_of between $2 and $3 order by a.as_of, a.id
"""  # noqa: S608
COMPANY = "select name, sector, industry_group, sub_industry, not_rated from companies where ticker = $1"
DATES = "select distinct as_of from analysis_history where ($1::text is null or ticker = $1) order by as_of"
PRICES = "select snapshot, price from daily_prices where ticker = $1 and snapshot between $2 and $3 order by snapshot"


class Stored(NamedTuple):
    """An analysis with the company it is about."""

    analysis: StoredAnalysis
    name: str
    groups: tuple[str, ...]
    not_rated: str | None

    @property
    def title(self) -> str:
        """ "Coca-Cola (KO)"."""
        return f"{self.name} ({self.analysis.ticker})"


class Analyses:
    """Reads. Every method raises one of `shared.db.database.UNAVAILABLE` while Postgres is away.

    What is read of the whole market is kept for some seconds: it is the same for every question, and large.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._market = Fresh(self._read_market)
        self._moves = Fresh(self._read_moves)

    def forget(self) -> None:
        """The analyses changed: read the market anew."""
        self._market.forget()
        self._moves.forget()

    async def newest(self, ticker: str, until: dt.date | None = None, count: int = 1) -> list[Stored]:
        """The last `count` analyses of a company up to `until`, newest first."""
        return [_stored(row) for row in await self._database.rows(ONE, ticker, until, count)]

    async def newest_of(self, tickers: Sequence[str]) -> list[Stored]:
        """The newest analysis of each company that has one, in the order asked for, without reasons."""
        return [_stored(row) for row in await self._database.rows(NEWEST_OF, list(tickers))]

    async def market(self, group: str | None = None) -> list[Stored]:
        """The newest analysis of every company (of a sector or industry) that is rated now, without reasons."""
        whole = await self._market.get(None)
        return [stored for stored in whole if group is None or group in stored.groups]

    async def _read_market(self, _: None) -> list[Stored]:
        return [_stored(row) for row in await self._database.rows(MARKET)]

    async def history(self, ticker: str, first: dt.date, last: dt.date) -> list[Stored]:
        """A company's analyses between two dates, oldest first, without reasons."""
        return [_stored(row) for row in await self._database.rows(HISTORY, ticker, first, last)]

    async def moves(self, first: dt.date, last: dt.date) -> list[Move]:
        """Every company with an analysis on or before `first` and a later one up to `last`."""
        return await self._moves.get((first, last))

    async def _read_moves(self, dates: tuple[dt.date, dt.date]) -> list[Move]:
        return [read_move(row) for row in await self._database.rows(MOVES, *dates)]

    async def company(self, ticker: str) -> asyncpg.Record | None:
        """The company's row."""
        return await self._database.row(COMPANY, ticker)

    async def dates(self, ticker: str | None = None) -> list[dt.date]:
        """The dates of a company's analyses, or of all, oldest first."""
        return [row["as_of"] for row in await self._database.rows(DATES, ticker)]

    async def prices(self, ticker: str, first: dt.date, last: dt.date) -> list[tuple[dt.date, float]]:
        """Daily prices between two dates, oldest first, in shares of the last one."""
        return [
            (row["snapshot"], row["price"]) for row in await self._database.rows(PRICES, ticker, first, last)
        ]


def _stored(row: asyncpg.Record) -> Stored:
    analysis = StoredAnalysis(
        id=row["id"],
        ticker=row["ticker"],
        as_of=row["as_of"],
        rating=row["rating"],
        score=row["score"],
        summary=row["summary"],
        metrics=read_metrics(row["metrics"]),
        rationale=read_rationale(row["rationale"]),
        revision=row["revision"],
        made_by=row["made_by"],
    )
    groups = dict.fromkeys(filter(None, (row["sector"], row["industry_group"], row["sub_industry"])))
    return Stored(analysis, row["name"] or row["ticker"], tuple(groups), row["not_rated"])
