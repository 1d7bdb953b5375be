"""Every HTTP error as `{code, message}`, in fixed words."""

from typing import Any

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.openapi import ResponseSpec
from litestar.types import ExceptionHandlersMap

from gateway.wire.close_codes import ERRORS
from shared.db.database import UNAVAILABLE

CODES = {400: "invalid", 401: "unauthorized", 403: "forbidden", 404: "not_found", 405: "method_not_allowed"}

TOO_DEEP = "The body nests too deep."

log = structlog.get_logger(__name__)

AnyRequest = Request[Any, Any, Any]


class HttpError(msgspec.Struct, frozen=True):
    """What an error looks like."""

    code: str
    message: str


DESCRIBED = {
    status: ResponseSpec(HttpError, generate_examples=False, description=description)
    for status, description in (
        (400, "A parameter is not valid."),
        (401, "No token, or one that is invalid or expired."),
        (404, "There is no such thing."),
        (503, "Redis or Postgres is away."),
    )
}
"""What routes say of their errors in the API's description."""


class NamedError(HTTPException):
    """An error with a code of its own, beside those that go with a status."""

    def __init__(self, status_code: int, code: str, message: str) -> None:
        super().__init__(message, status_code=status_code)
        self.code = code


def _refused(_: AnyRequest, error: HTTPException) -> Response[HttpError]:
    by_status = CODES.get(error.status_code, "failed" if error.status_code >= 500 else "invalid")
    code = error.code if isinstance(error, NamedError) else by_status
    fields = error.extra if isinstance(error.extra, list) else []
    keys = (str(field["key"]) for field in fields if isinstance(field, dict) and "key" in field)
    named = ", ".join(key.removesuffix("_") for key in keys)  # `from_` is `from` to whoever asks
    message = (
        f"Not valid: {named}."
        if named
        else error.detail
        if error.status_code < 500
        else "Something went wrong."
    )
    headers = {"WWW-Authenticate": "Bearer"} if error.status_code == 401 else error.headers
    return Response(
        HttpError(code, message),
        status_code=error.status_code,
        headers=headers,
        media_type="application/json",
    )


def _unavailable(_: AnyRequest, error: Exception) -> Response[HttpError]:
    log.warning("cannot serve a request", error=type(error).__name__)
    message = ERRORS["unavailable"].message
    return Response(HttpError("unavailable", message), status_code=503, media_type="application/json")


def _failed(request: AnyRequest, error: Exception) -> Response[HttpError]:
    if isinstance(error, UNAVAILABLE):
        return _unavailable(request, error)
    if isinstance(error, RecursionError) and request.method != "GET":
        # Litestar knows msgspec's other errors by itself; only a body nests as deep as its sender likes.
        return Response(HttpError("invalid", TOO_DEEP), status_code=400, media_type="application/json")
    log.error("a request failed", path=request.scope["path"], exc_info=error)
    return Response(
        HttpError("failed", "Something went wrong here."), status_code=500, media_type="application/json"
    )


ERROR_HANDLERS: ExceptionHandlersMap = {HTTPException: _refused, Exception: _failed}
