"""Whatever was raised on the way to an answer, as a reason that a client may read."""

import structlog
from litestar.exceptions import HTTPException

from gateway.bridges.port.answers import ClosedError
from gateway.bridges.port.refusals import Code, Refusal
from gateway.wire.close_codes import ERRORS, Close, RefusedError
from shared.outages import SERVERS_AWAY

log = structlog.get_logger(__name__)


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
    if isinstance(error, SERVERS_AWAY):
        log.warning("a bridge cannot serve", error=type(error).__name__)
        return Refusal("unavailable", ERRORS["unavailable"].message, retryable=True)
    log.error("a bridge failed", exc_info=error)
    return Refusal("failed", Close.INTERNAL.reason, retryable=True)
