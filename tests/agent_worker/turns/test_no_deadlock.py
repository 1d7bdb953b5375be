"""Statements over many turns at once, from several workers at once: none waits for another in a circle."""

import asyncio
import random
from uuid import UUID, uuid4

import asyncpg
import pytest

from agent_worker.turns.turn_store import TurnStore
from shared.db.database import Database, open_pool

TURNS, ROUNDS = 200, 25


async def store_turns(pool: asyncpg.Pool, status: str) -> list[int]:
    """Turns of as many sessions, their leases over; returns their fences."""
    rows: list[tuple[str, UUID, UUID, str]] = [
        (f"user-{number}", uuid4(), uuid4(), status) for number in range(TURNS)
    ]
    await pool.executemany(
        "insert into chat_sessions (user_id, session_id) values ($1, $2)", [row[:2] for row in rows]
    )
    await pool.executemany(
        "insert into chat_turns (user_id, session_id, turn_id, content, status, fence, lease_until)"
        " values ($1, $2, $3, 'Why?', $4, nextval('chat_fence'), now() - interval '1 s')",
        rows,
    )
    return [row["fence"] for row in await pool.fetch("select fence from chat_turns")]


@pytest.mark.parametrize("status", ["running", "complete"])
async def test_heartbeats_sweeps_and_marks_do_not_wait_in_a_circle(database_url: str, status: str) -> None:
    async with await open_pool(database_url, name="test") as pool:
        store = TurnStore(Database(pool), lease_seconds=0.001)
        fences = await store_turns(pool, status)

        async def worker(number: int) -> None:
            own = fences[number::2]
            for _ in range(ROUNDS):
                if status == "running":  # beats for its own turns, sweeps over all
                    await store.heartbeat(random.sample(own, len(own)))
                    await store.overdue(waited=0, rewake=0, limit=TURNS)
                else:  # two workers may have told the same endings
                    await store.mark_published(random.sample(fences, TURNS))
                    await pool.execute("update chat_turns set announced = false where fence = $1", own[0])

        await asyncio.gather(worker(0), worker(1))
