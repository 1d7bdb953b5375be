"""One way to open Redis: no retry hides behind a command.

A reply that is lost may belong to a command that was carried out, so only a caller who knows that a second
time does no harm may send it again.
"""

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import ConstantBackoff, NoBackoff
from redis.exceptions import (
    AuthenticationError,
    BusyLoadingError,
    ConnectionError,
    NoPermissionError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
    TimeoutError,
)

COMMAND_TIMEOUT = 2.0
"""Seconds after which a silent server counts as away."""
CONNECTIONS = 64
"""Beyond these, a caller waits for one as long as for a reply."""


def open_redis(redis_url: str, *, name: str, timeout: float = COMMAND_TIMEOUT, retries: int = 0) -> Redis:
    """A client that connects when it is first used, and shows up as `name` in CLIENT LIST.

    `retries` is for a client that sends nothing but what may be sent twice.
    """
    pool = BlockingConnectionPool.from_url(
        redis_url,
        max_connections=CONNECTIONS,
        timeout=timeout,
        client_name=name,
        socket_timeout=timeout,
        socket_connect_timeout=timeout,
        retry=Retry(ConstantBackoff(0.05) if retries else NoBackoff(), retries),
        retry_on_error=[ConnectionError, TimeoutError] if retries else [],
        protocol=2,
    )
    client: Redis = Redis.from_pool(pool)
    return client


def why_unusable(error: RedisError) -> str:
    """What is wrong with a Redis that cannot be used, and what to do: the end of a sentence that begins with it."""
    match error:
        case OutOfMemoryError():
            return "is full: it refuses to store anything. Raise its maxmemory, or free some"
        case AuthenticationError():
            return "refuses the user or the password in it"
        case NoPermissionError():
            return "does not let this user do what is needed: see deploy/roles/valkey.acl"
        case ReadOnlyError():
            return "is a replica, which takes no writes: name its primary"
        case BusyLoadingError():
            return "is still loading its data: try again in a moment"
    return f"cannot be used ({type(error).__name__}). Is it running?"
