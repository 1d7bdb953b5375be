"""Redis or Postgres going away is `unavailable`, not a crash; and an orderly end."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contract.conftest import put_analyses
from tests.support.chat_client import ChatClient, Frame, Turn, token
from tests.support.stack import Stack

STOP = 20.0
"""Seconds a gateway may take to end. Alone it takes some 8, all of them time limits of its own."""


@pytest.fixture
async def system(tmp_path: Path, database_url: str) -> AsyncIterator[Stack]:
    """A gateway and a worker of one's own."""
    await put_analyses(database_url)
    async with Stack(tmp_path, database_url=database_url, env={"TURN_LEASE_SECONDS": "2"}) as stack:
        yield stack


def numbers(client: ChatClient) -> list[int]:
    return [
        frame["seq"]
        for frame in client.frames
        if frame["type"] in ("user_echo", "ai_start", "ai_chunk", "ai_reset", "ai_complete")
    ]


async def refused(client: ChatClient, question: str) -> Frame:
    """Ask; the error that comes within a few seconds."""
    turn_id = await client.ask(question)
    error = await client.next_frame("error", timeout=8)
    assert error["turn_id"] == turn_id
    return error


async def answered(client: ChatClient, question: str, *, within: float) -> None:
    """Ask until it is answered: what is refused is sent again under the same id."""
    deadline = time.monotonic() + within
    turn_id = await client.ask(question)
    while (await client.next_frame("ack", "error", timeout=within))["type"] == "error":
        assert time.monotonic() < deadline
        await asyncio.sleep(0.2)
        await client.ask(question, turn_id=turn_id)
    await client.next_frame("ai_complete", timeout=within)


async def test_redis_dies_and_comes_back(system: Stack) -> None:
    client = await system.full("alice")
    await client.collect_turn(await client.ask("Before"))
    await client.next_frame("ai_complete")
    await system.valkey.kill()
    error = await refused(client, "While it is away")
    assert (error["code"], error["retryable"]) == ("unavailable", True)
    late = await ChatClient.seed(system.url, client.session_id)
    await late.send("hello", token=token("alice"))
    assert (await late.next_frame("error", timeout=10))["code"] == "unavailable"

    await system.valkey.start()
    await answered(client, "When it is back", within=20)
    assert (await late.next_frame("ready", timeout=20))["type"] == "ready"
    await late.close()
    assert client.close_code is None


async def test_redis_stalls_silently(system: Stack) -> None:
    client = await system.full("alice")
    turn_id = await client.ask("Stalled [[chunks=40 delay=0.05]]")
    await client.next_frame("ai_chunk")
    system.valkey.pause()
    assert (await refused(client, "Meanwhile"))["code"] == "unavailable"
    await asyncio.sleep(8)
    system.valkey.resume()
    turn = await client.collect_turn(turn_id, timeout=30)
    assert turn.text == turn.ending["full_message"]
    assert len([frame for frame in client.frames if frame["type"] == "ready"]) == 1
    assert numbers(client) == list(range(1, len(numbers(client)) + 1))


async def test_postgres_goes_away_and_comes_back(tmp_path: Path) -> None:
    async with Stack(tmp_path, env={"TURN_LEASE_SECONDS": "2"}) as system:
        assert system.postgres
        client = await system.full("alice")
        await client.collect_turn(await client.ask("Before"))
        await client.next_frame("ai_complete")
        await system.postgres.kill()
        assert (await refused(client, "While it is away"))["code"] == "unavailable"
        await system.postgres.start()
        await answered(client, "When it is back", within=20)


async def test_sigterm_closes_everybody_with_1012_even_if_one_does_not_read(system: Stack) -> None:
    clients = [await system.full(f"user-{n % 10}") for n in range(60)]
    deaf = await ChatClient.seed(system.url, token=token("alice"), read=False)
    for _ in range(40):
        await clients[0].ask("Go on [[chunks=300 delay=0.02]]")
    started = time.monotonic()
    gateway = system.gateways[0]
    gateway.terminate()
    codes = await asyncio.gather(*(client.closed() for client in clients))
    assert set(codes) == {1012}
    assert await gateway.child.wait(STOP) == 0
    assert time.monotonic() - started < STOP
    deaf.start_reading()
    assert await deaf.closed() in (1012, 1006)


async def test_sigterm_while_postgres_does_not_answer(tmp_path: Path) -> None:
    async with Stack(tmp_path, workers=0) as system:
        assert system.postgres
        client = await system.full("alice")
        system.postgres.pause()
        await client.ask("Never stored")
        await asyncio.sleep(0.2)
        started = time.monotonic()
        assert await system.gateways[0].end(STOP) == 0
        assert time.monotonic() - started < STOP
        assert await client.closed() in (1012, 1006)
        system.postgres.resume()


async def test_a_turn_accepted_at_the_end_is_acknowledged_and_answered(system: Stack) -> None:
    client = await system.full("alice")
    turn_id = await client.ask("Just in time")
    system.gateways[0].terminate()
    assert await client.closed() == 1012
    acked = any(frame["type"] == "ack" for frame in client.frames)
    rows = await system.fetch("select from chat_turns where turn_id = $1::text::uuid", turn_id)
    assert acked == bool(rows)
    other = await system.add_gateway()
    back = await ChatClient.full(other.url, client.session_id, token=token("alice"))
    await back.ask("Just in time", turn_id=turn_id)
    await back.next_frame("ai_complete")
    assert system.gemini.calls("Just in time") == 1


async def test_a_killed_gateway_loses_nothing(system: Stack) -> None:
    other = await system.add_gateway()
    client = await system.full("alice")
    turn_id = await client.ask("Go on [[chunks=60 delay=0.03]]")
    await client.next_frame("ai_chunk")
    await system.gateways[0].kill()
    assert await client.closed() == 1006
    back = await ChatClient.full(other.url, client.session_id, token=token("alice"), resume=client.position)
    turn = await back.collect_turn(turn_id)
    assert back.ready["recovered"] is True
    seen = numbers(client) + numbers(back)
    assert seen == list(range(1, len(seen) + 1))
    shown = [frame for frame in (*client.frames, *back.frames) if frame.get("turn_id") == turn_id]
    assert Turn(turn_id, shown).text == turn.ending["full_message"]
    await back.close()
