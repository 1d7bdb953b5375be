"""Apply the SQL files of `migrations/` once, in order.

Each file runs in a transaction of its own and is recorded with its checksum; a file that changed after it
was applied stops the process. Two processes may start at once: one waits for the other (an advisory lock
that is polled, because a waiting lock would deadlock with an index built concurrently).

A table that somebody else holds (a dump, a long transaction) is not waited for in the queue of its locks: whoever comes
behind, which is every service, would wait too. It is tried for a moment, let go, and tried again.
"""

import asyncio
import hashlib
import time
from importlib import resources

import asyncpg
import structlog

from shared.db.database import connected

log = structlog.get_logger(__name__)

LOCK = 0x7469636B  # any number, the same for every process: the letters "tick"
POLL = 0.1
LOCK_TIMEOUT_MS = 1000
"""How long the services may be held up by a migration that waits for a table."""
LOCK_PAUSE = 2.0


class MigrationChangedError(Exception):
    """A migration that was already applied has other contents now."""


def migration_files() -> list[tuple[str, str]]:
    """The migrations as (name, sql), in the order in which they apply."""
    folder = resources.files("shared.db") / "migrations"
    return sorted(
        (item.name, item.read_text("utf-8")) for item in folder.iterdir() if item.name.endswith(".sql")
    )


async def migrate(database_url: str, *, timeout: float = 60.0) -> list[str]:
    """Bring the database up to date; returns the names of the files applied now.

    Raises `TimeoutError` while another process migrates, `asyncpg.LockNotAvailableError` while a table is held, each
    after `timeout` seconds; `MigrationChangedError`; and what `connected` raises.
    """
    async with connected(database_url) as connection:
        async with asyncio.timeout(timeout):
            while not await connection.fetchval("select pg_try_advisory_lock($1)", LOCK):  # noqa: ASYNC110 - Postgres has no event for it
                await asyncio.sleep(POLL)
        return await _apply(connection, time.monotonic() + timeout)


async def _apply(connection: asyncpg.Connection, until: float) -> list[str]:
    await connection.execute(
        "create table if not exists schema_migrations"
        " (name text primary key, checksum text not null, applied_at timestamptz not null default now())"
    )
    rows = await connection.fetch("select name, checksum from schema_migrations")
    done = {row["name"]: row["checksum"] for row in rows}
    applied = []
    for name, sql in migration_files():
        checksum = hashlib.sha256(sql.encode()).hexdigest()
        if name in done:
            if done[name] != checksum:
                raise MigrationChangedError(
                    f"{name} was applied before with other contents; add a new file instead"
                )
            continue
        while not await _applied(connection, name, sql, checksum, last=time.monotonic() + LOCK_PAUSE > until):  # noqa: ASYNC110 - nor for a lock that is free
            await asyncio.sleep(LOCK_PAUSE)
        applied.append(name)
    return applied


async def _applied(connection: asyncpg.Connection, name: str, sql: str, checksum: str, *, last: bool) -> bool:
    """Apply one file; false, and nothing done, if a table is held by somebody else, which is raised the `last` time."""
    try:
        async with connection.transaction():
            await connection.execute(f"set local lock_timeout = {LOCK_TIMEOUT_MS}")
            await connection.execute(sql)
            await connection.execute(
                "insert into schema_migrations (name, checksum) values ($1, $2)", name, checksum
            )
    except asyncpg.LockNotAvailableError:
        if last:
            raise
        log.warning("a table is held by somebody else; trying again", migration=name)
        return False
    return True
