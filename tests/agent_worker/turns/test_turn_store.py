"""Claim, keep, finish: against a real PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import asyncpg
import pytest

from agent_worker.turns.claimed_turn import MAX_ATTEMPTS, ClaimedTurn
from agent_worker.turns.failures import UNEXPECTED
from agent_worker.turns.turn_store import Answer, TurnStore
from shared.db.database import Database, open_pool
from shared.frames.turn_events import AiComplete, AiError, Usage

ANSWER = Answer("It is.", "stop", None, "test", Usage(10, 3))
USER = "alice"


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[asyncpg.Pool]:
    async with await open_pool(database_url, name="test") as pool:
        yield pool


@pytest.fixture
def store(pool: asyncpg.Pool) -> TurnStore:
    return TurnStore(Database(pool), lease_seconds=30)


@pytest.fixture
async def session(pool: asyncpg.Pool) -> UUID:
    session = uuid4()
    await pool.execute("insert into chat_sessions (user_id, session_id) values ($1, $2)", USER, session)
    return session


async def ask(pool: asyncpg.Pool, session: UUID, content: str = "Why?") -> UUID:
    turn = uuid4()
    await pool.execute(
        "insert into chat_turns (user_id, session_id, turn_id, content, context_ticker) values ($1, $2, $3, $4, 'KO')",
        USER, session, turn, content,
    )  # fmt: skip
    return turn


async def let_lease_run_out(pool: asyncpg.Pool) -> None:
    await pool.execute("update chat_turns set lease_until = now() - interval '1 s' where status = 'running'")


async def claim(store: TurnStore, session: UUID) -> ClaimedTurn:
    turn = (await store.claim(USER, session)).turn
    assert turn is not None
    return turn


async def test_turns_are_claimed_one_at_a_time_in_order(
    store: TurnStore, pool: asyncpg.Pool, session: UUID
) -> None:
    first, second = await ask(pool, session, "one"), await ask(pool, session, "two")
    turn = await claim(store, session)
    assert (turn.turn, turn.content, turn.ticker, turn.attempt) == (first, "one", "KO", 1)
    assert (await store.claim(USER, session)).turn is None
    finished = await store.finish(turn, ANSWER)
    assert finished is not None
    assert finished.next is not None
    assert finished.next.turn == second
    assert (await claim(store, session)).turn == second


async def test_of_many_workers_one_claims(store: TurnStore, pool: asyncpg.Pool, session: UUID) -> None:
    await ask(pool, session)
    claims = await asyncio.gather(*(store.claim(USER, session) for _ in range(20)))
    assert sum(got.turn is not None for got in claims) == 1


async def test_an_expired_lease_is_taken_over_and_the_old_holder_is_fenced(
    store: TurnStore, pool: asyncpg.Pool, session: UUID
) -> None:
    await ask(pool, session)
    old = await claim(store, session)
    await let_lease_run_out(pool)
    new = await claim(store, session)
    assert (new.attempt, new.fence > old.fence) == (2, True)
    assert await store.finish(old, ANSWER._replace(text="zombie")) is None
    assert await store.fail(old, UNEXPECTED) is None
    assert await store.renew(old, excused=False) is None
    assert not await store.release(old)
    assert await store.heartbeat([old.fence, new.fence]) == {new.fence: False}
    assert await store.finish(new, ANSWER) is not None
    rows = await pool.fetch("select role, content from chat_messages order by id")
    assert [tuple(row) for row in rows] == [("user", "Why?"), ("assistant", "It is.")]


async def test_finishing_twice_is_finishing_once(store: TurnStore, pool: asyncpg.Pool, session: UUID) -> None:
    await ask(pool, session)
    turn = await claim(store, session)
    first, second = await store.finish(turn, ANSWER), await store.finish(turn, ANSWER)
    assert first == second
    assert first is not None
    assert isinstance(first.ending.event, AiComplete)
    assert first.ending.event.full_message == "It is."
    assert await pool.fetchval("select count(*) from chat_messages") == 2
    assert await pool.fetchval("select output_tokens from token_usage where user_id = $1", USER) == 3


async def test_a_turn_is_given_up_after_its_last_attempt(
    store: TurnStore, pool: asyncpg.Pool, session: UUID
) -> None:
    poisoned, following = await ask(pool, session), await ask(pool, session)
    for attempt in range(1, MAX_ATTEMPTS + 1):
        assert (await claim(store, session)).attempt == attempt
        await let_lease_run_out(pool)
    got = await store.claim(USER, session)
    assert got.turn is None
    assert got.given_up is not None
    assert isinstance(got.given_up.event, AiError)
    assert got.given_up.turn == poisoned
    assert got.next is not None
    assert got.next.turn == following
    assert (await claim(store, session)).turn == following


async def test_attempts_that_are_excused_do_not_count(
    store: TurnStore, pool: asyncpg.Pool, session: UUID
) -> None:
    await ask(pool, session)
    for _ in range(MAX_ATTEMPTS + 2):
        assert await store.release(await claim(store, session))
    turn = await claim(store, session)
    assert (turn.attempt, turn.exhausted) == (MAX_ATTEMPTS + 3, False)


async def test_untold_endings_come_with_the_next_claim_until_they_are_marked(
    store: TurnStore, pool: asyncpg.Pool, session: UUID
) -> None:
    await ask(pool, session)
    first = await claim(store, session)
    await store.fail(first, UNEXPECTED)
    await ask(pool, session)
    got = await store.claim(USER, session)
    assert [ending.fence for ending in got.unpublished] == [first.fence]
    assert await store.unpublished(waited=0, limit=10) == list(got.unpublished)
    await store.mark_published([first.fence])
    assert await store.unpublished(waited=0, limit=10) == []


async def test_the_sweeper_sees_each_forgotten_session_once_and_not_those_in_hand(
    store: TurnStore, pool: asyncpg.Pool, session: UUID
) -> None:
    oldest = await ask(pool, session)
    await ask(pool, session)
    assert await store.overdue(waited=60, rewake=5, limit=10) == []
    assert [due.turn for due in await store.overdue(waited=0, rewake=60, limit=10)] == [oldest]
    assert await store.overdue(waited=0, rewake=60, limit=10) == []
    await claim(store, session)
    assert await store.overdue(waited=0, rewake=0, limit=10) == []
    await let_lease_run_out(pool)
    assert [due.turn for due in await store.overdue(waited=60, rewake=0, limit=10)] == [oldest]


async def test_a_cancel_is_seen_by_claim_and_heartbeat(
    store: TurnStore, pool: asyncpg.Pool, session: UUID
) -> None:
    await ask(pool, session)
    turn = await claim(store, session)
    assert not turn.cancel_requested
    await pool.execute("update chat_turns set cancel_requested = true")
    assert await store.heartbeat([turn.fence]) == {turn.fence: True}
    await let_lease_run_out(pool)
    assert (await claim(store, session)).cancel_requested


async def test_a_deleted_session_ends_its_turns_quietly(
    store: TurnStore, pool: asyncpg.Pool, session: UUID
) -> None:
    await ask(pool, session)
    turn = await claim(store, session)
    await pool.execute("delete from chat_sessions")
    assert await store.finish(turn, ANSWER) is None
    assert (await store.claim(USER, session)).turn is None
    assert await store.heartbeat([turn.fence]) == {}


async def test_a_turn_cancelled_while_it_waits_ends_beside_the_running_one(
    store: TurnStore, pool: asyncpg.Pool, session: UUID
) -> None:
    await ask(pool, session, "running")
    waiting, cancelled = await ask(pool, session, "waiting"), await ask(pool, session, "cancelled")
    turn = await claim(store, session)
    assert not await store.end_cancelled(USER, session)
    await pool.execute("update chat_turns set cancel_requested = true where turn_id = $1", cancelled)
    both = await asyncio.gather(*(store.end_cancelled(USER, session) for _ in range(5)))
    endings = {ending.fence: ending for got in both for ending in got}
    [ending] = endings.values()
    assert (ending.turn, ending.begun) == (cancelled, False)
    assert isinstance(ending.event, AiComplete)
    assert (ending.event.full_message, ending.event.finish_reason) == ("", "cancelled")
    rows = await pool.fetch(
        "select role, content from chat_messages where turn_id = $1 order by id", cancelled
    )
    assert [tuple(row) for row in rows] == [("user", "cancelled"), ("assistant", "")]
    finished = await store.finish(turn, ANSWER)
    assert finished is not None
    assert finished.ending.begun
    assert finished.next is not None
    assert finished.next.turn == waiting


async def test_whoever_claims_ends_what_was_cancelled_meanwhile(
    store: TurnStore, pool: asyncpg.Pool, session: UUID
) -> None:
    first, second, third = [await ask(pool, session, content) for content in ("one", "two", "three")]
    await pool.execute(
        "update chat_turns set cancel_requested = true where turn_id in ($1, $2)", first, third
    )
    got = await store.claim(USER, session)
    assert [ending.turn for ending in got.unpublished] == [first, third]
    assert got.turn is not None
    assert (got.turn.turn, got.turn.cancel_requested) == (second, False)
