"""What the tools say of the real sample, compared with the sample itself."""

from statistics import median

import asyncpg
import msgspec
import pytest

from agent_worker.analysis.company_source import CompanySource
from agent_worker.workflows.tools.toolbox import ToolBox
from shared.analysis import Analysis
from shared.db.database import Database, open_pool
from shared.figure_words import figure, number
from tests.agent_worker.workflows.tools.conftest import TODAY, Call, lines, section
from tests.agent_worker.workflows.tools.sample import ANALYSES, FIGURES, MADE, NOW, facts, metric
from tests.security.least_privilege import as_service, put_services


async def test_an_analysis_as_it_is_stored(call: Call) -> None:
    ko = NOW["KO"]
    result = await call("get_analysis", ticker="KO")
    head = lines(result)
    assert head["TOOL"] == "get_analysis"
    assert head["COMPANY"] == "Coca-Cola Company (The) (KO)"
    assert (head["DATE"], head["RATING"], head["SCORE"]) == (str(ko.as_of), ko.rating, number(ko.score, 1))
    reasons = section(result, "REASONS")
    assert [row[0] for row in reasons] == [item.label for item in ko.rationale]
    values = {row[0]: row[1] for row in section(result, "METRICS")}
    assert values["P/E"] == figure(metric(ko, "price_earnings").value, "ratio")
    assert result.words == "Looking up Coca-Cola, 22 Aug"
    [source] = result.sources
    assert (source.ticker, source.as_of, source.revision) == ("KO", ko.as_of, 1)


async def test_an_analysis_of_a_date_is_the_last_one_before_it(call: Call) -> None:
    head = lines(await call("get_analysis", ticker="ko", as_of="2026-08-17"))
    assert (head["DATE"], head["ASKED FOR"]) == ("2026-08-15", "2026-08-17")
    same = lines(await call("get_analysis", ticker="KO", as_of="2026-08-15"))
    assert (same["DATE"], "ASKED FOR" in same) == ("2026-08-15", False)


async def test_every_company_has_an_analysis_or_a_reason_why_not(call: Call) -> None:
    for ticker in list(FIGURES.companies)[::7]:
        result = await call("get_analysis", ticker=ticker)
        if ticker in ANALYSES:
            assert lines(result)["SCORE"] == number(ANALYSES[ticker][-1].score, 1)
            assert len(result.text.encode()) // 4 <= 1500
        else:
            assert MADE.not_rated[ticker] in lines(result)["ERROR"]


async def test_a_comparison_gives_everyone_their_own_figures(call: Call) -> None:
    tickers, keys = ["PEP", "KO", "MCD", "JPM"], ["price_earnings", "dividend_yield", "rating", "score"]
    result = await call("compare", tickers=tickers, metrics=keys)
    rows = section(result, "COMPARISON")
    assert [row[0] for row in rows] == tickers
    for ticker, _, date, pe, paid, rating, score in rows:
        mine = NOW[ticker]
        assert (date, rating, score) == (str(mine.as_of), mine.rating, number(mine.score, 1))
        assert pe == figure(metric(mine, "price_earnings").value, "ratio")
        assert paid == figure(metric(mine, "dividend_yield").value, "fraction")
    cheapest = min(tickers, key=lambda ticker: metric(NOW[ticker], "price_earnings").value or 1e9)
    assert section(result, "BEST")[0] == ["P/E", cheapest, "lowest"]
    assert result.table is not None
    assert result.table.rows == rows
    for fact in facts(result, "value", "price_earnings"):
        assert fact.value == metric(NOW[fact.ticker], "price_earnings").value
        assert fact.analysis_id is not None


async def test_a_comparison_says_who_has_no_analysis(call: Call) -> None:
    result = await call("compare", tickers=["KO", "K", "EA"], metrics=["P/E"])
    head = lines(result)
    assert head["NO ANALYSIS"] == "there is no analysis of Kellanova (K): never had figures"
    assert head["NOT RATED NOW"].startswith("Electronic Arts (EA)")
    assert head["DATES"] == "differ"


@pytest.mark.parametrize(
    ("key", "op", "value", "sector", "rating"),
    [
        ("dividend_yield", ">", 0.03, None, None),
        ("price_earnings", "<", 12, "Financials", None),
        ("score", ">=", 70, None, "buy"),
        ("market_cap", "<=", 2e10, "Utilities", None),
        ("return_20", "<", 0, "Energy", "hold"),
    ],
)
async def test_a_screen_finds_all_and_only_those(
    call: Call, key: str, op: str, value: float, sector: str | None, rating: str | None
) -> None:
    def meets(ticker: str, analysis: Analysis) -> bool:
        has = analysis.score if key == "score" else metric(analysis, key).value
        return (
            has is not None
            and {">": has > value, ">=": has >= value, "<": has < value, "<=": has <= value}[op]
            and sector in (None, FIGURES.companies[ticker].sector)
            and rating in (None, analysis.rating)
        )

    expected = {ticker for ticker, analysis in NOW.items() if meets(ticker, analysis)}
    asked = {
        "filters": [{"metric": key, "op": op, "value": value}],
        "sector": sector,
        "rating": rating,
        "limit": 20,
    }
    result = await call("screen", **asked)
    head, rows = lines(result), section(result, "COMPANIES")
    assert expected
    assert head["MATCHED"] == str(len(expected))
    assert {row[0] for row in rows} <= expected
    assert len(rows) == min(20, len(expected))
    if len(expected) > 20:
        assert head["SHOWN"] == f"first 20 of {len(expected)}"
    [count] = facts(result, "value", "count")
    assert (count.value, count.shown) == (len(expected), str(len(expected)))


