"""Whatever a model asks with: a result that says what is wrong and what is allowed, never an exception."""

import asyncio
from collections.abc import Iterator
from typing import Any

import asyncpg
import msgspec
import pytest
from langchain_core.messages import HumanMessage

from agent_worker.analysis.company_source import CompanySource
from agent_worker.model.gemini.stock import StockGemini
from agent_worker.workflows.tools import arguments as args
from agent_worker.workflows.tools.limits import RESULT_TOKENS, TABLE_BYTES
from agent_worker.workflows.tools.result import Section, Sheet, written
from agent_worker.workflows.tools.toolbox import DECLARATIONS, TOOLS, ToolBox
from deploy.imports.__main__ import import_text
from shared.db.database import UNAVAILABLE, Database, open_pool
from shared.frames.figures import Table
from shared.metric_words import METRIC_WORDS
from tests.agent_worker.sample_analyses import analysis
from tests.agent_worker.workflows.tools.conftest import TODAY, Call, lines

SQL = "KO'; drop table analysis_history; --"
WRONG: list[tuple[str, Any, str, str]] = [
    ("get_analysis", {"ticker": "SAMSUNG"}, 'symbol "SAMSUNG"', "503 companies"),
    ("get_analysis", {"ticker": SQL}, "symbol", ""),
    ("get_analysis", {"ticker": ""}, 'symbol ""', "503 companies"),
    ("get_analysis", {"ticker": "Coca-Cola"}, "symbol", "KO"),
    ("get_analysis", {"ticker": "KOO"}, "symbol", "KO"),
    ("get_analysis", {"ticker": 5}, "ticker: Expected str, got int", "ticker"),
    ("get_analysis", {"ticker": None}, "ticker: Expected str, got null", "ticker"),
    ("get_analysis", {}, "missing required field ticker", "ticker"),
    ("get_analysis", {"ticker": "KO", "date": "2026-08-22"}, "unknown field date", "as_of"),
    ("get_analysis", {"ticker": "KO", "as_of": "1900-01-01"}, "before the first data", "2026-06-13 to 2026-08-22"),
    ("get_analysis", {"ticker": "KO", "as_of": "2030-01-01"}, "in the future", "2026-06-13 to 2026-08-22"),
    ("get_analysis", {"ticker": "KO", "as_of": "22 Aug"}, "as_of: Invalid", "as_of"),
    ("get_analysis", {"ticker": "KO", "as_of": "2026-02-30"}, "as_of: Invalid", "as_of"),
    ("get_analysis", {"ticker": "K"}, "no analysis of Kellanova (K): never had figures", ""),
    ("compare", {"tickers": ["KO"] * 9, "metrics": ["score"]}, "tickers: Expected array of length at most 8", "at most 8"),
    ("compare", {"tickers": ["KO"] * 10_000, "metrics": ["score"]}, "too long", "at most 8"),
    ("compare", {"tickers": [], "metrics": ["score"]}, "length at least 1", ""),
    ("compare", {"tickers": ["KO", "XYZZY"], "metrics": ["score"]}, '"XYZZY"', ""),
    ("compare", {"tickers": ["KO"], "metrics": ["dividnd_yield"]}, "nearest is dividend_yield", "price_earnings"),
    ("compare", {"tickers": ["KO"], "metrics": ["happiness"]}, 'unknown metric "happiness"', "price_earnings"),
    ("compare", {"tickers": "KO", "metrics": ["score"]}, "tickers: Expected array, got str", ""),
    ("compare", {"tickers": ["K"], "metrics": ["score"]}, "no analysis of Kellanova", ""),
    ("screen", {"filters": [{"metric": "score", "op": "~", "value": 1}]}, "Invalid enum value '~'", ""),
    ("screen", {"filters": [{"metric": "score", "op": ">", "value": "high"}]}, "value: Expected float, got str", ""),
    ("screen", {"filters": [{"metric": "score", "op": ">", "value": 1}] * 5}, "length at most 4", "at most 4"),
    ("screen", {"filters": [{"metric": "rating", "op": "=", "value": 1}]}, "use the argument rating", "hold"),
    ("screen", {"filters": [{"metric": "dividend_yield", "op": ">", "value": 30}]}, "is a fraction", "0.3"),
    ("screen", {"sector": "Energi"}, "nearest are Energy", "Utilities"),
    ("screen", {"sector": "Potato"}, 'unknown sector "Potato"', "Utilities"),
    ("screen", {"rating": "strong buy"}, "rating: Invalid enum value", "buy or hold or sell"),
    ("screen", {"sort": "-beauty"}, 'unknown metric "beauty"', "price"),
    ("screen", {"limit": 21}, "limit: Expected int of at most 20", "1 to 20"),
    ("screen", {"limit": 0}, "limit: Expected int of at least 1", "1 to 20"),
    ("history", {"ticker": "KO", "metric": "price", "from": "1900-01-01"}, "before the first data", "2026-05-15"),
    ("history", {"ticker": "KO", "metric": "price", "from": "2026-08-20", "to": "2026-08-01"}, "is after to", "earlier"),
    ("history", {"ticker": "KO", "metric": "price", "from": "2027-08-20"}, "in the future", "2026-08-22"),
    ("history", {"ticker": "KO", "metric": "price", "to": "1999-08-20"}, "before the first data", "2026-05-15"),
    ("history", {"ticker": "K", "metric": "price"}, "no analysis of Kellanova", ""),
    ("history", {"ticker": "NVR", "metric": "dividend_yield"}, "has no Dividend yield between", "2026"),
    ("what_changed", {"ticker": "KO", "from": "2026-08-22"}, "no analysis between", ""),
    ("what_changed", {"ticker": "KO", "to": "2026-06-13"}, "no analysis before 2026-06-13", "2026-06-13 to"),
    ("what_changed", {"from": "2026-08-22", "to": "2026-08-01"}, "is after to", ""),
    ("what_changed", {"to": "2031-01-01"}, "in the future", ""),
    ("peers", {"ticker": "KO", "metric": "price"}, "Price is not compared with peers", "dividend_yield"),
    ("peers", {"ticker": "NVR", "metric": "dividend_yield"}, "no Dividend yield to rank", ""),
    ("peers", {"ticker": "EA", "metric": "price_earnings"}, "not rated now", ""),
    ("what_if", {"ticker": "KO", "points": [{"item": "dividend_yield", "points": 50}]}, "50 points are not possible", "−4.0 to +10.0"),
    ("what_if", {"ticker": "KO", "points": [{"item": "market_cap", "points": 1}, {"item": "market_cap", "points": 2}]}, "Market cap stands under points twice", ""),
    ("what_if", {"ticker": "KO", "points": [{"item": "market_cap"}]}, "missing required field points", ""),
    ("what_if", {"ticker": "KO", "points": {"item": "market_cap", "points": 1}}, "Expected array", ""),
    ("what_if", {"ticker": "KO", "points": {"luck": 1}}, 'no item "luck"', "price_earnings"),
    ("what_if", {"ticker": "KO", "points": {"dividend_yield": "x"}}, "Expected float, got str", ""),
    ("what_if", {"ticker": "KO", "points": {"dividend_yield": 1}, "without": ["dividend_yield"]}, "under without", ""),
    ("explain", {"term": "flux capacitor"}, 'no term "flux capacitor"', "P/E"),
    ("explain", {"term": "x" * 500}, "length at most 200", ""),
    ("explain", {}, "missing required field term", "term"),
    ("sell_everything", {}, 'no tool "sell_everything"', "get_analysis"),
]  # fmt: skip


