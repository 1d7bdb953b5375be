"""Waiting out an outage: the same call again, with growing pauses, for as long as it takes."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, wait_random_exponential

from shared.outages import SERVERS_AWAY

log = structlog.get_logger(__name__)
T = TypeVar("T")


async def until_available(call: Callable[[], Awaitable[T]]) -> T:
    """Await `call()` again until neither Redis nor Postgres is away. `call` must be safe to make twice."""
    patient = AsyncRetrying(
        retry=retry_if_exception_type(SERVERS_AWAY),
        wait=wait_random_exponential(multiplier=0.05, max=1.0),
        before_sleep=_say_so,
    )
    async for attempt in patient:
        with attempt:
            return await call()
    raise AssertionError("a patient caller has no last attempt")


def _say_so(state: RetryCallState) -> None:
    error = state.outcome and state.outcome.exception()
    if state.attempt_number in (1, 10) or state.attempt_number % 60 == 0:
        log.warning(
            "a server is away; trying again", error=type(error).__name__, attempt=state.attempt_number
        )
