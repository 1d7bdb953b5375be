"""Two models as one: the second answers when the first gives no first word."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

import structlog
from langchain_core.messages import AIMessage, BaseMessage, ToolMessage

from agent_worker.model.chunks import ModelChunk
from agent_worker.model.errors import ModelError
from agent_worker.model.messages import turn_in
from agent_worker.model.ports import ChatModel, Tool

log = structlog.get_logger(__name__)


class FallbackModel:
    """`first`, and `second` after a `ModelError` of the first; an answer that began is never begun anew elsewhere."""

    def __init__(self, first: ChatModel, second: ChatModel) -> None:
        self._first = first
        self._second = second
        self._answered = first

    @property
    def name(self) -> str:
        """The model that answered last. Which one wrote a certain answer is in its last chunk."""
        return self._answered.name

    async def stream(
        self, messages: Sequence[BaseMessage], tools: Sequence[Tool] = ()
    ) -> AsyncGenerator[ModelChunk, None]:
        """See `ChatModel`. A turn in which the second called a tool is finished by the second."""
        asked, other = self._first, self._second
        if _wrote_last(messages) == other.name != asked.name:
            asked, other = other, asked
        begun = False
        try:
            async with aclosing(asked.stream(messages, tools)) as chunks:
                async for chunk in chunks:
                    begun, self._answered = True, asked
                    yield chunk
            return
        except ModelError as error:
            if begun:
                raise
            failed = error
        log.warning("another model is asked", failed=asked.name, asked=other.name, code=failed.code)
        try:
            async with aclosing(other.stream(messages, tools)) as chunks:
                async for chunk in chunks:
                    begun, self._answered = True, other
                    yield chunk
        except ModelError as error:
            if begun or not failed.retryable:
                raise
            raise failed from error


def _wrote_last(messages: Sequence[BaseMessage]) -> str | None:
    """The model whose calls the last messages answer; None if they answer none."""
    before = next((message for message in reversed(messages) if not isinstance(message, ToolMessage)), None)
    turn = turn_in(before) if isinstance(before, AIMessage) and before is not messages[-1] else None
    return turn.model if turn else None
