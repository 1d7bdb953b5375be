"""Session events: what a turn tells its session's sockets (contract §1, the frames marked ●).

A frame is encoded once, here, without its closing brace; the script that numbers it appends `,"seq":N}`.
From then on it is bytes: logged, published and relayed without being decoded again.
"""

import datetime as dt
from typing import Literal
from uuid import UUID

import msgspec

from shared.frames.figures import Figure, Lookup, LookupStatus, Source, Table

FinishReason = Literal["stop", "max_tokens", "safety", "cancelled"]
ErrorCode = Literal[
    "invalid", "busy", "overloaded", "unavailable", "rate_limited", "quota",
    "model_error", "model_timeout", "failed", "unknown_ticker",
]  # fmt: skip


class AnalysisRef(msgspec.Struct, frozen=True):
    """Which analysis an answer reads."""

    ticker: str
    analysis_id: int
    as_of: dt.date


class Usage(msgspec.Struct, frozen=True):
    """Tokens the model counted for one answer."""

    input_tokens: int = 0
    output_tokens: int = 0


class UserEcho(msgspec.Struct, frozen=True, tag="user_echo"):
    """A question was accepted; all the session's sockets see it."""

    turn_id: UUID
    content: str
    context_ticker: str | None


class AiStart(msgspec.Struct, frozen=True, tag="ai_start"):
    """An attempt at the answer begins. `context` is null when no analysis is read."""

    turn_id: UUID
    attempt: int
    context: AnalysisRef | None
    model: str


class AiChunk(msgspec.Struct, frozen=True, tag="ai_chunk", omit_defaults=True):
    """The next piece of the answer, and the figures of the sentences that it ends."""

    content: str
    turn_id: UUID
    attempt: int
    figures: list[Figure] = []


class AiLookup(msgspec.Struct, frozen=True, tag="ai_lookup", omit_defaults=True):
    """The agent looks something up; the same `n` again replaces it."""

    turn_id: UUID
    attempt: int
    n: int
    tool: str
    words: str
    status: LookupStatus
    sources: list[Source]
    result: Table | None = None


class AiReset(msgspec.Struct, frozen=True, tag="ai_reset"):
    """Drop the partial text: attempt `attempt` begins (an `ai_start` follows)."""

    turn_id: UUID
    attempt: int
    reason: str


class AiComplete(msgspec.Struct, frozen=True, tag="ai_complete"):
    """The answer as it is stored."""

    full_message: str
    turn_id: UUID
    message_id: int
    finish_reason: FinishReason
    usage: Usage
    context: AnalysisRef | None
    model: str
    figures: list[Figure] = []
    lookups: list[Lookup] = []


class AiError(msgspec.Struct, frozen=True, tag="ai_error", omit_defaults=True):
    """The turn is over, without an answer. `message` is fixed words, never an exception's."""

    turn_id: UUID
    code: ErrorCode
    message: str
    retryable: bool
    retry_after_ms: int | None = None


class Context(msgspec.Struct, frozen=True, tag="context"):
    """The session's page changed. `analysis_id` and `as_of` are null where the company has no analysis."""

    ticker: str | None
    analysis_id: int | None
    as_of: dt.date | None


SessionEvent = UserEcho | AiStart | AiChunk | AiLookup | AiReset | AiComplete | AiError | Context

_encoder = msgspec.json.Encoder()


def open_frame(event: SessionEvent) -> bytes:
    """The event's JSON without its closing brace, ready for the script that appends the `seq`."""
    return _encoder.encode(event)[:-1]
