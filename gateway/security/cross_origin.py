"""What pages of other origins may have: the API if their origin is in ALLOWED_ORIGINS, the files of `/embed` always.

Never with credentials: there are no cookies, and a token is sent by whoever holds it.
"""

import json
from collections.abc import Collection

from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

API = ("/api/", "/v1/", "/mcp", "/bridges/")
"""Paths that pages of the allowed origins may ask."""
EMBED = "/embed/"
"""Files for everybody: a script that is to run in other pages, and nothing that is anybody's."""
METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE"
HEADERS = "*, Authorization"  # the star does not cover that one
EXPOSED = "ETag, Retry-After, WWW-Authenticate, X-Vercel-AI-UI-Message-Stream"
PREFLIGHT_SECONDS = "600"
REFUSED = json.dumps({"code": "forbidden", "message": "Not from this page."}).encode()

Headers = list[tuple[bytes, bytes]]


def sharing_with(app: ASGIApp, origins: Collection[str]) -> ASGIApp:
    """The application, which says of every answer who may read it. `origins` are compared exactly."""

    async def shared(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return
        asked = _header(scope, b"origin")
        allowed = asked is not None and asked in origins
        if (
            _is_of_the_api(scope)
            and scope["method"] == "OPTIONS"
            and _header(scope, b"access-control-request-method")
        ):
            await _answer_preflight(send, asked if allowed else None)
        else:
            await app(scope, receive, _adding(send, _readers(scope, asked if allowed else None)))

    return shared


def _is_of_the_api(scope: HTTPScope) -> bool:
    return scope["path"].startswith(API)


def _header(scope: HTTPScope, name: bytes) -> str | None:
    """The header's value; None if it is not there, or there twice: that is no browser."""
    values = [value for key, value in scope["headers"] if key.lower() == name]
    return values[0].decode("latin-1") if len(values) == 1 else None


def _readers(scope: HTTPScope, origin: str | None) -> Headers:
    if scope["path"].startswith(EMBED):
        return _headers(
            ("access-control-allow-origin", "*"), ("cross-origin-resource-policy", "cross-origin")
        )
    here = ("cross-origin-resource-policy", "same-origin")
    if not _is_of_the_api(scope):
        return _headers(here)
    vary = ("vary", "Origin")
    if origin is None:
        return _headers(here, vary)
    return _headers(
        here, vary, ("access-control-allow-origin", origin), ("access-control-expose-headers", EXPOSED)
    )


async def _answer_preflight(send: Send, origin: str | None) -> None:
    """Whether the page may ask at all; the route itself is not called."""
    headers = [("vary", "Origin"), ("cross-origin-resource-policy", "same-origin")]
    if origin is None:
        headers += [("content-type", "application/json"), ("content-length", str(len(REFUSED)))]
    else:
        headers += [
            ("access-control-allow-origin", origin),
            ("access-control-allow-methods", METHODS),
            ("access-control-allow-headers", HEADERS),
            ("access-control-max-age", PREFLIGHT_SECONDS),
        ]
    body = REFUSED if origin is None else b""
    status = 403 if origin is None else 204
    await send({"type": "http.response.start", "status": status, "headers": _headers(*headers)})
    await send({"type": "http.response.body", "body": body, "more_body": False})


def _adding(send: Send, headers: Headers) -> Send:
    async def added(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], *headers]}
        await send(message)

    return added


def _headers(*named: tuple[str, str]) -> Headers:
    return [(name.encode(), value.encode("latin-1")) for name, value in named]
