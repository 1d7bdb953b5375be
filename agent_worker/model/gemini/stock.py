"""`ChatGoogleGenerativeAI` as the one who knows the protocol: it builds requests, and reads what is unusual.

It is used through its public face only. Its HTTP transport, which it lets one choose, is replaced by one that
hands the finished request over instead of sending it, or answers with an event that was already received.
This module costs two seconds to import; only `open_chat_model` does.
"""

from collections.abc import Sequence
from contextvars import ContextVar
from typing import Any, cast

import httpx
from langchain_core.messages import AIMessageChunk, BaseMessage, HumanMessage
from langchain_core.runnables import RunnableBinding
from langchain_google_genai import ChatGoogleGenerativeAI
from pydantic import SecretStr

from agent_worker.model.chunks import ModelChunk, ToolCall
from agent_worker.model.gemini.contents import GEMINI_3_ON
from agent_worker.model.gemini.decode import finish_reason, parts_in
from agent_worker.model.ports import Tool

MAX_OUTPUT_TOKENS = 4096
"""The model's thinking counts too."""

_event_to_read: ContextVar[bytes | None] = ContextVar("event_to_read", default=None)


class _RequestBuiltError(Exception):
    """Carries a finished request out of the client."""

    def __init__(self, request: httpx.Request) -> None:
        super().__init__("request built")
        self.request = request


class _Transport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Sends nothing."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        event = _event_to_read.get()
        if event is None:
            raise _RequestBuiltError(request)
        return httpx.Response(200, content=b"data: %s\n\n" % event.replace(b"\n", b" "))


class StockGemini:
    """The stock client without a network."""

    def __init__(self, *, model: str, api_key: str, base_url: str | None) -> None:
        self._client = ChatGoogleGenerativeAI(
            model=model,
            google_api_key=SecretStr(api_key),
            base_url=base_url,
            streaming=True,
            max_output_tokens=MAX_OUTPUT_TOKENS,
            # A chat beside a page wants its first word soon; models before Gemini 3 refuse the field.
            thinking_level="low" if GEMINI_3_ON.match(model) else None,
            max_retries=1,  # 0 would mean the SDK's own six; retrying is `gemini_model`'s
            client_args={"transport": _Transport()},
        )

    async def request(self, messages: Sequence[BaseMessage], tools: Sequence[Tool] = ()) -> httpx.Request:
        """The streaming request for `messages` and declared `tools`, as the stock client would send it."""
        bound = self._declared(tools) if tools else {}
        try:
            async for _ in self._client._astream(list(messages), **bound):
                pass
        except _RequestBuiltError as built:
            return built.request
        raise RuntimeError("the stock client made no request")

    async def read(self, event: bytes) -> ModelChunk:
        """One event of a stream, parsed by the stock client. Raises what it raises for an error in the event."""
        chunk = ModelChunk()
        token = _event_to_read.set(event)
        try:
            async for generation in self._client._astream([HumanMessage("-")]):
                message = cast(AIMessageChunk, generation.message)
                info = generation.generation_info or {}
                usage = message.usage_metadata or {"input_tokens": 0, "output_tokens": 0}
                feedback = message.response_metadata.get("prompt_feedback") or {}
                blocked = feedback.get("block_reason")
                word = info.get("finish_reason")
                chunk = chunk.then(
                    ModelChunk(
                        str(message.text),
                        "safety" if blocked else finish_reason(word),
                        usage["input_tokens"],
                        usage["output_tokens"],
                        tuple(
                            ToolCall(call["id"] or "", call["name"] or "", call["args"] or "")
                            for call in message.tool_call_chunks
                        ),
                        said=getattr(blocked, "value", blocked) or word or "",
                    )
                )
        finally:
            _event_to_read.reset(token)
        return chunk._replace(parts=parts_in(event))

    def _declared(self, tools: Sequence[Tool]) -> dict[str, Any]:
        binding = cast("RunnableBinding[Any, Any]", self._client.bind_tools([dict(tool) for tool in tools]))
        return dict(binding.kwargs)

    async def aclose(self) -> None:
        await self._client.aclose()
