"""Keys from a JWKS address: cached, rotated, bounded, and kept while the address is away."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import jwt
import pytest
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as generate_rsa

from deploy.local.ports import free_port
from gateway.security import keys as module
from gateway.security.identity import TokenRejectedError, TokenVerifier
from gateway.security.keys import JwksKeys
from tests.support.chat_client import ChatClient
from tests.support.stack import Stack

RSA = {name: generate_rsa(65537, 2048) for name in ("one", "two")}


def jwk(
    name: str, private: Any = None, algorithm: Any = jwt.algorithms.RSAAlgorithm, **more: str
) -> dict[str, Any]:
    """The public half, as it is published."""
    public = (private or RSA[name]).public_key()
    return {**algorithm.to_jwk(public, as_dict=True), "kid": name, **more}


def signed(name: str | None, *, key: Any = None, algorithm: str = "RS256", **headers: object) -> str:
    """A token that names a key."""
    now = int(time.time())
    named = {"kid": name} if name else {}
    claims = {"sub": "alice", "iat": now, "exp": now + 600}
    return jwt.encode(claims, key or RSA[name or "one"], algorithm=algorithm, headers={**named, **headers})


class Publisher:
    """A real JWKS server: what it publishes, how often it was asked, and what is wrong with it."""

    def __init__(self) -> None:
        self.url = ""
        self.asked = 0
        self.body: bytes = b""
        self.status = 200
        self.hangs = False
        self.port = free_port()  # it comes back to its port, which nobody's way out may take meanwhile
        self._runner: web.AppRunner | None = None

    def publish(self, *published: dict[str, Any]) -> None:
        self.body = json.dumps({"keys": published}).encode()

    async def start(self) -> None:
        app = web.Application()
        app.router.add_get("/keys", self._answer)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.url = f"http://127.0.0.1:{self.port}/keys"

    @property
    def running(self) -> bool:
        return self._runner is not None

    async def stop(self) -> None:
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def _answer(self, _: web.Request) -> web.Response:
        self.asked += 1
        if self.hangs:
            await asyncio.sleep(30)
        return web.Response(body=self.body, status=self.status, content_type="application/json")


@pytest.fixture
async def publisher() -> AsyncIterator[Publisher]:
    server = Publisher()
    server.publish(jwk("one"))
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Shorten the times of the key cache."""

    def shorten(**seconds: float) -> None:
        for name, value in seconds.items():
            monkeypatch.setattr(module, name.upper(), value)

    return shorten


async def opened(publisher: Publisher, *algorithms: str) -> tuple[JwksKeys, TokenVerifier]:
    keys = JwksKeys(publisher.url, frozenset(algorithms or ("RS256",)))
    await keys.load()
    return keys, TokenVerifier(keys)


async def rejected(verifier: TokenVerifier, token: str) -> None:
    with pytest.raises(TokenRejectedError):
        await verifier.verify(token)


async def test_keys_are_fetched_once_and_used_often(publisher: Publisher) -> None:
    _, verifier = await opened(publisher)
    for _ in range(50):
        assert (await verifier.verify(signed("one"))).user == "alice"
    assert (await verifier.verify(signed(None, key=RSA["one"]))).user == "alice"  # the only key there is
    assert publisher.asked == 1


async def test_a_new_name_fetches_again_but_a_flood_of_names_does_not(
    publisher: Publisher, at_once: Callable[..., None]
) -> None:
    at_once(jwks_pause=0.0)
    _, verifier = await opened(publisher)
    publisher.publish(jwk("two"))
    assert (await verifier.verify(signed("two"))).user == "alice"
    await rejected(verifier, signed("one"))  # withdrawn
    at_once(jwks_pause=30.0)
    asked = publisher.asked
    await asyncio.gather(*(rejected(verifier, signed("one", kid=f"made-up-{n}")) for n in range(100)))
    assert publisher.asked <= asked + 1


async def test_the_last_good_keys_stay_while_the_address_is_away(
    publisher: Publisher, at_once: Callable[..., None]
) -> None:
    at_once(jwks_age=0.0, jwks_pause=0.0)
    _, verifier = await opened(publisher)
    for status, body in (
        (500, b""),
        (200, b"no JSON"),
        (200, b'{"keys": []}'),
        (200, b"[" * 300_000),
        (404, b"{}"),
    ):
        publisher.status, publisher.body = status, body
        assert (await verifier.verify(signed("one"))).user == "alice"
    await publisher.stop()
    assert (await verifier.verify(signed("one"))).user == "alice"
    publisher.status = 200
    publisher.publish(jwk("two"))
    await publisher.start()
    async with asyncio.timeout(20):
        while True:
            try:
                await verifier.verify(signed("two"))
            except TokenRejectedError:
                await asyncio.sleep(0.01)
            else:
                break


async def test_a_hanging_address_makes_nobody_wait_whose_key_is_known(
    publisher: Publisher, at_once: Callable[..., None]
) -> None:
    at_once(jwks_timeout=3.0)
    _, verifier = await opened(publisher)
    at_once(jwks_age=0.0, jwks_pause=0.0)
    publisher.hangs = True
    started = time.monotonic()
    for _ in range(20):
        assert (await verifier.verify(signed("one"))).user == "alice"
    assert time.monotonic() - started < 2.5


