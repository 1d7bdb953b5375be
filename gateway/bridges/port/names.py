"""What a protocol's ids are called here: a thread is a session, a message is a turn."""

import re
from typing import NamedTuple
from uuid import UUID, uuid4, uuid5

from gateway.wire.close_codes import RefusedError

UUID_TEXT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
THREADS = UUID("6f0c9d5e-3f0b-5d0a-9b0e-7a3c2b1d4e5f")
"""The namespace of threads whose id is no UUID."""
MAX_ID_CHARS = 256


class Names(NamedTuple):
    """Where a question belongs."""

    session: UUID
    turn: UUID


def names_of(thread: str | None, message: str) -> Names:
    """The session of a thread and the turn of a message in it, for ever the same: a POST that is sent again asks nothing
    new. State is scoped by the user, so no two users meet in one thread. Without a thread it is a new one.

    Raises `RefusedError` (invalid) for an id that is too long, or empty.
    """
    session = uuid4() if thread is None else session_of(thread)
    return Names(session, uuid5(session, _checked(message)))


def session_of(thread: str) -> UUID:
    """The session of a thread."""
    return UUID(thread) if UUID_TEXT.fullmatch(thread) else uuid5(THREADS, _checked(thread))


def _checked(name: str) -> str:
    if not 0 < len(name) <= MAX_ID_CHARS:
        raise RefusedError("invalid", f"An id has 1 to {MAX_ID_CHARS} characters.")
    return name.encode("utf-8", "backslashreplace").decode()  # JSON can write half of a surrogate pair
