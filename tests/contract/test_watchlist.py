"""HTTP: the companies a user follows, and what changed since they were seen; on the services' own rights."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
import pytest_asyncio

from tests.contract.conftest import put_analyses
from tests.security.least_privilege import least_privileged
from tests.support.chat_client import token
from tests.support.databases import Databases
from tests.support.stack import Stack

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def strict(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    """A gateway that may do no more than deploy/roles says."""
    folder: Path = tmp_path_factory.mktemp("strict")
    async with databases.database() as url:
        await put_analyses(url)
        async with await least_privileged(folder, url, gateways=1, workers=0) as running:
            yield running


@pytest_asyncio.fixture(loop_scope="module")
async def http(strict: Stack, user: str) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"Authorization": f"Bearer {token(user)}"}
    async with httpx.AsyncClient(base_url=strict.url, headers=headers, timeout=30) as client:
        yield client


async def follow(http: httpx.AsyncClient, *tickers: str) -> list[Any]:
    answer = await http.put("/api/watchlist", json={"tickers": tickers})
    assert answer.status_code == 200, answer.text
    listed: list[Any] = answer.json()
    return listed


async def test_the_list_is_replaced_and_read(http: httpx.AsyncClient, strict: Stack, user: str) -> None:
    assert (await http.get("/api/watchlist")).json() == []
    followed = await follow(http, "WBA", "KO")
    assert followed == (await http.get("/api/watchlist")).json()
    ko, wba = followed
    assert (ko["ticker"], ko["name"], ko["newest"]["score"]) == ("KO", "Coca-Cola", 60.1)
    assert ko["seen"] == ko["newest"]
    assert (ko["difference"], ko["sentences"]) == (None, [])
    assert (wba["newest"], wba["seen"], wba["not_rated"]) == (None, None, "No figures since May.")
    assert [each["ticker"] for each in await follow(http, "MSFT", "KO")] == ["KO", "MSFT"]
    assert "no-store" in (await http.get("/api/watchlist")).headers["cache-control"]
    theirs = {"Authorization": f"Bearer {token(user + '-other')}"}
    assert (await http.get("/api/watchlist", headers=theirs)).json() == []
    assert await follow(http) == []


async def test_what_changed_since_it_was_seen(http: httpx.AsyncClient, strict: Stack) -> None:
    older = (await http.get("/api/analyses/KO?as_of=2026-08-15")).json()["id"]
    await follow(http, "KO", "MSFT")
    [ko, msft] = (await http.post("/api/watchlist/seen", json={"seen": {"KO": older}})).json()
    assert (ko["seen"]["as_of"], ko["newest"]["as_of"], ko["difference"]) == ("2026-08-15", "2026-08-22", 3.7)
    assert "the score rose by 3.7 points to 60.1" in ko["sentences"][0]
    assert "the rating went from hold to buy" in ko["sentences"][0]
    assert msft["sentences"] == []
    assert (await follow(http, "KO"))[0]["seen"]["id"] == older  # what stays keeps what was seen of it

    newest = ko["newest"]["id"]
    [seen] = (await http.post("/api/watchlist/seen", json={"seen": {"KO": newest}})).json()
    assert (seen["seen"]["id"], seen["difference"]) == (newest, None)

    owner = await asyncpg.connect(strict.database_url)
    await owner.execute(
        "insert into analysis_history (ticker, as_of, rating, score) values ('KO', '2026-08-29', 'hold', 55)"
    )
    [again] = (await http.get("/api/watchlist")).json()
    assert (again["newest"]["as_of"], again["difference"]) == ("2026-08-29", -5.1)
    await owner.execute("delete from analysis_history where as_of = '2026-08-29'")
    await owner.close()


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code", "words"),
    [
        ("PUT", "", {"tickers": ["KO", "NOPE", "NADA"]}, 404, "unknown_ticker", "NOPE, NADA"),
        ("PUT", "", {"tickers": ["KO\0"]}, 404, "unknown_ticker", ""),
        ("PUT", "", {"tickers": ["KO", "MSFT", "KO"]}, 400, "same_ticker", "KO"),
        ("PUT", "", {"tickers": [f"T{n}" for n in range(501)]}, 400, "too_many_tickers", "500"),
        ("PUT", "", {"tickers": "KO"}, 400, "invalid", ""),
        ("PUT", "", {}, 400, "invalid", ""),
        ("PUT", "", {"tickers": [], "more": 1}, 400, "invalid", ""),
        ("POST", "/seen", {"seen": {"NOPE": 1}}, 404, "unknown_ticker", "NOPE"),
        ("POST", "/seen", {"seen": {"MSFT": 1}}, 404, "unknown_analysis", "MSFT"),
        ("POST", "/seen", {"seen": {"KO": 999999}}, 404, "unknown_analysis", "KO"),
        ("POST", "/seen", {"seen": {"KO": 2**63}}, 400, "invalid", ""),
        ("POST", "/seen", {"seen": {"KO": "x"}}, 400, "invalid", ""),
    ],
)
async def test_every_refusal_has_a_name_and_changes_nothing(
    http: httpx.AsyncClient, method: str, path: str, body: object, status: int, code: str, words: str
) -> None:
    before = await follow(http, "KO")
    answer = await http.request(method, f"/api/watchlist{path}", json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert words in answer.json()["message"]
    assert (await http.get("/api/watchlist")).json() == before


async def test_it_wants_a_token(strict: Stack) -> None:
    async with httpx.AsyncClient(base_url=strict.url) as http:
        assert (await http.get("/api/watchlist")).status_code == 401
        assert (await http.put("/api/watchlist", json={"tickers": []})).status_code == 401
        assert (await http.post("/api/watchlist/seen", json={"seen": {}})).status_code == 401
