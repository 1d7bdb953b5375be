"""A stream's life beside its answer: it holds a place, it ends with its token and its gateway, it survives Redis."""

import asyncio
from contextlib import AsyncExitStack
from typing import Any
from uuid import uuid4

import openai
import pytest
from openai import AsyncOpenAI

from tests.bridges.golden_player import Question
from tests.bridges.test_openai import body_of, client_of
from tests.support.chat_client import token
from tests.support.stack import Stack

pytestmark = pytest.mark.asyncio(loop_scope="module")

MOST_SOCKETS = 12
"""Of a user, as the stack without workers is started."""


async def first_words(stream: Any) -> None:
    async for chunk in stream:
        if chunk.choices[0].delta.content:
            return


async def test_each_stream_holds_one_place_of_the_user(played_stack: Stack, user: str) -> None:
    async with client_of(played_stack, user) as client:

        async def ask() -> Any:
            question = Question(str(uuid4()), "m", "Why?", None)
            return await client.chat.completions.create(**body_of(question), stream=True)

        async with AsyncExitStack() as opened:
            for _ in range(MOST_SOCKETS):
                stream = await ask()
                opened.push_async_callback(stream.close)
            with pytest.raises(openai.RateLimitError) as refused:
                await ask()
            assert int(refused.value.response.headers["retry-after"]) >= 1
        async with asyncio.timeout(10):
            while True:  # the gateway sees each of them go, one by one
                try:
                    stream = await ask()
                except openai.RateLimitError:
                    continue
                await stream.close()
                break


async def test_a_stream_ends_with_its_token(stack: Stack, user: str) -> None:
    stack.gemini.script(user, hold=2)
    question = Question(str(uuid4()), "m", f"Why, {user}?", None)
    key = token(user, ttl=4)
    async with AsyncOpenAI(base_url=stack.url + "/v1", api_key=key, max_retries=0, timeout=30) as client:
        stream = await client.chat.completions.create(**body_of(question), stream=True)
        with pytest.raises(openai.APIError) as broken:
            async for _ in stream:
                pass
    assert broken.value.code == "invalid_api_key"
    await stack.gemini.wait(held=1)
    stack.gemini.release(user)
    async with client_of(stack, user) as client:
        assert (await client.chat.completions.create(**body_of(question))).choices[0].message.content


async def test_a_gateway_that_stops_says_so_and_another_goes_on(stack: Stack, user: str) -> None:
    stack.gemini.script(user, hold=2)
    question = Question(str(uuid4()), "m", f"Why, {user}?", "KO")
    async with client_of(stack, user, gateway=1) as there, client_of(stack, user) as here:
        stream = await there.chat.completions.create(**body_of(question), stream=True)
        await first_words(stream)
        stopping = asyncio.create_task(stack.gateways[1].restart())
        with pytest.raises(openai.APIError) as broken:
            async for _ in stream:
                pass
        assert broken.value.code == "unavailable"
        stack.gemini.release(user)
        whole = await here.chat.completions.create(**body_of(question))
        await stopping
    (row,) = await stack.fetch(
        "select content from chat_messages where user_id = $1 and role = 'assistant'", user
    )
    assert whole.choices[0].message.content == row["content"]


async def test_an_answer_comes_whole_though_redis_lost_everything(stack: Stack, user: str) -> None:
    stack.gemini.script(user, hold=2)
    question = Question(str(uuid4()), "m", f"Why, {user}?", "KO")
    async with client_of(stack, user) as client:
        asking = asyncio.create_task(client.chat.completions.create(**body_of(question)))
        await stack.gemini.wait(held=1)
        await stack.redis().flushall()
        stack.gemini.release(user)
        whole = await asking
    (row,) = await stack.fetch(
        "select content from chat_messages where user_id = $1 and role = 'assistant'", user
    )
    assert whole.choices[0].message.content == row["content"]
    assert whole.choices[0].finish_reason == "stop"
