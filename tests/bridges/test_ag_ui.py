"""AG-UI, run by its official client."""

import asyncio
import json
from typing import Any
from uuid import uuid4

import httpx
import pytest
from ag_ui_validate.pytest_plugin import assert_valid_agui

from shared.frames.turn_events import AiComplete, AiError
from tests.bridges.golden_player import PLAYED, Question, play
from tests.bridges.node_client import through
from tests.support.chat_client import token
from tests.support.stack import Stack

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("name", PLAYED)
async def test_a_recording_is_read_byte_for_byte(played_stack: Stack, user: str, name: str) -> None:
    async def ask(question: Question) -> dict[str, Any]:
        return await through("ag-ui", played_stack.url, user, question)

    for played, heard in await play(played_stack, user, name, ask):
        assert_valid_agui(heard["events"], max_warnings=0)
        if isinstance(played.ending, AiError):
            assert heard["code"] == played.ending.code
            continue
        assert isinstance(played.ending, AiComplete)
        assert (heard["text"], heard["error"]) == (played.ending.full_message, None)
        events = {event["type"]: event for event in heard["events"]}
        assert ("MESSAGES_SNAPSHOT" in events) or not played.taken_back
        finished = events["RUN_FINISHED"]
        stopped = played.ending.finish_reason == "cancelled"
        assert finished["outcome"] == {"type": "cancelled" if stopped else "success"}
        assert finished["usage"][0]["inputTokens"] == played.ending.usage.input_tokens
        proof = events["CUSTOM"]["value"]
        assert [figure["text"] for figure in proof["figures"]] == [f.text for f in played.ending.figures]


async def test_a_killed_worker_takes_its_words_back_and_a_retry_is_the_same_turn(
    stack: Stack, user: str
) -> None:
    stack.gemini.script(user, hold=2)
    question = Question(str(uuid4()), "m1", f"Why, {user}?", "KO")
    lie = {"id": "m0", "role": "assistant", "content": "LIE"}
    observer = await stack.full(user, question.thread)
    asking = asyncio.create_task(through("ag-ui", stack.url, user, question, history=[lie]))
    await observer.next_frame("ai_chunk")
    for worker in stack.workers:
        await worker.kill()
    stack.gemini.release(user)
    for worker in stack.workers:
        await worker.start()
    heard = await asking
    again = await through("ag-ui", stack.gateways[1].url, user, question)
    (row,) = await stack.fetch(
        "select content from chat_messages where user_id = $1 and role = 'assistant'", user
    )
    assert again["text"] == row["content"]
    assert heard["text"] == "LIE" + row["content"]  # the client's own history is its own
    assert not any(b"LIE" in bytes(request) for request in stack.gemini.requests)


def run_input(**changed: object) -> dict[str, object]:
    return {
        "threadId": "t",
        "runId": "r",
        "messages": [{"id": "m", "role": "user", "content": "Why?"}],
        **changed,
    }


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"protocolVersion": "2.0"}, 400, "invalid"),
        ({"protocolVersion": 1}, 400, "invalid"),
        ({"forwardedProps": {"ticker": "NOPE"}}, 404, "unknown_ticker"),
        ({"context": [{"description": "ticker", "value": "NOPE"}]}, 404, "unknown_ticker"),
        ({"context": [{"description": "ticker", "value": {}}]}, 400, "invalid"),
        ({"messages": []}, 400, "invalid"),
        ({"messages": [{"role": "user", "content": "Why?"}]}, 400, "invalid"),
        ({"messages": [{"id": "m", "role": "user", "content": [{"type": "image"}]}]}, 400, "invalid"),
    ],
    ids=lambda value: str(value)[:50],
)
async def test_a_refusal_is_a_run_error(
    played_stack: Stack, user: str, changed: dict[str, object], status: int, code: str
) -> None:
    headers = {"Authorization": f"Bearer {token(user)}"}
    async with httpx.AsyncClient(headers=headers) as http:
        answer = await http.post(f"{played_stack.url}/bridges/ag-ui", json=run_input(**changed))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["type"] == "RUN_ERROR"


async def test_a_client_of_before_1_0_is_told_no_outcome(stack: Stack, user: str) -> None:
    headers = {"Authorization": f"Bearer {token(user)}"}
    async with httpx.AsyncClient(headers=headers, timeout=30) as http:
        answer = await http.post(f"{stack.url}/bridges/ag-ui", json=run_input())
    events = [json.loads(line[6:]) for line in answer.text.splitlines() if line.startswith("data: ")]
    assert events[0] == {"type": "RUN_STARTED", "threadId": "t", "runId": "r"}
    assert events[-1] == {"type": "RUN_FINISHED", "threadId": "t", "runId": "r"}
