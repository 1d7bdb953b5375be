"""Any chat model of LangChain's, on its own fake models."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from typing import Any

import pytest
from langchain_core.callbacks import AsyncCallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, FakeListChatModel, GenericFakeChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, HumanMessage, ToolMessage
from langchain_core.outputs import ChatGenerationChunk
from langchain_core.runnables import Runnable

from agent_worker.model.chunks import ModelChunk, ToolCall
from agent_worker.model.errors import AnswerCutError, ModelError
from agent_worker.model.langchain_model import LangChainModel
from agent_worker.model.messages import model_message, tool_message

QUESTION = HumanMessage("Why?")
TOOL = {"name": "find", "description": "d", "parameters": {"type": "object", "properties": {}}}


class Scripted(GenericFakeChatModel):
    """LangChain's fake, streaming the given pieces; an exception among them is raised, a number is waited for."""

    messages: Any = iter(())
    pieces: Any = ()
    seen: Any = ()

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        self.seen.append((messages, kwargs))
        for piece in self.pieces:
            if isinstance(piece, Exception):
                raise piece
            if isinstance(piece, float):
                await asyncio.sleep(piece)
            else:
                yield ChatGenerationChunk(message=piece.model_copy())

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> Runnable[Any, Any]:
        return self.bind(tools=tools, **kwargs)


class RefusedError(Exception):
    def __init__(self, status: int) -> None:
        super().__init__("with a secret in it")
        self.status_code = status


def text(words: str, **metadata: Any) -> AIMessageChunk:
    return AIMessageChunk(content=words, response_metadata=metadata)


def model(fake: BaseChatModel, *, first: float = 10, idle: float = 10) -> LangChainModel:
    return LangChainModel("mine", fake, first_token_timeout=first, idle_timeout=idle)


def scripted(*pieces: Any, **patience: float) -> tuple[LangChainModel, Scripted]:
    fake = Scripted(pieces=list(pieces), seen=[])
    return model(fake, **patience), fake


async def ask(asked: LangChainModel, *messages: BaseMessage, tools: Any = ()) -> list[ModelChunk]:
    return [chunk async for chunk in asked.stream(messages or [QUESTION], tools)]


async def test_text_comes_as_it_is_written() -> None:
    chunks = await ask(model(FakeListChatModel(responses=["Hello €"])))
    assert [chunk.text for chunk in chunks] == [*"Hello €", ""]
    assert (chunks[-1].finish_reason, chunks[-1].model) == ("stop", "mine")


async def test_a_model_that_does_not_stream_is_one_chunk() -> None:
    class Whole(GenericFakeChatModel):
        def _stream(self, *args: Any, **kwargs: Any) -> Any:
            raise NotImplementedError

    Whole._stream = BaseChatModel._stream  # type: ignore[method-assign]
    usage = {"input_tokens": 7, "output_tokens": 3, "total_tokens": 10}
    calls = [{"name": "find", "args": {"n": 1}, "id": "c1"}]
    fake = Whole(messages=iter([AIMessage("Hm.", tool_calls=calls, usage_metadata=usage)]))
    first, last = await ask(model(fake))
    assert first == ModelChunk("Hm.")
    assert (last.finish_reason, last.input_tokens, last.output_tokens) == ("tool_calls", 7, 3)
    assert last.tool_calls == (ToolCall("c1", "find", '{"n": 1}'),)


async def test_usage_adds_up_as_langchain_adds_it() -> None:
    parts = [
        AIMessageChunk(
            content="a", usage_metadata={"input_tokens": 9, "output_tokens": 1, "total_tokens": 10}
        ),
        AIMessageChunk(
            content="b", usage_metadata={"input_tokens": 0, "output_tokens": 2, "total_tokens": 2}
        ),
    ]
    last = (await ask(scripted(*parts)[0]))[-1]
    assert (last.input_tokens, last.output_tokens) == (9, 3)


@pytest.mark.parametrize(
    ("metadata", "reason"),
    [
        ({}, "stop"),
        ({"finish_reason": "stop"}, "stop"),
        ({"finish_reason": "STOP"}, "stop"),
        ({"stop_reason": "end_turn"}, "stop"),
        ({"done_reason": "length"}, "max_tokens"),
        ({"stop_reason": "max_tokens"}, "max_tokens"),
        ({"finish_reason": "content_filter"}, "safety"),
        ({"stop_reason": "refusal"}, "safety"),
        ({"finish_reason": "OTHER"}, "error"),
    ],
)
async def test_endings_in_neutral_words(metadata: dict[str, str], reason: str) -> None:
    last = (await ask(scripted(text("a"), text("", **metadata))[0]))[-1]
    assert last.finish_reason == reason
    assert last.said == "".join(metadata.values())


