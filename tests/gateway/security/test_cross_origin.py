"""Who may read an answer: exactly the origins that were named, of the API alone, and never with credentials."""

from typing import Any

import httpx
import pytest

from gateway.security.cross_origin import sharing_with

HOST = "https://portal.example"
NAMED = frozenset({HOST, "http://localhost:8000"})
TOKEN = {"Authorization": "Bearer x"}
OTHERS = [
    "https://evil.example",
    "https://portal.example.evil.example",
    "https://portal.example:444",
    "http://portal.example",
    "https://PORTAL.example",
    "https://portal.example/",
    "null",
    "*",
    "",
]


async def refuse_all(scope: Any, receive: Any, send: Any) -> None:
    """An application that answers 401 to everything, as a guard would."""
    headers = [
        (b"vary", b"Accept-Encoding"),
        (b"content-length", b"4"),
        (b"x-asked", scope["method"].encode()),
    ]
    await send({"type": "http.response.start", "status": 401, "headers": headers})
    await send({"type": "http.response.body", "body": b"none", "more_body": False})


def asking() -> httpx.AsyncClient:
    app: Any = sharing_with(refuse_all, NAMED)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://gateway")


def preflight(origin: str) -> dict[str, str]:
    return {
        "Origin": origin,
        "Access-Control-Request-Method": "DELETE",
        "Access-Control-Request-Headers": "authorization",
    }


async def test_a_preflight_of_a_named_origin_is_answered_without_asking_the_application() -> None:
    async with asking() as http:
        answer = await http.options("/api/sessions/x", headers=preflight(HOST))
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == HOST
    assert "DELETE" in answer.headers["access-control-allow-methods"]
    assert "Authorization" in answer.headers["access-control-allow-headers"]
    assert "Origin" in answer.headers["vary"]
    assert "access-control-allow-credentials" not in answer.headers
    assert "x-asked" not in answer.headers


@pytest.mark.parametrize("origin", OTHERS)
async def test_any_other_origin_is_refused_by_name_and_may_read_nothing(origin: str) -> None:
    async with asking() as http:
        refused = await http.options("/api/usage", headers=preflight(origin))
        answer = await http.get("/api/usage", headers={"Origin": origin, **TOKEN})
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    for told in (refused, answer):
        assert not [name for name in told.headers if name.startswith("access-control-")]
        assert told.headers["cross-origin-resource-policy"] == "same-origin"
        assert "Origin" in told.headers["vary"]


async def test_errors_can_be_read_too() -> None:
    """A page that is told 401 renews its token; one that is told nothing sees an outage."""
    async with asking() as http:
        answer = await http.get("/api/usage", headers={"Origin": HOST})
    assert answer.status_code == 401
    assert answer.headers["access-control-allow-origin"] == HOST
    assert answer.headers["vary"] == "Accept-Encoding, Origin"
    assert "Retry-After" in answer.headers["access-control-expose-headers"]
    assert "access-control-allow-credentials" not in answer.headers


async def test_an_origin_that_is_sent_twice_is_none() -> None:
    async with asking() as http:
        answer = await http.get("/api/usage", headers=[("Origin", HOST), ("Origin", HOST)])
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/company/KO", "/healthz", "/apiary", "/api", "/assets/x.js"])
async def test_nothing_but_the_api_is_shared(path: str) -> None:
    async with asking() as http:
        answer = await http.get(path, headers={"Origin": HOST})
        asked = await http.options(path, headers=preflight(HOST))
    for told in (answer, asked):
        assert not [name for name in told.headers if name.startswith("access-control-")]
        assert told.headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize("origin", [HOST, "https://evil.example"])
async def test_the_files_to_embed_are_for_every_page(origin: str) -> None:
    async with asking() as http:
        answer = await http.get("/embed/v1/tickertalk-chat.js", headers={"Origin": origin})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "access-control-allow-credentials" not in answer.headers


async def test_options_that_is_no_preflight_is_the_applications() -> None:
    async with asking() as http:
        answer = await http.options("/api/usage", headers={"Origin": HOST})
    assert answer.headers["x-asked"] == "OPTIONS"


@pytest.mark.parametrize("path", ["/v1/chat/completions", "/mcp", "/bridges/ai-sdk"])
async def test_the_bridges_are_asked_by_the_same_pages(path: str) -> None:
    async with asking() as http:
        allowed = await http.options(path, headers=preflight(HOST))
        refused = await http.options(path, headers=preflight(OTHERS[0]))
    assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (204, HOST)
    assert (refused.status_code, "access-control-allow-origin" in refused.headers) == (403, False)