async def test_an_issuer_moves_between_families_without_a_cut(publisher: Publisher) -> None:
    """One key set with both, as while it moves; a key is for its own algorithm only."""
    curve = generate_private_key(SECP256R1())
    publisher.publish(jwk("one"), jwk("curve", curve, jwt.algorithms.ECAlgorithm))
    _, verifier = await opened(publisher, "RS256", "ES256")
    assert (await verifier.verify(signed("one"))).user == "alice"
    assert (await verifier.verify(signed("curve", key=curve, algorithm="ES256"))).user == "alice"
    assert (await verifier.verify(signed(None, key=curve, algorithm="ES256"))).user == "alice"
    await rejected(verifier, signed("one", key=curve, algorithm="ES256", kid="one"))
    await rejected(verifier, signed("one", kid="curve"))


async def test_a_withdrawn_key_goes_though_nobody_signs_in(
    publisher: Publisher, at_once: Callable[..., None]
) -> None:
    at_once(jwks_age=0.01, jwks_pause=0.0)
    keys, verifier = await opened(publisher)
    publisher.publish(jwk("two"))
    asked = publisher.asked
    keeping = asyncio.create_task(keys.keep())
    async with asyncio.timeout(20):
        while publisher.asked < asked + 2:
            await asyncio.sleep(0.01)
    keeping.cancel()
    await asyncio.wait([keeping])
    await rejected(verifier, signed("one"))
    await publisher.stop()
    await rejected(verifier, signed("one"))


async def test_only_keys_that_fit_count(publisher: Publisher) -> None:
    curve = generate_private_key(SECP256R1())
    edwards = Ed25519PrivateKey.generate()
    secret = {"kty": "oct", "kid": "secret", "k": "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA"}
    publisher.publish(
        jwk("one"),
        jwk("curve", curve, jwt.algorithms.ECAlgorithm),
        jwk("edwards", edwards, jwt.algorithms.OKPAlgorithm),
        jwk("weak", generate_rsa(65537, 1024)),
        jwk("two", use="enc"),
        secret,
    )
    _, verifier = await opened(publisher)
    assert (await verifier.verify(signed("one"))).user == "alice"
    await rejected(verifier, signed("curve", key=curve, algorithm="ES256"))
    await rejected(verifier, signed("edwards", key=edwards, algorithm="EdDSA"))
    await rejected(verifier, signed("secret", key="secret-secret-secret-secret-secret", algorithm="HS256"))
    await rejected(verifier, signed("one", key=RSA["two"]))
    await rejected(verifier, signed("two"))
    await rejected(verifier, signed("one", jku=publisher.url))
    _, other = await opened(publisher, "ES256")
    assert (await other.verify(signed("curve", key=curve, algorithm="ES256"))).user == "alice"
    _, third = await opened(publisher, "EdDSA")
    assert (await third.verify(signed("edwards", key=edwards, algorithm="EdDSA"))).user == "alice"


async def test_too_much_is_not_read(publisher: Publisher) -> None:
    publisher.body = b" " * (module.MAX_JWKS_BYTES + 1)
    with pytest.raises(ValueError, match="too large"):
        await opened(publisher)
    publisher.publish(*(jwk("one") | {"kid": str(n)} for n in range(module.MAX_JWKS_KEYS + 1)))
    with pytest.raises(ValueError):
        await opened(publisher)


async def test_a_gateway_lives_by_its_jwks(publisher: Publisher, database_url: str, tmp_path: Any) -> None:
    env = {"JWT_SECRET": "", "JWT_JWKS_URL": publisher.url}
    async with Stack(tmp_path, database_url=database_url, workers=0, gateway_env=env) as stack:
        await publisher.stop()  # it had its keys
        client = await ChatClient.full(stack.url, token=signed("one"))
        await client.close()
        for bad in (signed("two"), signed("one", key=RSA["two"]), signed("one", kid="../../etc/passwd")):
            assert await (await ChatClient.seed(stack.url, token=bad)).closed() == 4401


async def test_a_gateway_waits_for_its_jwks_and_says_what_is_wrong(
    publisher: Publisher, database_url: str, tmp_path: Any
) -> None:
    """Not ready, nobody is told that a good token is bad, and each cause has its own words."""
    curve = generate_private_key(SECP256R1())
    await publisher.stop()
    env = {"JWT_SECRET": "", "JWT_JWKS_URL": publisher.url}
    async with Stack(tmp_path, database_url=database_url, gateways=0, workers=0, gateway_env=env) as stack:
        adding = asyncio.create_task(stack.add_gateway())
        async with asyncio.timeout(60):
            while not stack.gateways or "gateway ready" not in stack.gateways[0].child.output():
                await asyncio.sleep(0.05)
        log = stack.gateways[0].child.output
        async with httpx.AsyncClient(base_url=stack.url) as http:
            answer = await http.get("/readyz")
            assert (answer.status_code, answer.json()["keys"]) == (503, False)
            bearer = {"Authorization": f"Bearer {signed('curve', key=curve, algorithm='ES256')}"}
            assert (await http.get("/api/sessions", headers=bearer)).status_code == 503
        early = await ChatClient.seed(stack.url, token=signed("curve", key=curve, algorithm="ES256"))
        assert await early.closed() == 1013
        assert "cannot be reached (ConnectionRefusedError)" in log()
        for status, body, said in (
            (404, b"", "status 404"),
            (200, b"<html>", "no key set"),
            (200, b'{"keys": []}', "no key"),
        ):
            publisher.status, publisher.body = status, body
            if not publisher.running:
                await publisher.start()
            async with asyncio.timeout(30):
                while said not in log():
                    await asyncio.sleep(0.05)
        publisher.publish(jwk("curve", curve, jwt.algorithms.ECAlgorithm))
        await adding
        client = await ChatClient.full(stack.url, token=signed("curve", key=curve, algorithm="ES256"))
        await client.close()
