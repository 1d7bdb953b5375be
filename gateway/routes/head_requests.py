"""HEAD wherever GET is (RFC 9110, 9.3.2): the same route, the same headers, no body."""

from typing import cast

from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send


def answering_head(app: ASGIApp) -> ASGIApp:
    """The application, asked with GET where a client asks with HEAD."""

    async def asked(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP and scope["method"] == "HEAD":
            # A copy: the server still knows what was asked.
            await app(cast("HTTPScope", {**scope, "method": "GET"}), receive, _without_body(send))
        else:
            await app(scope, receive, send)

    return asked


def _without_body(send: Send) -> Send:
    async def bare(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {"type": "http.response.body", "body": b"", "more_body": message["more_body"]}
        await send(message)

    return bare
