"""The queue in Postgres: claim a turn, keep it, finish it.

Claiming and finishing are one transaction each, under the lock of the session's row, which accepting a turn
takes as well. So of two workers one claims, and no turn is left without somebody who knows of it.
"""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

import asyncpg
import msgspec

from agent_worker.turns.cancelled_waiting import ANY_CANCELLED_WAITING, end_cancelled_waiting
from agent_worker.turns.claimed_turn import ClaimedTurn
from agent_worker.turns.failures import UNEXPECTED
from shared.db.endings import ENDING_COLUMNS, ENDING_SOURCE, Ending, StoredError, read_ending
from shared.db.pool import ACQUIRE_TIMEOUT
from shared.frames.turn_events import AnalysisRef, FinishReason, Usage
from shared.frames.turn_requests import TurnRequest


class Claim(NamedTuple):
    """What a delivery led to: endings that were stored and not published, to be published first, and perhaps a turn to run.

    `given_up` is the turn that was failed instead of being started once too often, `next` the one behind it.
    """

    unpublished: Sequence[Ending] = ()
    turn: ClaimedTurn | None = None
    given_up: Ending | None = None
    next: TurnRequest | None = None


class Answer(NamedTuple):
    """What is stored of a finished turn."""

    text: str
    finish_reason: FinishReason
    context: AnalysisRef | None
    model: str
    usage: Usage


class Finished(NamedTuple):
    """A turn's ending, and the session's next turn, to wake a worker for."""

    ending: Ending
    next: TurnRequest | None


class TurnStore:
    """The turns, in Postgres. Every method raises one of `UNAVAILABLE` while it is away.

    All may be called again after an unknown outcome: the fence tells whether the first call took effect.
    """

    def __init__(self, pool: asyncpg.Pool, *, lease_seconds: float) -> None:
        self._pool = pool
        self._lease = lease_seconds

    async def claim(self, user: str, session: UUID) -> Claim:
        """Take the session's oldest unfinished turn, unless somebody holds it."""
        async with self._pool.acquire(timeout=ACQUIRE_TIMEOUT) as db, db.transaction():
            if not await _lock(db, user, session):
                return Claim()
            oldest = await db.fetchrow(OLDEST, user, session)
            if oldest is not None and oldest["any_cancelled_waiting"]:
                await end_cancelled_waiting(db, user, session)
                oldest = await db.fetchrow(OLDEST, user, session)
            unpublished = await _unpublished(db, user, session)
            if oldest is None or not oldest["free"]:
                return Claim(unpublished)
            last = ClaimedTurn.of_row(oldest)
            if last.exhausted:
                await db.execute(GIVE_UP, user, session, last.turn, _encode(UNEXPECTED))
                [row] = await db.fetch(ONE_ENDING, user, session, last.turn)
                return Claim(unpublished, given_up=read_ending(row), next=await _next(db, user, session))
            [row] = await db.fetch(CLAIM, user, session, last.turn, self._lease)
            return Claim(unpublished, last._replace(**row))

    async def end_cancelled(self, user: str, session: UUID) -> Sequence[Ending]:
        """End the session's turns that are to be cancelled and still wait; returns what is to be published."""
        async with self._pool.acquire(timeout=ACQUIRE_TIMEOUT) as db:
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
        rows = await self._fetch(RENEW, turn.user, turn.session, turn.turn, turn.fence, self._lease, excused)
        return turn._replace(**rows[0]) if rows else None

    async def finish(self, turn: ClaimedTurn, answer: Answer) -> Finished | None:
        """Store the answer and end the turn; None if the turn is held no longer."""
        return await self._end(
            turn, FINISH, answer.text, answer.finish_reason, answer.context and answer.context.analysis_id,
            answer.model, _encode(answer.usage), answer.usage.input_tokens, answer.usage.output_tokens,
        )  # fmt: skip

    async def fail(self, turn: ClaimedTurn, error: StoredError) -> Finished | None:
        """End the turn without an answer; None if the turn is held no longer."""
        return await self._end(turn, FAIL, _encode(error))

    async def _end(self, turn: ClaimedTurn, statement: str, *values: object) -> Finished | None:
        async with self._pool.acquire(timeout=ACQUIRE_TIMEOUT) as db, db.transaction():
            if not await _lock(db, turn.user, turn.session):
                return None
            await db.execute(statement, turn.user, turn.session, turn.turn, turn.fence, *values)
            # Read it back instead of trusting the count: after an unknown outcome it is done already.
            row = await db.fetchrow(ONE_ENDING, turn.user, turn.session, turn.turn)
            if row is None or row["fence"] != turn.fence:
                return None
            return Finished(read_ending(row), await _next(db, turn.user, turn.session))

    async def heartbeat(self, fences: Sequence[int]) -> dict[int, bool]:
        """Keep the leases of these claims; returns those still held, with whether they are to be cancelled."""
        rows = await self._fetch(HEARTBEAT, list(fences), self._lease)
        return {row["fence"]: row["cancel_requested"] for row in rows}

    async def release(self, turn: ClaimedTurn) -> bool:
        """Give a lease back, for another worker to begin again; False if it is held no longer."""
        return bool(await self._fetch(RELEASE, turn.user, turn.session, turn.turn, turn.fence))

    async def overdue(self, *, waited: float, rewake: float, limit: int) -> list[TurnRequest]:
        """The turns whose session waits for a worker that will not come: unclaimed for `waited` seconds, or
        with a lease that ran out. Each is returned at most every `rewake` seconds, to one worker only."""
        rows = await self._fetch(OVERDUE, waited, rewake, limit)
        return [_request(row) for row in rows]

    async def unpublished(self, *, waited: float, limit: int) -> list[Ending]:
        """Endings that were stored `waited` seconds ago and that nobody is known to have published."""
        rows = await self._fetch(ALL_UNPUBLISHED, waited, limit)
        return [read_ending(row) for row in rows]

    async def mark_published(self, fences: Sequence[int]) -> None:
        """Remember that the endings of these claims reached the event log."""
        await self._fetch(MARK_PUBLISHED, fences)

    async def ping(self) -> None:
        """Come back when Postgres answers."""
        await self._fetch("select 1")

    async def _fetch(self, statement: str, *values: object) -> list[asyncpg.Record]:
        async with self._pool.acquire(timeout=ACQUIRE_TIMEOUT) as db:
            return await db.fetch(statement, *values)


