"""HTTP: what changed, of a company and of the market, and companies side by side; every refusal has a name."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import httpx
import pytest
import pytest_asyncio

from tests.support.chat_client import token
from tests.support.stack import Stack

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def http(stack: Stack) -> AsyncIterator[httpx.AsyncClient]:
    """A client, and one company more: its figures moved, and it is compared with the others."""
    connection = await asyncpg.connect(stack.database_url)
    await connection.execute(
        "insert into companies (ticker, name) values ('PEP', 'PepsiCo'), ('ONE', 'Once')"
    )
    for ticker, day, rating, score, price, yields, size in (
        ("PEP", "2026-08-08", "hold", 50.0, 140.0, 0.031, 2.0),
        ("PEP", "2026-08-15", "hold", 48.0, 141.0, 0.030, 0.0),
        ("PEP", "2026-08-22", "sell", 39.5, 130.0, 0.033, -3.5),
        ("ONE", "2026-08-22", "hold", 50.0, 10.0, 0.01, 0.0),
    ):
        await connection.execute(
            """insert into analysis_history (ticker, as_of, rating, score, summary, metrics, rationale)
               values ($1, $2::text::date, $3, $4::float8, 'A summary.', $5, $6)""",
            ticker, day, rating, score,
            f'[{{"key":"price","label":"Price","value":{price},"unit":"usd"}},'
            f'{{"key":"price_earnings","label":"P/E","value":20,"unit":"ratio"}},'
            f'{{"key":"dividend_yield","label":"Dividend yield","value":{yields},"unit":"fraction"}}]',
            f'[{{"key":"size","label":"Size","points":{size},"low":-4,"high":4,"sentence":"Large."}}]',
        )  # fmt: skip
    await connection.close()
    headers = {"Authorization": f"Bearer {token('alice')}"}
    async with httpx.AsyncClient(base_url=stack.url, headers=headers, timeout=30) as client:
        yield client


async def read(http: httpx.AsyncClient, path: str) -> Any:
    answer = await http.get(path)
    assert answer.status_code == 200, answer.text
    unchanged = await http.get(path, headers={"If-None-Match": answer.headers["etag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert answer.headers["cache-control"] == "private, no-cache"
    return answer.json()


async def test_without_days_it_is_the_newest_and_the_one_before(http: httpx.AsyncClient) -> None:
    found = await read(http, "/api/analyses/PEP/changes")
    assert found["company"]["name"] == "PepsiCo"
    assert [found[side]["as_of"] for side in ("before", "after")] == ["2026-08-15", "2026-08-22"]
    assert [found[side]["rating"] for side in ("before", "after")] == ["hold", "sell"]
    assert found["difference"] == -8.5
    assert found["sentences"][0].startswith(
        "From the snapshot of 15 Aug to that of 22 Aug the score fell by 8.5"
    )
    [item] = found["items"]
    assert (item["key"], item["before"], item["after"], item["difference"]) == ("size", 0.0, -3.5, -3.5)
    assert {figure["key"]: (figure["before"], figure["after"]) for figure in found["figures"]} == {
        "price": (141.0, 130.0), "dividend_yield": (0.03, 0.033),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("from=2026-08-08", ("2026-08-08", "2026-08-22")),
        ("to=2026-08-20", ("2026-08-08", "2026-08-15")),
        ("from=2026-08-10&to=2026-08-21", ("2026-08-08", "2026-08-15")),
        ("from=2026-01-01&to=2030-01-01", ("2026-08-08", "2026-08-22")),
    ],
)
async def test_a_day_means_the_analysis_on_or_before_it(
    http: httpx.AsyncClient, query: str, days: tuple[str, str]
) -> None:
    found = await read(http, f"/api/analyses/PEP/changes?{query}")
    assert (found["before"]["as_of"], found["after"]["as_of"]) == days


async def test_the_market(http: httpx.AsyncClient) -> None:
    found = await read(http, "/api/changes")
    assert (found["first"], found["last"], found["compared"]) == ("2026-08-15", "2026-08-22", 2)
    assert [move["ticker"] for move in found["rating_changes"]] == ["PEP", "KO"]
    assert [move["ticker"] for move in found["up"]] == ["KO"]
    assert [(move["ticker"], move["difference"]) for move in found["down"]] == [("PEP", -8.5)]
    assert found["up"][0]["before"]["rating"] == "hold"
    assert found["up"][0]["after"]["rating"] == "buy"
    early = await read(http, "/api/changes?to=2026-08-15")
    assert (early["first"], early["compared"], early["rating_changes"]) == ("2026-08-08", 1, [])


async def test_side_by_side(http: httpx.AsyncClient) -> None:
    found = await read(http, "/api/compare?tickers=PEP, KO,MSFT")
    assert [each["company"]["ticker"] for each in found["companies"]] == ["PEP", "KO", "MSFT"]
    assert [each["analysis"]["score"] for each in found["companies"]] == [39.5, 60.1, 30.0]
    figures = {figure["key"]: figure for figure in found["figures"]}
    assert figures["price"]["values"] == [130.0, 70.5, 70.5]
    assert (figures["price"]["better"], figures["price"]["better_end"]) == ([], None)
    assert figures["dividend_yield"]["values"] == [0.033, None, None]
    assert figures["dividend_yield"]["better"] == []  # one alone is not the better one
    [reason] = found["reasons"]
    assert (reason["key"], reason["points"]) == ("size", [-3.5, 1.0, 1.0])
    two = {figure["key"]: figure for figure in (await read(http, "/api/compare?tickers=ONE,PEP"))["figures"]}
    assert (two["dividend_yield"]["better"], two["dividend_yield"]["better_end"]) == (["PEP"], "highest")
    assert (two["price_earnings"]["better"], two["price_earnings"]["better_end"]) == (
        ["ONE", "PEP"],
        "lowest",
    )


@pytest.mark.parametrize(
    ("path", "status", "code", "words"),
    [
        ("/api/analyses/NOPE/changes", 404, "unknown_ticker", "NOPE"),
        ("/api/analyses/%00/changes", 404, "unknown_ticker", ""),
        ("/api/analyses/WBA/changes", 404, "not_rated", "No figures since May"),
        ("/api/analyses/ONE/changes", 404, "one_analysis", "no two analyses"),
        ("/api/analyses/PEP/changes?from=1900-01-01", 404, "no_analysis", "2026-08-08"),
        ("/api/analyses/PEP/changes?to=1900-01-01", 404, "no_analysis", "2026-08-08"),
        ("/api/analyses/PEP/changes?to=2026-08-08", 404, "no_analysis", "before 2026-08-08"),
        ("/api/analyses/PEP/changes?from=0001-01-01&to=9999-12-31", 404, "no_analysis", ""),
        ("/api/analyses/PEP/changes?from=2026-08-22&to=2026-08-15", 400, "dates_reversed", "is after to"),
        ("/api/analyses/PEP/changes?from=2026-08-22", 400, "same_analysis", "between"),
        ("/api/analyses/PEP/changes?from=2030-01-01", 400, "same_analysis", "between"),
        ("/api/analyses/PEP/changes?from=2026-08-15&to=2026-08-15", 400, "same_analysis", ""),
        ("/api/analyses/PEP/changes?from=yesterday", 400, "invalid", "from"),
        ("/api/analyses/PEP/changes?to=2026-02-30", 400, "invalid", "to"),
        ("/api/changes?from=1900-01-01", 404, "no_analysis", ""),
        ("/api/changes?from=2026-08-22&to=2026-08-01", 400, "dates_reversed", ""),
        ("/api/changes?to=x", 400, "invalid", "to"),
        ("/api/compare", 400, "too_few_tickers", "2 to 8"),
        ("/api/compare?tickers=KO", 400, "too_few_tickers", "2 to 8"),
        ("/api/compare?tickers=,KO,", 400, "too_few_tickers", "2 to 8"),
        ("/api/compare?tickers=KO,PEP,KO", 400, "same_ticker", "KO"),
        ("/api/compare?tickers=A,B,C,D,E,F,G,H,I", 400, "too_many_tickers", "not 9"),
        ("/api/compare?tickers=KO,NOPE,MSFT,NADA", 404, "unknown_ticker", "NOPE, NADA"),
        ("/api/compare?tickers=KO,WBA", 404, "not_rated", "WBA"),
    ],
)
async def test_every_refusal_has_a_name(
    http: httpx.AsyncClient, path: str, status: int, code: str, words: str
) -> None:
    answer = await http.get(path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert set(answer.json()) == {"code", "message"}
    assert words in answer.json()["message"]


async def test_they_want_a_token(stack: Stack) -> None:
    async with httpx.AsyncClient(base_url=stack.url) as http:
        for path in ("/api/analyses/KO/changes", "/api/changes", "/api/compare?tickers=KO,PEP"):
            assert (await http.get(path)).status_code == 401
