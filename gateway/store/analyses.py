"""The SQL of analyses, companies and prices: reads only. Shapes are those of `shared.analysis` and the ones here."""

import asyncio
import datetime as dt
import time

import asyncpg
import msgspec

from shared.analysis import Rating, StoredAnalysis, read_metrics, read_rationale
from shared.db.database import Database

OVERVIEW_SECONDS = 15.0
SPARKLINE_POINTS = 30


class PreviousRating(msgspec.Struct, frozen=True):
    """The analysis before."""

    id: int
    as_of: dt.date
    rating: Rating
    score: float


class AnalysisRow(msgspec.Struct, frozen=True):
    """One company of the overview. A figure is null where the source has none; `not_rated` says why there is no
    analysis. `sparkline` holds the latest prices, oldest first."""

    ticker: str
    name: str
    sector: str | None
    industry_group: str | None
    rating: Rating | None
    score: float | None
    as_of: dt.date | None
    previous: PreviousRating | None
    price: float | None
    price_earnings: float | None
    dividend_yield: float | None
    market_cap: float | None
    sparkline: list[float]
    not_rated: str | None


class Company(msgspec.Struct, frozen=True):
    """Who a ticker is."""

    ticker: str
    name: str
    sector: str | None
    industry_group: str | None
    sub_industry: str | None
    not_rated: str | None


class AnalysisDetail(StoredAnalysis, frozen=True, kw_only=True):
    """One analysis, whole, with its company and the analysis before it."""

    company: Company
    previous: PreviousRating | None


class AnalysisStep(msgspec.Struct, frozen=True):
    """One point of a company's history."""

    id: int
    as_of: dt.date
    rating: Rating
    score: float
    summary: str


class PricePoint(msgspec.Struct, frozen=True):
    """The price a snapshot reported; the session is the day before `date`."""

    date: dt.date
    price: float


class Analyses:
    """Reads analyses. Every method raises one of `shared.db.database.UNAVAILABLE` while Postgres is away."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._overview: list[AnalysisRow] = []
        self._read_at = float("-inf")
        self._forgotten = 0
        self._reading = asyncio.Lock()

    async def overview(self) -> list[AnalysisRow]:
        """Every company, by ticker; read again every few seconds at most."""
        async with self._reading:
            if time.monotonic() - self._read_at > OVERVIEW_SECONDS:
                forgotten = self._forgotten
                self._overview = [_overview_row(row) for row in await self._database.rows(OVERVIEW)]
                # What changed while it was being read may or may not be in it.
                self._read_at = time.monotonic() if forgotten == self._forgotten else float("-inf")
            return self._overview

    def forget(self) -> None:
        """Analyses changed: read them again when they are next asked for."""
        self._forgotten += 1
        self._read_at = float("-inf")

    async def detail(
        self, ticker: str, *, analysis_id: int | None = None, as_of: dt.date | None = None
    ) -> AnalysisDetail | None:
        """A company's newest analysis, or the one with this id or date."""
        row = await self._database.row(DETAIL, ticker, analysis_id, as_of, None)
        return read_detail(row) if row else None

    async def history(self, ticker: str) -> list[AnalysisStep]:
        """All analyses of a company, newest first."""
        return [AnalysisStep(**row) for row in await self._database.rows(HISTORY, ticker)]

    async def prices(self, ticker: str) -> list[PricePoint]:
        """All prices of a company, oldest first."""
        return [PricePoint(**row) for row in await self._database.rows(PRICES, ticker)]


def _overview_row(row: asyncpg.Record) -> AnalysisRow:
    return AnalysisRow(
        row["ticker"], row["name"], row["sector"], row["industry_group"], row["rating"], row["score"],
        row["as_of"], _previous(row), row["price"], row["price_earnings"], row["dividend_yield"],
        row["market_cap"], row["sparkline"] or [], row["not_rated"],
    )  # fmt: skip


def _previous(row: asyncpg.Record) -> PreviousRating | None:
    if row["previous_id"] is None:
        return None
    return PreviousRating(
        row["previous_id"], row["previous_as_of"], row["previous_rating"], row["previous_score"]
    )


def read_detail(row: asyncpg.Record) -> AnalysisDetail:
    """A row of `DETAIL`."""
    ticker = row["ticker"]
    return AnalysisDetail(
        id=row["id"],
        ticker=ticker,
        as_of=row["as_of"],
        rating=row["rating"],
        score=row["score"],
        summary=row["summary"],
        metrics=read_metrics(row["metrics"]),
        rationale=read_rationale(row["rationale"]),
        revision=row["revision"],
        made_by=row["made_by"],
        company=Company(
            ticker, row["name"] or ticker, row["sector"], row["industry_group"], row["sub_industry"],
            row["not_rated"],
        ),
        previous=_previous(row),
    )  # fmt: skip


PREVIOUS = """
    left join lateral (
        select id as previous_id, as_of as previous_as_of, rating as previous_rating,
               score::float8 as previous_score
          from analysis_history before where before.ticker = a.ticker and before.as_of < a.as_of
         order by as_of desc, id desc limit 1) previous on true
"""
OVERVIEW = f"""
    with prices as (
        select ticker, array_agg(round(price::numeric, 2)::float8 order by snapshot) as sparkline
          from (select ticker, snapshot, price,
                       row_number() over (partition by ticker order by snapshot desc) as age
                  from daily_prices) recent
         where age <= {SPARKLINE_POINTS} group by ticker
    ), everyone as (
        select ticker, name, sector, industry_group, not_rated from companies
        union all
        select distinct ticker, ticker, null, null, null from analysis_history h
         where not exists (select from companies where companies.ticker = h.ticker)
    )
    select c.*, a.rating, a.score::float8 as score, a.as_of, previous.*, prices.sparkline,
           figures.price, figures.price_earnings, figures.dividend_yield, figures.market_cap
      from everyone c
      left join lateral (
          select * from analysis_history h where h.ticker = c.ticker order by as_of desc, id desc limit 1
      ) a on true
      {PREVIOUS}
      left join lateral (
          select max(value) filter (where key = 'price') as price,
                 max(value) filter (where key = 'price_earnings') as price_earnings,
                 max(value) filter (where key = 'dividend_yield') as dividend_yield,
                 max(value) filter (where key = 'market_cap') as market_cap
            from (select metric ->> 'key' as key, (metric ->> 'value')::float8 as value
                    from jsonb_path_query(a.metrics, 'lax $[*] ? (@.value.type() == "number")') metric) numbers
      ) figures on true
      left join prices on prices.ticker = c.ticker
     order by c.ticker
"""  # noqa: S608 - constants only
DETAIL = f"""
    select a.*, a.score::float8 as score, c.name, c.sector, c.industry_group, c.sub_industry, c.not_rated,
           previous.*
      from analysis_history a left join companies c on c.ticker = a.ticker {PREVIOUS}
     where a.ticker = $1 and ($2::bigint is null or a.id = $2) and ($3::date is null or a.as_of = $3)
       and ($4::date is null or a.as_of <= $4)
     order by a.as_of desc, a.id desc limit 1
"""  # noqa: S608
HISTORY = """
    select id, as_of, rating, score::float8 as score, summary from analysis_history where ticker = $1
     order by as_of desc, id desc
"""
PRICES = "select snapshot as date, price from daily_prices where ticker = $1 order by snapshot"
