"""Which failure gets which code, and how long one waits before trying again."""

import asyncio
import datetime as dt
from email.utils import format_datetime

import msgspec
import pytest
from tenacity import AsyncRetrying, RetryCallState

from agent_worker.model.errors import ModelError
from agent_worker.model.gemini.failures import (
    FIRST_PAUSE,
    failed_answer,
    failure_inside,
    pause_before_retry,
    worth_trying_again,
)
from tests.fakes.gemini_script import Script, error_body


@pytest.mark.parametrize(
    ("status", "quota", "code", "retryable"),
    [
        (429, False, "rate_limited", True),
        (429, True, "quota", True),
        (500, False, "model_error", True),
        (503, False, "model_error", True),
        (504, False, "model_error", True),
        (400, False, "model_error", False),
        (403, False, "model_error", False),
        (404, False, "model_error", False),
    ],
)
def test_every_status_has_its_code(status: int, quota: bool, code: str, retryable: bool) -> None:
    error = failed_answer(status, {}, error_body(Script(fail=status, quota=quota)))
    assert (error.code, error.retryable) == (code, retryable)


@pytest.mark.parametrize("body", [b"", b"<html>Bad gateway</html>", b"[]", b'{"error": "x"}'])
def test_a_body_that_says_nothing_is_no_obstacle(body: bytes) -> None:
    assert failed_answer(502, {}, body).code == "model_error"


def test_the_body_stays_out_of_the_error() -> None:
    body = msgspec.json.encode({"error": {"status": "INVALID_ARGUMENT", "message": "key AIza-secret"}})
    assert "secret" not in str(failed_answer(400, {}, body)) + failed_answer(400, {}, body).message


@pytest.mark.parametrize(
    ("asked", "wait"), [("2", 2000), ("0.5", 500), ("-3", 0), ("soon", None), ("inf", None)]
)
def test_retry_after_in_seconds(asked: str, wait: int | None) -> None:
    assert failed_answer(429, {"Retry-After": asked}, b"").retry_after_ms == wait


def test_retry_after_as_a_date() -> None:
    date = format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=60), usegmt=True)
    wait = failed_answer(503, {"Retry-After": date}, b"").retry_after_ms
    assert wait is not None
    assert 55_000 < wait <= 60_000


def test_retry_info_in_the_body() -> None:
    details = [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "3.5s"}]
    body = msgspec.json.encode([{"error": {"code": 429, "details": details}}])
    assert failed_answer(429, {}, body).retry_after_ms == 3500


def test_an_error_may_arrive_as_an_event() -> None:
    error = failure_inside(b'{"error": {"code": 429, "status": "RESOURCE_EXHAUSTED"}}')
    assert error is not None
    assert error.code == "rate_limited"
    assert failure_inside(b'{"candidates": []}') is None


def failed(error: ModelError, tries: int = 1) -> RetryCallState:
    state = RetryCallState(AsyncRetrying(), None, (), {})
    state.attempt_number = tries
    state.set_exception((type(error), error, None))
    return state


def test_pauses_grow() -> None:
    for tries in (1, 2, 3):
        base = FIRST_PAUSE * 2 ** (tries - 1)
        pauses = [pause_before_retry(failed(ModelError("model_error", "HTTP 503"), tries)) for _ in range(50)]
        assert all(0.5 * base <= pause <= 1.5 * base for pause in pauses)
        assert len(set(pauses)) > 1  # those who failed together do not come back together


def test_the_server_is_waited_for_as_long_as_it_asks() -> None:
    error = ModelError("rate_limited", "HTTP 429", retry_after_ms=4000)
    assert 4.0 <= pause_before_retry(failed(error)) <= 4.1


def test_what_cannot_get_better_is_not_tried_again() -> None:
    assert worth_trying_again(ModelError("rate_limited", "HTTP 429"))
    assert not worth_trying_again(ModelError("quota", "HTTP 429, per day"))
    assert not worth_trying_again(ModelError("model_error", "HTTP 400", retryable=False))
    assert not worth_trying_again(asyncio.CancelledError())
