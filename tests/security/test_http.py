"""Every HTTP answer carries the headers, none a cookie or an exception; production closes what it must."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio

from tests.contract.conftest import put_analyses
from tests.support.chat_client import token
from tests.support.databases import Databases
from tests.support.stack import Stack

pytestmark = pytest.mark.asyncio(loop_scope="module")

HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
HERE = re.compile(r"'(self|none|unsafe-inline)'|data:")
ANSWERS = [
    ("GET", "/", 200),
    ("GET", "/company/KO", 200),
    ("GET", "/assets/none.js", 404),
    ("GET", "/healthz", 200),
    ("GET", "/readyz", 200),
    ("GET", "/api/analyses", 200),
    ("GET", "/api/analyses?rating=great", 400),
    ("GET", "/api/nothing", 404),
    ("POST", "/api/usage", 405),
    ("GET", f"/ws/chat/{uuid4()}", 405),
    ("POST", "/api/dev/token", 400),
    ("TRACE", "/", 405),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stack(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    """A gateway with something to show."""
    async with databases.database() as url:
        await put_analyses(url)
        async with Stack(tmp_path_factory.mktemp("http"), database_url=url, workers=0) as running:
            yield running


def check(answer: httpx.Response, *, embedders: str = "'none'") -> None:
    """`embedders`: whose pages may frame this one; nobody's, or those of ALLOWED_ORIGINS."""
    for name, value in HEADERS.items():
        assert answer.headers.get(name) == value, (answer.request.url, name)
    policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert {policy[name] for name in ("base-uri", "form-action")} == {"'none'"}
    assert policy.pop("frame-ancestors") == embedders
    assert answer.headers.get("x-frame-options") == ("DENY" if embedders == "'none'" else None)
    assert policy["script-src"] == "'self'"
    sources = [source for words in policy.values() for source in words.split()]
    assert all(HERE.fullmatch(source) for source in sources), "something may leave the page"
    assert "set-cookie" not in answer.headers
    assert "server" not in answer.headers
    assert "access-control-allow-origin" not in answer.headers
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(("method", "path", "status"), ANSWERS)
async def test_every_answer_carries_the_headers(stack: Stack, method: str, path: str, status: int) -> None:
    headers = {"Authorization": f"Bearer {token('alice')}", "Origin": "https://evil.example", "Cookie": "a=b"}
    async with httpx.AsyncClient(base_url=stack.url, headers=headers) as http:
        answer = await http.request(method, path)
        assert answer.status_code == status
        check(answer)
        check(await http.options(path))


async def test_refusals_before_the_application_carry_them_too(stack: Stack) -> None:
    async with httpx.AsyncClient(base_url=stack.url) as http:
        check(await http.get("/api/analyses"))
        upgrade = {
            "connection": "upgrade", "upgrade": "websocket", "sec-websocket-version": "13",
            "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==", "origin": "https://evil.example",
        }  # fmt: skip
        refused = await http.get(f"/ws/chat/{uuid4()}", headers=upgrade)
        assert refused.status_code == 403
        assert "set-cookie" not in refused.headers
        assert not refused.text


async def test_a_failing_database_tells_nothing_of_itself(stack: Stack) -> None:
    await stack.fetch("alter table token_usage rename to hidden")
    try:
        async with httpx.AsyncClient(
            base_url=stack.url, headers={"Authorization": f"Bearer {token('a')}"}
        ) as http:
            answer = await http.get("/api/usage")
    finally:
        await stack.fetch("alter table hidden rename to token_usage")
    assert answer.status_code == 500
    assert answer.json() == {"code": "failed", "message": "Something went wrong here."}
    check(answer)
    log = (stack.folder / "gateway-0.log").read_text()
    assert log.count("a request failed") == 1
    assert "UndefinedTableError" in log
    assert "relation" not in log


async def test_production_closes_what_only_development_needs(tmp_path: Path, database_url: str) -> None:
    env = {"APP_ENV": "production", "ALLOWED_ORIGINS": "https://app.example.com"}
    async with (
        Stack(tmp_path, database_url=database_url, workers=0, gateway_env=env) as closed,
        httpx.AsyncClient(base_url=closed.url) as http,
    ):
        for path in (
            "/metrics",
            "/schema",
            "/schema/",
            "/schema/openapi.json",
            "/schema/swagger",
            "/docs/x.json",
        ):
            answer = await http.get(path)
            assert answer.status_code == 404, path
            check(answer, embedders="https://app.example.com")
        for body in ({"user": "alice"}, {"user": 7}, None):
            assert (await http.post("/api/dev/token", json=body)).status_code == 404
        assert "strict-transport-security" in (await http.get("/healthz")).headers
