"""Reading a session's event log as the dictionaries a browser would see."""

from typing import Any

import msgspec
from redis.asyncio import Redis

from shared.redis_keys import SessionKeys


async def entries(redis: Redis, key: str) -> list[tuple[bytes, dict[bytes, bytes]]]:
    """All entries of a stream; redis-py's own type says they could be anything."""
    got: Any = await redis.xrange(key)
    return list(got)


async def logged_frames(redis: Redis, keys: SessionKeys) -> list[dict[str, Any]]:
    """The frames of a session's log, in order."""
    return [msgspec.json.decode(fields[b"frame"]) for _, fields in await entries(redis, keys.events)]