async def test_a_screen_is_sorted_as_asked(call: Call) -> None:
    for sort, descending in (("-dividend_yield", True), ("dividend_yield", False)):
        result = await call("screen", sort=sort, limit=5)
        values = [fact.value for fact in facts(result, "value", "dividend_yield")]
        assert values == sorted(values, reverse=descending)
        known = [v for a in NOW.values() if (v := metric(a, "dividend_yield").value) is not None]
        assert values[0] == (max(known) if descending else min(known))


async def test_a_rank_among_peers(call: Call) -> None:
    result = await call("peers", ticker="KO", metric="dividend_yield")
    group = [
        (value, ticker)
        for ticker, analysis in NOW.items()
        if FIGURES.companies[ticker].industry_group == "Food, Beverage & Tobacco"
        and (value := metric(analysis, "dividend_yield").value)
    ]
    head = lines(result)
    rank = 1 + sum(value > (metric(NOW["KO"], "dividend_yield").value or 0) for value, _ in group)
    assert head["RANK"] == f"{rank} of {len(group)}"
    assert head["MEDIAN"] == figure(median(value for value, _ in group), "fraction")
    assert head["N"] == str(len(group))
    [fact] = facts(result, "rank", "dividend_yield")
    assert fact.value == rank


async def test_ranks_agree_with_the_stored_number_of_peers(call: Call) -> None:
    """Second share classes are nobody's peers, and only positive multiples are compared."""
    for ticker in list(NOW)[::25]:
        for key in ("price_earnings", "dividend_yield", "market_cap"):
            stored = metric(NOW[ticker], key)
            result = await call("peers", ticker=ticker, metric=key)
            if stored.value is None or stored.peers is None:
                assert result.status == "failed"
                continue
            assert lines(result)["RANK"].endswith(f" of {stored.peers.n}"), ticker
            assert lines(result)["MEDIAN"] == figure(stored.peers.median, stored.unit)


async def test_without_an_item_it_is_what_the_analysis_says(call: Call) -> None:
    for ticker in list(NOW)[::23]:
        for item in NOW[ticker].rationale:
            if item.without is not None:
                result = await call("what_if", ticker=ticker, without=[item.key])
                expected = f"{number(item.without.score, 1)} {item.without.rating}"
                assert lines(result)["THEN"] == expected, (ticker, item.key)


async def test_other_points_and_the_way_to_a_buy(call: Call) -> None:
    result = await call("what_if", ticker="KO", points=[{"item": "dividend_yield", "points": 5}])
    assert (lines(result)["NOW"], lines(result)["THEN"]) == ("57.9 hold", "66.9 buy")
    assert lines(result)["LINES"].startswith("buy from 62.0, sell up to 38.0")
    ways = {row[0]: row[1:] for row in section(result, "TO BUY")}
    assert ways["Dividend yield"] == ["+0.1", "yes (−4 to +10)"]
    assert ways["Market cap"][1].startswith("no ")
    at_once = await call("what_if", ticker="KO", points=[{"item": "Dividend yield", "points": 0.1}])
    assert lines(at_once)["THEN"] == "62.0 buy"


async def test_points_by_item_are_taken_as_a_map_as_well(call: Call) -> None:
    declared = await call("what_if", ticker="KO", points=[{"item": "dividend_yield", "points": 5}])
    assert await call("what_if", ticker="KO", points={"dividend_yield": 5}) == declared


async def test_what_the_reader_sees_meanwhile(toolbox: ToolBox) -> None:
    assert await toolbox.words("get_analysis", '{"ticker": "PEP"}') == "Looking up PepsiCo, 22 Aug…"
    assert await toolbox.words("screen", "{}") == "Screening 503 companies…"
    assert await toolbox.words("compare", '{"tickers": ["KO","PEP","T","F"]}') == (
        "Comparing Coca-Cola, PepsiCo, AT&T and 1 more, 22 Aug…"
    )
    for arguments in ("", "nonsense", "[]", '{"tickers": 7}', '{"tickers": [[]]}', '{"ticker": "<b>\\n"}'):
        assert (await toolbox.words("get_analysis", arguments)).endswith("…")
    assert await toolbox.words("nope", "{}") == "Looking up…"
    for term, words in (
        ("price_sales", "P/S"),
        ("52-week range", "52-week range"),
        ("some_thing", "some thing"),
    ):
        said = await toolbox.words("explain", msgspec.json.encode({"term": term}))
        assert said == f"Looking up {words}…"


async def test_no_connection_is_held_and_nothing_can_be_written(toolbox: ToolBox, pool: asyncpg.Pool) -> None:
    before = await pool.fetchval("select count(*) from analysis_history")
    await toolbox.run("get_analysis", '{"ticker": "KO\'; drop table analysis_history; --"}')
    assert await pool.fetchval("select count(*) from analysis_history") == before
    assert pool.get_idle_size() == pool.get_size()


async def test_the_worker_has_the_rights_that_the_tools_need(sample_url: str) -> None:
    await put_services(sample_url)
    calls = {
        "get_analysis": '{"ticker": "KO"}',
        "compare": '{"tickers": ["KO", "K"], "metrics": ["score"]}',
        "screen": "{}",
        "history": '{"ticker": "KO", "metric": "price"}',
        "what_changed": "{}",
        "peers": '{"ticker": "KO", "metric": "score"}',
        "what_if": '{"ticker": "KO"}',
        "explain": '{"term": "data age"}',
    }
    async with await open_pool(as_service("worker", sample_url), name="tools", size=1) as pool:
        box = ToolBox(Database(pool), CompanySource(Database(pool)), today=lambda: TODAY, call_seconds=20.0)
        for tool, arguments in calls.items():
            assert (await box.run(tool, arguments)).status == "ok"
