"""What Chat Completions refuses, in its own errors; and what it does not believe."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx
import openai
import pytest
from openai import AsyncOpenAI

from tests.bridges.test_openai import client_of
from tests.support.chat_client import token
from tests.support.stack import Stack

pytestmark = pytest.mark.asyncio(loop_scope="module")

HELLO = [{"role": "user", "content": "Why?"}]


async def refused(client: AsyncOpenAI, **body: Any) -> openai.APIStatusError:
    """The error of a request that must not be answered."""
    with pytest.raises(openai.APIStatusError) as caught:
        await client.chat.completions.create(**{"model": "tickertalk", "messages": HELLO, **body})
    return caught.value


async def test_models_are_the_pages(played_stack: Stack, user: str) -> None:
    async with client_of(played_stack, user) as client:
        names = [model.id async for model in client.models.list()]
        assert names == ["tickertalk", "tickertalk:KO", "tickertalk:MSFT", "tickertalk:WBA"]
        assert (await client.models.retrieve("tickertalk:KO")).id == "tickertalk:KO"
        with pytest.raises(openai.NotFoundError):
            await client.models.retrieve("gpt-4o")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"model": "gpt-4o"}, 404, "model_not_found"),
        ({"model": "tickertalk:"}, 404, "model_not_found"),
        ({"model": "tickertalk:NOPE"}, 404, "model_not_found"),
        ({"metadata": {"ticker": "'; drop table companies; --"}}, 404, "model_not_found"),
        ({"model": "tickertalk:KO", "metadata": {"ticker": "MSFT"}}, 400, "invalid"),
        ({"metadata": {"thread_id": "x" * 257}}, 400, "invalid"),
        ({"messages": []}, 400, "invalid"),
        ({"messages": [{"role": "assistant", "content": "I say buy."}]}, 400, "invalid"),
        ({"messages": [{"role": "user", "content": ""}]}, 400, "invalid"),
        ({"messages": [{"role": "user", "content": "x" * 4001}]}, 400, "invalid"),
        ({"messages": [{"role": "user", "content": "a\0b"}]}, 400, "invalid"),
        ({"messages": [{"role": "user", "content": {"a": 1}}]}, 400, "invalid"),
        ({"messages": [{"role": "user", "content": [{"type": "image_url"}]}]}, 400, "invalid"),
        ({"n": 2}, 400, "invalid"),
        ({"tool_choice": "required"}, 400, "invalid"),
        ({"response_format": {"type": "json_object"}}, 400, "invalid"),
        ({"modalities": ["audio"]}, 400, "invalid"),
        ({"messages": [{"role": "user", "content": "x" * 1_100_000}]}, 413, "too_large"),
    ],
    ids=lambda value: str(value)[:50],
)
async def test_what_cannot_be_answered_is_named(
    played_stack: Stack, user: str, body: dict[str, Any], status: int, code: str
) -> None:
    async with client_of(played_stack, user) as client:
        error = await refused(client, **body)
    assert (error.status_code, error.code) == (status, code)
    assert not await played_stack.fetch("select from chat_turns where user_id = $1", user)


async def test_what_is_no_request_is_refused_too(played_stack: Stack, user: str) -> None:
    headers = {"Authorization": f"Bearer {token(user)}"}
    async with httpx.AsyncClient(base_url=played_stack.url, headers=headers) as http:
        for body in (b"", b"{", b"\xff\xfe", b"[]", b'{"model":' + b"[" * 100_000):
            answer = await http.post("/v1/chat/completions", content=body)
            assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid")
        assert (await http.get("/v1/nothing")).status_code == 404
        page = {"Origin": "https://elsewhere.example"}
        answer = await http.get("/v1/models", headers=page)
        assert (answer.status_code, answer.json()["error"]["type"]) == (403, "permission_error")


@pytest.mark.parametrize(
    "key", ["x", token("mallory", secret="another secret, also 32 bytes!!!"), token(ttl=-9)], ids=range(3)
)
async def test_a_stranger_is_told_so(played_stack: Stack, key: str) -> None:
    async with AsyncOpenAI(base_url=played_stack.url + "/v1", api_key=key, max_retries=0) as client:
        error = await refused(client)
    assert isinstance(error, openai.AuthenticationError)
    assert error.code == "invalid_api_key"
    assert error.response.headers["www-authenticate"] == "Bearer"


async def test_the_rate_is_that_of_the_socket(stack: Stack, user: str) -> None:
    client = await stack.full(user)
    for _ in range(12):
        await client.ask("Why?", turn_id=str(uuid4()))
        await client.next_frame("ack", "error")
    async with client_of(stack, user) as http:
        error = await refused(http)
    assert isinstance(error, openai.RateLimitError)
    assert error.code == "rate_limit_exceeded"
    assert 1 <= int(error.response.headers["retry-after"]) <= 60


async def test_a_session_that_has_enough_to_do_is_busy(played_stack: Stack, user: str) -> None:
    observer = await played_stack.full(user)
    for _ in range(9):
        await observer.ask("Why?")
        await observer.next_frame("ack")
    async with client_of(played_stack, user) as client:
        error = await refused(client, metadata={"thread_id": observer.session_id})
    assert (error.status_code, error.code) == (409, "busy")


async def test_a_history_that_lies_is_not_put_before_the_model(stack: Stack, user: str) -> None:
    lies = [
        {"role": "system", "content": "LIE-1"},
        {"role": "user", "content": "LIE-2"},
        {"role": "assistant", "content": "LIE-3", "tool_calls": []},
        {"role": "user", "content": f"Why, {user}?"},
        {"role": "tool", "content": "LIE-4", "tool_call_id": "call"},
    ]
    async with client_of(stack, user) as client:
        thread = {"thread_id": str(uuid4())}
        said: Any
        for said in (lies[3:4], lies):
            await client.chat.completions.create(model="tickertalk:KO", messages=said, metadata=thread)
    seen = b"".join(bytes(request) for request in stack.gemini.requests if user.encode() in bytes(request))
    assert seen
    assert b"LIE" not in seen
    assert await stack.fetch("select from chat_turns where user_id = $1", user) != []


async def test_without_ids_every_request_is_a_conversation_of_its_own(stack: Stack, user: str) -> None:
    async with client_of(stack, user) as client:
        for key in (None, None, "key", "key"):
            headers = {"Idempotency-Key": key} if key else {}
            await client.chat.completions.create(
                model="tickertalk", messages=[{"role": "user", "content": user}], extra_headers=headers
            )
    rows = await stack.fetch("select distinct session_id, turn_id from chat_turns where user_id = $1", user)
    assert len(rows) == 3


async def test_a_client_that_goes_away_cancels_nothing(stack: Stack, user: str) -> None:
    stack.gemini.script(user, hold=1)
    observer = await stack.full(user)
    async with client_of(stack, user) as client:
        asking = asyncio.create_task(
            client.chat.completions.create(
                model="tickertalk",
                messages=[{"role": "user", "content": user}],
                metadata={"thread_id": observer.session_id},
            )
        )
        echo = await observer.next_frame("user_echo")
        asking.cancel()
        await asyncio.wait([asking])
    await stack.gemini.wait(held=1)
    stack.gemini.release(user)
    turn = await observer.collect_turn(echo["turn_id"])
    assert turn.ending["finish_reason"] == "stop"
