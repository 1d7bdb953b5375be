"""What running a turn needs from the outside."""

from collections.abc import AsyncGenerator
from typing import Protocol

from agent_worker.workflows.answer_parts import AnswerPart, TurnQuestion


class AnswerGraph(Protocol):
    """Answers one question; the parts come as the model writes them."""

    def answer(self, question: TurnQuestion) -> AsyncGenerator[AnswerPart, None]:
        """One `ContextLoaded`, then `TextDelta`s, one `AnswerEnd`; closing the generator stops the model."""
        ...
