"""The SQL of conversations that only the gateway runs: accept a turn, cancel it, look at a session.

Accepting is one transaction under the lock of the session's row, which claiming and finishing take too. So
the order of acceptance is the order of `ord`, and of two acceptances exactly one finds nothing before it.
Every method raises one of `shared.db.database.UNAVAILABLE` while Postgres is away.
"""

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

import asyncpg
import msgspec

from gateway.store.conversation_queries import (
    CANCEL,
    CANCEL_OLDEST,
    DOOR,
    ENDINGS,
    HISTORY,
    INSERT,
    IS_ANALYSIS_OF,
    KNOWN,
    LOCK,
    ONE_ENDING,
    QUEUED,
    SET_CONTEXT,
    VIEW,
)
from gateway.wire.close_codes import RefusedError
from gateway.wire.server_frames import AckStatus, Message, PageContext, QueuedTurn
from gateway.wire.session_id import SessionKey
from shared.db.database import Database, one
from shared.db.endings import Ending, read_ending
from shared.frames.figures import read_figures, read_lookups
from shared.frames.turn_events import Usage

QUEUE = 8
TITLE_CHARS = 80
SNAPSHOT_MESSAGES, SNAPSHOT_BYTES = 30, 256 * 1024
OVERLOAD_PAUSE_MS = 5_000
NO_SUCH_ANALYSIS = "There is no such analysis of this company."


class Question(NamedTuple):
    """What is asked. `context_ticker` is UNSET where the session's page counts; `analysis_id` None means the analysis
    on that page, else the newest."""

    turn: UUID
    content: str
    context_ticker: str | msgspec.UnsetType | None
    reject_when_busy: bool
    analysis_id: int | None = None


class Accepted(NamedTuple):
    """What became of a question. `before` counts the unfinished turns in front of it; `ending` is set for a
    question that was sent again after it had ended."""

    status: AckStatus
    before: int
    context_ticker: str | None = None
    ending: Ending | None = None


class SessionView(NamedTuple):
    """The page a session is on and the turn that runs, as `ready` tells them."""

    context: PageContext | None
    running: UUID | None


class History(NamedTuple):
    """A page of messages, oldest first, and whether there are older ones."""

    messages: list[Message]
    has_more: bool


