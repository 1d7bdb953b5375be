"""Where the keys come from that sign tokens: a shared secret, a public key, or a JWKS address."""

import asyncio
import json
import time
import urllib.request
from typing import Any
from urllib.parse import urlsplit

import jwt
import structlog
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from gateway.security.identity import Keys, TokenRejectedError
from gateway.settings import SYMMETRIC, GatewaySettings
from shared.settings import SettingsError

MIN_RSA_BITS = 2048
MAX_JWKS_BYTES, MAX_JWKS_KEYS = 256 * 1024, 64
JWKS_AGE, JWKS_PAUSE, JWKS_TIMEOUT = 600.0, 30.0, 5.0

log = structlog.get_logger(__name__)


class OneKey:
    """A shared secret or one public key."""

    def __init__(self, key: Any, algorithms: frozenset[str]) -> None:
        self.algorithms = algorithms
        self._key = key

    async def key_for(self, header: dict[str, Any]) -> Any:
        """The key; a shared secret has no name, so a token that names one is refused."""
        if self.algorithms == SYMMETRIC and "kid" in header:
            raise TokenRejectedError("kid")
        return self._key


class JwksKeys:
    """The keys published at one address: fetched at start, again when old or when an unknown name turns up.

    While the address cannot be reached the last good keys stay, and nobody waits for new ones whose key is known.
    """

    def __init__(self, url: str, algorithms: frozenset[str]) -> None:
        self.algorithms = algorithms
        self._url = url
        self._keys: dict[str | None, Any] = {}
        self._fetched = self._tried = float("-inf")
        self._lock = asyncio.Lock()
        self._renewing: asyncio.Task[None] | None = None

    async def load(self) -> None:
        """Fetch the keys. Raises `OSError` or `ValueError`; the keys of before stay."""
        self._tried = time.monotonic()
        async with asyncio.timeout(2 * JWKS_TIMEOUT):  # of all of it: each read has its own
            self._keys = _usable(await asyncio.to_thread(_download, self._url), self.algorithms)
        self._fetched = time.monotonic()

    async def key_for(self, header: dict[str, Any]) -> Any:
        """The key named by `kid`; without a name, the only key there is."""
        name = header.get("kid")
        if name is not None and not isinstance(name, str):
            raise TokenRejectedError("kid")
        key = self._find(name)
        if key is None:
            await self._refresh()
            key = self._find(name)
        elif time.monotonic() - self._fetched > JWKS_AGE and (
            self._renewing is None or self._renewing.done()
        ):
            self._renewing = asyncio.create_task(self._refresh())
        if key is None:
            raise TokenRejectedError("kid")
        return key

    def _find(self, name: str | None) -> Any:
        if name is None and len(self._keys) == 1:
            return next(iter(self._keys.values()))
        return self._keys.get(name)

    async def _refresh(self) -> None:
        async with self._lock:
            if time.monotonic() - self._tried < JWKS_PAUSE:
                return
            try:
                await self.load()
            except (OSError, ValueError) as error:
                log.warning("keys could not be fetched; the last good ones stay", error=type(error).__name__)


async def open_keys(settings: GatewaySettings) -> Keys:
    """The keys the settings name. Raises `SettingsError` when they cannot be used."""
    if settings.jwt_secret:
        return OneKey(settings.jwt_secret.encode(), SYMMETRIC)
    if settings.jwt_public_key:
        return _public_key(settings.jwt_public_key, settings.algorithms)
    url = settings.jwt_jwks_url or ""
    if urlsplit(url).scheme not in (("https",) if settings.production else ("http", "https")):
        raise SettingsError(
            "JWT_JWKS_URL must start with https://."
        )  # whoever can change the keys is everybody
    keys = JwksKeys(url, settings.algorithms or frozenset({"RS256"}))
    try:
        await keys.load()
    except (OSError, ValueError):
        raise SettingsError("JWT_JWKS_URL: no keys could be fetched from there.") from None
    return keys


def _public_key(pem: str, algorithms: frozenset[str] | None) -> OneKey:
    try:
        key = load_pem_public_key(pem.replace("\\n", "\n").encode())
    except (ValueError, UnsupportedAlgorithm):
        raise SettingsError("JWT_PUBLIC_KEY must be a public key in PEM form.") from None
    fitting = _algorithm_of(key)
    if fitting is None or (algorithms and algorithms != {fitting}):
        raise SettingsError(
            "JWT_PUBLIC_KEY must be RSA (2048 bits or more), P-256 or Ed25519, and fit JWT_ALGORITHMS."
        )
    return OneKey(key, frozenset({fitting}))


def _algorithm_of(key: object) -> str | None:
    match key:
        case RSAPublicKey() if key.key_size >= MIN_RSA_BITS:
            return "RS256"
        case EllipticCurvePublicKey() if isinstance(key.curve, SECP256R1):
            return "ES256"
        case Ed25519PublicKey():
            return "EdDSA"
        case _:
            return None


def _download(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=JWKS_TIMEOUT) as response:  # noqa: S310 - the scheme was checked
        body: bytes = response.read(MAX_JWKS_BYTES + 1)
    if len(body) > MAX_JWKS_BYTES:
        raise ValueError("too large")
    return body


def _usable(body: bytes, algorithms: frozenset[str]) -> dict[str | None, Any]:
    try:
        published = jwt.PyJWKSet.from_dict(json.loads(body)).keys
    except (jwt.PyJWTError, AttributeError, TypeError, KeyError):
        raise ValueError("not a key set") from None
    fitting = {
        key.key_id: key.key
        for key in published
        if _algorithm_of(key.key) in algorithms and key.public_key_use in (None, "sig")
    }
    if not fitting or len(fitting) > MAX_JWKS_KEYS:
        raise ValueError("no usable keys")
    return fitting
