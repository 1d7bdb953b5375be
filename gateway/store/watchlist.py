"""The companies a user follows, and what happened to each since it was last looked at."""

from collections.abc import Mapping, Sequence

import asyncpg
import msgspec

from shared.analysis import Analysis, read_rationale
from shared.changes import changes
from shared.db.database import Database
from shared.market_changes import Rated


class Watched(msgspec.Struct, frozen=True):
    """A company that is followed: what its newest analysis came to, and the one that was seen last.

    `difference` (points) and `sentences` (the score and the rating, then the heaviest reason) say what changed between
    them; null and empty where nothing did, or nothing was seen.
    """

    ticker: str
    name: str
    not_rated: str | None
    newest: Rated | None
    seen: Rated | None
    difference: float | None
    sentences: list[str]


class Watchlist:
    """Every method raises one of `shared.db.database.UNAVAILABLE` while Postgres is away."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self, user: str) -> list[Watched]:
        """What the user follows, by ticker."""
        return [_watched(row) for row in await self._database.rows(READ, user)]

    async def replace(self, user: str, tickers: Sequence[str]) -> None:
        """Follow these and no others. Of one that is new, the newest analysis counts as seen."""
        await self._database.rows(REPLACE, user, list(tickers))

    async def mark_seen(self, user: str, seen: Mapping[str, int]) -> set[str]:
        """Remember which analysis of each company was seen; the tickers for which that was possible: they are followed,
        and the analysis is theirs."""
        rows = await self._database.rows(MARK_SEEN, user, list(seen), list(seen.values()))
        return {row["ticker"] for row in rows}


def _watched(row: asyncpg.Record) -> Watched:
    newest, seen = _rated(row, "newest"), _rated(row, "seen")
    difference, sentences = None, list[str]()
    if newest is not None and seen is not None and newest.id != seen.id:
        found = changes(_analysis(row, "seen", seen), _analysis(row, "newest", newest))
        difference = round(newest.score - seen.score, 1)
        sentences = [found.headline, *(item.sentence for item in found.items[:1])]
    return Watched(
        row["ticker"], row["name"] or row["ticker"], row["not_rated"], newest, seen, difference, sentences
    )


def _rated(row: asyncpg.Record, side: str) -> Rated | None:
    if row[f"{side}_id"] is None:
        return None
    return Rated(*(row[f"{side}_{name}"] for name in Rated.__struct_fields__))


def _analysis(row: asyncpg.Record, side: str, rated: Rated) -> Analysis:
    reasons = read_rationale(row[f"{side}_rationale"])
    return Analysis(
        ticker=row["ticker"], as_of=rated.as_of, rating=rated.rating, score=rated.score, summary="", metrics=[],
        rationale=reasons,
    )  # fmt: skip


def _columns(side: str) -> str:
    named = [f"{side}.{name} as {side}_{name}" for name in ("id", "as_of", "rating", "revision")]
    # Reasons are read only where there are two analyses to compare.
    reasons = f"case when newest.id <> seen.id then {side}.rationale end as {side}_rationale"
    return ", ".join([*named, f"{side}.score::float8 as {side}_score", reasons])


READ = f"""
    select w.ticker, c.name, c.not_rated, {_columns("newest")}, {_columns("seen")}
      from watchlist w left join companies c on c.ticker = w.ticker
      left join lateral (select * from analysis_history h where h.ticker = w.ticker
                          order by as_of desc, id desc limit 1) newest on true
      left join analysis_history seen on seen.id = w.seen_analysis_id and seen.ticker = w.ticker
     where w.user_id = $1 order by w.ticker
"""  # noqa: S608 - constants only
REPLACE = """
    with gone as (delete from watchlist where user_id = $1 and ticker <> all($2::text[]))
    insert into watchlist (user_id, ticker, seen_analysis_id)
    select $1, asked.ticker, (select id from analysis_history h where h.ticker = asked.ticker
                               order by as_of desc, id desc limit 1)
      from unnest($2::text[]) asked(ticker)
    on conflict do nothing
"""
MARK_SEEN = """
    update watchlist w set seen_analysis_id = a.id
      from unnest($2::text[], $3::bigint[]) marked(ticker, id)
      join analysis_history a on a.id = marked.id and a.ticker = marked.ticker
     where w.user_id = $1 and w.ticker = marked.ticker
 returning w.ticker
"""
