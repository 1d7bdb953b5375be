"""Migrations beside a service that runs: each once, in order, and nobody is held up by a table that is held."""

import asyncio
import hashlib
from collections.abc import AsyncIterator

import asyncpg
import pytest

from shared.db import migrate as module
from shared.db.migrate import MigrationChangedError, migrate, migration_files

LAST = migration_files()[-1][0]


@pytest.fixture
async def db(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[asyncpg.Connection]:
    """A database in which a column of `chat_turns` is still to come."""
    files = [*migration_files(), ("9999_more.sql", "alter table chat_turns add column more text;")]
    monkeypatch.setattr(module, "migration_files", lambda: files)
    monkeypatch.setattr(module, "LOCK_TIMEOUT_MS", 200)
    monkeypatch.setattr(module, "LOCK_PAUSE", 0.3)
    connection = await asyncpg.connect(database_url)
    yield connection
    await connection.close()


async def test_a_table_that_is_held_holds_nobody_up_and_is_changed_when_it_is_free(
    db: asyncpg.Connection, database_url: str
) -> None:
    dump = await asyncpg.connect(database_url)
    transaction = dump.transaction()
    await transaction.start()
    await dump.execute("lock table chat_turns in access share mode")  # as pg_dump does
    migrating = asyncio.create_task(migrate(database_url))
    async with asyncio.timeout(30):
        while not await db.fetchval("select exists (select from pg_locks where not granted)"):
            await asyncio.sleep(0.01)
    # Behind a migration that waits for as long as it takes, none of these would come through.
    for _ in range(20):
        async with asyncio.timeout(3):
            await db.fetch("select from chat_turns limit 0")
        await asyncio.sleep(0.02)
    assert not migrating.done()
    await transaction.rollback()
    await dump.close()
    assert await asyncio.wait_for(migrating, 30) == ["9999_more.sql"]
    await db.fetch("select more from chat_turns limit 0")


async def test_it_gives_up_in_the_end(db: asyncpg.Connection, database_url: str) -> None:
    async with db.transaction():
        await db.execute("lock table chat_turns in access share mode")
        with pytest.raises(asyncpg.LockNotAvailableError):
            await migrate(database_url, timeout=1.0)
    assert await migrate(database_url) == ["9999_more.sql"]


async def test_two_at_once_apply_it_once(db: asyncpg.Connection, database_url: str) -> None:
    applied = await asyncio.gather(*(migrate(database_url) for _ in range(4)))
    assert sorted(applied) == [[], [], [], ["9999_more.sql"]]


async def test_a_file_that_was_changed_stops_it(db: asyncpg.Connection, database_url: str) -> None:
    other = hashlib.sha256(b"something else").hexdigest()
    await db.execute("update schema_migrations set checksum = $1 where name = $2", other, LAST)
    with pytest.raises(MigrationChangedError, match=LAST):
        await migrate(database_url)
