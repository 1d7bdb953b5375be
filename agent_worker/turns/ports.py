"""What running a turn needs from the outside."""

from typing import Protocol

from agent_worker.workflows.answer_parts import AnswerEnd, Emit, TurnQuestion


class AnswerGraph(Protocol):
    """Answers one question; its parts are emitted as the model writes them."""

    async def answer(self, question: TurnQuestion, emit: Emit) -> AnswerEnd:
        """Emit one `ContextLoaded`, then `TextDelta`s; returns how it ended. Cancelling stops the model."""
        ...
