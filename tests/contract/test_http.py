"""HTTP: analyses, conversations, usage, health, the page itself; and what is closed in production."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio

from tests.contract.conftest import put_analyses
from tests.support.chat_client import ChatClient, token
from tests.support.stack import Stack

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module")
async def http(stack: Stack, user: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client with the user's token."""
    headers = {"Authorization": f"Bearer {token(user)}"}
    async with httpx.AsyncClient(base_url=stack.url, headers=headers, timeout=30) as client:
        yield client


async def test_the_overview(http: httpx.AsyncClient) -> None:
    answer = await http.get("/api/analyses")
    assert answer.headers["content-encoding"] == "gzip"
    rows = {row["ticker"]: row for row in answer.json()}
    assert list(rows) == ["KO", "MSFT", "WBA"]
    ko = rows["KO"]
    assert (ko["name"], ko["rating"], ko["score"], ko["as_of"]) == ("Coca-Cola", "buy", 60.1, "2026-08-22")
    assert (ko["previous"]["rating"], ko["previous"]["score"]) == ("hold", 56.4)
    assert (ko["price"], ko["dividend_yield"]) == (70.5, None)
    assert ko["sparkline"] == [float(price) for price in range(81, 111)]
    assert rows["MSFT"]["previous"] is None
    assert rows["WBA"] | {"rating": None, "not_rated": "No figures since May."} == rows["WBA"]
    unchanged = await http.get("/api/analyses", headers={"If-None-Match": answer.headers["etag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")


@pytest.mark.parametrize(
    ("query", "tickers"),
    [
        ("q=coca", ["KO"]),
        ("q=ms", ["MSFT"]),
        ("rating=sell", ["MSFT"]),
        ("sector=Consumer Staples", ["KO"]),
        ("sort=-score", ["KO", "MSFT", "WBA"]),
        ("sort=score", ["MSFT", "KO", "WBA"]),
        ("sort=-change", ["KO", "MSFT", "WBA"]),
        ("q=nothing", []),
    ],
)
async def test_filters_and_order(http: httpx.AsyncClient, query: str, tickers: list[str]) -> None:
    assert [row["ticker"] for row in (await http.get(f"/api/analyses?{query}")).json()] == tickers


async def test_one_analysis_and_older_ones(http: httpx.AsyncClient) -> None:
    newest = (await http.get("/api/analyses/KO")).json()
    assert (newest["as_of"], newest["rating"], newest["company"]["name"]) == (
        "2026-08-22",
        "buy",
        "Coca-Cola",
    )
    assert newest["metrics"][0] == {"key": "price", "label": "Price", "value": 70.5, "unit": "usd"}
    assert newest["metrics"][1]["value"] is None
    older = (await http.get("/api/analyses/KO?as_of=2026-08-15")).json()
    assert {key: older[key] for key in ("id", "as_of", "rating", "score")} == newest["previous"]
    assert (await http.get(f"/api/analyses/KO?id={older['id']}")).json() == older
    history = (await http.get("/api/analyses/KO/history")).json()
    assert [step["id"] for step in history] == [newest["id"], older["id"]]
    prices = (await http.get("/api/prices/KO")).json()
    assert prices[0] == {"date": "2026-08-02", "price": 71.0}


async def test_conversations(http: httpx.AsyncClient, stack: Stack, user: str) -> None:
    client = await stack.full(user)
    await client.send("set_context", ticker="KO")
    await client.next_frame("context")
    assert (await http.get("/api/sessions")).json() == []
    for number in range(3):
        await client.collect_turn(await client.ask(f"Question {number}\nand more"))
    [session] = (await http.get("/api/sessions")).json()
    assert session["session_id"] == client.session_id
    assert (session["title"], session["context_ticker"]) == ("Question 0 and more", "KO")

    url = f"/api/sessions/{client.session_id}/messages"
    page = (await http.get(url, params={"limit": 4})).json()
    assert page["has_more"] is True
    assert [message["role"] for message in page["messages"]] == ["user", "assistant"] * 2
    before = (await http.get(url, params={"limit": 4, "before": page["messages"][0]["id"]})).json()
    assert before["has_more"] is False
    assert before["messages"][0]["content"] == "Question 0\nand more"
    assert set(before["messages"][1]) == {
        "id", "turn_id", "role", "content", "finish_reason", "context_ticker", "analysis_id", "as_of", "model",
        "usage", "created_at", "figures", "lookups",
    }  # fmt: skip
    assert before["messages"][1]["as_of"] == "2026-08-22"

    theirs = {"Authorization": f"Bearer {token(user + '-other')}"}
    assert (await http.get(url, headers=theirs)).json() == {"messages": [], "has_more": False}
    assert (await http.delete(f"/api/sessions/{client.session_id}", headers=theirs)).status_code == 404
    assert (await http.delete(f"/api/sessions/{client.session_id}")).status_code == 204
    assert (await http.get("/api/sessions")).json() == []
    assert not await stack.redis().keys(f"*{client.session_id}*")
    again = await stack.full(user, client.session_id, resume={"epoch": client.ready["epoch"], "seq": 3})
    assert (await again.next_frame("snapshot"))["messages"] == []


async def test_deleting_a_conversation_ends_what_is_asked_in_it(
    http: httpx.AsyncClient, stack: Stack, user: str
) -> None:
    client = await stack.full(user)
    turns = [await client.ask(f"Delete me {number} [[hold=1]]") for number in range(2)]
    await stack.gemini.wait(held=1)
    assert (await http.delete(f"/api/sessions/{client.session_id}")).status_code == 204
    for turn in turns:
        error = await client.next_frame("ai_error")
        assert (error["turn_id"], error["code"], error["retryable"]) == (turn, "failed", False)
    stack.gemini.release()
    await stack.gemini.wait(open=0)


async def test_usage(http: httpx.AsyncClient, stack: Stack, user: str) -> None:
    assert (await http.get("/api/usage")).json()["total_tokens"] == 0
    client = await stack.full(user)
    ending = (await client.collect_turn(await client.ask("How dear?"))).ending
    usage = (await http.get("/api/usage")).json()
    assert usage["input_tokens"] == ending["usage"]["input_tokens"] > 0
    assert usage["total_tokens"] == sum(ending["usage"].values())
    assert usage["budget"] == 10_000_000


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/analyses/NOPE", 404, "not_found"),
        ("/api/analyses/%00", 404, "not_found"),
        ("/api/analyses/KO?as_of=yesterday", 400, "invalid"),
        ("/api/analyses/KO?id=0", 400, "invalid"),
        ("/api/analyses/KO?id=99999999999999999999", 400, "invalid"),
        ("/api/analyses?rating=great", 400, "invalid"),
        ("/api/analyses?sort=password", 400, "invalid"),
        ("/api/prices/NOPE", 404, "not_found"),
        ("/api/sessions/1/messages", 404, "not_found"),
        (f"/api/sessions/{uuid4()}/messages?limit=0", 400, "invalid"),
        (f"/api/sessions/{uuid4()}/messages?limit=1000", 400, "invalid"),
        (f"/api/sessions/{uuid4()}/messages?before=x", 400, "invalid"),
        ("/api/nothing", 404, "not_found"),
        ("/assets/nothing.js", 404, "not_found"),
        ("/../../etc/passwd", 200, None),
        ("/%2e%2e/%2e%2e/pyproject.toml", 404, "not_found"),
    ],
)
async def test_errors_have_a_code_and_a_message(
    http: httpx.AsyncClient, path: str, status: int, code: str | None
) -> None:
    answer = await http.get(path)
    assert answer.status_code == status
    if code:
        assert answer.json()["code"] == code
        assert answer.json()["message"]
    assert "root:" not in answer.text


