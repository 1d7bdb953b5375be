"""A run request: the entry on the request stream that tells a worker that a session has a turn to run.

It wakes a worker and decides nothing: the worker claims from Postgres. So an entry may be lost, doubled or late.
All fields are plain text, to be read with `redis-cli XRANGE`.
"""

from typing import Any, Self
from uuid import UUID

import msgspec


class TurnRequest(msgspec.Struct, frozen=True):
    """The session, and the turn that was the oldest unfinished one when the entry was added."""

    user: str
    session: UUID
    turn: UUID
    content: str
    ticker: str | None

    def to_fields(self) -> dict[Any, Any]:
        """The entry's fields as XADD takes them; no ticker is the empty string."""
        return {
            "user": self.user,
            "session": str(self.session),
            "turn": str(self.turn),
            "content": self.content,
            "ticker": self.ticker or "",
        }

    @classmethod
    def from_fields(cls, fields: dict[bytes, bytes]) -> Self:
        """Read an entry. Raises `ValueError` or `KeyError` for one that this project did not write."""
        return cls(
            user=fields[b"user"].decode(),
            session=UUID(fields[b"session"].decode()),
            turn=UUID(fields[b"turn"].decode()),
            content=fields.get(b"content", b"").decode(),
            ticker=fields.get(b"ticker", b"").decode() or None,
        )
