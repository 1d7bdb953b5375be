"""One running system per test module: two gateways, a worker, a scripted Gemini. Tests have users of their own."""

from collections.abc import AsyncIterator
from itertools import count

import asyncpg
import pytest
import pytest_asyncio

from tests.support.databases import Databases
from tests.support.stack import Stack

_users = count(1)

COMPANIES = (("KO", "Coca-Cola", "Consumer Staples"), ("MSFT", "Microsoft", "Information Technology"))


async def put_analyses(database_url: str) -> None:
    """Two companies; of the first two analyses, of the second one."""
    connection = await asyncpg.connect(database_url)
    try:
        for ticker, name, sector in COMPANIES:
            await connection.execute(
                "insert into companies (ticker, name, sector, industry_group) values ($1, $2, $3, 'Group')",
                ticker, name, sector,
            )  # fmt: skip
        await connection.execute(
            "insert into companies (ticker, name, not_rated) values ('WBA', 'Walgreens', 'No figures since May.')"
        )
        for ticker, day, rating, score in (
            ("KO", "2026-08-15", "hold", 56.4),
            ("KO", "2026-08-22", "buy", 60.1),
            ("MSFT", "2026-08-22", "sell", 30.0),
        ):
            await connection.execute(
                """insert into analysis_history (ticker, as_of, rating, score, summary, metrics, rationale)
                   values ($1, $2::text::date, $3, $4::float8, 'A summary.', $5, $6)""",
                ticker, day, rating, score,
                '[{"key":"price","label":"Price","value":70.5,"unit":"usd"},'
                '{"key":"dividend_yield","label":"Dividend yield","value":null,"unit":"fraction","note":"none"}]',
                '[{"key":"size","label":"Size","points":1.0,"low":-4,"high":4,"sentence":"Large."}]',
            )  # fmt: skip
        await connection.execute(
            """insert into daily_prices select 'KO', '2026-08-01'::date + n, 70 + n
                 from generate_series(1, 40) as n"""
        )
    finally:
        await connection.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stack(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    """The system of this module."""
    async with databases.database() as url:
        await put_analyses(url)
        folder = tmp_path_factory.mktemp("stack")
        # With so long a lease nothing is found out by a heartbeat: what is asked for is told.
        env = {"MESSAGE_RATE": "600", "EVENT_LOG_MAX": "400", "TURN_LEASE_SECONDS": "60"}
        async with Stack(folder, database_url=url, gateways=2, workers=1, env=env) as running:
            yield running


@pytest.fixture
def user() -> str:
    """A user whom no other test knows."""
    return f"user-{next(_users)}"
