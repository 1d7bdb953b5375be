"""Stopping a question that waits: told at once, in every tab, its place is free, and what runs is left alone."""

from collections.abc import Awaitable, Callable

import httpx
import pytest

from tests.support.chat_client import ChatClient, token
from tests.support.stack import Stack

on_the_shared_stack = pytest.mark.asyncio(loop_scope="module")

StartStack = Callable[..., Awaitable[Stack]]


@on_the_shared_stack
async def test_it_is_told_at_once_in_every_tab_and_what_runs_goes_on(stack: Stack, user: str) -> None:
    client = await stack.full(user)
    tabs = [
        client,
        await stack.full(user, client.session_id, gateway=1),
        await stack.seed(user, client.session_id),
    ]
    running = await client.ask("Go on [[hold=2 chunks=4]]")
    waiting, cancelled = await client.ask("Wait"), await client.ask("Never begun, never told late")
    await client.next_frame("ai_chunk")
    await stack.gemini.wait(held=1)
    await tabs[1].send("cancel", turn_id=cancelled)
    for tab in tabs:
        ending = (await tab.collect_turn(cancelled, timeout=3)).ending
        assert (ending["type"], ending["finish_reason"], ending["full_message"]) == (
            "ai_complete",
            "cancelled",
            "",
        )
    assert not any(
        frame.get("turn_id") == running and frame["type"] == "ai_complete" for frame in client.frames
    )
    late = await stack.full(user, client.session_id)
    snapshot = await late.next_frame("snapshot")
    assert snapshot["active"]["turn_id"] == running
    assert [queued["turn_id"] for queued in snapshot["queued"]] == [waiting]
    await tabs[1].send("cancel", turn_id=cancelled)  # it has ended: no reply

    stack.gemini.release("Go on")
    for tab in (*tabs, late):
        turn = await tab.collect_turn(running)
        assert turn.ending["finish_reason"] == "stop"
        if tab is not late:
            assert turn.text == turn.ending["full_message"]
        await tab.collect_turn(waiting)
    numbers = [frame["seq"] for frame in client.frames if "seq" in frame and frame["type"] != "snapshot"][1:]
    assert numbers == list(range(1, len(numbers) + 1))
    assert [frame["turn_id"] for frame in client.frames if frame["type"] == "ai_complete"] == [
        cancelled,
        running,
        waiting,
    ]
    assert not stack.gemini.calls("Never begun")


@on_the_shared_stack
async def test_it_is_stored_once_and_history_keeps_the_order_of_acceptance(stack: Stack, user: str) -> None:
    client = await stack.full(user)
    asked = [await client.ask("One [[hold=1]]"), await client.ask("Two"), await client.ask("Three")]
    await stack.gemini.wait(held=1)
    await client.send("cancel", turn_id=asked[2])
    ending = (await client.collect_turn(asked[2], timeout=3)).ending
    stack.gemini.release("One")
    for turn in asked:
        await client.collect_turn(turn)
    async with httpx.AsyncClient(base_url=stack.url) as http:
        headers = {"Authorization": f"Bearer {token(user)}"}
        page = (await http.get(f"/api/sessions/{client.session_id}/messages", headers=headers)).json()
    said = [(message["turn_id"], message["role"]) for message in page["messages"]]
    assert said == [(turn, role) for turn in asked for role in ("user", "assistant")]
    stored = page["messages"][-1]
    assert (stored["id"], stored["content"], stored["finish_reason"]) == (
        ending["message_id"],
        "",
        "cancelled",
    )
    again = await stack.full(user, client.session_id)
    assert (await again.next_frame("snapshot"))["messages"] == page["messages"]


@on_the_shared_stack
async def test_its_place_is_free_at_once(stack: Stack, user: str) -> None:
    client = await stack.full(user)
    running = await client.ask("Fill [[hold=1]]")
    waiting = [await client.ask(f"Waiting {number}") for number in range(8)]
    refused = await client.ask("Too many")
    assert (await client.next_frame("error"))["code"] == "busy"
    await stack.gemini.wait(held=1)
    await client.send("cancel", turn_id=waiting[3])
    taken = await client.ask("Now there is a place")
    while (ack := await client.next_frame("ack", "error"))["turn_id"] != taken:
        assert ack["turn_id"] != refused
    assert (ack["type"], ack["status"], ack["position"]) == ("ack", "queued", 8)
    stack.gemini.release("Fill")
    for turn in (running, *waiting, taken):
        assert (await client.collect_turn(turn)).ending["type"] == "ai_complete"


async def test_a_worker_without_a_free_slot_does_it_too(start_stack: StartStack) -> None:
    stack = await start_stack(workers=1, env={"WORKER_CONCURRENCY": "1", "TURN_LEASE_SECONDS": "60"})
    client = await stack.full()
    running = await client.ask("The only slot [[hold=1]]")
    waiting = await client.ask("Never mind")
    await stack.gemini.wait(held=1)
    await client.send("cancel", turn_id=waiting)
    assert (await client.collect_turn(waiting, timeout=3)).ending["finish_reason"] == "cancelled"
    stack.gemini.release("The only")
    assert (await client.collect_turn(running)).ending["finish_reason"] == "stop"


async def test_while_there_is_no_worker_the_place_is_free_and_the_next_worker_ends_it(
    start_stack: StartStack,
) -> None:
    stack = await start_stack(workers=0, env={"TURN_LEASE_SECONDS": "60"})
    client = await stack.full()
    asked = [await client.ask(f"Question {number}") for number in range(9)]
    await client.send("cancel", turn_id=asked[8])
    await client.send("cancel", turn_id=asked[0])
    more = [await client.ask(f"More {number}") for number in range(2)]
    await _acknowledged(client, more[1])
    assert not [frame for frame in client.frames if frame["type"] == "error"]
    await stack.add_worker()
    for turn in (asked[0], asked[8]):
        assert (await client.collect_turn(turn)).ending["finish_reason"] == "cancelled"
    for turn in (*asked, *more):
        assert (await client.collect_turn(turn)).ending["type"] == "ai_complete"


async def _acknowledged(client: ChatClient, turn: str) -> None:
    while (await client.next_frame("ack"))["turn_id"] != turn:
        pass
