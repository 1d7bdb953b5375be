"""Where the keys come from that sign tokens: a shared secret, a public key, or a JWKS address."""

import asyncio
import json
import time
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

import jwt
import structlog
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from gateway.security.identity import Keys, KeysAwayError, TokenRejectedError
from gateway.settings import ASYMMETRIC, SYMMETRIC, GatewaySettings
from shared.settings import SettingsError

MIN_RSA_BITS = 2048
MAX_JWKS_BYTES, MAX_JWKS_KEYS = 256 * 1024, 64
JWKS_AGE, JWKS_PAUSE, JWKS_TIMEOUT = 600.0, 30.0, 5.0
JWKS_FIRST_PAUSE = 2.0
"""Between tries while there was never a key: nobody can sign in."""

log = structlog.get_logger(__name__)


class OneKey:
    """A shared secret or one public key."""

    def __init__(self, key: Any, algorithms: frozenset[str]) -> None:
        self.algorithms = algorithms
        self._key = key

    @property
    def known(self) -> bool:
        """It was read at the start."""
        return True

    async def key_for(self, header: dict[str, Any]) -> Any:
        """The key; a shared secret has no name, so a token that names one is refused."""
        if self.algorithms == SYMMETRIC and "kid" in header:
            raise TokenRejectedError("kid")
        return self._key


class JwksKeys:
    """The keys published at one address: fetched at start and every ten minutes, and when an unknown name turns up.

    While the address cannot be reached the last good keys stay, and nobody waits for new ones whose key is known.
    """

    def __init__(self, url: str, algorithms: frozenset[str]) -> None:
        self.algorithms = algorithms
        self._url = url
        self._keys: dict[str | None, Any] = {}
        self._tried = float("-inf")
        self._lock = asyncio.Lock()

    @property
    def known(self) -> bool:
        """Whether keys were fetched at least once."""
        return bool(self._keys)

    async def load(self) -> None:
        """Fetch the keys. Raises `OSError` or `ValueError` with what is wrong; the keys of before stay."""
        self._tried = time.monotonic()
        async with asyncio.timeout(2 * JWKS_TIMEOUT):  # of all of it: each read has its own
            self._keys = _usable(await asyncio.to_thread(_download, self._url), self.algorithms)

    async def keep(self) -> None:
        """Fetch again and again, until cancelled: a key that was withdrawn goes also where nobody signs in."""
        while True:
            await asyncio.sleep(JWKS_AGE if self._keys else JWKS_FIRST_PAUSE)
            await self._refresh(JWKS_PAUSE if self._keys else 0.0)

    async def key_for(self, header: dict[str, Any]) -> Any:
        """The key named by `kid`; without a name, the only key for this algorithm."""
        name = header.get("kid")
        if name is not None and not isinstance(name, str):
            raise TokenRejectedError("kid")
        key = self._find(name, header["alg"])
        if key is None:
            await self._refresh(JWKS_PAUSE)
            key = self._find(name, header["alg"])
        if not self._keys:
            raise KeysAwayError
        if key is None:
            raise TokenRejectedError("kid")
        return key

    def _find(self, name: str | None, algorithm: str) -> Any:
        fitting = {kid: key for kid, key in self._keys.items() if _algorithm_of(key) == algorithm}
        if name is None and len(fitting) == 1:
            return next(iter(fitting.values()))
        return fitting.get(name)

    async def _refresh(self, pause: float) -> None:
        async with self._lock:
            if time.monotonic() - self._tried < pause:
                return
            await self.try_to_load()

    async def try_to_load(self) -> None:
        """Fetch the keys, or say in the log why there are none."""
        try:
            await self.load()
        except (OSError, ValueError) as error:
            log.warning("JWT_JWKS_URL: keys could not be fetched", why=_why(error), kept=len(self._keys))


@asynccontextmanager
async def open_keys(settings: GatewaySettings) -> AsyncIterator[Keys]:
    """The keys the settings name. Raises `SettingsError` when they cannot be used; a JWKS address that cannot be
    asked now is asked again."""
    if settings.jwt_secret:
        yield OneKey(settings.jwt_secret.encode(), SYMMETRIC)
        return
    if settings.jwt_public_key:
        yield _public_key(settings.jwt_public_key, settings.algorithms)
        return
    url = settings.jwt_jwks_url or ""
    if urlsplit(url).scheme not in (("https",) if settings.production else ("http", "https")):
        raise SettingsError(
            "JWT_JWKS_URL must start with https://."
        )  # whoever can change the keys is everybody
    keys = JwksKeys(url, settings.algorithms or ASYMMETRIC)
    await keys.try_to_load()
    keeping = asyncio.create_task(keys.keep())
    try:
        yield keys
    finally:
        keeping.cancel()
        await asyncio.wait([keeping])


def _public_key(pem: str, algorithms: frozenset[str] | None) -> OneKey:
    try:
        key = load_pem_public_key(pem.replace("\\n", "\n").encode())
    except (ValueError, UnsupportedAlgorithm):
        raise SettingsError("JWT_PUBLIC_KEY must be a public key in PEM form.") from None
    fitting = _algorithm_of(key)
    if fitting is None or (algorithms and fitting not in algorithms):
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


def _why(error: Exception) -> str:
    """What is wrong with the address, without its answer's words."""
    match error:
        case HTTPError():
            return f"it answers with status {error.code}"
        case ValueError():
            return str(error)  # ours, see `_usable` and `_download`
        case URLError(reason=Exception()):
            return f"it cannot be reached ({type(error.reason).__name__})"
    return f"it cannot be reached ({type(error).__name__})"


def _download(url: str) -> bytes:
    try:
        with urllib.request.urlopen(url, timeout=JWKS_TIMEOUT) as response:  # noqa: S310 - the scheme was checked
            body: bytes = response.read(MAX_JWKS_BYTES + 1)
    except HTTPException:
        raise ValueError("what it answers is no HTTP") from None
    if len(body) > MAX_JWKS_BYTES:
        raise ValueError(f"its answer is too large (more than {MAX_JWKS_BYTES} bytes)")
    return body


def _usable(body: bytes, algorithms: frozenset[str]) -> dict[str | None, Any]:
    try:
        published = jwt.PyJWKSet.from_dict(json.loads(body)).keys
    except (jwt.PyJWTError, AttributeError, TypeError, KeyError, ValueError, RecursionError):
        raise ValueError("what it answers is no key set") from None
    fitting = {
        key.key_id: key.key
        for key in published
        if _algorithm_of(key.key) in algorithms and key.public_key_use in (None, "sig")
    }
    if not fitting:
        raise ValueError(f"its key set has no key for {', '.join(sorted(algorithms))}")
    if len(fitting) > MAX_JWKS_KEYS:
        raise ValueError(f"its key set has more than {MAX_JWKS_KEYS} keys")
    return fitting
