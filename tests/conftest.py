"""Real servers for every test: an own Valkey process, an own database of one shared PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from deploy.local.postgres import Postgres
from deploy.local.valkey import Valkey
from tests.support.databases import FAST, Databases


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """The PostgreSQL of this test run. Whoever kills or pauses a server makes one of its own instead."""
    server = Postgres(tmp_path_factory.mktemp("postgres"), settings=FAST)
    asyncio.run(server.start())
    yield server
    asyncio.run(server.stop())


@pytest.fixture(scope="session")
def databases(postgres: Postgres) -> Databases:
    """Makes databases from a template that was migrated once."""
    return Databases(postgres)


@pytest.fixture
async def database_url(databases: Databases) -> AsyncIterator[str]:
    """An own database with the tables of the product, empty."""
    async with databases.database() as url:
        yield url


@pytest.fixture
async def valkey(tmp_path: Path) -> AsyncIterator[Valkey]:
    """An own Valkey: `.url`, `await .kill()`, `await .restart()`, `.pause()`, `.resume()`."""
    server = Valkey(tmp_path / "valkey")
    await server.start()
    yield server
    await server.kill()


@pytest.fixture
def redis_url(valkey: Valkey) -> str:
    """The address of the test's own Valkey."""
    return valkey.url
