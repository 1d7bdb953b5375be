"""Steps of the market, sorted out."""

import datetime as dt

from shared.analysis import Rating
from shared.market_changes import Move, Rated, market_changes


def move(ticker: str, before: float, after: float, ratings: tuple[Rating, Rating] = ("hold", "hold")) -> Move:
    sides = (
        Rated(1, dt.date(2026, 8, 15), ratings[0], before, 1),
        Rated(2, dt.date(2026, 8, 22), ratings[1], after, 1),
    )
    return Move(ticker, ticker, *sides, round(after - before, 1))


def test_the_largest_steps_come_first_and_none_goes_both_ways() -> None:
    moves = [move("A", 50, 51), move("B", 50, 50), move("C", 50, 44), move("D", 59, 62, ("hold", "buy")),
             move("E", 60, 54, ("buy", "hold"))]  # fmt: skip
    found = market_changes(moves, most=2)
    assert found.compared == 5
    assert [each.ticker for each in found.rating_changes] == ["E", "D"]
    assert [each.ticker for each in found.up] == ["D", "A"]
    assert [each.ticker for each in found.down] == ["C", "E"]
    assert [each.ticker for each in market_changes(moves[:2], most=5).up] == ["A"]
    assert market_changes([], most=5).compared == 0
