"""Why a socket is closed, and what is refused without closing it: every code with its fixed words."""

from enum import Enum
from typing import Literal, NamedTuple
from uuid import UUID

from gateway.wire.server_frames import Error
from shared.frames.turn_events import ErrorCode

Retry = Literal["reconnect", "soon", "refresh", "back_off", "stop"]
"""What a client does after a close: come back with jitter, within a second, with a newer token, late, or not."""


class Close(Enum):
    """A close code, its sentence, and what the client does (contract §1)."""

    BINARY = 1003, "Send text frames.", "stop"
    RESTARTING = 1012, "The gateway restarts; connect again.", "soon"
    FULL = 1013, "The gateway is at capacity; try again later.", "back_off"
    TOO_SLOW = 4008, "Reading too slowly; connect again and resume.", "reconnect"
    MALFORMED = 4400, "Too many invalid frames.", "stop"
    UNAUTHORIZED = 4401, "The token is missing, invalid or expired.", "refresh"
    FORBIDDEN = 4403, "Not allowed.", "stop"
    AUTH_TIMEOUT = 4408, "Not authenticated in time.", "reconnect"
    TOO_MANY = 4429, "Too many sockets or messages.", "back_off"
    INTERNAL = 4500, "Something went wrong here.", "reconnect"

    def __init__(self, code: int, reason: str, retry: Retry) -> None:
        self.code = code
        self.reason = reason
        self.retry: Retry = retry


# The WebSocket server itself closes with these: text that is not UTF-8, a message that is too big.
_BY_THE_SERVER: dict[int, Retry] = {1007: "stop", 1009: "stop"}
RETRY_RULES: dict[int, Retry] = {**{close.code: close.retry for close in Close}, **_BY_THE_SERVER}
OTHERWISE: Retry = "reconnect"
"""What a client does after any code that is not in `RETRY_RULES`."""


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
