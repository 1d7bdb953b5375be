"""What a socket leaves in Redis: little and not for long, until something is asked."""

import pytest

from tests.support.stack import Stack

pytestmark = pytest.mark.asyncio(loop_scope="module")

HOUR = 3600


async def test_a_session_that_asked_nothing_is_gone_within_an_hour(stack: Stack, user: str) -> None:
    redis = stack.redis()
    client = await stack.full(user)
    await client.next_frame("snapshot")
    await client.send("set_context", ticker="KO")
    await client.next_frame("context")
    await stack.full(user, client.session_id, gateway=1)
    left = [key async for key in redis.scan_iter(f"*{client.session_id}*")]
    assert left
    for key in left:
        assert 0 < await redis.ttl(key) <= HOUR, key

    await client.collect_turn(await client.ask("Now something is asked"))
    assert await redis.ttl(f"chat:{{0}}:session:{user}:{client.session_id}") > 24 * HOUR
    assert len([frame for frame in client.frames if frame["type"] == "ready"]) == 1
    numbers = [frame["seq"] for frame in client.frames if "turn_id" in frame and "seq" in frame]
    assert numbers == list(range(2, len(numbers) + 2))


async def test_a_session_that_expired_under_an_open_socket_goes_on(stack: Stack, user: str) -> None:
    client = await stack.full(user)
    other = await stack.full(user)
    await client.next_frame("snapshot")
    await stack.redis().delete(f"chat:{{0}}:session:{user}:{client.session_id}")
    turn = await client.collect_turn(await client.ask("After more than an hour"))
    assert turn.ending["finish_reason"] == "stop"
    assert [frame["recovered"] for frame in client.frames if frame["type"] == "ready"] == [False, False]
    await other.send("ping", t=1)
    await other.next_frame("pong")
    assert len([frame for frame in other.frames if frame["type"] == "ready"]) == 1, "it lost nothing"
