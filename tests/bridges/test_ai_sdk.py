"""The UI message stream, read by AI SDK 7's own transport."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx
import pytest

from shared.frames.turn_events import AiComplete, AiError
from tests.bridges.golden_player import PLAYED, Question, play
from tests.bridges.node_client import through
from tests.support.chat_client import token
from tests.support.stack import Stack

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("name", PLAYED)
async def test_a_recording_is_read_byte_for_byte(played_stack: Stack, user: str, name: str) -> None:
    async def ask(question: Question) -> dict[str, Any]:
        return await through("ai-sdk", played_stack.url, user, question)

    for played, heard in await play(played_stack, user, name, ask):
        if isinstance(played.ending, AiError):
            assert played.ending.code in heard["error"]
            continue
        assert isinstance(played.ending, AiComplete)
        assert (heard["text"], heard["error"]) == (played.ending.full_message, None)
        about = heard["message"]["metadata"]
        assert about["session_id"] == played.question.thread
        assert [figure["text"] for figure in about["figures"]] == [f.text for f in played.ending.figures]
        assert heard["message"]["id"] == about["turn_id"]
        tools = [part for part in heard["message"]["parts"] if part["type"] == "dynamic-tool"]
        assert [tool["title"] for tool in tools] == [lookup.words for lookup in played.ending.lookups]
        assert ("abort" in heard["chunks"]) == (played.ending.finish_reason == "cancelled")
        assert ("reset-step" in heard["chunks"]) or not played.taken_back


async def test_a_retried_post_and_a_resume_are_the_same_turn(stack: Stack, user: str) -> None:
    stack.gemini.script(user, hold=2)
    question = Question(str(uuid4()), "m1", f"Why, {user}?", "KO")
    observer = await stack.full(user, question.thread)
    first = asyncio.create_task(through("ai-sdk", stack.url, user, question))
    chunk = await observer.next_frame("ai_chunk")
    again = asyncio.create_task(through("ai-sdk", stack.gateways[1].url, user, question))
    url = f"{stack.url}/bridges/ai-sdk/{question.thread}/stream"
    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {token(user)}"}, timeout=30) as http:
        async with http.stream("GET", url) as resumed:
            assert resumed.headers["x-vercel-ai-ui-message-stream"] == "v1"
            lines = resumed.aiter_lines()
            seen = [line async for line in until(lines, "text-delta")]
            assert f'"messageId":"{chunk["turn_id"]}"' in seen[0]
            stack.gemini.release(user)
            assert [line async for line in until(lines, "[DONE]")]
        heard = [await first, await again]
        assert (await http.get(url)).status_code == 204
    (row,) = await stack.fetch(
        "select content from chat_messages where user_id = $1 and role = 'assistant'", user
    )
    assert [one["text"] for one in heard] == [row["content"]] * 2
    assert stack.gemini.calls(user) == 1
    after_its_end = await through("ai-sdk", stack.url, user, question)
    assert after_its_end["text"] == row["content"]
    assert (await through("ai-sdk", stack.url, user, question, resume=True))["status"] == 204
    made_again = await through("ai-sdk", stack.url, user, question, again=chunk["turn_id"])
    assert made_again["message"]["id"] != chunk["turn_id"]
    assert stack.gemini.calls(user) == 2


async def test_a_killed_worker_takes_its_words_back(stack: Stack, user: str) -> None:
    stack.gemini.script(user, hold=2)
    question = Question(str(uuid4()), "m1", f"Why, {user}?", "KO")
    observer = await stack.full(user, question.thread)
    asking = asyncio.create_task(through("ai-sdk", stack.url, user, question))
    await observer.next_frame("ai_chunk")
    for worker in stack.workers:
        await worker.kill()
    stack.gemini.release(user)
    for worker in stack.workers:
        await worker.start()
    heard = await asking
    (row,) = await stack.fetch(
        "select content from chat_messages where user_id = $1 and role = 'assistant'", user
    )
    assert (heard["text"], heard["error"]) == (row["content"], None)
    assert "reset-step" in heard["chunks"]


async def test_a_stop_stops_the_model_and_keeps_what_was_written(stack: Stack, user: str) -> None:
    stack.gemini.script(user, hold=2)
    question = Question("a thread that is no UUID", "m1", f"Why, {user}?", None)
    asking = asyncio.create_task(through("ai-sdk", stack.url, user, question))
    await stack.gemini.wait(held=1)
    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {token(user)}"}) as http:
        stopped = await http.delete(f"{stack.url}/bridges/ai-sdk/{quote(question.thread)}/stream")
        assert stopped.status_code == 204
    heard = await asking
    (row,) = await stack.fetch(
        "select content, finish_reason from chat_messages where user_id = $1 and role = 'assistant'", user
    )
    assert (heard["text"], "cancelled") == (row["content"], row["finish_reason"])
    assert "abort" in heard["chunks"]


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"ticker": "NOPE"}, 404, "unknown_ticker"),
        ({"ticker": 7}, 400, "invalid"),
        ({"content": ""}, 400, "invalid"),
        ({"content": "x" * 1_100_000}, 413, "too_large"),
        ({"thread": ""}, 400, "invalid"),
        ({"token": "rubbish"}, 401, "unauthorized"),
    ],
    ids=lambda value: str(value)[:30],
)
async def test_a_refusal_is_an_error_of_the_transport(
    played_stack: Stack, user: str, change: dict[str, Any], status: int, code: str
) -> None:
    heard = await through("ai-sdk", played_stack.url, user, Question("t", "m", "Why?", None), **change)
    assert heard["status"] == status
    assert f'"code":"{code}"' in heard["error"]


async def until(lines: AsyncIterator[str], part: str) -> AsyncIterator[str]:
    """The lines up to the first one that contains this."""
    async for line in lines:
        yield line
        if part in line:
            return