async def _lock(db: asyncpg.pool.PoolConnectionProxy, user: str, session: UUID) -> bool:
    return bool(await db.fetchval(LOCK, user, session))


async def _unpublished(db: asyncpg.pool.PoolConnectionProxy, user: str, session: UUID) -> list[Ending]:
    return [read_ending(row) for row in await db.fetch(SESSION_UNPUBLISHED, user, session)]


async def _next(db: asyncpg.pool.PoolConnectionProxy, user: str, session: UUID) -> TurnRequest | None:
    row = await db.fetchrow(NEXT, user, session)
    return _request(row) if row else None


def _request(row: asyncpg.Record) -> TurnRequest:
    return TurnRequest(
        row["user_id"], row["session_id"], row["turn_id"], row["content"], row["context_ticker"]
    )


def _encode(value: msgspec.Struct) -> str:
    return msgspec.json.encode(value).decode()


LOCK = """
    update chat_sessions set updated_at = now() where (user_id, session_id) = ($1, $2) returning true
"""
OLDEST = f"""
    select user_id, session_id, turn_id, content, context_ticker, attempt, excused, fence, cancel_requested,
           status = 'queued' or lease_until < clock_timestamp() as free,
           ({ANY_CANCELLED_WAITING}) as any_cancelled_waiting
      from chat_turns
     where (user_id, session_id) = ($1, $2) and status in ('queued', 'running')
     order by ord limit 1
"""  # noqa: S608 - a constant
CLAIM = """
    with claimed as (
        update chat_turns
           set status = 'running', attempt = attempt + 1, fence = nextval('chat_fence'),
               lease_until = clock_timestamp() + make_interval(secs => $4)
         where (user_id, session_id, turn_id) = ($1, $2, $3)
     returning attempt, fence, cancel_requested, content, context_ticker
    ), question as (
        insert into chat_messages (user_id, session_id, turn_id, role, content, context_ticker)
        select $1, $2, $3, 'user', content, context_ticker from claimed
            on conflict do nothing
    )
    select attempt, fence, cancel_requested from claimed
"""
RENEW = """
    update chat_turns
       set attempt = attempt + 1, excused = excused + $6::bool::int, fence = nextval('chat_fence'),
           lease_until = clock_timestamp() + make_interval(secs => $5)
     where (user_id, session_id, turn_id, fence) = ($1, $2, $3, $4) and status = 'running'
 returning attempt, excused, fence, cancel_requested
"""
GIVE_UP = """
    update chat_turns
       set status = 'failed', error = $4, fence = nextval('chat_fence'), lease_until = null, ended_at = now()
     where (user_id, session_id, turn_id) = ($1, $2, $3)
"""
FINISH = """
    with ended as (
        update chat_turns set status = 'complete', lease_until = null, ended_at = now()
         where (user_id, session_id, turn_id, fence) = ($1, $2, $3, $4) and status = 'running'
     returning context_ticker
    ), used as (
        insert into token_usage (user_id, day, input_tokens, output_tokens)
        select $1, (now() at time zone 'utc')::date, $10, $11 from ended
            on conflict (user_id, day) do update
           set input_tokens = token_usage.input_tokens + excluded.input_tokens,
               output_tokens = token_usage.output_tokens + excluded.output_tokens
    )
    insert into chat_messages (user_id, session_id, turn_id, role, content, finish_reason,
                               context_ticker, analysis_id, model, usage)
    select $1, $2, $3, 'assistant', $5, $6, context_ticker, $7, $8, $9 from ended
"""
FAIL = """
    update chat_turns set status = 'failed', error = $5, lease_until = null, ended_at = now()
     where (user_id, session_id, turn_id, fence) = ($1, $2, $3, $4) and status = 'running'
"""
NEXT = """
    select user_id, session_id, turn_id, content, context_ticker from chat_turns
     where (user_id, session_id) = ($1, $2) and status = 'queued'
     order by ord limit 1
"""
HEARTBEAT = """
    update chat_turns set lease_until = clock_timestamp() + make_interval(secs => $2)
     where fence = any($1::bigint[]) and status = 'running'
 returning fence, cancel_requested
"""
RELEASE = """
    update chat_turns set lease_until = clock_timestamp(), excused = excused + 1
     where (user_id, session_id, turn_id, fence) = ($1, $2, $3, $4) and status = 'running'
 returning true
"""
OVERDUE = """
    with oldest as (
        select distinct on (user_id, session_id)
               user_id, session_id, turn_id, status, lease_until, created_at, woken_at
          from chat_turns where status in ('queued', 'running')
         order by user_id, session_id, ord
    ), due as (
        select user_id, session_id, turn_id from oldest
         where case status when 'running' then lease_until < clock_timestamp()
                           else created_at < clock_timestamp() - make_interval(secs => $1) end
           and (woken_at is null or woken_at < clock_timestamp() - make_interval(secs => $2))
         limit $3
    ), free as ( -- whoever holds a row looks after it; to wait for many rows would be a deadlock
        select t.user_id, t.session_id, t.turn_id
          from chat_turns t join due using (user_id, session_id, turn_id)
           for update of t skip locked
    )
    update chat_turns t set woken_at = clock_timestamp()
      from free
     where (t.user_id, t.session_id, t.turn_id) = (free.user_id, free.session_id, free.turn_id)
       and (t.woken_at is null or t.woken_at < clock_timestamp() - make_interval(secs => $2))
 returning t.user_id, t.session_id, t.turn_id, t.content, t.context_ticker
"""
ONE_ENDING = f"""
    select {ENDING_COLUMNS} from {ENDING_SOURCE}
     where (t.user_id, t.session_id, t.turn_id) = ($1, $2, $3) and t.status in ('complete', 'failed')
"""  # noqa: S608 - both are constants
SESSION_UNPUBLISHED = f"""
    select {ENDING_COLUMNS} from {ENDING_SOURCE}
     where (t.user_id, t.session_id) = ($1, $2) and t.status in ('complete', 'failed') and not t.announced
     order by t.ord
"""  # noqa: S608
ALL_UNPUBLISHED = f"""
    select {ENDING_COLUMNS} from {ENDING_SOURCE}
     where t.status in ('complete', 'failed') and not t.announced
       and t.ended_at < clock_timestamp() - make_interval(secs => $1)
     order by t.ord limit $2
"""  # noqa: S608
MARK_PUBLISHED = """
    with mine as (
        select fence from chat_turns
         where fence = any($1::bigint[]) and not announced and status in ('complete', 'failed')
           for update skip locked
    )
    update chat_turns t set announced = true
      from mine
     where t.fence = mine.fence and not t.announced and t.status in ('complete', 'failed')
"""
