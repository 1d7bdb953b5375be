"""Why a socket is closed, and what is refused without closing it: every code with its fixed words."""

from enum import Enum
from typing import NamedTuple
from uuid import UUID

from gateway.wire.server_frames import Error
from shared.frames.turn_events import ErrorCode


class Close(Enum):
    """A close code and its sentence (contract §1). The comment says what the client does."""

    BINARY = 1003, "Send text frames."  # stop
    RESTARTING = 1012, "The gateway restarts; connect again."  # reconnect with jitter
    FULL = 1013, "The gateway is at capacity; try again later."  # reconnect with jitter
    TOO_SLOW = 4008, "Reading too slowly; connect again and resume."  # reconnect and resume
    MALFORMED = 4400, "Too many invalid frames."  # stop
    UNAUTHORIZED = 4401, "The token is missing, invalid or expired."  # refresh, then reconnect
    FORBIDDEN = 4403, "Not allowed."  # stop
    AUTH_TIMEOUT = 4408, "Not authenticated in time."  # reconnect
    TOO_MANY = 4429, "Too many sockets or messages."  # back off
    INTERNAL = 4500, "Something went wrong here."  # reconnect with jitter

    @property
    def code(self) -> int:
        """The number on the wire."""
        return self.value[0]

    @property
    def reason(self) -> str:
        """The sentence on the wire."""
        return self.value[1]


CLOSE_NOW = "tickertalk.close_now"
"""The name of an ASGI extension of our server: `call(code, reason)` closes without waiting until the client reads."""


class Words(NamedTuple):
    """The fixed words of an error code, and whether trying again can help."""

    message: str
    retryable: bool


ERRORS: dict[ErrorCode, Words] = {
    "invalid": Words("This frame is not valid.", retryable=False),
    "busy": Words("A question is being answered and others wait.", retryable=True),
    "overloaded": Words("Too much is going on; try again in a moment.", retryable=True),
    "unavailable": Words("The service is not available right now.", retryable=True),
    "rate_limited": Words("Too many questions; wait a little.", retryable=True),
    "quota": Words("The token budget of today is used up.", retryable=True),
    "unknown_ticker": Words("There is no such company here.", retryable=False),
}


class RefusedError(Exception):
    """Something a client asked for is refused with an error code; nothing was stored for it."""

    def __init__(
        self, code: ErrorCode, message: str | None = None, *, retry_after_ms: int | None = None
    ) -> None:
        super().__init__(code)
        self.code = code
        self.message = message or ERRORS[code].message
        self.retry_after_ms = retry_after_ms

    def frame(self, turn: UUID | None = None) -> Error:
        """The error as the client reads it."""
        words = ERRORS[self.code]
        return Error(self.code, self.message, words.retryable, self.retry_after_ms, turn)
