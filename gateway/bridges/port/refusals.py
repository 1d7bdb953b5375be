"""Why a bridge gives no answer: one shape for every reason, which each protocol puts into its own words."""

from typing import Literal, NamedTuple

from shared.frames.turn_events import AiError, ErrorCode

HttpCode = Literal["unauthorized", "forbidden", "not_found", "method_not_allowed", "too_large", "restarted"]
"""What is refused over HTTP and has no code on the socket. `restarted`: the answer began again, and the protocol
cannot take back what it said."""
Code = ErrorCode | HttpCode

STATUS: dict[Code, int] = {
    "invalid": 400,
    "unauthorized": 401,
    "forbidden": 403,
    "not_found": 404,
    "unknown_ticker": 404,
    "method_not_allowed": 405,
    "busy": 409,
    "too_large": 413,
    "rate_limited": 429,
    "quota": 429,
    "failed": 500,
    "restarted": 500,
    "model_error": 502,
    "overloaded": 503,
    "unavailable": 503,
    "model_timeout": 504,
}
RESTARTED = "The answer began again; ask again with the same ids to hear it from its beginning."


class Refusal(NamedTuple):
    """A code, fixed words, whether trying again can help and when."""

    code: Code
    message: str
    retryable: bool
    retry_after_ms: int | None = None

    @property
    def status(self) -> int:
        """The HTTP status, where it can still be said."""
        return STATUS[self.code]

    @property
    def headers(self) -> dict[str, str]:
        """What HTTP says of it in its own words."""
        headers = {}
        if self.retry_after_ms is not None:
            headers["Retry-After"] = str(-(-self.retry_after_ms // 1000))
        if self.code == "unauthorized":
            headers["WWW-Authenticate"] = "Bearer"
        return headers


def restarted() -> Refusal:
    """What ends a stream that said something which no longer holds."""
    return Refusal("restarted", RESTARTED, retryable=True)


def of_frame(frame: AiError) -> Refusal:
    """A turn that ended without an answer."""
    return Refusal(frame.code, frame.message, frame.retryable, frame.retry_after_ms)
