"""The queue in Postgres: claim a turn, keep it, finish it.

Claiming and finishing are one transaction each, under the lock of the session's row, which accepting a turn
takes as well. So of two workers one claims, and no turn is left without somebody who knows of it.
"""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

import asyncpg
import msgspec

from agent_worker.turns import turn_statements as sql
from agent_worker.turns.cancelled_waiting import ANY_CANCELLED_WAITING, end_cancelled_waiting
from agent_worker.turns.claimed_turn import ClaimedTurn
from agent_worker.turns.failures import UNEXPECTED
from shared.db.database import Connection, Database
from shared.db.endings import Ending, StoredError, read_ending
from shared.frames.figures import Figure, Lookup, encode
from shared.frames.turn_events import AnalysisRef, FinishReason, Usage
from shared.frames.turn_requests import TurnRequest


class Claim(NamedTuple):
    """What a delivery led to: endings that were stored and not published, to be published first, and perhaps a turn to run.

    `given_up` is the turn that was failed instead of being started once too often, `next` the one behind it;
    `waited` the seconds since the turn was accepted.
    """

    unpublished: Sequence[Ending] = ()
    turn: ClaimedTurn | None = None
    given_up: Ending | None = None
    next: TurnRequest | None = None
    waited: float = 0.0


class Answer(NamedTuple):
    """What is stored of a finished turn."""

    text: str
    finish_reason: FinishReason
    context: AnalysisRef | None
    model: str
    usage: Usage
    figures: Sequence[Figure] = ()
    lookups: Sequence[Lookup] = ()
    prompt_version: str | None = None


class Unfinished(NamedTuple):
    """Turns that wait and that run, the age in seconds of the oldest of them, endings not marked as published."""

    queued: int
    running: int
    oldest_seconds: float
    untold: int


class Finished(NamedTuple):
    """A turn's ending, and the session's next turn, to wake a worker for."""

    ending: Ending
    next: TurnRequest | None


