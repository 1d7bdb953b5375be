"""From a failed HTTP answer of the Gemini API to an error with a code, and from that to another try."""

import email.utils
import random
import time
from collections.abc import Mapping

import msgspec
from tenacity import RetryCallState, wait_exponential

from agent_worker.model.errors import ModelError

TRIES = 3
FIRST_PAUSE = 0.5
"""Seconds; doubled with every try, and multiplied by a random factor from 0.5 to 1.5."""

_growing = wait_exponential(multiplier=FIRST_PAUSE)

TRANSIENT = frozenset({408, 429, 500, 502, 503, 504})


class _Detail(msgspec.Struct, rename="camel"):
    retry_delay: str | None = None
    violations: list[dict[str, object]] = []


class _Error(msgspec.Struct):
    code: int = 500
    status: str | None = None
    details: list[_Detail] = []


class _ErrorBody(msgspec.Struct):
    error: _Error


def failed_answer(status: int, headers: Mapping[str, str], body: bytes) -> ModelError:
    """The error behind a status that is not 200."""
    error = _error_in(body)
    detail = f"HTTP {status} {error.status or ''}".rstrip()
    if status == 429:
        if any(
            "PerDay" in str(violation.get("quotaId")) for d in error.details for violation in d.violations
        ):
            return ModelError("quota", f"{detail}, per day")
        return ModelError("rate_limited", detail, retry_after_ms=_retry_after_ms(headers, error))
    if status in TRANSIENT:
        return ModelError("model_error", detail, retry_after_ms=_retry_after_ms(headers, error))
    return ModelError("model_error", detail, retryable=False)


def failure_inside(event: bytes) -> ModelError | None:
    """The error that arrives as an event of a stream that began well; None if the event is something else."""
    try:
        error = msgspec.json.decode(event, type=_ErrorBody).error
    except msgspec.DecodeError:
        return None
    return failed_answer(error.code, {}, event)


def worth_trying_again(error: BaseException) -> bool:
    """Whether the same request may be answered a moment later."""
    return isinstance(error, ModelError) and error.retryable and error.code != "quota"


def pause_before_retry(state: RetryCallState) -> float:
    """Seconds to wait after a failed try. What the server asks for in Retry-After is waited whole."""
    error = state.outcome and state.outcome.exception()
    if isinstance(error, ModelError) and error.retry_after_ms is not None:
        return error.retry_after_ms / 1000 + random.uniform(0, 0.1)
    return _growing(state) * random.uniform(0.5, 1.5)


def _error_in(body: bytes) -> _Error:
    try:
        found = msgspec.json.decode(body, type=_ErrorBody | list[_ErrorBody])
        return found[0].error if isinstance(found, list) else found.error
    except (msgspec.DecodeError, IndexError):
        return _Error()  # a proxy's page, say: the status has to do


def _retry_after_ms(headers: Mapping[str, str], error: _Error) -> int | None:
    """What the server asks to wait: Retry-After in seconds or as a date, else google.rpc.RetryInfo ("3.5s")."""
    asked = headers.get("Retry-After")
    if asked is None:
        asked = next((detail.retry_delay.rstrip("s") for detail in error.details if detail.retry_delay), None)
    if asked is None:
        return None
    try:
        return max(0, int(float(asked) * 1000))
    except (ValueError, OverflowError):
        pass  # a date, then
    try:
        return max(0, int((email.utils.parsedate_to_datetime(asked).timestamp() - time.time()) * 1000))
    except ValueError:
        return None
