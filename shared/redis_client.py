"""One way to open Redis: no retry hides behind a command.

A reply that is lost may belong to a command that was carried out, so only a caller who knows that a second
time does no harm may send it again.
"""

from urllib.parse import parse_qsl, urlsplit

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

from shared.settings import SettingsError

COMMAND_TIMEOUT = 2.0
"""Seconds after which a silent server counts as away."""
CONNECTIONS = 64
"""Beyond these, a caller waits for one as long as for a reply."""


def open_redis(redis_url: str, *, name: str, timeout: float = COMMAND_TIMEOUT, retries: int = 0) -> Redis:
    """A client that connects when it is first used, and shows up as `name` in CLIENT LIST.

    `retries` is for a client that sends nothing but what may be sent twice. Raises `SettingsError` for an option of
    the address that redis-py does not know, or not with this value.
    """
    try:
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
            driver_info=None,  # Redis 7.0 does not know CLIENT SETINFO, not even as something to forbid
        )
        # Not connected, only made: this is where the options are read.
        pool.make_connection()  # type: ignore[no-untyped-call]
    except (TypeError, ValueError, RedisError) as error:
        raise SettingsError(f"REDIS_URL: {_bad_option(redis_url, error)}") from None
    client: Redis = Redis.from_pool(pool)
    return client


def _bad_option(redis_url: str, error: Exception) -> str:
    """Which option after the ? cannot be used; the value is left out, it may be a password."""
    named = [option for option, _ in parse_qsl(urlsplit(redis_url).query) if f"'{option}'" in str(error)]
    if named and isinstance(error, TypeError):
        return f"there is no option {named[0]}. TLS is rediss:// and, for instance, ssl_ca_certs=FILE."
    if named:
        return f"the option {named[0]} cannot have this value."
    return "an option after the ? cannot have its value."


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
