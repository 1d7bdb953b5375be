"""Every code has a status, and nothing that is raised is told in its own words."""

from typing import get_args

import pytest

from gateway.bridges.port.answers import ClosedError
from gateway.bridges.port.raised import of_error
from gateway.bridges.port.refusals import STATUS, HttpCode, Refusal
from gateway.wire.close_codes import Close, RefusedError
from shared.frames.turn_events import ErrorCode


def test_every_code_has_a_status() -> None:
    assert set(STATUS) == {*get_args(ErrorCode), *get_args(HttpCode)}


@pytest.mark.parametrize("why", list(Close))
def test_every_close_has_fixed_words(why: Close) -> None:
    refusal = of_error(ClosedError(why))
    assert refusal.message == why.reason
    assert refusal.status in STATUS.values()


def test_a_pause_is_told_in_whole_seconds_rounded_up() -> None:
    assert of_error(RefusedError("rate_limited", retry_after_ms=1001)).headers == {"Retry-After": "2"}
    assert Refusal("unauthorized", "", retryable=False).headers == {"WWW-Authenticate": "Bearer"}


def test_an_exception_keeps_its_words_to_itself() -> None:
    assert of_error(ValueError("postgresql://user:password@host")).message == Close.INTERNAL.reason
    assert of_error(ConnectionRefusedError("10.0.0.7")).code == "unavailable"
