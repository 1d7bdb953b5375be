"""Resume: from every point of a recorded answer, on either gateway, without gap or duplicate."""

import asyncio
from uuid import UUID

import pytest
from redis.asyncio import Redis

from shared.frames.turn_events import Context, open_frame
from shared.redis_keys import RedisKeys
from shared.scripts.session_scripts import SessionScripts
from tests.fakes.gemini_script import answer_text
from tests.support.chat_client import ChatClient, Frame
from tests.support.stack import Stack

pytestmark = pytest.mark.asyncio(loop_scope="module")

SOCKET_FRAMES = {"ready", "snapshot", "ack", "pong", "error", "auth_expiring", "authenticated"}


def events(client: ChatClient) -> list[Frame]:
    return [frame for frame in client.frames if frame["type"] not in SOCKET_FRAMES]


def said(client: ChatClient, turn_id: str) -> str:
    chunks = (frame for frame in client.frames if frame["type"] == "ai_chunk")
    return "".join(chunk["content"] for chunk in chunks if chunk["turn_id"] == turn_id)


async def caught_up(client: ChatClient) -> None:
    """Everything the gateway had to say has arrived: frames are sent in order."""
    await client.send("ping", t="end")
    await client.next_frame("pong")


async def test_resume_at_every_cut_point_of_a_recorded_answer(stack: Stack, user: str) -> None:
    first = await stack.full(user)
    epoch = first.ready["epoch"]
    await first.collect_turn(await first.ask("Record [[chunks=12 delay=0.01]]"))
    recorded = events(first)
    assert len(recorded) >= 8

    for cut in range(len(recorded) + 1):
        seen = {"epoch": epoch, "seq": recorded[cut - 1]["seq"] if cut else 0}
        client = await stack.full(user, first.session_id, gateway=cut % 2, resume=seen)
        await caught_up(client)
        assert client.ready["recovered"] is True
        assert client.ready["seq"] == seen["seq"]
        assert events(client) == recorded[cut:]
        assert client.frames[0]["type"] == "ready"
        assert "snapshot" not in {frame["type"] for frame in client.frames}
        await client.close()


async def test_resume_in_mid_answer_goes_on_live(stack: Stack, user: str) -> None:
    whole = await stack.full(user)
    reader = await stack.full(user, whole.session_id)
    turn_id = await whole.ask("Slowly [[chunks=3000 delay=0.02]]")  # it is stopped at the end
    seen: list[Frame] = []
    for reconnect in range(8):
        await reader.next_frame("ai_chunk")
        await reader.cut()
        seen += events(reader)
        position = {"epoch": whole.ready["epoch"], "seq": seen[-1]["seq"]}
        reader = await stack.full(user, whole.session_id, gateway=reconnect % 2, resume=position)
        assert reader.ready["recovered"] is True
    await whole.send("cancel", turn_id=turn_id)
    await reader.collect_turn(turn_id)
    seen += events(reader)
    await whole.collect_turn(turn_id)
    assert seen == events(whole)


async def test_a_snapshot_in_mid_answer_holds_the_text_so_far(stack: Stack, user: str) -> None:
    client = await stack.full(user)
    done = await client.ask("Before")
    await client.collect_turn(done)
    turn_id = await client.ask(question := "Held [[hold=4 chunks=8]]")
    so_far = answer_text(question)[: 4 * 12]
    while said(client, turn_id) != so_far:
        await client.next_frame("ai_chunk")

    late = await stack.full(user, client.session_id, gateway=1)
    snapshot = await late.next_frame("snapshot")
    assert late.ready["active_turn"] == turn_id
    assert snapshot["active"] == {
        "turn_id": turn_id,
        "attempt": 1,
        "text": so_far,
        "figures": [],
        "lookups": [],
    }
    assert [message["role"] for message in snapshot["messages"]] == ["user", "assistant", "user"]
    assert snapshot["queued"] == []

    stack.gemini.release("Held")
    turn = await late.collect_turn(turn_id)
    assert so_far + turn.text == turn.ending["full_message"]
    assert events(late)[0]["seq"] == snapshot["seq"] + 1


@pytest.mark.parametrize("position", [{"epoch": "other", "seq": 3}, {"epoch": None, "seq": 10_000}])
async def test_an_unknown_position_gets_a_snapshot(stack: Stack, user: str, position: Frame) -> None:
    client = await stack.full(user)
    await client.collect_turn(await client.ask("Something"))
    resume = {"epoch": position["epoch"] or client.ready["epoch"], "seq": position["seq"]}
    back = await stack.full(user, client.session_id, resume=resume)
    snapshot = await back.next_frame("snapshot")
    assert back.ready["recovered"] is False
    assert snapshot["seq"] == back.ready["seq"] == client.frames[-1]["seq"]
    assert [message["role"] for message in snapshot["messages"]] == ["user", "assistant"]


