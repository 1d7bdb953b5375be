"""The sink under an outage: nothing lost, nothing doubled, everything in order."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from agent_worker.emit.redis_sink import RedisSink
from agent_worker.metrics import WorkerMetrics
from deploy.local.valkey import Valkey
from shared.frames.turn_events import AiChunk, AiStart, open_frame
from shared.redis_client import open_redis
from shared.redis_keys import RedisKeys
from shared.scripts.session_scripts import Emission, SessionScripts
from tests.support.event_log import logged_frames

TURN = uuid4()
KEYS = RedisKeys().of_session("alice", uuid4())


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    async with open_redis(redis_url, name="test", timeout=20) as client:
        yield client


@asynccontextmanager
async def running(redis: Redis) -> AsyncIterator[RedisSink]:
    sink = RedisSink(redis, SessionScripts(redis, event_log_max=4096), WorkerMetrics())
    sending = asyncio.create_task(sink.run())
    yield sink
    sending.cancel()
    await asyncio.wait([sending])


@pytest.fixture
async def sink(redis: Redis) -> AsyncIterator[RedisSink]:
    async with running(redis) as sink:
        yield sink


def opening() -> Emission:
    return Emission(KEYS, "open", 1, 1, TURN, 1, [b"", open_frame(AiStart(TURN, 1, None, "test"))])


def chunk(number: int) -> Emission:
    return Emission(
        KEYS,
        "chunk",
        number + 2,
        1,
        TURN,
        1,
        [open_frame(AiChunk(str(number), TURN, 1))],
        str(number).encode(),
        number,
    )


async def test_steps_queued_together_are_taken_in_order(sink: RedisSink, redis: Redis) -> None:
    steps = [opening(), *(chunk(number) for number in range(9))]
    assert await asyncio.gather(*(sink.emit(step) for step in steps)) == ["ok"] * 10
    assert await redis.get(KEYS.text) == b"012345678"


async def test_a_silent_server_is_waited_out_without_doubling(redis: Redis, valkey: Valkey) -> None:
    async with open_redis(valkey.url, name="hasty", timeout=0.3) as hasty, running(hasty) as sink:
        await sink.emit(opening())
        valkey.pause()
        waiting = sink.emit(chunk(0))
        await asyncio.wait([waiting], timeout=0.7)  # longer than the command's time-out: the reply is lost
        assert not waiting.done()
        valkey.resume()
        assert await waiting in ("ok", "repeated")
    assert await redis.get(KEYS.text) == b"0"
    assert [frame["type"] for frame in await logged_frames(redis, KEYS)] == ["ai_start", "ai_chunk"]


async def test_a_restarted_server_learns_the_script_again(sink: RedisSink, valkey: Valkey) -> None:
    await sink.emit(opening())
    await valkey.kill()
    waiting = sink.emit(chunk(0))
    await valkey.restart()
    assert await waiting in ("ok", "lost")  # lost, if its last second was not on the disk yet


async def test_a_step_that_can_never_be_taken_fails_alone(sink: RedisSink, redis: Redis) -> None:
    await sink.emit(opening())
    other = RedisKeys().of_session("bob", uuid4())
    await redis.set(other.session, "not a hash")
    bad = sink.emit(opening()._replace(keys=other))
    good = sink.emit(chunk(0))
    assert await good == "ok"
    with pytest.raises(Exception, match="WRONGTYPE"):
        await bad
