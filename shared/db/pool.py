"""One way to open Postgres: a small pool whose connections are held only inside a transaction."""

import asyncpg

from shared.settings import SettingsError

ACQUIRE_TIMEOUT = 5.0
"""Seconds to wait for a free connection before the caller is told `unavailable`."""

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
        command_timeout=10.0,
        max_inactive_connection_lifetime=60.0,
        reset=_nothing_to_undo,
        server_settings={"application_name": name, **SERVER_SETTINGS},
    )


async def check_tables(pool: asyncpg.Pool) -> None:
    """Raises `SettingsError` when the tables were never made."""
    try:
        await pool.execute("select from chat_turns limit 0")
    except asyncpg.UndefinedTableError:
        raise SettingsError(
            "DATABASE_URL names a database without our tables; `make run` makes them, or `python -m shared.db`."
        ) from None


async def _nothing_to_undo(_connection: asyncpg.Connection) -> None:
    """What asyncpg does beside ending an open transaction when a connection comes back. Its default, to undo
    settings, locks, cursors and listeners that no statement of ours leaves behind, is a round trip each time: eight
    in a turn."""
