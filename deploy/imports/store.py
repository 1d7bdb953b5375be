"""Write analyses that someone made to Postgres. The caller holds the transaction."""

import datetime as dt
from collections.abc import Iterable, Sequence

import asyncpg
import msgspec

from deploy.imports.rows import ImportedAnalysis, ImportedCompany
from shared.analysis import Analysis

CONTENT_COLUMNS = ("rating", "score", "summary", "metrics", "rationale", "made_by")
ANALYSIS_COLUMNS = ("ticker", "as_of", *CONTENT_COLUMNS)

ALL_OF_IT = ", ".join(f"{name} = excluded.{name}" for name in CONTENT_COLUMNS)
DIFFERS = (
    f"({', '.join(f'old.{name}' for name in CONTENT_COLUMNS)}) is distinct from"
    f" ({', '.join(f'excluded.{name}' for name in CONTENT_COLUMNS)})"
)
"""A row that is stored again as it was is no correction and keeps its revision."""


async def lock(connection: asyncpg.Connection) -> None:
    """Let one import at a time write; readers go on."""
    await connection.execute("lock table companies in share row exclusive mode")


class Put(msgspec.Struct, frozen=True):
    """An analysis that was written. Not `new`: it replaced one of the same day; not `changed`: by the same again."""

    ticker: str
    as_of: dt.date
    new: bool
    changed: bool = True


async def known_tickers(connection: asyncpg.Connection) -> set[str]:
    """The companies there are."""
    return {row["ticker"] for row in await connection.fetch("select ticker from companies")}


async def put_company(connection: asyncpg.Connection, ticker: str, company: ImportedCompany | None) -> None:
    """A company that has an analysis now: its name and classification if they are given."""
    if company is None:
        await connection.execute("update companies set not_rated = null where ticker = $1", ticker)
        return
    await connection.execute(
        """
        insert into companies (ticker, name, sector, industry_group, sub_industry) values ($1, $2, $3, $4, $5)
        on conflict (ticker) do update set
            name = excluded.name, sector = excluded.sector, industry_group = excluded.industry_group,
            sub_industry = excluded.sub_industry, not_rated = null
        """,
        ticker,
        company.name,
        company.sector,
        company.industry_group,
        company.sub_industry,
    )


async def put_imported_analyses(
    connection: asyncpg.Connection, analyses: Sequence[ImportedAnalysis]
) -> list[Put]:
    """Insert analyses; one of the same company and day is replaced and keeps its id.

    The revision of one that is another than before is raised.
    """
    staged = (analysis_row(analysis, made_by=analysis.made_by) for analysis in analyses)
    await stage(connection, "analysis_history", ANALYSIS_COLUMNS, staged)
    rows = await connection.fetch(
        f"""
        with before as (
            select ticker, as_of, revision from analysis_history join new_analysis_history using (ticker, as_of)
        ), put as (
            insert into analysis_history as old ({", ".join(ANALYSIS_COLUMNS)})
            select {", ".join(ANALYSIS_COLUMNS)} from new_analysis_history
            on conflict (ticker, as_of) do update set
                {ALL_OF_IT}, revision = old.revision + ({DIFFERS})::int
            returning ticker, as_of, revision
        )
        select ticker, as_of, before.revision is null as new,
               before.revision is distinct from put.revision as changed
          from put left join before using (ticker, as_of)
        """  # noqa: S608 - constant names
    )
    return [Put(**row) for row in rows]


def analysis_row(analysis: Analysis, *, made_by: str | None) -> tuple[object, ...]:
    """The columns of `analysis_history`, lists as JSON text."""
    return (
        analysis.ticker,
        analysis.as_of,
        analysis.rating,
        analysis.score,
        analysis.summary,
        msgspec.json.encode(analysis.metrics).decode(),
        msgspec.json.encode(analysis.rationale).decode(),
        made_by,
    )


async def stage(
    connection: asyncpg.Connection, table: str, columns: Sequence[str], rows: Iterable[tuple[object, ...]]
) -> None:
    """COPY `rows` into a table `new_…` that ends with the transaction."""
    wanted = ", ".join(columns)
    await connection.execute(
        f"create temp table new_{table} on commit drop as select {wanted} from {table} with no data"  # noqa: S608
    )
    await connection.copy_records_to_table(f"new_{table}", columns=list(columns), records=rows)
