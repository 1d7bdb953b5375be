"""What goes into a run of the chat graph, and what it tells its caller meanwhile."""

from collections.abc import Callable
from typing import Literal
from uuid import UUID

import msgspec

from shared.frames.figures import Figure, Lookup
from shared.frames.turn_events import AnalysisRef

FinishReason = Literal["stop", "max_tokens", "safety"]


class TurnQuestion(msgspec.Struct, frozen=True):
    """One question of one session. `context_ticker` is the page it was asked on, `analysis_id` the
    analysis that page showed, if not the newest."""

    user_id: str
    session_id: UUID
    turn_id: UUID
    content: str
    context_ticker: str | None
    analysis_id: int | None = None


class ContextLoaded(msgspec.Struct, frozen=True):
    """Always the first part. `context` is None without a ticker, or when it has no analysis."""

    context: AnalysisRef | None


class TextDelta(msgspec.Struct, frozen=True):
    """The next piece of the answer, never empty, and the figures of the sentences that it ends."""

    text: str
    figures: list[Figure] = []


class LookedUp(msgspec.Struct, frozen=True):
    """A look-up's new state; the same `n` again replaces it."""

    lookup: Lookup


class AnswerEnd(msgspec.Struct, frozen=True):
    """How an answer ended, what it cost, and all its figures, checked once more. `model` wrote it; empty: the one that was asked."""

    finish_reason: FinishReason
    input_tokens: int
    output_tokens: int
    model: str = ""
    figures: list[Figure] = []
    prompt_version: str = ""


AnswerPart = ContextLoaded | TextDelta | LookedUp

Emit = Callable[[AnswerPart], None]
"""Takes the parts of an answer as they come; never waits."""
