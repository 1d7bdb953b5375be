"""Chat Completions, asked by the official Python client."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import openai
import pytest
from openai import AsyncOpenAI

from shared.frames.turn_events import AiComplete, AiError
from tests.bridges.golden_player import PLAYED, Question, play
from tests.support.chat_client import token
from tests.support.stack import Stack

pytestmark = pytest.mark.asyncio(loop_scope="module")


def client_of(stack: Stack, user: str, *, gateway: int = 0, retries: int = 0) -> AsyncOpenAI:
    return AsyncOpenAI(
        base_url=stack.gateways[gateway].url + "/v1", api_key=token(user), max_retries=retries, timeout=30
    )


def body_of(question: Question) -> dict[str, Any]:
    return {
        "model": f"tickertalk:{question.ticker}" if question.ticker else "tickertalk",
        "messages": [
            {"role": "system", "content": "You are a pirate."},
            {"role": "user", "content": question.content},
        ],
        "metadata": {"thread_id": question.thread, "message_id": question.message},
    }


async def text_of(stream: AsyncIterator[Any]) -> tuple[str, str | None, Any]:
    """The text, how it ended, and the usage."""
    text, finish, usage = "", None, None
    async for chunk in stream:
        for choice in chunk.choices:
            text += choice.delta.content or ""
            finish = choice.finish_reason or finish
        usage = chunk.usage or usage
    return text, finish, usage


@pytest.mark.parametrize("name", PLAYED)
async def test_a_recording_is_streamed_byte_for_byte(played_stack: Stack, user: str, name: str) -> None:
    async with client_of(played_stack, user) as client:

        async def ask(question: Question) -> tuple[str, str | None, Any] | openai.APIError:
            try:
                stream = await client.chat.completions.create(
                    **body_of(question), stream=True, stream_options={"include_usage": True}
                )
                return await text_of(stream)
            except openai.APIError as error:
                return error

        for played, got in await play(played_stack, user, name, ask):
            if isinstance(played.ending, AiError):
                assert isinstance(got, openai.APIError)
                assert got.code == played.ending.code
            elif played.taken_back:
                assert isinstance(got, openai.APIError)
                assert got.code == "restarted"
            else:
                assert isinstance(got, tuple)
                text, finish, usage = got
                assert text == played.ending.full_message
                assert finish == {"max_tokens": "length"}.get(played.ending.finish_reason, "stop")
                assert usage.total_tokens == sum(
                    (played.ending.usage.input_tokens, played.ending.usage.output_tokens)
                )


@pytest.mark.parametrize("name", PLAYED)
async def test_a_recording_comes_whole(played_stack: Stack, user: str, name: str) -> None:
    async with client_of(played_stack, user) as client:

        async def ask(question: Question) -> Any:
            try:
                return await client.chat.completions.create(**body_of(question))
            except openai.APIStatusError as error:
                return error

        for played, got in await play(played_stack, user, name, ask):
            if isinstance(played.ending, AiError):
                assert (got.status_code, got.code) == (502, played.ending.code)
                continue
            assert isinstance(played.ending, AiComplete)
            assert got.choices[0].message.content == played.ending.full_message
            extra = got.model_extra["tickertalk"]
            assert extra["session_id"] == played.question.thread
            assert [figure["text"] for figure in extra["figures"]] == [f.text for f in played.ending.figures]


async def test_a_retried_post_is_the_same_turn_while_it_runs_and_after_its_end(
    stack: Stack, user: str
) -> None:
    stack.gemini.script(user, hold=2)
    question = Question(str(uuid4()), "m1", f"Why, {user}?", "KO")
    async with client_of(stack, user) as first, client_of(stack, user, gateway=1) as second:
        dropped = await first.chat.completions.create(**body_of(question), stream=True)
        async for chunk in dropped:
            if chunk.choices[0].delta.content:
                break
        await dropped.close()
        again = await second.chat.completions.create(**body_of(question), stream=True)
        stack.gemini.release(user)
        text, finish, _ = await text_of(again)
        whole = await first.chat.completions.create(**body_of(question))
    rows = await stack.fetch(
        "select content from chat_messages where user_id = $1 and role = 'assistant'", user
    )
    assert [row["content"] for row in rows] == [text] == [whole.choices[0].message.content]
    assert finish == "stop"
    assert stack.gemini.calls(user) == 1


async def test_a_killed_worker_ends_the_stream_with_an_error_and_the_retry_is_whole(
    stack: Stack, user: str
) -> None:
    stack.gemini.script(user, hold=2)
    question = Question(str(uuid4()), "m1", f"Why, {user}?", "KO")
    async with client_of(stack, user) as client:
        stream = await client.chat.completions.create(**body_of(question), stream=True)
        said = ""
        with pytest.raises(openai.APIError) as broken:
            async for chunk in stream:
                said += chunk.choices[0].delta.content or ""
                if said:
                    rows = await stack.fetch("select fence from chat_turns where user_id = $1", user)
                    assert rows
                    for worker in stack.workers:
                        await worker.kill()
                    stack.gemini.release(user)
                    for worker in stack.workers:
                        await worker.start()
        assert broken.value.code == "restarted"
        whole = await client.chat.completions.create(**body_of(question))
    (row,) = await stack.fetch(
        "select content from chat_messages where user_id = $1 and role = 'assistant'", user
    )
    assert whole.choices[0].message.content == row["content"]
