"""The message on the control channel: `<user> <session> <turn>`, look at this turn's cancel flag."""

from typing import NamedTuple, Self
from urllib.parse import quote, unquote
from uuid import UUID


class LookAtTurn(NamedTuple):
    """The user is percent-encoded on the wire."""

    user: str
    session: UUID
    turn: UUID

    def write(self) -> str:
        """As it is published."""
        return f"{quote(self.user, safe='')} {self.session} {self.turn}"

    @classmethod
    def read(cls, payload: bytes) -> Self:
        """Raises `ValueError` for what is no such message."""
        user, session, turn = payload.decode().split(" ")
        return cls(unquote(user), UUID(session), UUID(turn))