@pytest.mark.parametrize(("tool", "arguments", "error", "allowed"), WRONG, ids=lambda value: str(value)[:30])
async def test_wrong_arguments(
    call: Call, tool: str, arguments: dict[str, Any], error: str, allowed: str
) -> None:
    result = await call(tool, **arguments)
    head = lines(result)
    assert result.status == "failed"
    assert head["TOOL"] == tool
    assert error in head["ERROR"]
    assert allowed in head.get("ALLOWED", "")
    assert not result.facts
    assert len(result.text.encode()) // 4 <= RESULT_TOKENS


@pytest.mark.parametrize(
    "raw", ["", "null", "[]", "7", '"KO"', "{", "{'ticker': 'KO'}", "[" * 5000, "\ud800", '{"a":' * 3000]
)
@pytest.mark.parametrize("tool", list(TOOLS))
async def test_what_is_no_object_of_arguments(toolbox: ToolBox, tool: str, raw: str) -> None:
    result = await toolbox.run(tool, raw)
    optional = tool in ("screen", "what_changed") and raw == ""
    assert result.status == ("ok" if optional else "failed")


async def test_a_call_past_its_time_is_ended_and_says_so(pool: asyncpg.Pool) -> None:
    source = CompanySource(Database(pool))
    await source.finder()
    slow = ToolBox(Database(pool), source, today=lambda: TODAY, call_seconds=0.2)
    async with pool.acquire() as one, pool.acquire():
        result = await slow.run("get_analysis", '{"ticker": "KO"}')
        assert "took longer than 0.2 s" in lines(result)["ERROR"]
        assert await one.fetchval("select 1") == 1


async def test_cancelling_a_call_cancels_its_statement(database_url: str) -> None:
    async with await open_pool(database_url, name="tools", size=2) as pool, pool.acquire() as other:
        source = CompanySource(Database(pool))
        await source.finder()
        async with other.transaction():
            await other.execute("lock table analysis_history in access exclusive mode")
            waiting = asyncio.create_task(
                ToolBox(Database(pool), source, call_seconds=60.0).run("what_changed", "{}")
            )
            blocked = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and application_name = 'tools'"
            while not await other.fetchval(blocked):
                await asyncio.sleep(0.01)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            while await other.fetchval(blocked):
                await asyncio.sleep(0.01)


