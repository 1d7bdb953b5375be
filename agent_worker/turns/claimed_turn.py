"""A turn this worker may answer for as long as it keeps the lease."""

from typing import NamedTuple, Self
from uuid import UUID

import asyncpg

from shared.frames.turn_requests import TurnRequest

MAX_ATTEMPTS = 3


class ClaimedTurn(NamedTuple):
    """One claim. `attempt` counts from 1, `excused` those that ended through no fault of the turn."""

    user: str
    session: UUID
    turn: UUID
    content: str
    ticker: str | None
    analysis_id: int | None
    attempt: int
    excused: int
    fence: int
    cancel_requested: bool

    @classmethod
    def of_row(cls, row: asyncpg.Record) -> Self:
        """A turn as it stands in the queue."""
        return cls(
            row["user_id"], row["session_id"], row["turn_id"], row["content"], row["context_ticker"],
            row["analysis_id"], row["attempt"], row["excused"], row["fence"], row["cancel_requested"],
        )  # fmt: skip

    @property
    def exhausted(self) -> bool:
        """Whether another attempt would be one too many."""
        return self.attempt - self.excused >= MAX_ATTEMPTS

    @property
    def request(self) -> TurnRequest:
        """The delivery that leads to this turn."""
        return TurnRequest(self.user, self.session, self.turn, self.content, self.ticker)
