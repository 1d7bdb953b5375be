"""Development only: a token for whoever asks, so that one can try things without an identity provider."""

import time
from typing import Annotated, Any

import jwt
import msgspec
from litestar import Request, post
from litestar.connection import ASGIConnection
from litestar.exceptions import NotFoundException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler

from gateway.routes.errors import DESCRIBED
from gateway.security.identity import MAX_USER_CHARS
from gateway.session.admission import Admission
from gateway.settings import GatewaySettings

LIFETIME = 8 * 3600

Connection = ASGIConnection[Any, Any, Any, Any]


class TokenRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who one wants to be."""

    user: Annotated[str, msgspec.Meta(min_length=1, max_length=MAX_USER_CHARS, pattern=r"^[^\x00]*$")]


class IssuedToken(msgspec.Struct, frozen=True):
    """The token, and when it ends (Unix seconds)."""

    token: str
    expires_at: int


def dev_token_route(admission: Admission, settings: GatewaySettings) -> HTTPRouteHandler:
    """`POST /api/dev/token`; in production, or where somebody else signs the tokens, it is not there."""
    audience, issuer, secret = settings.jwt_audience, settings.jwt_issuer, settings.jwt_secret

    async def only_in_development(connection: Connection, handler: BaseRouteHandler) -> None:
        if settings.production or not secret:
            raise NotFoundException("There is nothing here.")

    @post(
        "/api/dev/token",
        status_code=200,
        tags=["development"],
        responses=DESCRIBED,
        guards=[only_in_development],
    )
    async def issue_token(request: Request, data: TokenRequest) -> IssuedToken:  # type: ignore[type-arg]
        """A token for this user, signed with the configured secret."""
        if not admission.allows(request.headers.getall("origin", [])):
            raise PermissionDeniedException("Not from this page.")
        now = int(time.time())
        claims = {"sub": data.user, "iat": now, "exp": now + LIFETIME, "aud": audience, "iss": issuer}
        named = {name: value for name, value in claims.items() if value is not None}
        return IssuedToken(jwt.encode(named, secret or "", algorithm="HS256"), now + LIFETIME)

    return issue_token