async def test_a_postgres_that_is_away_is_told_to_the_turn(database_url: str) -> None:
    pool = await open_pool(database_url, name="tools", size=1)
    source = CompanySource(Database(pool))
    await source.finder()
    await pool.close()
    with pytest.raises(UNAVAILABLE):
        await ToolBox(Database(pool), source).run("what_changed", "{}")


async def test_analyses_of_others_are_shown_without_a_rule(database_url: str) -> None:
    row = {
        **msgspec.to_builtins(analysis("ACME")),
        "company": {"name": "Acme | Works <x>"},
        "made_by": "desk-7",
    }
    assert not (await import_text(database_url, msgspec.json.encode([row]).decode())).problems
    async with await open_pool(database_url, name="tools", size=2) as pool:
        await pool.execute(
            "insert into analysis_history (ticker, as_of, rating, score, metrics, rationale)"
            " values ('ODD', '2026-08-20', 'sell', 12, '{\"mood\": \"bad\", \"price\": 3}', '[\"because\", 7]')"
        )
        box = ToolBox(Database(pool), CompanySource(Database(pool)), today=lambda: TODAY)
        shown = await box.run("what_if", '{"ticker": "ACME", "without": ["dividend_yield"]}')
        assert lines(shown)["THEN"] == "61.9"
        assert "points can be tried" in lines(shown)["NOTE"]
        assert "TO BUY" not in shown.text
        for tool, arguments in (
            ("get_analysis", '{"ticker": "ODD"}'),
            ("get_analysis", '{"ticker": "ACME"}'),
            ("compare", '{"tickers": ["ODD", "ACME"], "metrics": ["price", "score"]}'),
            ("history", '{"ticker": "ODD", "metric": "price"}'),
            ("screen", "{}"),
        ):
            result = await box.run(tool, arguments)
            assert result.status == "ok", result.text
            assert "<" not in result.text
        assert (await box.run("peers", '{"ticker": "ODD", "metric": "price_earnings"}')).status == "failed"
        assert (await box.run("what_if", '{"ticker": "ODD"}')).status == "ok"


def test_a_result_is_cut_to_its_size_and_says_so() -> None:
    rows = [[f"row {n}", "x" * 300] for n in range(200)]
    result = written(
        "screen", Sheet([("A", "b")], [Section("ROWS", ("a", "b"), rows)], (), Table(["a", "b"], rows))
    )
    assert len(result.text.encode()) // 4 <= RESULT_TOKENS
    kept = result.text.count("\nrow ")
    assert f"CUT: ROWS, first {kept} of 200" in result.text
    assert result.table is not None
    assert len(msgspec.json.encode(result.table)) <= TABLE_BYTES


def test_declarations_are_plain_and_complete() -> None:
    assert [each["name"] for each in DECLARATIONS] == list(TOOLS)
    text = msgspec.json.encode(DECLARATIONS).decode()
    for word in ("$ref", "anyOf", "additionalProperties", "x-keys", '"null"'):
        assert word not in text
    [history] = [each for each in DECLARATIONS if each["name"] == "history"]
    assert set(history["parameters"]["properties"]) == {"ticker", "metric", "from", "to"}
    assert history["parameters"]["required"] == ["ticker", "metric"]
    assert history["parameters"]["properties"]["metric"]["enum"] == list(METRIC_WORDS)
    assert all(tool.arguments.__doc__ for tool in TOOLS.values())
    for each in DECLARATIONS:
        assert list(_empty_objects(each["parameters"])) == [], each["name"]


def _empty_objects(part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Objects of which no property is declared: Gemini takes none, and its client drops what they hold."""
    if part["type"] == "object" and not part.get("properties"):
        yield part
    for each in [*part.get("properties", {}).values(), *([part["items"]] if "items" in part else [])]:
        yield from _empty_objects(each)


async def test_the_stock_client_sends_the_declarations_as_they_are() -> None:
    stock = StockGemini(model="gemini-2.5-flash", api_key="k", base_url=None)
    sent = msgspec.json.decode((await stock.request([HumanMessage("Why?")], DECLARATIONS)).content)
    await stock.aclose()
    functions = {each["name"]: each["parameters"] for each in sent["tools"][0]["functionDeclarations"]}
    for each in DECLARATIONS:
        assert set(functions[each["name"]]["properties"]) == set(each["parameters"]["properties"])
    points = functions["what_if"]["properties"]["points"]["items"]
    assert set(points["properties"]) == set(points["required"]) == {"item", "points"}
    assert points["properties"]["item"]["enum"] == list(args.ITEMS)
