"""What running a turn needs from the outside."""

from typing import Protocol

from agent_worker.workflows.answer_parts import AnswerEnd, Tell, TurnQuestion


class AnswerGraph(Protocol):
    """Answers one question; its parts are told as the model writes them."""

    async def answer(self, question: TurnQuestion, tell: Tell) -> AnswerEnd:
        """Tell one `ContextLoaded`, then `TextDelta`s; returns how it ended. Cancelling stops the model."""
        ...
