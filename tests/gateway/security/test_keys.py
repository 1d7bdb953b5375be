"""Public keys and JWKS: every family, rotation, the last good keys, and what is never believed."""

import asyncio
import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import RSAAlgorithm

from gateway.security import keys as module
from gateway.security.identity import Keys, TokenRejectedError, TokenVerifier
from gateway.security.keys import open_keys
from gateway.settings import GatewaySettings
from shared.settings import SettingsError

RSA = rsa.generate_private_key(65537, 2048)
OTHER = rsa.generate_private_key(65537, 2048)
PRIVATE: dict[str, Any] = {
    "RS256": RSA,
    "ES256": ec.generate_private_key(ec.SECP256R1()),
    "EdDSA": ed25519.Ed25519PrivateKey.generate(),
}


def settings(**more: Any) -> GatewaySettings:
    return GatewaySettings(database_url="postgresql://x", redis_url="redis://x", **more)


def pem(private: Any) -> str:
    text: bytes = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return text.decode()


def token(private: Any, alg: str = "RS256", **headers: object) -> str:
    return jwt.encode({"sub": "alice", "exp": int(time.time()) + 60}, private, algorithm=alg, headers=headers)


def published(**private: rsa.RSAPrivateKey) -> dict[str, Any]:
    return {"keys": [{**json.loads(RSAAlgorithm.to_jwk(key.public_key())), "kid": kid, "alg": "RS256"}
                     for kid, key in private.items()]}  # fmt: skip


class Jwks:
    """A server of keys that can change, break and count."""

    def __init__(self) -> None:
        self.body: Any = published(one=RSA)
        self.asked = 0
        jwks = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                jwks.asked += 1
                self.send_response(200 if jwks.body is not None else 503)
                self.end_headers()
                self.wfile.write(json.dumps(jwks.body).encode())

            def log_message(self, *_: object) -> None:
                """Quiet."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/keys"


@pytest.fixture
def jwks() -> Iterator[Jwks]:
    served = Jwks()
    thread = Thread(target=served.server.serve_forever, args=(0.01,))
    thread.start()
    yield served
    served.server.shutdown()
    thread.join()
    served.server.server_close()


async def opened(**given: Any) -> Keys:
    """The keys, as they are at the start; nobody fetches them again beside the test."""
    async with open_keys(settings(**given)) as keys:
        return keys


@pytest.mark.parametrize("alg", PRIVATE)
async def test_a_public_key_of_every_family(alg: str) -> None:
    keys = await opened(jwt_public_key=pem(PRIVATE[alg]).replace("\n", "\\n"))
    assert keys.algorithms == {alg}
    assert (await TokenVerifier(keys).verify(token(PRIVATE[alg], alg))).user == "alice"
    for other in PRIVATE.keys() - {alg}:
        with pytest.raises(TokenRejectedError):
            await TokenVerifier(keys).verify(token(PRIVATE[other], other))


@pytest.mark.parametrize(
    "weak", [rsa.generate_private_key(65537, 1024), ec.generate_private_key(ec.SECP384R1())]
)
async def test_keys_too_weak_or_unknown_are_refused(weak: Any) -> None:
    with pytest.raises(SettingsError, match="JWT_PUBLIC_KEY"):
        await opened(jwt_public_key=pem(weak))


async def test_audience_and_issuer_when_configured() -> None:
    keys = await opened(jwt_secret="s" * 32)
    verifier = TokenVerifier(keys, audience="chat", issuer="https://issuer")
    good = {"sub": "alice", "exp": int(time.time()) + 60, "aud": ["other", "chat"], "iss": "https://issuer"}
    assert await verifier.verify(jwt.encode(good, "s" * 32))
    assert await TokenVerifier(keys).verify(jwt.encode(good, "s" * 32))
    for wrong in ({"aud": "other"}, {"aud": None}, {"iss": "https://evil"}, {"iss": None}):
        claims = {name: value for name, value in {**good, **wrong}.items() if value is not None}
        with pytest.raises(TokenRejectedError):
            await verifier.verify(jwt.encode(claims, "s" * 32))


async def test_rotated_keys_are_found_and_unreachable_ones_stay(
    jwks: Jwks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "JWKS_PAUSE", 0.0)
    verifier = TokenVerifier(await opened(jwt_jwks_url=jwks.url))
    assert await verifier.verify(token(RSA, kid="one"))
    assert await verifier.verify(token(RSA))
    jwks.body = published(one=RSA, two=OTHER)
    assert await verifier.verify(token(OTHER, kid="two"))
    unusable: list[Any] = [None, {}, {"keys": []}, [], "x" * 300_000]
    for broken in unusable:
        jwks.body = broken
        with pytest.raises(TokenRejectedError):
            await verifier.verify(token(OTHER, kid="three"))
        assert await verifier.verify(token(OTHER, kid="two"))


async def test_unknown_names_do_not_make_us_ask_again_and_again(jwks: Jwks) -> None:
    verifier = TokenVerifier(await opened(jwt_jwks_url=jwks.url))
    for number in range(20):
        with pytest.raises(TokenRejectedError):
            await verifier.verify(token(OTHER, kid=f"../{number}"))
    with pytest.raises(TokenRejectedError):
        await verifier.verify(token(OTHER, kid="one"))
    assert jwks.asked == 1


async def test_a_slow_issuer_blocks_nobody(jwks: Jwks) -> None:
    verifier = TokenVerifier(await opened(jwt_jwks_url=jwks.url))
    good = token(RSA, kid="one")
    async with asyncio.timeout(10):
        await asyncio.gather(*(verifier.verify(good) for _ in range(100)))
