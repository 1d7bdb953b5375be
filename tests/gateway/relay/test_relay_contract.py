"""What a `Relay` promises, held against the one over Redis and the one in memory."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import msgspec
import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError

from deploy.imports.announce import announce
from deploy.local.valkey import Valkey
from gateway.relay.event_pump import EventPump
from gateway.relay.import_channel import ImportChannel
from gateway.relay.ports import Relay
from gateway.relay.redis_relay import RedisRelay
from gateway.wire.session_id import SessionKey
from shared.frames.analyses_changed import AnalysesChanged
from shared.frames.turn_events import Context, UserEcho
from shared.frames.turn_requests import TurnRequest
from shared.redis_client import open_redis
from shared.redis_keys import RedisKeys
from tests.gateway.relay.memory_relay import MemoryRelay

LOG_MAX = 4


class Middle(NamedTuple):
    """A relay, and what may befall what is behind it."""

    relay: Relay
    flush: Callable[[], Awaitable[object]]
    go_away: Callable[[], Awaitable[None]]
    woken: Callable[[], Awaitable[list[TurnRequest]]]
    publish_import: Callable[[AnalysesChanged], Awaitable[None]]
    imports: asyncio.Queue[AnalysesChanged]


@pytest.fixture(params=["memory", "redis"])
async def middle(request: pytest.FixtureRequest, valkey: Valkey) -> AsyncIterator[Middle]:
    imports: asyncio.Queue[AnalysesChanged] = asyncio.Queue()
    if request.param == "memory":
        memory = MemoryRelay(event_log_max=LOG_MAX)

        async def flush() -> None:
            memory.flush()

        async def leave() -> None:
            memory.away = True

        async def woken() -> list[TurnRequest]:
            return memory.woken

        memory.imports.append(imports.put_nowait)
        yield Middle(memory, flush, leave, woken, memory.publish_import, imports)
        return
    keys = RedisKeys()
    async with (
        open_redis(valkey.url, name="test") as redis,
        open_redis(valkey.url, name="test", retries=1) as resending,
    ):

        async def asked() -> list[TurnRequest]:
            entries: Any = await redis.xrange(keys.requests)
            return [TurnRequest.from_fields(fields) for _, fields in entries]

        relay = RedisRelay(redis, resending, keys, name="test", event_log_max=LOG_MAX)

        async def publish_import(changed: AnalysesChanged) -> None:
            assert (
                await announce(valkey.url, [(name, changed.as_of) for name in changed.tickers or ()]) is None
            )

        async with hearing_imports(redis, keys, imports):
            yield Middle(relay, redis.flushall, valkey.kill, asked, publish_import, imports)


@asynccontextmanager
async def hearing_imports(
    redis: Redis, keys: RedisKeys, imports: asyncio.Queue[AnalysesChanged]
) -> AsyncIterator[None]:
    channel, subscribed = keys.analyses.encode(), asyncio.Event()
    heard = ImportChannel(
        channel,
        landed=imports.put_nowait,
        missed=subscribed.set,
        deliver=lambda _, __: None,
        resubscribed=lambda _: None,
    )
    pump = EventPump(
        redis, heartbeat="beat:", deliver=heard.deliver, resubscribed=heard.resubscribed, always=[channel]
    )
    running = asyncio.create_task(pump.run())
    async with asyncio.timeout(10):
        await subscribed.wait()
    assert pump.followed == 0  # of those that were asked for
    yield
    running.cancel()
    await asyncio.wait([running])


@pytest.fixture
def session() -> SessionKey:
    return SessionKey("al ice:", uuid4())


def page(number: int) -> Context:
    return Context(f"T{number}", None, None)


def numbers(frames: list[bytes]) -> list[int]:
    return [msgspec.json.decode(frame)["seq"] for frame in frames]


async def test_events_are_numbered_from_one_and_what_follows_is_given(
    middle: Middle, session: SessionKey
) -> None:
    relay = middle.relay
    new = await relay.catch_up(session)
    assert (new.seq, new.recovered, new.frames, new.turn) == (0, False, [], None)
    for number in range(3):
        await relay.announce(session, page(number))
    all_of_it = await relay.catch_up(session, epoch=new.epoch, seq=0)
    assert (all_of_it.epoch, all_of_it.seq, all_of_it.recovered) == (new.epoch, 3, True)
    assert numbers(all_of_it.frames) == [1, 2, 3]
    assert b'"type":"context","ticker":"T0"' in all_of_it.frames[0]
    assert numbers((await relay.catch_up(session, epoch=new.epoch, seq=2)).frames) == [3]
    nothing = await relay.catch_up(session, epoch=new.epoch, seq=3)
    assert (nothing.recovered, nothing.frames) == (True, [])


async def test_what_cannot_be_said_is_not_recovered(middle: Middle, session: SessionKey) -> None:
    relay = middle.relay
    for number in range(LOG_MAX + 2):
        await relay.announce(session, page(number))
    epoch = (await relay.catch_up(session)).epoch
    for seen, seq in ((epoch, 1), (epoch, LOG_MAX + 3), ("other", 3), ("", 0)):
        caught = await relay.catch_up(session, epoch=seen, seq=seq)
        assert (caught.recovered, caught.frames, caught.seq) == (False, [], LOG_MAX + 2)
    assert numbers((await relay.catch_up(session, epoch=epoch, seq=2)).frames) == [3, 4, 5, 6]


async def test_under_a_name_an_event_is_announced_once(middle: Middle, session: SessionKey) -> None:
    relay = middle.relay
    for _ in range(2):
        await relay.announce(session, UserEcho(UUID(int=1), "Why?", None), once="echo")
        await relay.announce(session, page(1))
    assert (await relay.catch_up(session)).seq == 3


async def test_sessions_do_not_know_of_each_other(middle: Middle, session: SessionKey) -> None:
    await middle.relay.announce(session, page(1))
    for other in (SessionKey("bob", session.session), SessionKey(session.user, uuid4())):
        assert (await middle.relay.catch_up(other)).seq == 0


@pytest.mark.parametrize("lost", ["flushed", "forgotten"])
async def test_a_lost_session_begins_again_in_another_epoch(
    middle: Middle, session: SessionKey, lost: str
) -> None:
    relay = middle.relay
    await relay.announce(session, page(1))
    before = await relay.catch_up(session)
    await (middle.flush() if lost == "flushed" else relay.forget(session))
    await relay.announce(session, page(2))
    after = await relay.catch_up(session, epoch=before.epoch, seq=1)
    assert after.epoch != before.epoch
    assert (after.seq, after.recovered) == (1, False)


async def test_it_notices_that_everything_was_lost(middle: Middle) -> None:
    assert [await middle.relay.remembers() for _ in range(3)] == [False, True, True]
    await middle.flush()
    assert [await middle.relay.remembers() for _ in range(2)] == [False, True]


async def test_a_request_wakes_as_it_was_made(middle: Middle, session: SessionKey) -> None:
    request = TurnRequest(*session, uuid4(), "Why? – €", None)
    await middle.relay.wake(request)
    await middle.relay.signal_cancel(session, request.turn)
    assert await middle.woken() == [request]
    assert await middle.relay.model() is None


async def test_an_import_is_heard_as_it_was_announced(middle: Middle) -> None:
    changed = [AnalysesChanged(dt.date(2026, 8, day), ["BF.B", "KO"]) for day in (22, 29)]
    for each in changed:
        await middle.publish_import(each)
    async with asyncio.timeout(10):
        assert [await middle.imports.get() for _ in changed] == changed


async def test_while_it_is_away_every_call_says_so(middle: Middle, session: SessionKey) -> None:
    relay = middle.relay
    await middle.go_away()
    for call in (
        lambda: relay.catch_up(session),
        lambda: relay.announce(session, page(1)),
        lambda: relay.announce(session, page(1), once="name"),
        lambda: relay.wake(TurnRequest(*session, uuid4(), "Why?", None)),
        lambda: relay.signal_cancel(session, uuid4()),
        lambda: relay.forget(session),
        relay.remembers,
        relay.model,
    ):
        with pytest.raises(RedisError):
            await call()