@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Bearer x.y.z", "Basic YTpi", token("alice")])
async def test_the_api_wants_a_token(stack: Stack, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}
    async with httpx.AsyncClient(base_url=stack.url, headers=headers) as http:
        for path in ("/api/analyses", "/api/analyses/KO", "/api/prices/KO", "/api/sessions", "/api/usage"):
            answer = await http.get(path)
            assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized")


async def test_health_figures_and_description(stack: Stack) -> None:
    async with httpx.AsyncClient(base_url=stack.url) as http:
        assert (await http.get("/healthz")).status_code == 200
        assert (await http.get("/readyz")).status_code == 200
        assert "tickertalk_gateway_sockets" in (await http.get("/metrics")).text
        described = (await http.get("/schema")).json()
        assert "/api/analyses/{ticker}" in described["paths"]


async def test_a_development_token_opens_everything(stack: Stack) -> None:
    async with httpx.AsyncClient(base_url=stack.url) as http:
        issued = (await http.post("/api/dev/token", json={"user": "dev"})).json()
        assert issued["expires_at"] > 0
        client = await ChatClient.full(stack.url, token=issued["token"])
        await client.close()
        for body in ({"user": ""}, {"user": "x" * 129}, {}, {"user": "a", "admin": True}):
            assert (await http.post("/api/dev/token", json=body)).status_code == 400
        foreign = {"Origin": "https://evil.example"}
        assert (await http.post("/api/dev/token", json={"user": "a"}, headers=foreign)).status_code == 403


async def test_pages_and_their_headers(stack: Stack) -> None:
    async with httpx.AsyncClient(base_url=stack.url) as http:
        for path in ("/", "/company/KO", "/about"):
            page = await http.get(path)
            assert page.status_code == 200
            assert page.headers["content-type"].startswith("text/html")
            policy = page.headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "frame-ancestors 'none'" in policy
            assert page.headers["x-content-type-options"] == "nosniff"
            assert "set-cookie" not in page.headers


async def test_readiness_follows_redis(tmp_path: Path, database_url: str) -> None:
    async with (
        Stack(tmp_path, database_url=database_url, workers=0) as stack,
        httpx.AsyncClient(base_url=stack.url) as http,
    ):
        await stack.valkey.kill()
        answer = await http.get("/readyz")
        assert (answer.status_code, answer.json()["redis"]) == (503, False)
        assert (await http.get("/healthz")).status_code == 200
        await stack.valkey.start()
        async with asyncio.timeout(30):
            while (await http.get("/readyz")).status_code != 200:
                await asyncio.sleep(0.2)


async def test_production_is_closed(tmp_path: Path, database_url: str) -> None:
    await put_analyses(database_url)
    env = {"APP_ENV": "production", "ALLOWED_ORIGINS": "https://app.example.com"}
    async with Stack(tmp_path, database_url=database_url, workers=0, gateway_env=env) as stack:
        async with httpx.AsyncClient(base_url=stack.url) as http:
            for path in ("/metrics", "/schema", "/schema/openapi.json"):
                assert (await http.get(path)).status_code == 404
            assert (await http.post("/api/dev/token", json={"user": "alice"})).status_code == 404
            page = await http.get("/")
            assert "strict-transport-security" in page.headers
            assert "frame-ancestors https://app.example.com" in page.headers["content-security-policy"]
        client = await stack.seed("alice", origin="https://app.example.com")
        await client.send("ping")
        await client.next_frame("pong")
