"""The full level of the wire contract, over real sockets: the frames of a turn, and their order."""

import asyncio
import json
from uuid import uuid4

import pytest

from tests.support.chat_client import ChatClient, Frame, token
from tests.support.stack import Stack

pytestmark = pytest.mark.asyncio(loop_scope="module")

EVENTS = {"user_echo", "ai_start", "ai_chunk", "ai_reset", "ai_complete", "ai_error", "context"}


def events(frames: list[Frame]) -> list[Frame]:
    return [frame for frame in frames if frame["type"] in EVENTS]


async def test_a_new_session_opens_with_ready_and_an_empty_snapshot(stack: Stack, user: str) -> None:
    client = await stack.full(user)
    snapshot = await client.next_frame("snapshot")
    ready = client.ready
    assert client.frames == [ready, snapshot]
    assert ready["session_id"] == client.session_id
    assert ready["recovered"] is False
    assert ready["seq"] == snapshot["seq"] == 0
    assert ready["context"] is None
    assert ready["limits"] == {"content_chars": 4000, "queue": 8, "message_rate": 600}
    assert isinstance(ready["model"], str)
    assert isinstance(ready["expires_at"], int)
    assert snapshot["messages"] == snapshot["queued"] == []
    assert snapshot["has_more"] is False


async def test_a_turn_is_echoed_started_streamed_and_completed(stack: Stack, user: str) -> None:
    client = await stack.full(user)
    turn_id = await client.ask("Why? [[chunks=5 delay=0.02]]", context_ticker="KO")
    ack = await client.next_frame("ack")
    turn = await client.collect_turn(turn_id)
    assert ack == {"type": "ack", "turn_id": turn_id, "status": "accepted", "position": 0}

    told = events(turn.frames)
    assert [frame["type"] for frame in told[:2]] == ["user_echo", "ai_start"]
    assert {frame["type"] for frame in told[2:-1]} == {"ai_chunk"}
    assert told[-1]["type"] == "ai_complete"
    assert [frame["seq"] for frame in told] == list(range(1, len(told) + 1))
    assert told[0]["content"] == "Why? [[chunks=5 delay=0.02]]"
    assert told[0]["context_ticker"] == "KO"

    ending = turn.ending
    [stored] = await stack.fetch(
        "select * from chat_messages where user_id = $1 and role = 'assistant'", user
    )
    assert turn.text == ending["full_message"] == stored["content"]
    assert ending["message_id"] == stored["id"]
    assert ending["finish_reason"] == "stop"
    assert ending["usage"]["output_tokens"] > 0
    assert ending["context"]["ticker"] == told[1]["context"]["ticker"] == "KO"
    assert ending["context"]["as_of"] == "2026-08-22"


async def test_type_is_the_first_key_of_every_frame(stack: Stack, user: str) -> None:
    client = await stack.full(user)
    await client.send("ping", t=7)
    await client.collect_turn(await client.ask("Hello?"))
    await client.send("set_context", ticker="MSFT")
    await client.next_frame("context")
    await client.send("cancel", turn_id=str(uuid4()))
    await client.next_frame("error")
    for text in client.raw:
        assert text.startswith('{"type":"'), text
        assert next(iter(json.loads(text))) == "type"


async def test_every_tab_of_a_session_hears_it_on_every_gateway(stack: Stack, user: str) -> None:
    first = await stack.full(user)
    second = await stack.full(user, first.session_id)
    third = await stack.full(user, first.session_id, gateway=1)
    turn_id = await second.ask("Who hears this?")
    turns = [await client.collect_turn(turn_id) for client in (first, second, third)]
    assert events(turns[0].frames) == events(turns[1].frames) == events(turns[2].frames)
    assert "ack" not in {frame["type"] for frame in first.frames}


async def test_another_user_with_the_same_session_id_hears_nothing(stack: Stack, user: str) -> None:
    mine = await stack.full(user)
    theirs = await stack.full(user + "x", mine.session_id)
    await mine.collect_turn(await mine.ask("A secret"))
    turn = await theirs.collect_turn(await theirs.ask("And mine?"))
    assert [f["content"] for f in theirs.frames if f["type"] == "user_echo"] == ["And mine?"]
    assert min(f["seq"] for f in turn.frames if "seq" in f) == 1