def piece(index: int, **call: str) -> AIMessageChunk:
    fields: Any = {"type": "tool_call_chunk", "index": index, "name": None, "args": None, "id": None, **call}
    return AIMessageChunk(content="", tool_call_chunks=[fields])


async def test_calls_in_pieces_are_told_whole() -> None:
    asked, fake = scripted(
        text("Let me look."),
        piece(0, id="c1", name="find", args='{"tick'),
        piece(0, args='er": "KO"}'),
        piece(1, id="c2", name="find", args="{}"),
        text("", finish_reason="tool_calls"),
    )
    first, last = await ask(asked, tools=[TOOL])
    assert first.text == "Let me look."
    assert last.finish_reason == "tool_calls"
    assert last.tool_calls == (ToolCall("c1", "find", '{"ticker": "KO"}'), ToolCall("c2", "find", "{}"))
    assert fake.seen[0][1]["tools"] == [TOOL]


async def test_broken_arguments_are_told_as_they_are() -> None:
    last = (await ask(scripted(piece(0, id="c1", name="find", args="no json"))[0]))[-1]
    assert last.tool_calls == (ToolCall("c1", "find", "no json"),)


async def test_its_own_turn_comes_back_as_it_was_and_anothers_as_text() -> None:
    blocks: list[Any] = [{"type": "thinking", "signature": "s"}, {"type": "text", "text": "Hm."}]
    call = piece(0, id="c1", name="find", args="{}")
    whole = AIMessageChunk(content=blocks, tool_call_chunks=call.tool_call_chunks)
    asked, fake = scripted(whole)
    turn = ModelChunk()
    for chunk in await ask(asked):
        turn = turn.then(chunk)
    await ask(asked, QUESTION, model_message(turn), tool_message(turn.tool_calls[0], "r"))
    _, own, result = fake.seen[-1][0]
    assert own.content == blocks
    assert [call["id"] for call in own.tool_calls] == ["c1"]
    assert isinstance(result, ToolMessage)
    assert (result.content, result.tool_call_id, result.name) == ("r", "c1", "find")
    await ask(
        asked, QUESTION, model_message(turn._replace(model="other")), tool_message(turn.tool_calls[0], "r")
    )
    foreign = fake.seen[-1][0][1]
    assert (foreign.content, foreign.additional_kwargs) == ("Hm.", {})
    assert [call["id"] for call in foreign.tool_calls] == ["c1"]


@pytest.mark.parametrize(
    ("error", "code", "retryable"),
    [
        (RefusedError(429), "rate_limited", True),
        (RefusedError(503), "model_error", True),
        (RefusedError(401), "model_error", False),
        (ConnectionResetError("a secret"), "model_error", True),
        (TimeoutError(), "model_timeout", True),
    ],
)
async def test_trouble_before_the_first_word(error: Exception, code: str, retryable: bool) -> None:
    with pytest.raises(ModelError) as caught:
        await ask(scripted(text(""), error)[0])
    assert (caught.value.code, caught.value.retryable) == (code, retryable)
    assert "secret" not in str(caught.value)


async def test_trouble_after_the_first_word_is_a_cut() -> None:
    for error in (RefusedError(503), ConnectionResetError(), TimeoutError()):
        with pytest.raises(AnswerCutError):
            await ask(scripted(text("a"), error)[0])


async def test_patience_ends() -> None:
    with pytest.raises(ModelError, match="model_timeout"):
        await ask(scripted(60.0, text("late"), first=0.05)[0])
    with pytest.raises(AnswerCutError, match="model_timeout"):
        await ask(scripted(text("a"), 60.0, idle=0.05)[0])


async def test_nothing_at_all_is_no_answer() -> None:
    with pytest.raises(ModelError):
        await ask(scripted()[0])


async def test_a_model_without_tools_says_so() -> None:
    with pytest.raises(ModelError, match="no tools") as caught:
        await ask(model(FakeListChatModel(responses=["a"])), tools=[TOOL])
    assert not caught.value.retryable


async def test_cancelling_and_closing_end_the_stream() -> None:
    asked, _ = scripted(text("a"), 60.0)
    async with aclosing(asked.stream([QUESTION])) as chunks:
        await anext(chunks)
    task = asyncio.create_task(ask(asked))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
