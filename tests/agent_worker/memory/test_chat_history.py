"""What the model remembers of a conversation, and that a long one costs no more than a short one."""

import json
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.messages import AIMessage, HumanMessage

from agent_worker.memory.chat_history import (
    _NEWEST_MESSAGES,
    MESSAGES_MAX,
    ChatHistory,
    PastTurn,
    as_messages,
    windowed,
)
from agent_worker.memory.tokens import estimated_tokens
from shared.db.database import Database, open_pool


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[asyncpg.Pool]:
    async with await open_pool(database_url, name="test", size=2) as pool:
        yield pool


async def said(
    pool: asyncpg.Pool,
    session: UUID,
    question: str,
    answer: str | None,
    *,
    user: str = "alice",
    ticker: str | None = "KO",
) -> UUID:
    """Store one turn; `answer` None is one that failed."""
    turn = uuid4()
    await pool.execute(
        "insert into chat_sessions (user_id, session_id) values ($1, $2) on conflict do nothing",
        user,
        session,
    )
    for role, content in (("user", question), ("assistant", answer)):
        if content is not None:
            await pool.execute(
                "insert into chat_messages (user_id, session_id, turn_id, role, content, context_ticker)"
                " values ($1, $2, $3, $4, $5, $6)",
                user, session, turn, role, content, ticker,
            )  # fmt: skip
    return turn


async def test_answered_turns_come_in_order(pool: asyncpg.Pool) -> None:
    session = uuid4()
    await said(pool, session, "q1", "a1")
    await said(pool, session, "failed", None)
    await said(pool, session, "cancelled before a word", "")
    await said(pool, session, "q2", "a2", ticker="MSFT")
    now = await said(pool, session, "asked now", None)
    turns = await ChatHistory(Database(pool)).before("alice", session, now)
    assert turns == [PastTurn("q1", "a1", "KO"), PastTurn("q2", "a2", "MSFT")]


async def test_nobody_elses_conversation_is_seen(pool: asyncpg.Pool) -> None:
    session = uuid4()
    await said(pool, session, "secret", "canary", user="bob")
    await said(pool, uuid4(), "other session", "canary")
    assert await ChatHistory(Database(pool)).before("alice", session, uuid4()) == []


async def test_the_turn_itself_is_no_history(pool: asyncpg.Pool) -> None:
    session = uuid4()
    turn = await said(pool, session, "q", "a")
    assert await ChatHistory(Database(pool)).before("alice", session, turn) == []


async def long_session(pool: asyncpg.Pool, turns: int) -> UUID:
    session = uuid4()
    await pool.execute("insert into chat_sessions (user_id, session_id) values ('alice', $1)", session)
    await pool.execute(
        """
        insert into chat_messages (user_id, session_id, turn_id, role, content)
        select 'alice', $1, t.turn, r.role, r.role || ' ' || t.n
          from (select n, gen_random_uuid() as turn from generate_series(1, $2) n offset 0) t,
               lateral (values (1, 'user'), (2, 'assistant')) r (nth, role)
         order by t.n, r.nth
        """,
        session,
        turns,
    )
    return session


async def pages_read(pool: asyncpg.Pool, session: UUID, plan: str) -> int:
    """Pages that Postgres looks at for one history, with a plan for this session or for any."""
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(f"set local plan_cache_mode = {plan}")
        await connection.execute(f"prepare history as {_NEWEST_MESSAGES}")
        explain = f"explain (analyze, buffers, format json) execute history('alice', '{session}')"
        found = json.loads(await connection.fetchval(explain))[0]["Plan"]
        await connection.execute("deallocate history")
    return int(found["Shared Hit Blocks"] + found["Shared Read Blocks"])


@pytest.mark.parametrize("plan", ["force_custom_plan", "force_generic_plan"])
@pytest.mark.parametrize("knows", ["nothing", "short sessions", "all"])
async def test_the_thousandth_turn_costs_what_the_twentieth_does(
    pool: asyncpg.Pool, plan: str, knows: str
) -> None:
    """Whatever Postgres has counted when it makes its plan."""
    for _ in range(100):
        await long_session(pool, 3)
    if knows == "short sessions":
        await pool.execute("analyze chat_messages")
    sessions = [await long_session(pool, turns) for turns in (20, 1000, 3000)]
    if knows == "all":
        await pool.execute("analyze chat_messages")
    turns = await ChatHistory(Database(pool)).before("alice", sessions[-1], uuid4())
    assert [turn.question for turn in turns] == [f"user {n}" for n in range(2981, 3001)]
    for session in sessions:
        assert await pages_read(pool, session, plan) <= MESSAGES_MAX / 4


turns = st.builds(PastTurn, st.text(max_size=200), st.text(min_size=1, max_size=2_000), st.none())


@given(st.lists(turns, max_size=30), st.integers(0, 3_000))
def test_the_window_holds_the_newest_whole_turns_that_fit(newest_first: list[PastTurn], budget: int) -> None:
    kept = windowed(newest_first, budget)
    cost = [estimated_tokens(turn.question) + estimated_tokens(turn.answer) for turn in newest_first]
    assert kept[::-1] == newest_first[: len(kept)]
    assert sum(cost[: len(kept)]) <= budget
    if len(kept) < len(newest_first):
        assert sum(cost[: len(kept) + 1]) > budget


def test_a_question_from_another_page_says_so() -> None:
    past = [
        PastTurn("Why?", "Because.", "KO"),
        PastTurn("And?", "So.", "MSFT"),
        PastTurn("Hi", "Hello.", None),
    ]
    assert as_messages(past, "MSFT") == [
        HumanMessage("[asked on the page of KO] Why?"),
        AIMessage("Because."),
        HumanMessage("And?"),
        AIMessage("So."),
        HumanMessage("Hi"),
        AIMessage("Hello."),
    ]