async def test_questions_wait_in_order_and_the_tenth_is_refused(stack: Stack, user: str) -> None:
    client = await stack.full(user)
    asked = [await client.ask("Number 0 [[hold=1]]")]
    asked += [await client.ask(f"Number {number}") for number in range(1, 9)]
    refused = await client.ask("One too many")
    error = await client.next_frame("error")
    assert (error["code"], error["turn_id"], error["retryable"]) == ("busy", refused, True)
    acks = [frame for frame in client.frames if frame["type"] == "ack"]
    assert [(ack["turn_id"], ack["position"]) for ack in acks] == list(zip(asked, range(9), strict=True))
    assert [ack["status"] for ack in acks] == ["accepted"] + ["queued"] * 8

    second = await stack.full(user, client.session_id)
    snapshot = await second.next_frame("snapshot")
    assert [turn["turn_id"] for turn in snapshot["queued"]] == asked[1:]

    stack.gemini.release("Number 0")
    for turn_id in asked:
        await client.collect_turn(turn_id)
    ended = [frame["turn_id"] for frame in client.frames if frame["type"] == "ai_complete"]
    assert ended == asked
    rows = await stack.fetch("select content from chat_turns where user_id = $1", user)
    assert len(rows) == 9


async def test_on_busy_reject(stack: Stack, user: str) -> None:
    client = await stack.full(user)
    running = await client.ask("Hold [[hold=1]]")
    await client.next_frame("ai_chunk")
    refused = await client.ask("Now?", on_busy="reject")
    error = await client.next_frame("error")
    assert (error["code"], error["turn_id"]) == ("busy", refused)
    stack.gemini.release("Hold")
    await client.collect_turn(running)
    await client.collect_turn(await client.ask("Now?", turn_id=refused, on_busy="reject"))


async def test_the_same_turn_id_again(stack: Stack, user: str) -> None:
    client = await stack.full(user)
    turn_id = await client.ask("Once [[hold=1]]")
    await client.next_frame("ai_chunk")
    await client.ask("Twice", turn_id=turn_id)
    assert (await client.next_frame("ack"))["status"] == "duplicate"
    stack.gemini.release("Once")
    ending = (await client.collect_turn(turn_id)).ending
    await client.next_frame("ai_complete")

    await client.ask("Thrice", turn_id=turn_id)
    again = await client.next_frame("ai_complete")
    assert {**again, "seq": ending["seq"]} == ending
    assert again["seq"] == ending["seq"] + 1
    assert stack.gemini.calls("Once") == 1
    assert stack.gemini.calls("Twice") + stack.gemini.calls("Thrice") == 0
    rows = await stack.fetch("select role from chat_messages where user_id = $1 order by id", user)
    assert [row["role"] for row in rows] == ["user", "assistant"]


async def test_a_failed_turn_stays_failed(stack: Stack, user: str) -> None:
    client = await stack.full(user)
    turn_id = await client.ask("Fail [[fail=400]]")
    first = (await client.collect_turn(turn_id)).ending
    assert first["type"] == "ai_error"
    await client.next_frame("ai_error")
    await client.ask("Fail", turn_id=turn_id)
    again = await client.next_frame("ai_error")
    assert {**again, "seq": 0} == {**first, "seq": 0}
    assert [f["status"] for f in client.frames if f["type"] == "ack"] == ["accepted", "duplicate"]


async def test_cancel_while_streaming_keeps_what_was_written(stack: Stack, user: str) -> None:
    client = await stack.full(user)
    other = await stack.full(user, client.session_id, gateway=1)
    turn_id = await client.ask("Cancel me [[hold=3]]")
    await other.next_frame("ai_chunk")
    await other.send("cancel")
    turn = await client.collect_turn(turn_id, timeout=10)
    assert turn.ending["finish_reason"] == "cancelled"
    assert turn.ending["full_message"] == turn.text != ""
    await stack.gemini.wait(held=0)


