"""Hearing at once that a turn is to be cancelled. A lost signal costs nothing but time: the flag is in
Postgres, and every heartbeat reads it."""

from collections.abc import Callable
from uuid import UUID

import structlog
from redis.asyncio import Redis

from agent_worker.patience import until_available
from shared.frames.control import LookAtTurn
from shared.redis_keys import RedisKeys

log = structlog.get_logger(__name__)


Heard = Callable[[str, UUID, UUID], None]


async def follow_cancellations(redis: Redis, keys: RedisKeys, heard: Heard) -> None:
    """Call `heard(user, session, turn)` for every turn named on the control channel, until cancelled."""
    while True:
        await until_available(lambda: _listen(redis, keys, heard))


async def _listen(redis: Redis, keys: RedisKeys, heard: Heard) -> None:
    async with redis.pubsub(ignore_subscribe_messages=True) as control:
        await control.subscribe(keys.control)
        async for message in control.listen():
            try:
                heard(*LookAtTurn.read(message["data"]))
            except ValueError:
                log.warning("a control message names no turn", size=len(message["data"]))
