"""Who the companies are is read from Postgres, at the start and now and then."""

import datetime as dt
from collections.abc import AsyncIterator

import asyncpg
import pytest

from agent_worker.analysis.company_source import CompanySource
from shared.db.database import Database, open_pool


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[asyncpg.Pool]:
    async with await open_pool(database_url, name="test", size=2) as opened:
        yield opened


async def test_it_follows_the_table(pool: asyncpg.Pool) -> None:
    await pool.execute(
        "insert into companies (ticker, name, sector) values ('KO', 'Coca-Cola Company (The)', 'Food')"
    )
    source = CompanySource(Database(pool), refresh_seconds=0.0)
    first = await source.finder()
    assert [company.ticker for company in first.find("Coke or Quuxware Inc?").named] == ["KO"]
    assert first.newest is None
    await pool.execute("insert into companies (ticker, name) values ('QUUX', 'Quuxware Inc.')")
    await pool.execute(
        "insert into analysis_history (ticker, as_of, rating, score) values ('ZED', '2026-08-22', 'buy', 70)"
    )
    await source.finder()
    await source.close()
    after = await source.finder()
    assert [company.ticker for company in after.find("Coke, Quuxware and ZED's score").named] == [
        "KO",
        "QUUX",
        "ZED",
    ]
    assert after.newest == dt.date(2026, 8, 22)
    await source.close()


async def test_what_changes_while_it_reads_is_read_too(pool: asyncpg.Pool) -> None:
    await pool.execute("insert into companies (ticker, name) values ('KO', 'Coca-Cola')")
    source = CompanySource(Database(pool))
    await source.refresh()
    await pool.execute("insert into companies (ticker, name) values ('QUUX', 'Quuxware Inc.')")
    source.refresh_soon()
    await pool.execute("insert into companies (ticker, name) values ('ZED', 'Zedlepplin Corp.')")
    source.refresh_soon()
    await source.close()
    found = (await source.finder()).find("Coca-Cola, Quuxware or Zedlepplin?").named
    assert [company.ticker for company in found] == ["KO", "QUUX", "ZED"]


async def test_nothing_is_built_again_while_nothing_changes(pool: asyncpg.Pool) -> None:
    await pool.execute("insert into companies (ticker, name) values ('KO', 'Coca-Cola')")
    source = CompanySource(Database(pool))
    assert await source.refresh() is await source.refresh()


async def test_the_old_list_stands_while_postgres_is_away(database_url: str) -> None:
    pool = await open_pool(database_url, name="test", size=1)
    await pool.execute("insert into companies (ticker, name) values ('KO', 'Coca-Cola')")
    source = CompanySource(Database(pool), refresh_seconds=0.0)
    finder = await source.finder()
    await pool.close()
    assert await source.finder() is finder
    await source.close()
    assert await source.finder() is finder
    await source.close()