async def test_cancel_of_a_waiting_turn_and_of_ended_and_unknown_ones(stack: Stack, user: str) -> None:
    client = await stack.full(user)
    running = await client.ask("Keep [[hold=1]]")
    waiting = await client.ask("Never begun")
    await client.next_frame("ai_chunk")
    await client.send("cancel", turn_id=waiting)
    ending = (await client.collect_turn(waiting)).ending
    stack.gemini.release("Keep")
    assert (await client.collect_turn(running)).ending["finish_reason"] == "stop"
    assert (ending["finish_reason"], ending["full_message"]) == ("cancelled", "")
    assert not stack.gemini.calls("Never begun")

    before = len(client.frames)
    await client.send("cancel", turn_id=running)
    await client.send("cancel")
    await client.send("cancel", turn_id=str(uuid4()))
    await client.next_frame("error")
    assert [frame["type"] for frame in client.frames[before:]] == ["error"]
    assert client.frames[-1]["code"] == "invalid"


async def test_the_page_of_a_session(stack: Stack, user: str) -> None:
    client = await stack.full(user)
    other = await stack.full(user, client.session_id, gateway=1)
    await client.send("set_context", ticker="KO")
    expected = {"type": "context", "ticker": "KO", "as_of": "2026-08-22"}
    for each in (client, other):
        told = await each.next_frame("context")
        assert {key: told[key] for key in expected} == expected
        assert told["analysis_id"] > 0

    plain = (await client.collect_turn(await client.ask("About the page"))).ending
    own = (await client.collect_turn(await client.ask("About another", context_ticker="MSFT"))).ending
    none = (await client.collect_turn(await client.ask("About none", context_ticker=None))).ending
    assert plain["context"]["ticker"] == "KO"
    assert own["context"]["ticker"] == "MSFT"
    assert none["context"] is None

    again = await stack.full(user, client.session_id)
    assert again.ready["context"]["ticker"] == "KO"
    await client.send("set_context", ticker=None)
    assert (await client.next_frame("context"))["ticker"] is None


@pytest.mark.parametrize("ticker", ["NOPE", "", "N" * 17, "\0", "ko"])
async def test_an_unknown_ticker_stores_nothing(stack: Stack, user: str, ticker: str) -> None:
    client = await stack.full(user)
    turn_id = await client.ask("About what?", context_ticker=ticker)
    error = await client.next_frame("error")
    assert (error["code"], error["turn_id"]) == ("unknown_ticker", turn_id)
    await client.send("set_context", ticker=ticker)
    assert (await client.next_frame("error"))["code"] == "unknown_ticker"
    assert not await stack.fetch("select from chat_sessions where user_id = $1", user)


async def test_frames_are_handled_in_order_and_ping_may_overtake(stack: Stack, user: str) -> None:
    client = await stack.full(user)
    for number in range(3):
        await client.send("set_context", ticker="KO" if number % 2 else "MSFT")
        await client.send("ping", t=number)
    await client.send("set_context", ticker=None)
    while (await client.next_frame("context"))["ticker"] is not None:
        pass
    tickers = [frame["ticker"] for frame in client.frames if frame["type"] == "context"]
    assert tickers == ["MSFT", "KO", "MSFT", None]
    assert [frame["t"] for frame in client.frames if frame["type"] == "pong"] == [0, 1, 2]


async def test_what_was_said_before_leaving_is_still_done(stack: Stack, user: str) -> None:
    client = await stack.full(user)
    await client.next_frame("snapshot")
    turn_id = await client.ask("Then I leave")
    await client.cut()
    back = await stack.full(user, client.session_id)
    async with asyncio.timeout(10):
        while not await stack.fetch(
            "select from chat_turns where user_id = $1 and status = 'complete'", user
        ):
            await asyncio.sleep(0.05)
    await back.ask("Then I leave", turn_id=turn_id)
    assert (await back.next_frame("ack"))["status"] == "duplicate"


