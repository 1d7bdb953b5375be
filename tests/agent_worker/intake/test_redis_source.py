"""The request stream as workers see it: taken once, settled, reclaimed, created again."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from agent_worker.intake.redis_source import RedisSource
from shared.frames.turn_requests import TurnRequest
from shared.redis_client import open_redis
from shared.redis_keys import RedisKeys
from tests.support.event_log import entries

KEYS = RedisKeys()


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    async with open_redis(redis_url, name="test", timeout=30) as client:
        yield client


def request(content: str = "Why?") -> TurnRequest:
    return TurnRequest("alice", uuid4(), uuid4(), content, None)


async def test_a_request_reads_as_plain_text_and_comes_back_whole(redis: Redis) -> None:
    sent = TurnRequest("alice", uuid4(), uuid4(), "Naïve?\n€", "KO")
    source = RedisSource(redis, KEYS, name="one")
    await source.wake([sent])
    [delivery] = await source.take(10, wait=0.01)
    assert delivery.request == sent


async def test_of_two_workers_one_takes_and_settling_leaves_nothing(redis: Redis) -> None:
    one, two = RedisSource(redis, KEYS, name="one"), RedisSource(redis, KEYS, name="two")
    await one.wake([request()])
    assert await one.waiting() == 1
    [delivery] = await one.take(10, wait=0.01)
    assert await two.take(10, wait=0.01) == []
    following = request("next")
    await one.acknowledge(delivery, following)
    [after] = await two.take(10, wait=0.01)
    assert after.request == following
    await two.acknowledge(after)
    assert (await redis.xlen(KEYS.requests), await two.waiting()) == (0, 0)


async def test_what_a_dead_worker_took_is_reclaimed(redis: Redis) -> None:
    dead, alive = RedisSource(redis, KEYS, name="dead"), RedisSource(redis, KEYS, name="alive")
    await dead.wake([request()])
    taken = await dead.take(10, wait=0.01)
    assert await alive.reclaim(10, idle=60) == []
    assert await alive.reclaim(10, idle=0) == taken


@pytest.mark.parametrize("lost", ["stream", "everything"])
async def test_a_stream_lost_while_waiting_is_created_again_and_nothing_is_missed(
    redis: Redis, lost: str
) -> None:
    source = RedisSource(redis, KEYS, name="one")
    await source.take(1, wait=0.001)
    waiting = asyncio.create_task(source.take(1, wait=15))
    while not (await redis.info("clients"))["blocked_clients"]:
        await asyncio.sleep(0.005)
    await (redis.delete(KEYS.requests) if lost == "stream" else redis.flushall())
    sent = request()
    await source.wake([sent])
    assert [delivery.request for delivery in await waiting] == [sent]


async def test_a_foreign_entry_is_handed_on_as_such(redis: Redis) -> None:
    source = RedisSource(redis, KEYS, name="one")
    await redis.xadd(KEYS.requests, {"hello": "world"})
    [delivery] = await source.take(10, wait=0.01)
    assert delivery.request is None


async def test_leaving_takes_the_name_out_but_never_work(redis: Redis) -> None:
    source = RedisSource(redis, KEYS, name="one")
    await source.wake([request()])
    [delivery] = await source.take(10, wait=0.01)
    await source.leave()
    assert len(await redis.xinfo_consumers(KEYS.requests, "agents")) == 1
    await source.acknowledge(delivery)
    await source.leave()
    assert await redis.xinfo_consumers(KEYS.requests, "agents") == []


async def test_a_turn_given_up_is_recorded_without_its_content(redis: Redis) -> None:
    source = RedisSource(redis, KEYS, name="one")
    await source.dead_letter("alice", uuid4(), uuid4(), "crashed")
    [(_, fields)] = await entries(redis, KEYS.dead)
    assert set(fields) == {b"user", b"session", b"turn", b"reason"}
    assert await redis.ttl(KEYS.dead) > 0
