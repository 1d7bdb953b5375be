"""The model's patience: what is tried again, what is cut, and that nothing is left open."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, aclosing

import pytest
from langchain_core.messages import HumanMessage

from agent_worker.model.chunks import ModelChunk
from agent_worker.model.errors import AnswerCutError, ModelError
from agent_worker.model.gemini.gemini_model import GeminiModel, open_gemini
from tests.fakes.gemini_script import Script, answer_text
from tests.fakes.gemini_server import GeminiServer


@pytest.fixture
async def gemini() -> AsyncIterator[GeminiServer]:
    async with GeminiServer() as server:
        yield server


def opened(gemini: GeminiServer, *, first: float, idle: float) -> AbstractAsyncContextManager[GeminiModel]:
    return open_gemini(
        model="gemini-3.8-flash",
        api_key="k",
        base_url=gemini.url,
        first_token_timeout=first,
        idle_timeout=idle,
    )


@pytest.fixture
async def model(gemini: GeminiServer) -> AsyncIterator[GeminiModel]:
    async with opened(gemini, first=15, idle=10) as model:
        yield model


@pytest.fixture
async def hasty(gemini: GeminiServer) -> AsyncIterator[GeminiModel]:
    """For what never comes. Where something comes a busy machine may stand still as long."""
    async with opened(gemini, first=1.5, idle=0.4) as model:
        yield model


async def ask(model: GeminiModel, question: str) -> list[ModelChunk]:
    return [chunk async for chunk in model.stream([HumanMessage(question)])]


def text(chunks: list[ModelChunk]) -> str:
    return "".join(chunk.text for chunk in chunks)


async def test_chunks_come_as_they_are_sent(gemini: GeminiServer, model: GeminiModel) -> None:
    gemini.script(chunks=4, hold=2)
    async with aclosing(model.stream([HumanMessage("Why?")])) as chunks:
        before = await anext(chunks)
        await gemini.wait(held=1)
        gemini.release()
        after = [chunk async for chunk in chunks]
    whole = answer_text("Why?", Script(chunks=4))
    assert before.text == whole[:24]
    assert text([before, *after]) == whole
    assert (after[-1].finish_reason, after[-1].output_tokens) == ("stop", 12)


async def test_connections_are_used_again(gemini: GeminiServer, model: GeminiModel) -> None:
    for number in range(3):
        await ask(model, f"Why {number}?")
    assert len(gemini.peers) == 1


@pytest.mark.parametrize("trouble", ["fail=429 retry_after=0.1", "fail=503", "cut=0", "eof=0"])
async def test_trouble_before_the_first_chunk_is_tried_again(
    trouble: str, gemini: GeminiServer, model: GeminiModel
) -> None:
    question = f"Why? [[{trouble} times=1]]"
    assert text(await ask(model, question)) == answer_text(question)
    assert gemini.calls() == 2


async def test_retry_after_is_honoured(gemini: GeminiServer, model: GeminiModel) -> None:
    started = time.monotonic()
    await ask(model, "Why? [[fail=429 retry_after=0.7 times=1]]")
    assert time.monotonic() - started >= 0.7


@pytest.mark.parametrize(
    ("trouble", "code", "calls"),
    [
        ("fail=429 retry_after=0.05", "rate_limited", 3),
        ("fail=429 retry_after=30", "rate_limited", 1),
        ("fail=429 quota=1", "quota", 1),
        ("fail=503 retry_after=0.05", "model_error", 3),
        ("fail=400", "model_error", 1),
        ("fail=403", "model_error", 1),
        ("stall=0", "model_timeout", 1),
        ("hold=0", "model_timeout", 1),
    ],
)
async def test_trouble_that_lasts_is_told(
    trouble: str, code: str, calls: int, gemini: GeminiServer, model: GeminiModel, hasty: GeminiModel
) -> None:
    started = time.monotonic()
    with pytest.raises(ModelError) as caught:
        await ask(hasty if code == "model_timeout" else model, f"Why? [[{trouble}]]")
    assert caught.value.code == code
    assert gemini.calls() == calls
    assert time.monotonic() - started < 10
    await gemini.wait(open=0)


async def test_how_long_to_wait_is_told(model: GeminiModel) -> None:
    with pytest.raises(ModelError) as caught:
        await ask(model, "Why? [[fail=429 retry_after=30]]")
    assert (caught.value.retryable, caught.value.retry_after_ms) == (True, 30_000)


async def test_all_tries_share_the_first_chunks_time(gemini: GeminiServer) -> None:
    gemini.script(first=3, fail=503, retry_after=0.1)
    async with opened(gemini, first=5, idle=1) as model:
        with pytest.raises(ModelError, match="model_timeout"):  # three tries that fail are a `model_error`
            await ask(model, "Why?")
    assert gemini.calls() <= 2


@pytest.mark.parametrize("trouble", ["cut=3", "eof=3", "stall=3", "finish=", "cut=1"])
async def test_trouble_after_the_first_chunk_is_never_hidden(
    trouble: str, gemini: GeminiServer, model: GeminiModel, hasty: GeminiModel
) -> None:
    got = ""
    asked = hasty if trouble == "stall=3" else model
    with pytest.raises(AnswerCutError):
        async for chunk in asked.stream([HumanMessage(f"Why? [[{trouble} delay=0.01]]")]):
            got += chunk.text
    assert got
    assert gemini.calls() == 1
    await gemini.wait(open=0)


@pytest.mark.parametrize("ending", ["cut=8", "stall=8"])
async def test_an_answer_with_its_finish_reason_is_whole(ending: str, model: GeminiModel) -> None:
    question = f"Why? [[{ending}]]"
    chunks = await ask(model, question)
    assert text(chunks) == answer_text(question)
    assert chunks[-1].finish_reason == "stop"


async def test_nobody_there(gemini: GeminiServer) -> None:
    await gemini.stop()
    async with opened(gemini, first=1.5, idle=1) as model:
        with pytest.raises(ModelError) as caught:
            await ask(model, "Why?")
    assert caught.value.code == "model_error"


@pytest.mark.parametrize("where", ["hold=0", "stall=0", "stall=3", "fail=503 retry_after=1.2"])
async def test_cancelling_closes_the_connection_at_once(
    where: str, gemini: GeminiServer, model: GeminiModel
) -> None:
    task = asyncio.create_task(ask(model, f"Why? [[{where}]]"))
    await gemini.wait(total=1)
    await asyncio.sleep(0.05)
    task.cancel()
    async with asyncio.timeout(5):  # sooner than any patience ends
        with pytest.raises(asyncio.CancelledError):
            await task
        await gemini.wait(open=0)
    assert gemini.calls() == 1


async def test_closing_the_generator_closes_the_connection(gemini: GeminiServer, model: GeminiModel) -> None:
    async with aclosing(model.stream([HumanMessage("Why? [[stall=3]]")])) as chunks:
        await anext(chunks)
    await gemini.wait(open=0)
    assert gemini.log[-1].outcome == "gone"


async def test_a_backlog_lets_others_run(gemini: GeminiServer, model: GeminiModel) -> None:
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        while True:
            before = time.thread_time()  # what this thread worked, not what the machine did meanwhile
            await asyncio.sleep(0)
            longest = max(longest, time.thread_time() - before)

    watcher = asyncio.create_task(watch())
    question = "Why? [[chunks=4000 size=20]]"
    assert text(await ask(model, question)) == answer_text(question)
    watcher.cancel()
    assert longest < 0.1


async def test_many_at_once_are_not_mixed_up(model: GeminiModel) -> None:
    questions = [f"Why {number}? [[chunks=20 delay=0.005]]" for number in range(40)]
    answers = await asyncio.gather(*(ask(model, question) for question in questions))
    assert [text(chunks) for chunks in answers] == [answer_text(question) for question in questions]
