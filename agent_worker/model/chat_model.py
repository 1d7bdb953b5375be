"""Which model answers."""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Protocol

import msgspec
from langchain_core.messages import BaseMessage

from agent_worker.model.chunks import ModelChunk

DEFAULT_MODEL = "gemini-3.8-flash"


class ModelSettings(msgspec.Struct, frozen=True, kw_only=True):
    """`base_url` None asks Google itself; the time-outs are seconds."""

    api_key: str
    model: str = DEFAULT_MODEL
    base_url: str | None = None
    first_token_timeout: float = 30.0
    idle_timeout: float = 15.0


class ChatModel(Protocol):
    """Answers a conversation, chunk by chunk."""

    name: str
    """What is shown as the model."""

    def stream(
        self, messages: Sequence[BaseMessage], tools: Sequence[Mapping[str, Any]] = ()
    ) -> AsyncGenerator[ModelChunk, None]:
        """Chunks until one has a finish reason. Raises `ModelError` before the first, `AnswerCutError` after it.

        `tools` are what it may call: {"name", "description", "parameters": a JSON schema of type object} each.
        A turn with calls and their results come back to it as `messages.model_message` and `tool_message`.
        """
        ...


@asynccontextmanager
async def open_chat_model(settings: ModelSettings) -> AsyncIterator[ChatModel]:
    """The model that `settings` name, for as long as the body runs."""
    from agent_worker.model.gemini.gemini_model import open_gemini  # two seconds: only for who opens a model

    async with open_gemini(
        model=settings.model,
        api_key=settings.api_key,
        base_url=settings.base_url,
        first_token_timeout=settings.first_token_timeout,
        idle_timeout=settings.idle_timeout,
    ) as gemini:
        yield gemini
