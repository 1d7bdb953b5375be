"""One way to open Redis: no retry hides behind a command.

A reply that is lost may belong to a command that was carried out, so only a caller who knows that a second
time does no harm may send it again.
"""

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

COMMAND_TIMEOUT = 2.0
"""Seconds after which a silent server counts as away."""


def open_redis(redis_url: str, *, name: str, timeout: float = COMMAND_TIMEOUT) -> Redis:
    """A client that connects when it is first used, and shows up as `name` in CLIENT LIST."""
    client: Redis = Redis.from_url(
        redis_url,
        client_name=name,
        socket_timeout=timeout,
        socket_connect_timeout=timeout,
        retry=Retry(NoBackoff(), 0),
        retry_on_error=[],
        protocol=2,
    )
    return client
