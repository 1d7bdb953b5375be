"""What goes into a run of the chat graph, and what it tells its caller meanwhile."""

from collections.abc import Callable
from typing import Literal
from uuid import UUID

import msgspec

from shared.frames.turn_events import AnalysisRef

FinishReason = Literal["stop", "max_tokens", "safety"]


class TurnQuestion(msgspec.Struct, frozen=True):
    """One question of one session. `context_ticker` is the page it was asked on."""

    user_id: str
    session_id: UUID
    turn_id: UUID
    content: str
    context_ticker: str | None


class ContextLoaded(msgspec.Struct, frozen=True):
    """Always the first part. `context` is None without a ticker, or when it has no analysis."""

    context: AnalysisRef | None


class TextDelta(msgspec.Struct, frozen=True):
    """The next piece of the answer, never empty."""

    text: str


class AnswerEnd(msgspec.Struct, frozen=True):
    """How an answer ended, and what it cost. `model` wrote it; empty: the one that was asked."""

    finish_reason: FinishReason
    input_tokens: int
    output_tokens: int
    model: str = ""


AnswerPart = ContextLoaded | TextDelta

Emit = Callable[[AnswerPart], None]
"""Takes the parts of an answer as they come; never waits."""
