"""Reading Postgres: a connection is held for one statement only, and waited for only so long."""

import asyncpg

from shared.db.pool import ACQUIRE_TIMEOUT

STATEMENT_TIMEOUT = 5.0


class Database:
    """Every method raises one of `shared.db.pool.UNAVAILABLE` while Postgres is away."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self.pool = pool

    async def rows(self, query: str, *values: object) -> list[asyncpg.Record]:
        """All rows of a statement."""
        async with self.pool.acquire(timeout=ACQUIRE_TIMEOUT) as db:
            return await db.fetch(query, *values, timeout=STATEMENT_TIMEOUT)

    async def row(self, query: str, *values: object) -> asyncpg.Record | None:
        """The first row, if there is one."""
        async with self.pool.acquire(timeout=ACQUIRE_TIMEOUT) as db:
            return await db.fetchrow(query, *values, timeout=STATEMENT_TIMEOUT)

    async def the_row(self, query: str, *values: object) -> asyncpg.Record:
        """The row of a statement that always has one."""
        return one(await self.row(query, *values))


def one(row: asyncpg.Record | None) -> asyncpg.Record:
    """The row of a statement that always has one."""
    if row is None:
        raise LookupError("a statement that always has a row had none")
    return row
