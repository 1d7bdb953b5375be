"""Real servers for every test: an own Valkey process, an own database of one shared PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from deploy.local.postgres import Postgres
from deploy.local.valkey import Valkey
from tests.support.databases import FAST, Databases
from tests.support.stack import Stack

# How long an example takes says more about the machine than about the code.
settings.register_profile("tests", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tests")


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


@pytest.fixture
async def start_stack(databases: Databases, tmp_path: Path) -> AsyncIterator[Callable[..., Awaitable[Stack]]]:
    """`stack = await start_stack(gateways=2, workers=2, env={...})`: the whole system, stopped afterwards.

    Arguments are those of `Stack`; `own_postgres=True` gives it a server that the test may kill and pause.
    The ends of the logs are printed, which pytest shows when the test failed.
    """
    numbers = count(1)
    async with AsyncExitStack() as cleanup:

        async def start(*, own_postgres: bool = False, **options: Any) -> Stack:
            url = None if own_postgres else await cleanup.enter_async_context(databases.database())
            folder = tmp_path / f"stack-{next(numbers)}"
            stack = await cleanup.enter_async_context(Stack(folder, database_url=url, **options))
            cleanup.callback(stack.show_logs)
            return stack

        yield start
