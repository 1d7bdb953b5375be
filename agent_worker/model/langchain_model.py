"""Any chat model of LangChain's as the graph sees a model: its words, its errors and its patience in ours."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from typing import Any, cast
from uuid import uuid4

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.runnables import Runnable

from agent_worker.model.chunks import FinishReason, ModelChunk, ToolCall
from agent_worker.model.errors import AnswerCutError, ModelError
from agent_worker.model.messages import turn_in
from agent_worker.model.ports import Tool

_REASON_FIELDS = ("finish_reason", "stop_reason", "done_reason")
_REASONS: dict[str, FinishReason] = {
    **dict.fromkeys(("stop", "end_turn", "stop_sequence", "complete", "eos", "eos_token"), "stop"),
    **dict.fromkeys(("length", "max_tokens", "model_length"), "max_tokens"),
    **dict.fromkeys(("content_filter", "safety", "refusal", "recitation", "guardrail_intervened"), "safety"),
    **dict.fromkeys(("tool_calls", "tool_use", "function_call"), "tool_calls"),
}
"""The providers' words. Any other means that something broke; none at all, that the stream ended as it should."""


class LangChainModel:
    """One chat model. Tries before the first word are its own (`max_retries`); the time-outs are seconds."""

    def __init__(
        self, name: str, model: BaseChatModel, *, first_token_timeout: float, idle_timeout: float
    ) -> None:
        self.name = name
        self._model = model
        self._first_token_timeout = first_token_timeout
        self._idle_timeout = idle_timeout

    async def stream(
        self, messages: Sequence[BaseMessage], tools: Sequence[Tool] = ()
    ) -> AsyncGenerator[ModelChunk, None]:
        """See `ChatModel`. A call of a tool is told when it is whole, with the last chunk."""
        pieces: list[AIMessageChunk] = []
        wrote = False
        async with aclosing(cast("AsyncGenerator[Any, None]", self._started(messages, tools))) as stream:
            while (piece := await self._next(stream, wrote=wrote)) is not None:
                pieces.append(piece)
                if text := str(piece.text):
                    wrote = True
                    yield ModelChunk(text)
        if not pieces:
            raise ModelError("model_error", "the stream ended before it began")
        yield _ending(pieces)._replace(model=self.name)

    def _started(self, messages: Sequence[BaseMessage], tools: Sequence[Tool]) -> AsyncIterator[Any]:
        asked: Runnable[Any, Any] = self._model
        if tools:
            try:
                asked = self._model.bind_tools([dict(tool) for tool in tools])
            except NotImplementedError:
                raise ModelError("model_error", "this model calls no tools", retryable=False) from None
        return asked.astream([self._own(message) for message in messages])

    async def _next(self, stream: AsyncIterator[Any], *, wrote: bool) -> AIMessageChunk | None:
        """The next piece, None at the end. Whatever a provider's client raises, the answer is not to be had."""
        try:
            async with asyncio.timeout(self._idle_timeout if wrote else self._first_token_timeout):
                return await anext(stream, None)
        except Exception as error:
            failed = _failure(error)
            if wrote:
                raise AnswerCutError(f"the stream broke: {failed}") from error
            raise failed from error

    def _own(self, message: BaseMessage) -> BaseMessage:
        """A model's turn as this model may be shown it: what it wrote itself as it was, what another wrote as text."""
        turn = turn_in(message) if isinstance(message, AIMessage) else None
        if not isinstance(message, AIMessage) or turn is None:
            return message
        calls = {"tool_calls": message.tool_calls, "invalid_tool_calls": message.invalid_tool_calls}
        sent = turn.parts[0] if turn.parts and turn.model == self.name else None
        if not isinstance(sent, AIMessageChunk):
            return AIMessage(message.content, **calls)
        return AIMessage(
            sent.content,
            additional_kwargs=sent.additional_kwargs,
            response_metadata=sent.response_metadata,
            **calls,
        )


def _ending(pieces: list[AIMessageChunk]) -> ModelChunk:
    whole = pieces[0] + pieces[1:] if len(pieces) > 1 else pieces[0]
    usage = whole.usage_metadata or {"input_tokens": 0, "output_tokens": 0}
    said = next((word for piece in reversed(pieces) if (word := _reason(piece.response_metadata))), "")
    calls = tuple(
        ToolCall(call["id"] or str(uuid4()), call["name"] or "", _json(call["args"]))
        for call in (*whole.tool_calls, *whole.invalid_tool_calls)
    )
    reason = _REASONS.get(said.lower(), "error") if said else "stop"
    if reason == "stop" and calls:
        reason = "tool_calls"
    return ModelChunk("", reason, usage["input_tokens"], usage["output_tokens"], calls, (whole,), said)


def _reason(metadata: dict[str, Any]) -> str:
    return next((str(metadata[field]) for field in _REASON_FIELDS if metadata.get(field)), "")


def _json(arguments: object) -> str:
    return arguments if isinstance(arguments, str) else json.dumps(arguments or {})


def _failure(error: Exception) -> ModelError:
    """By its HTTP status, where it has one. Never its text: that may hold a key or somebody's words."""
    if isinstance(error, TimeoutError):
        return ModelError("model_timeout", "nothing in time")
    status = getattr(error, "status_code", None) or getattr(error, "code", None)
    if not isinstance(status, int):
        return ModelError("model_error", type(error).__name__)
    code = "rate_limited" if status == 429 else "model_error"
    return ModelError(
        code,  # type: ignore[arg-type]
        f"{type(error).__name__}, HTTP {status}",
        retryable=status in (408, 429) or status >= 500,
    )
