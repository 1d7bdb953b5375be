"""Systems for the bridges' tests: one that is played by recordings, one with workers. Tests have users of their own."""

from collections.abc import AsyncIterator
from itertools import count

import pytest
import pytest_asyncio

from tests.contract.conftest import put_analyses
from tests.support.databases import Databases
from tests.support.stack import Stack

_users = count(1)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def played_stack(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stack]:
    """A gateway without workers: the test says what a worker would say."""
    async with databases.database() as url:
        await put_analyses(url)
        folder = tmp_path_factory.mktemp("played")
        env = {"MESSAGE_RATE": "600", "MAX_SOCKETS_PER_USER": "12"}
        async with Stack(folder, database_url=url, gateways=1, workers=0, env=env) as running:
            yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stack(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    """Two gateways and two workers. The lease is short: a killed worker's turn is taken over while one waits."""
    async with databases.database() as url:
        await put_analyses(url)
        folder = tmp_path_factory.mktemp("stack")
        env = {"MESSAGE_RATE": "12", "TURN_LEASE_SECONDS": "2"}
        async with Stack(folder, database_url=url, gateways=2, workers=2, env=env) as running:
            yield running


@pytest.fixture
def user() -> str:
    """A user whom no other test knows."""
    return f"user-{next(_users)}"