async def test_a_trimmed_log_gets_a_snapshot_with_the_partial_text(stack: Stack, user: str) -> None:
    client = await stack.full(user)
    start = {"epoch": client.ready["epoch"], "seq": 1}
    turn_id = await client.ask("Long [[hold=4]]")
    await client.next_frame("ai_chunk")
    keys = RedisKeys().of_session(user, UUID(client.session_id))
    async with Redis.from_url(stack.redis_url) as redis:
        scripts = SessionScripts(redis, event_log_max=400)
        for _ in range(400):  # all that the log holds; how many chunks words make depends on the machine
            await scripts.announce(keys, open_frame(Context(None, None, None)))
    back = await stack.full(user, client.session_id, gateway=1, resume=start)
    assert back.ready["recovered"] is False
    snapshot = await back.next_frame("snapshot")
    assert snapshot["active"]["text"]
    stack.gemini.release("Long")
    turn = await back.collect_turn(turn_id)
    assert snapshot["active"]["text"] + turn.text == turn.ending["full_message"]


async def test_when_redis_loses_everything_sockets_get_a_snapshot_and_go_on(stack: Stack, user: str) -> None:
    client = await stack.full(user)
    turn_id = await client.ask("Survive [[hold=5 chunks=10]]")
    await stack.gemini.wait(held=1)
    await caught_up(client)
    await stack.redis().flushall()
    other = await client.ask("Queued meanwhile")
    await client.next_frame("ready")
    stack.gemini.release("Survive")
    first, second = await client.collect_turn(turn_id), await client.collect_turn(other)
    assert first.text == first.ending["full_message"]
    assert second.text == second.ending["full_message"]
    again = [frame for frame in client.frames if frame["type"] == "ready"]
    assert [frame["recovered"] for frame in again] == [False, False]
    assert again[0]["epoch"] != again[1]["epoch"]


async def test_at_the_seed_level_an_ending_is_told_though_redis_lost_it(stack: Stack, user: str) -> None:
    """Whether it comes before the socket has caught up or after."""
    clients = [await stack.seed(f"{user}-{number}") for number in range(12)]
    for client in clients:
        await client.ask("Survive, seed [[hold=1 chunks=2]]")
        await client.next_frame("ai_chunk")
    await stack.redis().flushall()
    stack.gemini.release("Survive, seed")
    for client in clients:
        assert (await client.next_frame("ai_complete"))["finish_reason"] == "stop"


async def test_a_silent_socket_is_told_that_redis_lost_everything(stack: Stack, user: str) -> None:
    client = await stack.full(user)
    await client.collect_turn(await client.ask("Before"))
    before = client.ready["epoch"]
    await stack.redis().flushall()
    ready = await client.next_frame("ready")
    assert (ready["recovered"], ready["epoch"] != before) == (False, True)
    snapshot = await client.next_frame("snapshot")
    assert [message["role"] for message in snapshot["messages"]] == ["user", "assistant"]


async def test_a_cut_subscriber_connection_is_repaired_without_a_reload(stack: Stack, user: str) -> None:
    client = await stack.full(user)
    turn_id = await client.ask("Through [[chunks=80 delay=0.03]]")
    await client.next_frame("ai_chunk")
    killed = await stack.redis().client_kill_filter(_type="pubsub")
    assert killed >= 2
    turn = await client.collect_turn(turn_id)
    numbers = [frame["seq"] for frame in events(client)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert turn.text == turn.ending["full_message"]
    assert len([frame for frame in client.frames if frame["type"] == "ready"]) == 1


async def test_reloading_leaves_no_subscription_behind(stack: Stack, user: str) -> None:
    session = (await stack.full(user)).session_id
    channel = f"chat:{{0}}:live:{user}:{session}"
    redis = stack.redis()
    for _ in range(10):
        client = await stack.full(user, session)
        await client.cut()
    [(_, subscribers)] = await redis.pubsub_numsub(channel)
    assert subscribers == 1
    for client in stack.clients:
        await client.cut()
    stack.clients.clear()
    async with asyncio.timeout(20):
        while (await redis.pubsub_numsub(channel))[0][1]:
            await asyncio.sleep(0.1)
