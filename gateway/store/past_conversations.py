"""The SQL of past conversations: list, delete, tokens used."""

import datetime as dt
from uuid import UUID

import msgspec

from gateway.wire.session_id import SessionKey
from shared.db.database import Database

MOST_SESSIONS = 200


class SessionRow(msgspec.Struct, frozen=True):
    """One conversation of the list; `title` is the start of its first question."""

    session_id: UUID
    title: str | None
    context_ticker: str | None
    created_at: dt.datetime
    updated_at: dt.datetime


class Usage(msgspec.Struct, frozen=True):
    """Tokens used on `day` (UTC), and how many a day has; it starts again at `resets_at`."""

    day: dt.date
    input_tokens: int
    output_tokens: int
    total_tokens: int
    budget: int
    resets_at: dt.datetime


class PastConversations:
    """Every method raises one of `shared.db.database.UNAVAILABLE` while Postgres is away."""

    def __init__(self, database: Database, *, daily_token_budget: int) -> None:
        self._database = database
        self._budget = daily_token_budget

    async def sessions(self, user: str) -> list[SessionRow]:
        """The user's conversations in which something was said, the latest first."""
        return [SessionRow(**row) for row in await self._database.rows(SESSIONS, user, MOST_SESSIONS)]

    async def delete(self, session: SessionKey) -> list[UUID] | None:
        """Delete a conversation with all that was said; returns the turns that had not ended, in order, or None
        if there was no such conversation."""
        row = await self._database.row(DELETE, *session)
        return row["unfinished"] if row else None

    async def usage(self, user: str) -> Usage:
        """What the user used today."""
        row = await self._database.the_row(USAGE, user)
        total = row["input_tokens"] + row["output_tokens"]
        resets = dt.datetime.combine(row["day"] + dt.timedelta(days=1), dt.time(), dt.UTC)
        return Usage(row["day"], row["input_tokens"], row["output_tokens"], total, self._budget, resets)


SESSIONS = """
    select session_id, title, context_ticker, created_at, updated_at from chat_sessions s
     where user_id = $1
       and exists (select from chat_messages m where (m.user_id, m.session_id) = (s.user_id, s.session_id))
     order by updated_at desc limit $2
"""
DELETE = """
    delete from chat_sessions where (user_id, session_id) = ($1, $2)
 returning (select coalesce(array_agg(turn_id order by ord), '{}') from chat_turns
             where (user_id, session_id) = ($1, $2) and status in ('queued', 'running')) as unfinished
"""
USAGE = """
    select today.day, coalesce(u.input_tokens, 0) as input_tokens, coalesce(u.output_tokens, 0) as output_tokens
      from (select (now() at time zone 'utc')::date as day) today
      left join token_usage u on (u.user_id, u.day) = ($1, today.day)
"""