class Conversations:
    """The conversations, in Postgres."""

    def __init__(self, database: Database, *, backlog_max: int, daily_token_budget: int) -> None:
        self._database = database
        self._backlog_max = backlog_max
        self._budget = daily_token_budget

    async def accept(self, session: SessionKey, question: Question) -> Accepted:
        """Store a question as the session's last queued turn. Raises `RefusedError`; nothing is stored then."""
        async with self._database.transaction() as db:
            title = " ".join(question.content.split())[:TITLE_CHARS]
            page = one(await db.fetchrow(LOCK, *session, title))
            state = one(await db.fetchrow(DOOR, *session, question.turn, self._backlog_max))
            unfinished: list[UUID] = state["unfinished"]
            if question.turn in state["every"]:
                ahead = unfinished.index(question.turn) if question.turn in unfinished else 0
                return Accepted("duplicate", ahead)
            if state["known"]:
                row = one(await db.fetchrow(ONE_ENDING, *session, question.turn))
                return Accepted("duplicate", 0, ending=read_ending(row))
            self._check(state, question)
            ticker, analysis = page["context_ticker"], page["context_analysis_id"]
            if not isinstance(question.context_ticker, msgspec.UnsetType):
                ticker, analysis = question.context_ticker, None
            if question.analysis_id is not None:
                analysis = question.analysis_id
                if not await db.fetchval(IS_ANALYSIS_OF, analysis, ticker):
                    raise RefusedError("invalid", NO_SUCH_ANALYSIS)
            await db.execute(INSERT, *session, question.turn, question.content, ticker, analysis)
            return Accepted("queued" if unfinished else "accepted", len(unfinished), ticker)

    def _check(self, state: asyncpg.Record, question: Question) -> None:
        waiting = len(state["unfinished"])
        if waiting > QUEUE or (waiting and question.reject_when_busy):
            raise RefusedError("busy")
        if state["backlog"] >= self._backlog_max:
            raise RefusedError("overloaded", retry_after_ms=OVERLOAD_PAUSE_MS)
        if state["tokens"] >= self._budget:
            raise RefusedError("quota", retry_after_ms=_ms_to_midnight())

    async def cancel(self, session: SessionKey, turn: UUID | None) -> UUID | None:
        """Flag a turn (None: the running one, else the oldest that waits) to be cancelled.

        Returns the turn to signal, None if it has ended or there is none. Raises `RefusedError` (invalid) for
        a turn that never was.
        """
        if turn is None:
            row = await self._database.row(CANCEL_OLDEST, *session)
            return row["turn_id"] if row else None
        state = await self._database.the_row(CANCEL, *session, turn)
        if not state["known"]:
            raise RefusedError("invalid", "There is no such question.")
        return turn if state["flagged"] else None

    async def knows(self, session: SessionKey, turn: UUID) -> bool:
        """Whether this question was accepted before."""
        return await self._database.row(KNOWN, *session, turn) is not None

    async def endings(self, session: SessionKey, turns: Collection[UUID]) -> list[Ending]:
        """How those of `turns` ended that have ended, in the order of acceptance."""
        return [read_ending(row) for row in await self._database.rows(ENDINGS, *session, list(turns))]

    async def set_context(
        self, session: SessionKey, ticker: str | None, analysis_id: int | None = None
    ) -> PageContext | None:
        """Remember the page of a session, and return it with the analysis that would be read now. Raises `RefusedError`
        (invalid) for an analysis that is none of this company's."""
        if analysis_id is not None:
            known = await self._database.the_row(IS_ANALYSIS_OF, analysis_id, ticker)
            if not known["known"]:
                raise RefusedError("invalid", NO_SUCH_ANALYSIS)
        row = await self._database.the_row(SET_CONTEXT, *session, ticker, analysis_id)
        return _page(row)

    async def view(self, session: SessionKey) -> SessionView:
        """The page of a session and its running turn; nothing for a session that is new."""
        row = await self._database.the_row(VIEW, *session)
        return SessionView(_page(row), row["running"])

    async def queued(self, session: SessionKey) -> list[QueuedTurn]:
        """The questions that wait, in order."""
        rows = await self._database.rows(QUEUED, *session)
        return [QueuedTurn(row["turn_id"], row["content"]) for row in rows]

    async def history(self, session: SessionKey, *, before: int | None = None, limit: int) -> History:
        """The latest `limit` messages (with ids below `before`)."""
        rows = await self._database.rows(HISTORY, *session, before, limit + 1)
        # In the order of acceptance: a turn cancelled while it waited was stored before the one that ran.
        page = sorted(rows[:limit], key=lambda row: (row["ord"] or 0, row["id"]))
        return History([_message(row) for row in page], len(rows) > limit)


def fit_snapshot(history: History, *, most_bytes: int = SNAPSHOT_BYTES) -> History:
    """Drop the oldest messages until the rest, encoded, fits."""
    kept: list[Message] = []
    for message in reversed(history.messages):
        most_bytes -= len(msgspec.json.encode(message)) + 1
        if most_bytes < 0:
            break
        kept.append(message)
    dropped = len(kept) < len(history.messages)
    return History(kept[::-1], history.has_more or dropped)


def _message(row: asyncpg.Record) -> Message:
    return Message(
        row["id"], row["turn_id"], row["role"], row["content"], row["finish_reason"], row["context_ticker"],
        row["analysis_id"], row["as_of"], row["model"],
        msgspec.json.decode(row["usage"], type=Usage) if row["usage"] else None,
        row["created_at"], read_figures(row["figures"]), read_lookups(row["lookups"]),
    )  # fmt: skip


def _page(row: asyncpg.Record) -> PageContext | None:
    ticker = row["ticker"]
    return PageContext(ticker, row["analysis_id"], row["as_of"]) if ticker else None


def _ms_to_midnight() -> int:
    now = dt.datetime.now(dt.UTC)
    midnight = (now + dt.timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return int((midnight - now).total_seconds() * 1000)
