"""What the rest of the worker sees of a model."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Any, Protocol

from langchain_core.messages import BaseMessage

from agent_worker.model.chunks import ModelChunk

Tool = Mapping[str, Any]
"""What a model may call: {"name", "description", "parameters": a JSON schema of type object}."""


class ChatModel(Protocol):
    """Answers a conversation, chunk by chunk."""

    @property
    def name(self) -> str:
        """What is shown as the model."""
        ...

    def stream(
        self, messages: Sequence[BaseMessage], tools: Sequence[Tool] = ()
    ) -> AsyncGenerator[ModelChunk, None]:
        """Chunks until one has a finish reason. Raises `ModelError` before the first, `AnswerCutError` after it.

        A turn with calls and their results come back to it as `messages.model_message` and `tool_message`.
        """
        ...
