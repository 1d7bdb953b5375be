"""What the gateway itself says to one socket, or to all (contract §1). Session events are in
`shared.frames.turn_events`."""

import datetime as dt
from typing import Literal
from uuid import UUID

import msgspec

from shared.frames.analyses_changed import AnalysesChanged
from shared.frames.figures import Figure, Lookup
from shared.frames.turn_events import ErrorCode, FinishReason, Usage

AckStatus = Literal["accepted", "queued", "duplicate"]


class Limits(msgspec.Struct, frozen=True):
    """What the client should keep to: characters per question, turns that may wait, questions per minute."""

    content_chars: int
    queue: int
    message_rate: int


class PageContext(msgspec.Struct, frozen=True):
    """The page the session is on, and the analysis that would be read now."""

    ticker: str
    analysis_id: int | None
    as_of: dt.date | None


class ActiveTurn(msgspec.Struct, frozen=True):
    """The answer that is being written, with the figures and look-ups so far."""

    turn_id: UUID
    attempt: int
    text: str
    figures: list[Figure] = []
    lookups: list[Lookup] = []


class QueuedTurn(msgspec.Struct, frozen=True):
    """A question that waits."""

    turn_id: UUID
    content: str


class Message(msgspec.Struct, frozen=True):
    """One stored message. `as_of` is the date of the analysis it used."""

    id: int
    turn_id: UUID
    role: Literal["user", "assistant"]
    content: str
    finish_reason: FinishReason | None
    context_ticker: str | None
    analysis_id: int | None
    as_of: dt.date | None
    model: str | None
    usage: Usage | None
    created_at: dt.datetime
    figures: list[Figure] = []
    lookups: list[Lookup] = []


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """The session is open. `recovered`: everything after `resume.seq` follows."""

    session_id: UUID
    epoch: str
    seq: int
    recovered: bool
    context: PageContext | None
    active_turn: UUID | None
    model: str | None
    expires_at: int
    limits: Limits


class Snapshot(msgspec.Struct, frozen=True, tag="snapshot", omit_defaults=True):
    """The whole state at `seq`; replaces what the client has."""

    seq: int
    messages: list[Message]
    has_more: bool
    queued: list[QueuedTurn]
    active: ActiveTurn | None = None


class Ack(msgspec.Struct, frozen=True, tag="ack"):
    """A question was taken. `position` 0: running or next."""

    turn_id: UUID
    status: AckStatus
    position: int


class AuthExpiring(msgspec.Struct, frozen=True, tag="auth_expiring"):
    """The token ends soon; `expires_at` in Unix seconds."""

    expires_at: int


class Authenticated(msgspec.Struct, frozen=True, tag="authenticated"):
    """The newer token was taken."""

    expires_at: int


class Error(msgspec.Struct, frozen=True, tag="error", omit_defaults=True):
    """Something was refused; nothing was stored for it. `message` is fixed words."""

    code: ErrorCode
    message: str
    retryable: bool
    retry_after_ms: int | None = None
    turn_id: UUID | None = None


class Pong(msgspec.Struct, frozen=True, tag="pong"):
    """Answer to `ping`."""

    t: int | float | str | None


ServerFrame = Ready | Snapshot | Ack | AnalysesChanged | AuthExpiring | Authenticated | Error | Pong
