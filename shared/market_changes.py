"""What changed on the whole market between two days: whose rating is another one, and who moved furthest."""

import datetime as dt
from collections.abc import Sequence

import asyncpg
import msgspec

from shared.analysis import Rating


class Rated(msgspec.Struct, frozen=True):
    """What an analysis came to."""

    id: int
    as_of: dt.date
    rating: Rating
    score: float
    revision: int


class Move(msgspec.Struct, frozen=True):
    """A company's step from an earlier analysis to a later one; `difference` in points, to 0.1."""

    ticker: str
    name: str
    before: Rated
    after: Rated
    difference: float


class MarketChanges(msgspec.Struct, frozen=True):
    """Of so many companies `compared`: those with another rating, the largest step first; the largest steps up and
    down, the largest first."""

    compared: int
    rating_changes: list[Move]
    up: list[Move]
    down: list[Move]


MOVES = """
    select c.ticker, c.name,
           b.id as before_id, b.as_of as before_as_of, b.rating as before_rating,
           b.score::float8 as before_score, b.revision as before_revision,
           a.id as after_id, a.as_of as after_as_of, a.rating as after_rating,
           a.score::float8 as after_score, a.revision as after_revision
      from companies c
      join lateral (select * from analysis_history h where h.ticker = c.ticker and h.as_of <= $2
                     order by as_of desc, id desc limit 1) a on true
      join lateral (select * from analysis_history h where h.ticker = c.ticker and h.as_of <= $1
                     order by as_of desc, id desc limit 1) b on b.id <> a.id
     where a.as_of > $1 order by c.ticker
"""
"""Every company with an analysis on or before the day $1 and a later one up to $2."""


def read_move(row: asyncpg.Record) -> Move:
    """A row of `MOVES`."""
    before, after = (
        Rated(*(row[f"{side}_{name}"] for name in Rated.__struct_fields__)) for side in ("before", "after")
    )
    return Move(row["ticker"], row["name"], before, after, round(after.score - before.score, 1))


def market_changes(moves: Sequence[Move], *, most: int) -> MarketChanges:
    """Sort them out; of the largest steps, at most so many each way."""
    rated_otherwise = [move for move in moves if move.before.rating != move.after.rating]
    rising = sorted(moves, key=lambda move: (-move.difference, move.ticker))
    falling = sorted(moves, key=lambda move: (move.difference, move.ticker))
    return MarketChanges(
        compared=len(moves),
        rating_changes=sorted(rated_otherwise, key=lambda move: (-abs(move.difference), move.ticker)),
        up=[move for move in rising[:most] if move.difference > 0],
        down=[move for move in falling[:most] if move.difference < 0],
    )