class TurnStore:
    """The turns, in Postgres. Every method raises one of `UNAVAILABLE` while it is away.

    All may be called again after an unknown outcome: the fence tells whether the first call took effect.
    """

    def __init__(self, database: Database, *, lease_seconds: float) -> None:
        self._database = database
        self._lease = lease_seconds

    async def claim(self, user: str, session: UUID) -> Claim:
        """Take the session's oldest unfinished turn, unless somebody holds it."""
        async with self._database.transaction() as db:
            if not await _lock(db, user, session):
                return Claim()
            oldest = await db.fetchrow(sql.OLDEST, user, session)
            if oldest is not None and oldest["any_cancelled_waiting"]:
                await end_cancelled_waiting(db, user, session)
                oldest = await db.fetchrow(sql.OLDEST, user, session)
            unpublished = await _unpublished(db, user, session)
            if oldest is None or not oldest["free"]:
                return Claim(unpublished)
            last = ClaimedTurn.of_row(oldest)
            if last.exhausted:
                await db.execute(sql.GIVE_UP, user, session, last.turn, _encode(UNEXPECTED))
                [row] = await db.fetch(sql.ONE_ENDING, user, session, last.turn)
                return Claim(unpublished, given_up=read_ending(row), next=await _next(db, user, session))
            [row] = await db.fetch(sql.CLAIM, user, session, last.turn, self._lease)
            return Claim(unpublished, last._replace(**row), waited=oldest["waited"])

    async def end_cancelled(self, user: str, session: UUID) -> Sequence[Ending]:
        """End the session's turns that are to be cancelled and still wait; returns what is to be published."""
        async with self._database.connection() as db:
            if not await db.fetchval(ANY_CANCELLED_WAITING, user, session):
                return ()
            async with db.transaction():
                await _lock(db, user, session)
                await end_cancelled_waiting(db, user, session)
                return await _unpublished(db, user, session)

    async def renew(self, turn: ClaimedTurn, *, excused: bool) -> ClaimedTurn | None:
        """Begin another attempt at a turn that is still held; None if it is held no longer.

        `excused`: the last attempt ended through no fault of the turn, and does not count against it.
        """
        rows = await self._database.rows(
            sql.RENEW, turn.user, turn.session, turn.turn, turn.fence, self._lease, excused
        )
        return turn._replace(**rows[0]) if rows else None

    async def finish(self, turn: ClaimedTurn, answer: Answer) -> Finished | None:
        """Store the answer and end the turn; None if the turn is held no longer."""
        return await self._end(
            turn, sql.FINISH, answer.text, answer.finish_reason, answer.context and answer.context.analysis_id,
            answer.model, _encode(answer.usage), answer.usage.input_tokens, answer.usage.output_tokens,
            encode(answer.figures), encode(answer.lookups), answer.prompt_version,
        )  # fmt: skip

    async def fail(self, turn: ClaimedTurn, error: StoredError) -> Finished | None:
        """End the turn without an answer; None if the turn is held no longer."""
        return await self._end(turn, sql.FAIL, _encode(error))

    async def _end(self, turn: ClaimedTurn, statement: str, *values: object) -> Finished | None:
        async with self._database.transaction() as db:
            if not await _lock(db, turn.user, turn.session):
                return None
            await db.execute(statement, turn.user, turn.session, turn.turn, turn.fence, *values)
            # Read it back instead of trusting the count: after an unknown outcome it is done already.
            row = await db.fetchrow(sql.ONE_ENDING, turn.user, turn.session, turn.turn)
            if row is None or row["fence"] != turn.fence:
                return None
            return Finished(read_ending(row), await _next(db, turn.user, turn.session))

    async def heartbeat(self, fences: Sequence[int]) -> dict[int, bool]:
        """Keep the leases of these claims; returns those still held, with whether they are to be cancelled."""
        rows = await self._database.rows(sql.HEARTBEAT, list(fences), self._lease)
        return {row["fence"]: row["cancel_requested"] for row in rows}

    async def release(self, turn: ClaimedTurn) -> bool:
        """Give a lease back, for another worker to begin again; False if it is held no longer."""
        return bool(await self._database.rows(sql.RELEASE, turn.user, turn.session, turn.turn, turn.fence))

    async def overdue(self, *, waited: float, rewake: float, limit: int) -> list[TurnRequest]:
        """The turns whose session waits for a worker that will not come: unclaimed for `waited` seconds, or
        with a lease that ran out. Each is returned at most every `rewake` seconds, to one worker only."""
        rows = await self._database.rows(sql.OVERDUE, waited, rewake, limit)
        return [_request(row) for row in rows]

    async def unpublished(self, *, waited: float, limit: int) -> list[Ending]:
        """Endings that were stored `waited` seconds ago and that nobody is known to have published."""
        rows = await self._database.rows(sql.ALL_UNPUBLISHED, waited, limit)
        return [read_ending(row) for row in rows]

    async def mark_published(self, fences: Sequence[int]) -> None:
        """Remember that the endings of these claims reached the event log."""
        await self._database.rows(sql.MARK_PUBLISHED, fences)

    async def unfinished(self) -> Unfinished:
        """How much there is to do in the whole system."""
        return Unfinished(**await self._database.the_row(sql.UNFINISHED))

    async def ping(self) -> None:
        """Come back when Postgres answers."""
        await self._database.rows("select 1")


async def _lock(db: Connection, user: str, session: UUID) -> bool:
    return bool(await db.fetchval(sql.LOCK, user, session))


async def _unpublished(db: Connection, user: str, session: UUID) -> list[Ending]:
    return [read_ending(row) for row in await db.fetch(sql.SESSION_UNPUBLISHED, user, session)]


async def _next(db: Connection, user: str, session: UUID) -> TurnRequest | None:
    row = await db.fetchrow(sql.NEXT, user, session)
    return _request(row) if row else None


def _request(row: asyncpg.Record) -> TurnRequest:
    return TurnRequest(
        row["user_id"], row["session_id"], row["turn_id"], row["content"], row["context_ticker"]
    )


def _encode(value: msgspec.Struct) -> str:
    return msgspec.json.encode(value).decode()
