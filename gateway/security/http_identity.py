"""Who asks over HTTP: the same tokens as on the socket, as `Authorization: Bearer`."""

from typing import Any

from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException
from litestar.handlers import BaseRouteHandler
from litestar.types import Guard

from gateway.security.identity import TokenRejectedError, TokenVerifier

Connection = ASGIConnection[Any, Any, Any, Any]


def signed_in(verifier: TokenVerifier) -> Guard:
    """A guard that puts the `Identity` on the request, or answers 401."""

    async def guard(connection: Connection, handler: BaseRouteHandler) -> None:
        scheme, _, token = connection.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise NotAuthorizedException("Send a token as Authorization: Bearer.")
        try:
            connection.scope["user"] = await verifier.verify(token.strip())
        except TokenRejectedError:
            raise NotAuthorizedException("The token is invalid or expired.") from None

    return guard
