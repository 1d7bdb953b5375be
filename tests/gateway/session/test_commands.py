"""What a user may ask for, and what is asked of the middle for it."""

from uuid import uuid4

import msgspec
import pytest
from redis.exceptions import RedisError

from gateway.wire.client_frames import UserMessage
from gateway.wire.close_codes import RefusedError
from gateway.wire.session_id import SessionKey
from tests.gateway.session.doubles import Gateway, gateway

SESSION = SessionKey("alice", uuid4())


@pytest.fixture
def parts() -> Gateway:
    return gateway()


async def kinds(parts: Gateway) -> list[str]:
    epoch = (await parts.relay.catch_up(SESSION)).epoch
    frames = (await parts.relay.catch_up(SESSION, epoch=epoch)).frames
    return [msgspec.json.decode(frame)["type"] for frame in frames]


async def test_the_first_question_wakes_a_worker_and_those_behind_it_do_not(parts: Gateway) -> None:
    acks = [(await parts.services.commands.ask(SESSION, UserMessage("Why?")))[0] for _ in range(3)]
    assert [(ack.status, ack.position) for ack in acks] == [("accepted", 0), ("queued", 1), ("queued", 2)]
    assert [request.turn for request in parts.relay.woken] == [acks[0].turn_id]
    assert await kinds(parts) == ["user_echo"] * 3


async def test_what_is_stored_is_acknowledged_though_redis_is_away(parts: Gateway) -> None:
    parts.relay.away = True
    ack, ending = await parts.services.commands.ask(SESSION, UserMessage("Why?"))
    assert (ack.status, ending) == ("accepted", None)
    assert list(parts.conversations.asked) == [ack.turn_id]


async def test_a_refusal_stores_and_says_nothing(parts: Gateway) -> None:
    with pytest.raises(RefusedError) as refused:
        await parts.services.commands.ask(SESSION, UserMessage("Why?", context_ticker="NOPE"))
    assert refused.value.code == "unknown_ticker"
    with pytest.raises(RefusedError):
        await parts.services.commands.set_context(SESSION, "NOPE")
    assert not parts.conversations.asked
    assert not parts.relay.woken
    assert await kinds(parts) == []


async def test_beyond_the_rate_only_what_was_taken_before_is_looked_at() -> None:
    parts = gateway(allowed=1)
    turn = uuid4()
    await parts.services.commands.ask(SESSION, UserMessage("Why?", turn_id=turn))
    for other in (None, uuid4()):
        with pytest.raises(RefusedError) as refused:
            await parts.services.commands.ask(SESSION, UserMessage("Why?", turn_id=other))
        assert (refused.value.code, refused.value.retry_after_ms) == ("rate_limited", 700)
    assert list(parts.conversations.asked) == [turn]


async def test_a_page_is_told_to_the_session_and_null_is_one_too(parts: Gateway) -> None:
    await parts.services.commands.set_context(SESSION, "KO")
    await parts.services.commands.set_context(SESSION, None)
    assert await kinds(parts) == ["context"] * 2


async def test_a_cancel_is_signalled_where_there_is_something_to_cancel(parts: Gateway) -> None:
    await parts.services.commands.cancel(SESSION, None)
    assert not parts.relay.cancelled
    turn = uuid4()
    await parts.services.commands.ask(SESSION, UserMessage("Why?", turn_id=turn))
    await parts.services.commands.cancel(SESSION, turn)
    assert parts.relay.cancelled == [(SESSION, turn)]
    with pytest.raises(RefusedError):
        await parts.services.commands.cancel(SESSION, uuid4())
    parts.relay.away = True
    with pytest.raises(RedisError):
        await parts.services.commands.cancel(SESSION, turn)