async def test_seed_level_hears_chunks_and_endings_only(stack: Stack, user: str) -> None:
    client = await stack.seed(user, context_ticker="KO")
    await client.send("user_message", content="Plainly? [[chunks=4 delay=0.02]]")
    ending = await client.next_frame("ai_complete")
    await client.send("user_message", content="Fail [[fail=400]]")
    error = await client.next_frame("error")
    assert {frame["type"] for frame in client.frames} == {"ai_chunk", "ai_complete", "error"}
    assert ending["context"]["ticker"] == "KO"
    assert error["code"] == "model_error"
    assert isinstance(error["retryable"], bool)
    chunks = [frame["content"] for frame in client.frames if frame["type"] == "ai_chunk"]
    assert "".join(chunks) == ending["full_message"]


async def test_hello_after_a_query_token_opens_the_full_level(stack: Stack, user: str) -> None:
    client = await stack.seed(user)
    await client.send("hello")
    ready = await client.next_frame("ready")
    assert ready["recovered"] is False
    turn = await client.collect_turn(await client.ask("Full now?"))
    assert "ai_start" in {frame["type"] for frame in turn.frames}


async def test_a_second_hello_is_invalid_and_changes_nothing(stack: Stack, user: str) -> None:
    client = await stack.full(user)
    await client.send("hello", token=token("somebody-else"))
    assert (await client.next_frame("error"))["code"] == "invalid"
    turn_id = await client.ask("Who am I?")
    await client.collect_turn(turn_id)
    [row] = await stack.fetch("select user_id from chat_turns where turn_id = $1", turn_id)
    assert row["user_id"] == user


async def test_auth_refresh_and_its_refusals(stack: Stack, user: str) -> None:
    client = await stack.full(user)
    newer = token(user, ttl=7200)
    await client.send("auth_refresh", token=newer)
    assert (await client.next_frame("authenticated"))["expires_at"] > client.ready["expires_at"]
    await client.send("auth_refresh", token=token(user, ttl=30))
    error = await client.next_frame()
    assert (error["type"], error["code"]) == ("error", "invalid")
    await client.send("ping", t=1)
    assert (await client.next_frame())["type"] == "pong"
    await client.send("auth_refresh", token=token("mallory", ttl=7200))
    assert await client.closed() == 4403

    other = await stack.full(user)
    await other.send("auth_refresh", token="nonsense")
    assert await other.closed() == 4401


async def test_a_token_that_ends_is_announced_and_then_closes(stack: Stack, user: str) -> None:
    client = await ChatClient.full(stack.url, token=token(user, ttl=5))
    assert (await client.next_frame("auth_expiring"))["expires_at"] == client.ready["expires_at"]
    assert await client.closed(timeout=20) == 4401


@pytest.mark.parametrize("level", ["seed", "full"])
async def test_text_of_any_kind_arrives_unchanged(stack: Stack, user: str, level: str) -> None:
    question = 'Ünïcode 😀 "quotes" \\ back\n\tslash </script> €\u2028 ' + "字" * 200
    client = await (stack.full(user) if level == "full" else stack.seed(user))
    await client.send("user_message", content=question, turn_id=(turn_id := str(uuid4())))
    await client.collect_turn(turn_id)
    [row] = await stack.fetch("select content from chat_turns where turn_id = $1", turn_id)
    assert row["content"] == question


async def test_the_analysis_on_screen_is_the_one_that_is_read(stack: Stack) -> None:
    rows = await stack.fetch(
        "select id, as_of from analysis_history where ticker = 'KO' order by as_of desc, id desc"
    )
    newest, older = rows[0], rows[-1]
    assert newest["id"] != older["id"]
    client = await stack.full("alice")
    await client.send("set_context", ticker="KO", analysis_id=older["id"])
    shown = await client.next_frame("context")
    assert (shown["analysis_id"], shown["as_of"]) == (older["id"], str(older["as_of"]))
    for asked, read in (
        ({}, older),
        ({"context_ticker": "KO"}, newest),
        ({"analysis_id": newest["id"]}, newest),
    ):
        turn = await client.collect_turn(await client.ask("Why?", **asked))
        assert turn.ending["context"]["analysis_id"] == read["id"], asked
    await client.send("set_context", ticker="MSFT", analysis_id=older["id"])
    assert (await client.next_frame("error"))["code"] == "invalid"
    await client.ask("Why?", context_ticker="MSFT", analysis_id=older["id"])
    assert (await client.next_frame("error"))["code"] == "invalid"
