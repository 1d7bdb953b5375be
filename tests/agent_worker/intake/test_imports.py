"""A worker hears of imports, and reads again after a connection that was lost."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from agent_worker.intake.imports import follow_imports
from deploy.local.valkey import Valkey
from shared.redis_client import open_redis
from shared.redis_keys import RedisKeys

KEYS = RedisKeys()


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    async with open_redis(redis_url, name="test") as client:
        yield client


async def test_it_hears_of_every_import_and_of_every_subscription(redis: Redis, valkey: Valkey) -> None:
    heard: asyncio.Queue[None] = asyncio.Queue()
    following = asyncio.create_task(follow_imports(redis, KEYS, lambda: heard.put_nowait(None)))
    try:
        async with asyncio.timeout(30):
            await heard.get()  # subscribed
            await redis.publish(KEYS.analyses, "2026-08-29 KO")
            await heard.get()
            assert heard.empty()
            await valkey.kill()
            await valkey.restart()
            await heard.get()  # subscribed again: one may have been missed
    finally:
        following.cancel()
        await asyncio.wait([following])
