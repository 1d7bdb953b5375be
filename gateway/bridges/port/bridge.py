"""What the routes of all bridges share: who asks, what is too big, and errors in the protocol's own words."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import msgspec
from litestar import Request, Response, Router
from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.exceptions import HTTPException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.response.base import ASGIResponse
from litestar.types import ASGIApp, Guard

from gateway.bridges.port.answers import Answers, Asker
from gateway.bridges.port.question import MAX_BODY_BYTES
from gateway.bridges.port.raised import of_error
from gateway.bridges.port.refusals import Refusal
from gateway.security.identity import Identity
from gateway.session.admission import Admission

BridgeRequest = Request[Identity, Any, State]
AnyRequest = Request[Any, Any, Any]
Connection = ASGIConnection[Any, Any, Any, Any]
Words = Callable[[Refusal], object]
"""A refusal as the body that a protocol's clients read."""

UNCOMPRESSED = {"compressed_already": True}
"""Compressed, an event waits in a buffer for the next one."""


class Doors(NamedTuple):
    """What the bridges' routes are opened with."""

    answers: Answers
    admission: Admission
    signed_in: Guard


def asker_of(request: BridgeRequest) -> Asker:
    """Who asks; the guard has verified the token."""
    token = request.headers.get("authorization", "").partition(" ")[2].strip()
    return Asker(request.user.user, token, request.client.host if request.client else "")


def json_answer(body: object, *, status: int = 200, headers: dict[str, str] | None = None) -> ASGIApp:
    """A whole answer."""
    return ASGIResponse(
        body=msgspec.json.encode(body),
        status_code=status,
        media_type="application/json",
        headers={"cache-control": "no-store", **(headers or {})},
    )


def refused(why: Refusal, words: Words) -> Response[bytes]:
    """A refusal, before anything was said."""
    headers = {"cache-control": "no-store", **why.headers}
    body = msgspec.json.encode(words(why))
    return Response(body, status_code=why.status, headers=headers, media_type="application/json")


def bridge(doors: Doors, path: str, handlers: Sequence[HTTPRouteHandler], words: Words) -> Router:
    """The routes of one protocol. All need a token; pages of origins that may not open a socket may not ask here."""

    async def from_an_allowed_page(connection: Connection, handler: BaseRouteHandler) -> None:
        if not doors.admission.allows(connection.headers.getall("origin", [])):
            raise PermissionDeniedException("Not from this page.")

    def told(_: AnyRequest, error: Exception) -> Response[bytes]:
        return refused(of_error(error), words)

    return Router(
        path,
        route_handlers=handlers,
        guards=[from_an_allowed_page, doors.signed_in],
        exception_handlers={HTTPException: told, Exception: told},
        request_max_body_size=MAX_BODY_BYTES,
        include_in_schema=False,
        opt=UNCOMPRESSED,
    )
