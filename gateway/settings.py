"""What the gateway reads from the environment (contract §6)."""

import re
from pathlib import Path
from typing import Annotated

import msgspec

from shared.settings import CommonSettings, Port, Positive

MIN_SECRET_BYTES = 32
SYMMETRIC = frozenset({"HS256"})
ASYMMETRIC = frozenset({"RS256", "ES256", "EdDSA"})
ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[^/?#\s]+")
EVERY_ADDRESS = frozenset({"0.0.0.0", "::"})  # noqa: S104 - read here, not listened on
HTTP_PORT = 80
"""The port that browsers leave out of an origin."""
WEB_DIST = Path(__file__).parent.parent / "web" / "dist"

Tokens = Annotated[int, msgspec.Meta(ge=1, le=1_000_000_000_000)]


class GatewaySettings(CommonSettings, frozen=True, kw_only=True):
    """Settings of one gateway process. Exactly one of the three sources of keys is set."""

    gateway_host: str = "127.0.0.1"
    gateway_port: Port = 8000
    allowed_origins: str | None = None

    jwt_secret: str | None = None
    jwt_public_key: str | None = None
    jwt_jwks_url: str | None = None
    jwt_algorithms: str | None = None
    jwt_audience: str | None = None
    jwt_issuer: str | None = None

    max_sockets: Positive = 20_000
    max_sockets_per_user: Positive = 50
    max_sockets_per_address: Positive = 1_000
    message_rate: Positive = 60
    backlog_max: Positive = 5_000
    daily_token_budget: Tokens = 10_000_000

    def __post_init__(self) -> None:
        super().__post_init__()
        self._check_keys()
        named = _list(self.allowed_origins or "")
        if self.production and not named:
            raise ValueError("ALLOWED_ORIGINS must be set in production.")
        for origin in named:
            if not ORIGIN.fullmatch(origin):
                raise ValueError(
                    "ALLOWED_ORIGINS must be a comma-separated list such as https://app.example.com."
                )

    @property
    def secrets(self) -> list[str]:
        """What must never be seen in a log."""
        return [*super().secrets, *filter(None, (self.jwt_secret,))]

    @property
    def origins(self) -> frozenset[str]:
        """The origins whose pages may open a socket, compared exactly: those that were named, and our own.

        In production only what was named: there a proxy's name is our own origin, and nobody here knows it.
        """
        named = frozenset(_list(self.allowed_origins or ""))
        return named if self.production else named | self._own_origins

    @property
    def _own_origins(self) -> frozenset[str]:
        """Where a browser on this machine, or one that uses the address we listen on, finds the web app."""
        hosts = {"localhost", "127.0.0.1", self.gateway_host} - EVERY_ADDRESS
        port = "" if self.gateway_port == HTTP_PORT else f":{self.gateway_port}"
        return frozenset(f"http://{f'[{host}]' if ':' in host else host}{port}" for host in hosts)

    @property
    def embedders(self) -> frozenset[str]:
        """The origins whose pages may frame the web app and hand it tokens: those that were named."""
        return self.origins if self.allowed_origins else frozenset()

    @property
    def algorithms(self) -> frozenset[str] | None:
        """The signature algorithms allowed; None: those that fit the keys."""
        return frozenset(_list(self.jwt_algorithms)) if self.jwt_algorithms else None

    def _check_keys(self) -> None:
        given = [name for name in ("jwt_secret", "jwt_public_key", "jwt_jwks_url") if getattr(self, name)]
        if len(given) != 1:
            names = "JWT_SECRET, JWT_PUBLIC_KEY or JWT_JWKS_URL"
            raise ValueError(f"Exactly one of {names} must be set; `make run` makes a secret.")
        if self.jwt_secret and len(self.jwt_secret.encode()) < MIN_SECRET_BYTES:
            raise ValueError(f"JWT_SECRET must be at least {MIN_SECRET_BYTES} bytes long.")
        if self.algorithms is None:
            return
        if not self.algorithms or not (self.algorithms == SYMMETRIC or self.algorithms <= ASYMMETRIC):
            raise ValueError(
                "JWT_ALGORITHMS must be HS256, or some of RS256, ES256, EdDSA: never a secret beside public keys."
            )
        if bool(self.jwt_secret) != (self.algorithms == SYMMETRIC):
            raise ValueError(
                "JWT_ALGORITHMS does not fit the key: HS256 goes with JWT_SECRET, the others do not."
            )


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
