"""What the tools say of figures over time, compared with the sample itself."""

import datetime as dt

import pytest

from shared.figure_words import figure, number
from tests.agent_worker.workflows.tools.conftest import Call, lines, section
from tests.agent_worker.workflows.tools.sample import ANALYSES, MADE, SPLIT, facts, metric


async def test_a_price_history_is_daily_and_has_no_cliff(call: Call) -> None:
    for ticker in (*SPLIT, "KO"):
        stored = [(date, price) for name, date, price in MADE.prices if name == ticker]
        result = await call("history", ticker=ticker, metric="price", from_="2026-06-01")
        span = [(date, price) for date, price in stored if date >= dt.date(2026, 6, 1)]
        head = lines(result)
        assert head["FIRST"] == f"{span[0][0]} | {figure(span[0][1], 'usd')}"
        assert head["LAST"] == f"{span[-1][0]} | {figure(span[-1][1], 'usd')}"
        assert head["HIGH"].endswith(figure(max(price for _, price in span), "usd"))
        [ratio] = facts(result, "change_ratio", "price")
        assert ratio.value == pytest.approx(span[-1][1] / span[0][1] - 1)
        assert 27 <= len(section(result, "POINTS")) <= 30
        assert ("NOTE" in head) == (ticker in SPLIT)
        assert len(facts(result, "value", "price")) == len(span)
        assert [source.where for source in result.sources] == [f"prices/{span[0][0]}"]


@pytest.mark.parametrize("ticker", SPLIT)
async def test_amounts_a_share_before_a_split_are_adjusted(call: Call, ticker: str) -> None:
    raw = [value for each in ANALYSES[ticker] if (value := metric(each, "week52_high").value)]
    result = await call("history", ticker=ticker, metric="week52_high")
    values = [fact.value for fact in facts(result, "value", "week52_high")]
    assert len(values) == len(raw)
    assert values[-1] == raw[-1]
    assert max(values) / min(values) < 1.5  # the splits are of two for one and more
    across = max(raw) / min(raw) > 1.5
    assert ("split" in lines(result).get("NOTE", "")) == across
    adjusted = [fact for fact in facts(result, "value", "week52_high") if fact.where.endswith("/adjusted")]
    assert bool(adjusted) == across


async def test_a_history_of_a_yield_moves_in_percentage_points(call: Call) -> None:
    known = [(each.as_of, metric(each, "dividend_yield").value) for each in ANALYSES["KO"]]
    result = await call("history", ticker="KO", metric="dividend_yield")
    head = lines(result)
    assert head["CHANGE"] == "−0.23 pp"
    assert "DIFFERENCE" not in head
    assert [row[0] for row in section(result, "POINTS")] == [str(date) for date, value in known if value]
    ratings = await call("history", ticker="CI", metric="rating")
    assert lines(ratings)["LAST"] == "2026-08-22 | hold"


async def test_what_changed_for_a_company(call: Call) -> None:
    result = await call("what_changed", ticker="KO")
    head = lines(result)
    assert (head["FROM"], head["TO"]) == ("2026-08-15", "2026-08-22")
    assert "the score rose by 1.5 points to 57.9 (from 56.4)" in section(result, "CHANGES")[0][0]
    assert [fact.value for fact in facts(result, "change", "score")] == [1.5]
    old = await call("what_changed", ticker="KO", from_="2026-06-20", to="2026-07-12")
    assert (lines(old)["FROM"], lines(old)["TO"]) == ("2026-06-19", "2026-07-11")


async def test_what_changed_on_the_market(call: Call) -> None:
    changed = {
        ticker
        for ticker, (*_, before, after) in ANALYSES.items()
        if after.as_of == dt.date(2026, 8, 22)
        and before.as_of == dt.date(2026, 8, 15)
        and before.rating != after.rating
    }
    result = await call("what_changed")
    assert lines(result)["RATING CHANGES"] == str(len(changed))
    rows = section(result, "RATINGS CHANGED")
    assert {row[0] for row in rows} <= changed
    for ticker, _, before, after, score_before, score_after in [*rows, *section(result, "LARGEST MOVES")]:
        old, new = ANALYSES[ticker][-2:]
        assert (before, after) == (old.rating, new.rating)
        assert (score_before, score_after) == (number(old.score, 1), number(new.score, 1))
