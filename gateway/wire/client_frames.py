"""What a client may say (contract §1): one tagged union, unknown keys refused."""

import unicodedata
from typing import Annotated, Literal
from uuid import UUID

import msgspec

CONTENT_CHARS = 4000
MAX_FRAME_BYTES = 16 * 1024
MAX_TOKEN_BYTES = 4096


AnalysisId = Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)]


class Resume(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the client saw last."""

    epoch: Annotated[str, msgspec.Meta(max_length=64)]
    seq: Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class Hello(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="hello"):
    """First frame of a full-level client."""

    token: str | None = None
    resume: Resume | None = None


class UserMessage(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="user_message"):
    """One question. Without `turn_id` a resend is a new question.

    `context_ticker` is three-valued: a ticker, null (no page), or absent (the session's page). `analysis_id` names an
    analysis of that company other than its newest.
    """

    content: Annotated[str, msgspec.Meta(min_length=1, max_length=CONTENT_CHARS)]
    turn_id: UUID | None = None
    context_ticker: str | msgspec.UnsetType | None = msgspec.UNSET
    analysis_id: AnalysisId | None = None
    on_busy: Literal["queue", "reject"] = "queue"

    def __post_init__(self) -> None:
        # Both pass JSON and are refused by Postgres: a poison message, stopped at the door.
        if "\0" in self.content or any(unicodedata.category(char) == "Cs" for char in self.content):
            raise ValueError("content holds a NUL or a lone surrogate")


class SetContext(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag="set_context"
):
    """The page changed; `analysis_id` if it shows an older analysis."""

    ticker: str | None
    analysis_id: AnalysisId | None = None


class Cancel(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="cancel"):
    """Stop a turn; without `turn_id`, the running one."""

    turn_id: UUID | None = None


class AuthRefresh(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="auth_refresh"):
    """A newer token of the same user."""

    token: str


class Ping(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="ping"):
    """Application-level keepalive; `t` comes back as it is."""

    t: int | float | str | None = None


ClientFrame = Hello | UserMessage | SetContext | Cancel | AuthRefresh | Ping
