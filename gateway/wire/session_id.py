"""What names a conversation."""

from typing import NamedTuple
from uuid import UUID


class SessionKey(NamedTuple):
    """All state is scoped by both: another user's session id is simply another session."""

    user: str
    session: UUID
