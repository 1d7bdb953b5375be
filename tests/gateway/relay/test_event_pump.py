"""The subscriber against a real server: confirmed, delivered, connected again, and never deaf for long."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError

from deploy.local.valkey import Valkey
from gateway.relay import event_pump as module
from gateway.relay.event_pump import EventPump
from shared.redis_client import open_redis


class Heard:
    """What the pump told, as it comes."""

    def __init__(self) -> None:
        self.messages: asyncio.Queue[tuple[bytes, bytes]] = asyncio.Queue()
        self.resubscribed: asyncio.Queue[bytes] = asyncio.Queue()


@asynccontextmanager
async def pumping(redis: Redis, heard: Heard) -> AsyncIterator[EventPump]:
    pump = EventPump(
        redis,
        heartbeat="beat:test",
        deliver=lambda channel, payload: heard.messages.put_nowait((channel, payload)),
        resubscribed=heard.resubscribed.put_nowait,
    )
    running = asyncio.create_task(pump.run())
    try:
        yield pump
    finally:
        running.cancel()
        await asyncio.wait([running])


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    async with open_redis(redis_url, name="test") as client:
        yield client


@pytest.fixture
def heard() -> Heard:
    return Heard()


async def alive(pump: EventPump, wanted: bool = True) -> None:
    async with asyncio.timeout(15):
        while pump.alive is not wanted:
            await asyncio.sleep(0.02)


async def subscribers(redis: Redis, channel: str) -> int:
    return int((await redis.pubsub_numsub(channel))[0][1])


async def test_from_the_return_of_follow_on_everything_is_delivered_in_order(
    redis: Redis, heard: Heard
) -> None:
    async with pumping(redis, heard) as pump, asyncio.timeout(15):
        await alive(pump)
        await asyncio.gather(pump.follow(b"one"), pump.follow(b"two"))
        assert pump.followed == 2
        for number in range(100):
            await redis.publish("one", str(number))
        assert [await heard.messages.get() for _ in range(100)] == [
            (b"one", str(number).encode()) for number in range(100)
        ]
        await pump.follow(b"one")  # it is: nothing to wait for
        assert heard.resubscribed.empty()


async def test_what_is_no_longer_followed_is_not_heard(redis: Redis, heard: Heard) -> None:
    async with pumping(redis, heard) as pump, asyncio.timeout(15):
        await alive(pump)
        await pump.follow(b"one")
        await pump.follow(b"two")
        await pump.unfollow(b"one")
        while await subscribers(redis, "one"):
            await asyncio.sleep(0.01)
        await redis.publish("one", "unheard")
        await redis.publish("two", "heard")
        assert await heard.messages.get() == (b"two", b"heard")
        assert pump.followed == 1


async def test_a_cut_connection_is_replaced_and_every_channel_asks_for_a_replay(
    redis: Redis, heard: Heard
) -> None:
    async with pumping(redis, heard) as pump, asyncio.timeout(20):
        await alive(pump)
        await pump.follow(b"one")
        await pump.follow(b"two")
        await redis.client_kill_filter(_type="pubsub")
        assert {await heard.resubscribed.get() for _ in range(2)} == {b"one", b"two"}
        await redis.publish("two", "after")
        assert await heard.messages.get() == (b"two", b"after")


async def test_what_is_asked_for_while_redis_is_away_is_followed_when_it_is_back(
    redis: Redis, valkey: Valkey, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CONFIRM_TIMEOUT", 0.2)
    async with pumping(redis, heard) as pump, asyncio.timeout(30):
        await alive(pump)
        await valkey.kill()
        await alive(pump, wanted=False)
        with pytest.raises((TimeoutError, OSError, RedisError)):
            await pump.follow(b"one")
        await valkey.restart()
        assert await heard.resubscribed.get() == b"one"
        await alive(pump)
        await redis.publish("one", "heard")
        assert await heard.messages.get() == (b"one", b"heard")


async def test_silence_is_taken_for_deafness(
    redis: Redis, valkey: Valkey, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SILENCE", 0.5)
    monkeypatch.setattr(module, "BEAT", 0.1)
    async with pumping(redis, heard) as pump, asyncio.timeout(30):
        await alive(pump)
        await pump.follow(b"one")
        valkey.pause()  # no error anywhere: it just says nothing
        await alive(pump, wanted=False)
        valkey.resume()
        assert await heard.resubscribed.get() == b"one"
        await alive(pump)
