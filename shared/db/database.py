"""One way to Postgres: a small pool whose connections are held for a statement or a transaction, and waited for only
so long."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeAlias

import asyncpg

ACQUIRE_TIMEOUT = 5.0
"""Seconds to wait for a free connection before the caller is told `unavailable`."""
STATEMENT_TIMEOUT = 5.0
"""Seconds for a statement by itself."""
LOCKED_STATEMENT_TIMEOUT = 10.0
"""Seconds for a statement of a transaction: it may wait for a lock that a process which sleeps holds for five."""
CONNECT_TIMEOUT = 10.0
CLOSE_TIMEOUT = 1.0

Connection: TypeAlias = "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]"
"""A connection while it is held."""

SERVER_SETTINGS = {
    "timezone": "UTC",
    "idle_in_transaction_session_timeout": "5000",
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "3",
    "tcp_keepalives_count": "3",
}
"""A process that sleeps inside a transaction (5 s), or whose machine is gone (some 20 s), does not hold the
locks of its sessions for ever: the server ends the transaction, and others go on."""

UNAVAILABLE = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.TransactionRollbackError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # asyncpg's word when a connection is cut at an unlucky moment
)
"""What it looks like when Postgres is away, starting, stopping or full, or gave one of two precedence: worth
trying again, nobody's fault."""


class Database:
    """The tables of one database. Every method raises one of `UNAVAILABLE` while Postgres is away."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self.pool = pool

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """A connection for several statements that need not be one transaction."""
        async with self.pool.acquire(timeout=ACQUIRE_TIMEOUT) as held:
            yield held

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """A connection in a transaction, which is committed unless something is raised."""
        async with self.pool.acquire(timeout=ACQUIRE_TIMEOUT) as held, held.transaction():
            yield held

    async def rows(self, query: str, *values: object) -> list[asyncpg.Record]:
        """All rows of a statement."""
        async with self.pool.acquire(timeout=ACQUIRE_TIMEOUT) as held:
            return await held.fetch(query, *values, timeout=STATEMENT_TIMEOUT)

    async def row(self, query: str, *values: object) -> asyncpg.Record | None:
        """The first row, if there is one."""
        async with self.pool.acquire(timeout=ACQUIRE_TIMEOUT) as held:
            return await held.fetchrow(query, *values, timeout=STATEMENT_TIMEOUT)

    async def the_row(self, query: str, *values: object) -> asyncpg.Record:
        """The row of a statement that always has one."""
        return one(await self.row(query, *values))


def one(row: asyncpg.Record | None) -> asyncpg.Record:
    """The row of a statement that always has one."""
    if row is None:
        raise LookupError("a statement that always has a row had none")
    return row


@asynccontextmanager
async def open_database(database_url: str, *, name: str, size: int = 10) -> AsyncIterator[Database]:
    """The database of a service. Raises `OSError` or `asyncpg.PostgresError` when it cannot be reached or refuses."""
    pool = await open_pool(database_url, name=name, size=size)
    try:
        yield Database(pool)
    finally:
        await _close(pool)


@asynccontextmanager
async def connected(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    """One connection, for what is done once and by hand: migrations, imports, roles. Raises as `open_database`."""
    connection = await asyncpg.connect(database_url, timeout=CONNECT_TIMEOUT)
    try:
        yield connection
    finally:
        await connection.close()


async def open_pool(database_url: str, *, name: str, size: int = 10) -> asyncpg.Pool:
    """Open a pool of at most `size` connections that show up as `name` in `pg_stat_activity`.

    Raises `OSError` or `asyncpg.PostgresError` when the server cannot be reached or refuses.
    JSON columns come and go as text: whoever reads one knows its type and decodes it once.
    """
    return await asyncpg.create_pool(
        database_url,
        min_size=1,
        max_size=size,
        timeout=5.0,
        command_timeout=LOCKED_STATEMENT_TIMEOUT,
        max_inactive_connection_lifetime=60.0,
        reset=_nothing_to_undo,
        server_settings={"application_name": name, **SERVER_SETTINGS},
    )


async def _close(pool: asyncpg.Pool) -> None:
    try:
        async with asyncio.timeout(CLOSE_TIMEOUT):
            await pool.close()
    except TimeoutError:
        pool.terminate()  # a server that does not answer must not keep us


async def _nothing_to_undo(_connection: asyncpg.Connection) -> None:
    """What asyncpg does beside ending an open transaction when a connection comes back. Its default, to undo
    settings, locks, cursors and listeners that no statement of ours leaves behind, is a round trip each time: eight
    in a turn."""
