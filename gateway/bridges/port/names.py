"""What a protocol's ids are called here: a thread is a session, a message is a turn."""

import re
from uuid import UUID, uuid5

UUID_TEXT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
THREADS = UUID("6f0c9d5e-3f0b-5d0a-9b0e-7a3c2b1d4e5f")
"""The namespace of threads whose id is no UUID."""


def session_of(thread: str) -> UUID:
    """The session of a thread, for ever the same. State is scoped by the user, so no two users meet in one."""
    return UUID(thread) if UUID_TEXT.fullmatch(thread) else uuid5(THREADS, _encodable(thread))


def turn_of(session: UUID, message: str) -> UUID:
    """The turn of a message: a POST that is sent again asks nothing new."""
    return uuid5(session, _encodable(message))


def _encodable(text: str) -> str:
    """JSON can write a lone surrogate, UTF-8 cannot."""
    return text.encode("utf-8", "backslashreplace").decode()
