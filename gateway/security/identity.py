"""From a token to a user, or a named rejection. PyJWT checks signatures; the shapes it lets pass are checked here."""

import time
from typing import Any, NamedTuple, Protocol

import jwt

from gateway.wire.client_frames import MAX_TOKEN_BYTES

MAX_USER_CHARS = 128
MAX_LIFETIME = 24 * 3600
CLOCK_SKEW = 5.0
KEY_HEADERS = frozenset({"crit", "jku", "jwk", "x5u", "x5c"})
"""Headers by which a token brings or points to its own key: never followed, so never accepted."""


class Identity(NamedTuple):
    """Who is connected, and until when (Unix seconds)."""

    user: str
    expires_at: int


class TokenRejectedError(Exception):
    """The token is not accepted; the text is a reason fit for a log (never the token)."""


class KeysAwayError(ConnectionError):
    """No key was ever fetched yet, so nothing can be said of a token: an outage, not a rejection."""


class Keys(Protocol):
    """Where the key for a token comes from."""

    algorithms: frozenset[str]

    @property
    def known(self) -> bool:
        """Whether there are keys to check tokens with."""
        ...

    async def key_for(self, header: dict[str, Any]) -> Any:
        """The key that must have signed a token with this header, of the kind that its `alg` is for. Raises
        `TokenRejectedError` or `KeysAwayError`."""
        ...


class TokenVerifier:
    """Verifies tokens against one source of keys."""

    def __init__(self, keys: Keys, *, audience: str | None = None, issuer: str | None = None) -> None:
        self._keys = keys
        self._audience = audience
        self._issuer = issuer

    async def verify(self, token: str) -> Identity:
        """The identity a token proves. Raises `TokenRejectedError`, or `KeysAwayError` where that cannot be known."""
        if not token or len(token) > MAX_TOKEN_BYTES:
            raise TokenRejectedError("size")
        try:
            header = jwt.get_unverified_header(token)
            if header.get("alg") not in self._keys.algorithms or KEY_HEADERS & header.keys():
                raise TokenRejectedError("header")
            claims = jwt.decode(
                token,
                await self._keys.key_for(header),
                algorithms=[header["alg"]],
                audience=self._audience,
                issuer=self._issuer,
                leeway=CLOCK_SKEW,
                options={
                    "require": self._required(),
                    "verify_aud": self._audience is not None,
                    "verify_exp": False,
                },
            )
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError) as error:
            raise TokenRejectedError(type(error).__name__) from None
        return Identity(_user(claims["sub"]), _expiry(claims["exp"], time.time()))

    def _required(self) -> list[str]:
        return ["exp", "sub", *(["aud"] if self._audience else []), *(["iss"] if self._issuer else [])]


def _user(sub: object) -> str:
    if not isinstance(sub, str) or not 0 < len(sub) <= MAX_USER_CHARS:
        raise TokenRejectedError("sub")
    if "\0" in sub or any("\ud800" <= char <= "\udfff" for char in sub):
        raise TokenRejectedError("sub")  # neither Postgres nor a Redis key could hold it
    return sub


def _expiry(exp: object, now: float) -> int:
    if type(exp) is not int or not now < exp <= now + MAX_LIFETIME + CLOCK_SKEW:
        raise TokenRejectedError("exp")
    return exp
