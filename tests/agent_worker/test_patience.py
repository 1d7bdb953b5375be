"""An outage is waited out; anything else is not."""

import asyncpg
import pytest
from redis.exceptions import ConnectionError as RedisConnectionError

from agent_worker.patience import until_available


class Server:
    """Fails once, then answers."""

    def __init__(self, error: Exception) -> None:
        self._error = error
        self.calls = 0

    async def call(self) -> str:
        self.calls += 1
        if self.calls == 1:
            raise self._error
        return "here"


@pytest.mark.parametrize(
    "error",
    [
        ConnectionRefusedError(),
        TimeoutError(),
        RedisConnectionError(),
        asyncpg.ConnectionDoesNotExistError(),
        asyncpg.CannotConnectNowError(),
        asyncpg.TooManyConnectionsError(),
        asyncpg.IdleInTransactionSessionTimeoutError(),
        asyncpg.DeadlockDetectedError(),
        asyncpg.InternalClientError(),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_what_an_outage_looks_like_is_tried_again(error: Exception) -> None:
    server = Server(error)
    assert await until_available(server.call) == "here"
    assert server.calls == 2


@pytest.mark.parametrize(
    "error", [ValueError(), asyncpg.UniqueViolationError(), asyncpg.UndefinedTableError()]
)
async def test_a_mistake_is_not_tried_again(error: Exception) -> None:
    server = Server(error)
    with pytest.raises(type(error)):
        await until_available(server.call)
    assert server.calls == 1
