"""Write the sample's companies, analyses and prices to Postgres. The caller holds the transaction."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import asyncpg
import msgspec

from deploy.imports.store import ALL_OF_IT, ANALYSIS_COLUMNS, DIFFERS, analysis_row, stage
from deploy.sample.figures import Company
from shared.analysis import Analysis
from shared.points_rule import RULE

COMPANY_COLUMNS = ("ticker", "name", "sector", "industry_group", "sub_industry", "not_rated")
PRICE_COLUMNS = ("ticker", "snapshot", "price")


async def put_companies(
    connection: asyncpg.Connection, companies: Iterable[Company], not_rated: Mapping[str, str]
) -> None:
    """Insert or update the sample's companies; those with an analysis by someone else are left alone."""
    rows = [(*msgspec.structs.astuple(c), not_rated.get(c.ticker)) for c in companies]
    names = ("ticker", "name", "sub_industry", "industry_group", "sector", "not_rated")
    await stage(connection, "companies", names, rows)
    await connection.execute(
        f"""
        insert into companies ({", ".join(COMPANY_COLUMNS)})
        select {", ".join(COMPANY_COLUMNS)} from new_companies
        on conflict (ticker) do update set
            name = excluded.name, sector = excluded.sector, industry_group = excluded.industry_group,
            sub_industry = excluded.sub_industry, not_rated = excluded.not_rated
        where not exists (
            select from analysis_history a
            where a.ticker = companies.ticker and a.made_by is distinct from $1
        )
        """,  # noqa: S608 - constant names
        RULE,
    )


async def put_sample_analyses(
    connection: asyncpg.Connection, analyses: Sequence[Analysis]
) -> list[tuple[str, dt.date]]:
    """Insert analyses, or update those the rule made before. Returns ticker and date of those that changed.

    A row keeps its id, and one that someone else made is never touched.
    """
    rows = (analysis_row(analysis, made_by=RULE) for analysis in analyses)
    await stage(connection, "analysis_history", ANALYSIS_COLUMNS, rows)
    changed = await connection.fetch(
        f"""
        insert into analysis_history as old ({", ".join(ANALYSIS_COLUMNS)})
        select {", ".join(ANALYSIS_COLUMNS)} from new_analysis_history
        on conflict (ticker, as_of) do update set {ALL_OF_IT}, revision = old.revision + 1
        where old.made_by = $1 and {DIFFERS}
        returning ticker, as_of
        """,  # noqa: S608 - constant names
        RULE,
    )
    return [(row["ticker"], row["as_of"]) for row in changed]


async def put_prices(connection: asyncpg.Connection, prices: Sequence[tuple[str, dt.date, float]]) -> None:
    """Insert daily prices, or correct those that are there."""
    await stage(connection, "daily_prices", PRICE_COLUMNS, prices)
    await connection.execute(
        """
        insert into daily_prices as old (ticker, snapshot, price)
        select ticker, snapshot, price from new_daily_prices
        on conflict (ticker, snapshot) do update set price = excluded.price
        where old.price is distinct from excluded.price
        """
    )
