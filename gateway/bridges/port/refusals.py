"""Why a bridge gives no answer: one shape for every reason, which each protocol puts into its own words."""

from typing import Literal, NamedTuple

import structlog
from litestar.exceptions import HTTPException

from gateway.bridges.port.answers import ClosedError
from gateway.wire.close_codes import ERRORS, Close, RefusedError
from shared.db.database import UNAVAILABLE as POSTGRES_AWAY
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

log = structlog.get_logger(__name__)


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


class RefusalError(Exception):
    """A refusal on its way to whoever asked."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why.code)
        self.why = why


_BY_CLOSE: dict[Close, tuple[Code, int | None]] = {
    Close.RESTARTING: ("unavailable", 1_000),
    Close.FULL: ("overloaded", 10_000),
    Close.TOO_SLOW: ("failed", None),
    Close.UNAUTHORIZED: ("unauthorized", None),
    Close.AUTH_TIMEOUT: ("unauthorized", None),
    Close.FORBIDDEN: ("forbidden", None),
    Close.TOO_MANY: ("rate_limited", 10_000),
}
_BY_STATUS: dict[int, Code] = {
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
}


def restarted() -> Refusal:
    """What ends a stream that said something which no longer holds."""
    return Refusal("restarted", RESTARTED, retryable=True)


def of_frame(frame: AiError) -> Refusal:
    """A turn that ended without an answer."""
    return Refusal(frame.code, frame.message, frame.retryable, frame.retry_after_ms)


def of_error(error: Exception) -> Refusal:
    """Whatever was raised, as the reason a client may read: fixed words, never an exception's own text."""
    match error:
        case RefusalError(why=why):
            return why
        case RefusedError():
            retryable = ERRORS[error.code].retryable if error.code in ERRORS else False
            return Refusal(error.code, error.message, retryable, error.retry_after_ms)
        case ClosedError(why=close):
            code, pause = _BY_CLOSE.get(close, ("failed", None))
            return Refusal(code, close.reason, close not in (Close.FORBIDDEN, Close.UNAUTHORIZED), pause)
        case HTTPException(status_code=status) if status < 500:
            return Refusal(_BY_STATUS.get(status, "invalid"), error.detail, retryable=False)
    if isinstance(error, POSTGRES_AWAY):
        log.warning("a bridge cannot serve", error=type(error).__name__)
        return Refusal("unavailable", ERRORS["unavailable"].message, retryable=True)
    log.error("a bridge failed", exc_info=error)
    return Refusal("failed", Close.INTERNAL.reason, retryable=True)
