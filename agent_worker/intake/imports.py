"""Hearing at once that an import landed. A signal that is lost costs nothing but time: what is known is read again
now and then anyway."""

from collections.abc import Callable

from redis.asyncio import Redis

from agent_worker.patience import until_available
from shared.redis_keys import RedisKeys


async def follow_imports(redis: Redis, keys: RedisKeys, heard: Callable[[], None]) -> None:
    """Call `heard()` for every import that is announced, and after every subscription, the first too, because one may
    have been missed before it; until cancelled."""
    while True:
        await until_available(lambda: _listen(redis, keys, heard))


async def _listen(redis: Redis, keys: RedisKeys, heard: Callable[[], None]) -> None:
    async with redis.pubsub() as imports:
        await imports.subscribe(keys.analyses)
        async for _ in imports.listen():
            heard()
