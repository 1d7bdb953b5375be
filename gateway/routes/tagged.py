"""Answers that a browser keeps and asks about: an ETag, and 304 while nothing changed."""

import hashlib
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.datastructures import State

AnyRequest = Request[Any, Any, State]


def tagged(request: AnyRequest, value: object) -> Response[bytes]:
    """The value as JSON; without a body if the client names the tag it would have."""
    body = msgspec.json.encode(value)
    headers = {"ETag": f'"{hashlib.sha256(body).hexdigest()[:20]}"', "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match", "").removeprefix("W/") == headers["ETag"]:
        return Response(b"", status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")
