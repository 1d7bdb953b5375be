"""Too much of anything is refused by its name; what was accepted is still answered."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from uuid import uuid4

import pytest
import pytest_asyncio
from websockets.exceptions import ConnectionClosed

from tests.support.chat_client import ChatClient, SocketClosedError, token
from tests.support.databases import Databases
from tests.support.stack import Stack

pytestmark = pytest.mark.asyncio(loop_scope="module")

LIMITS = {
    "MESSAGE_RATE": "20",
    "MAX_SOCKETS": "12",
    "MAX_SOCKETS_PER_USER": "3",
    "MAX_SOCKETS_PER_ADDRESS": "8",
    "BACKLOG_MAX": "4",
    "DAILY_TOKEN_BUDGET": "5000",
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def limited(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    """Two gateways with narrow limits."""
    async with databases.database() as url:
        folder = tmp_path_factory.mktemp("limited")
        async with Stack(folder, database_url=url, gateways=2, workers=1, gateway_env=LIMITS) as running:
            yield running


@pytest_asyncio.fixture(autouse=True, loop_scope="module")
async def leave(limited: Stack) -> AsyncIterator[None]:
    """Every test begins without sockets."""
    yield
    for client in limited.clients:
        await client.close()
    limited.clients.clear()


async def test_questions_beyond_the_rate_are_refused_on_every_gateway(limited: Stack, user: str) -> None:
    client = await limited.full(user)
    assert client.ready["limits"]["message_rate"] == 20
    other = await limited.full(user, gateway=1)
    began, within = time.monotonic(), 0
    for each in (client, other):
        while True:
            turn_id = await each.ask("Within the rate?", context_ticker="NOPE")
            error = await each.next_frame("error")
            if error["code"] != "unknown_ticker":
                break
            within += 1
        assert (error["code"], error["turn_id"], error["retryable"]) == ("rate_limited", turn_id, True)
        assert 0 < error["retry_after_ms"] <= 3000
        assert 20 <= within <= 20 + (time.monotonic() - began) / 3  # one more every three seconds


async def test_a_flood_of_questions_is_4429(limited: Stack, user: str) -> None:
    client = await limited.full(user)
    with suppress(ConnectionClosed):  # as soon as it is enough
        for number in range(120):
            await client.send("user_message", content=f"Flood {number}", context_ticker="NOPE")
    assert await client.closed() == 4429
    assert sum(frame.get("code") in ("rate_limited", "overloaded") for frame in client.frames) == 20


async def test_sockets_per_user(limited: Stack, user: str) -> None:
    clients = [await limited.full(user) for _ in range(3)]
    one_more = await limited.seed(user)
    assert await one_more.closed() == 4429
    await clients[0].close()
    assert (await admitted(limited, user)).ready


async def test_sockets_per_address_and_per_process(limited: Stack, user: str) -> None:
    here = [await ChatClient.seed(limited.url, token=token(f"{user}-{n}")) for n in range(8)]
    one_more = await ChatClient.seed(limited.url)
    assert await one_more.closed() == 4429
    elsewhere = [await _from("127.0.0.2", limited.url) for _ in range(4)]
    full = await _from("127.0.0.3", limited.url)
    assert await full.closed() == 1013
    for client in (*here, *elsewhere):
        await client.close()
    assert (await admitted(limited, user)).ready


async def test_a_full_backlog_is_overloaded_and_what_was_accepted_is_answered(
    limited: Stack, user: str
) -> None:
    clients = [await limited.full(f"{user}-{n}") for n in range(4)]
    accepted = [await client.ask(f"Held {n} [[hold=1]]") for n, client in enumerate(clients)]
    for client in clients:
        await client.next_frame("ack")
    late = await limited.full(user, gateway=1)
    await late.ask("No room")
    error = await late.next_frame("error")
    assert (error["code"], error["retryable"]) == ("overloaded", True)
    assert error["retry_after_ms"] > 0
    await limited.gemini.wait(held=4)
    limited.gemini.release()
    for client, turn_id in zip(clients, accepted, strict=True):
        assert (await client.collect_turn(turn_id)).ending["type"] == "ai_complete"
    assert (await late.collect_turn(await late.ask("Room now"))).ending["type"] == "ai_complete"


async def test_an_overloaded_refusal_does_not_use_up_the_rate(limited: Stack, user: str) -> None:
    clients = [await limited.full(f"{user}-{n}") for n in range(4)]
    held = [await client.ask(f"Busy {n} [[hold=1]]") for n, client in enumerate(clients)]
    for client in clients:
        await client.next_frame("ack")
    late = await limited.full(user)
    for _ in range(15):
        await late.ask("No room")
        assert (await late.next_frame("error"))["code"] == "overloaded"
    for _ in range(20):
        await late.ask("Within the rate", context_ticker="NOPE")
        assert (await late.next_frame("error"))["code"] == "unknown_ticker"
    await limited.gemini.wait(held=4)
    limited.gemini.release()
    for client, turn_id in zip(clients, held, strict=True):
        await client.collect_turn(turn_id)


async def test_an_answered_question_sent_again_beyond_the_rate_is_a_duplicate(
    limited: Stack, user: str
) -> None:
    client = await limited.full(user)
    turn_id = await client.ask("Once")
    ending = (await client.collect_turn(turn_id)).ending
    while True:
        await client.ask("Too much", context_ticker="NOPE")
        if (await client.next_frame("error"))["code"] == "rate_limited":
            break
    await client.ask("Once", turn_id=turn_id)
    assert (await client.next_frame("ack", "error"))["status"] == "duplicate"
    again = await client.next_frame("ai_complete")
    assert (again["turn_id"], again["full_message"]) == (turn_id, ending["full_message"])
    await client.ask("A new one")
    assert (await client.next_frame("ack", "error"))["code"] == "rate_limited"


async def test_the_token_budget_of_a_day(limited: Stack, user: str) -> None:
    client = await limited.full(user)
    await client.collect_turn(await client.ask("Cheap"))
    await _use(limited, user, 6000)
    turn_id = str(uuid4())
    calls = limited.gemini.calls()
    await client.ask("Too dear", turn_id=turn_id)
    error = await client.next_frame("error")
    assert (error["code"], error["turn_id"]) == ("quota", turn_id)
    assert 0 < error["retry_after_ms"] <= 24 * 3600 * 1000
    assert limited.gemini.calls() == calls
    assert not await limited.fetch("select from chat_turns where turn_id = $1::text::uuid", turn_id)


async def admitted(stack: Stack, user: str) -> ChatClient:
    """Connect as soon as there is a place: the gateway may learn a little later that a socket has gone."""
    async with asyncio.timeout(10):
        while True:
            try:
                return await stack.full(user)
            except (SocketClosedError, ConnectionClosed):
                await asyncio.sleep(0.02)


async def _from(address: str, url: str) -> ChatClient:
    from websockets.asyncio.client import connect

    target = f"{url.replace('http', 'ws')}/ws/chat/{uuid4()}?token={token(str(uuid4()))}"
    client = ChatClient(await connect(target, local_addr=(address, 0), compression=None, proxy=None), "")
    client.start_reading()
    return client


async def _use(stack: Stack, user: str, tokens: int) -> None:
    await stack.fetch(
        """insert into token_usage (user_id, day, input_tokens) values ($1, (now() at time zone 'utc')::date, $2)
               on conflict (user_id, day) do update set input_tokens = excluded.input_tokens""",
        user,
        tokens,
    )
