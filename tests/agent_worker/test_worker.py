"""A worker at work: real Valkey, real PostgreSQL, a graph that does what the test says."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from redis.asyncio import Redis

from agent_worker.emit.redis_sink import RedisSink
from agent_worker.intake.cancellations import follow_cancellations
from agent_worker.intake.redis_source import RedisSource
from agent_worker.metrics import WorkerMetrics
from agent_worker.model.errors import AnswerCutError
from agent_worker.turns.cancel_watch import CancelWatch
from agent_worker.turns.failures import UNEXPECTED
from agent_worker.turns.published_endings import PublishedEndings
from agent_worker.turns.running_turns import RunningTurns
from agent_worker.turns.turn_executor import TurnServices
from agent_worker.turns.turn_store import TurnStore
from agent_worker.worker import Worker
from agent_worker.workflows.answer_parts import AnswerEnd, ContextLoaded, TextDelta
from shared.db.database import Database, open_pool
from shared.frames.turn_requests import TurnRequest
from shared.redis_client import open_redis
from shared.redis_keys import AGENTS_GROUP, RedisKeys
from shared.scripts.session_scripts import SessionScripts
from tests.agent_worker.scripted_graph import Parts, Script, ScriptedGraph, whole
from tests.support.event_log import logged_frames

USER, KEYS = "alice", RedisKeys()


class System:
    """The two stores, and workers on them."""

    def __init__(self, redis: Redis, pool: asyncpg.Pool) -> None:
        self.redis, self.pool = redis, pool
        self.source = RedisSource(redis, KEYS, name="test")

    @asynccontextmanager
    async def worker(
        self, script: Script, *, name: str = "one", lease: float = 30, concurrency: int = 8
    ) -> AsyncIterator[ScriptedGraph]:
        """A running worker; it drains when the block ends."""
        graph, running, stop = ScriptedGraph(script), RunningTurns(), asyncio.Event()
        store = TurnStore(Database(self.pool), lease_seconds=lease)
        metrics = WorkerMetrics()
        sink = RedisSink(self.redis, SessionScripts(self.redis, event_log_max=4096), metrics)

        published = PublishedEndings(store)
        waiting = CancelWatch(store, sink, KEYS, published)

        def cancelled(user: str, session: UUID, turn: UUID) -> None:
            running.look_at(turn)
            waiting.look_at(user, session)

        async def publish_model() -> None:
            await self.redis.set(KEYS.model, "test")

        worker = Worker(
            RedisSource(self.redis, KEYS, name=name),
            TurnServices(graph, store, sink, KEYS, published, lambda: "test", metrics),
            running,
            concurrency=concurrency,
            lease_seconds=lease,
            publish_model=publish_model,
        )
        async with asyncio.TaskGroup() as group:
            beside = [
                group.create_task(sink.run()),
                group.create_task(follow_cancellations(self.redis, KEYS, cancelled)),
                group.create_task(waiting.run()),
            ]
            serving = group.create_task(worker.run(stop))
            try:
                yield graph
            finally:
                stop.set()
                await asyncio.wait([serving])
                for task in beside:
                    task.cancel()

    async def ask(self, session: UUID, content: str = "Why?", *, ring: bool = True) -> UUID:
        turn = uuid4()
        await self.pool.execute(
            "insert into chat_sessions (user_id, session_id) values ($1, $2) on conflict do nothing",
            USER,
            session,
        )
        await self.pool.execute(
            "insert into chat_turns (user_id, session_id, turn_id, content) values ($1, $2, $3, $4)",
            USER, session, turn, content,
        )  # fmt: skip
        if ring:
            await self.source.wake([TurnRequest(USER, session, turn, content, None)])
        return turn

    async def until(self, query: str, *, timeout: float = 30) -> None:
        """Wait until a query says true."""
        async with asyncio.timeout(timeout):
            while not await self.pool.fetchval(query):
                await asyncio.sleep(0.01)

    async def all_ended(self) -> None:
        await self.until("select not exists (select from chat_turns where status in ('queued', 'running'))")

    async def leftovers(self) -> tuple[int, list[Any]]:
        return await self.redis.xlen(KEYS.requests), await self.redis.xinfo_consumers(
            KEYS.requests, AGENTS_GROUP
        )


@pytest.fixture
async def system(redis_url: str, database_url: str) -> AsyncIterator[System]:
    async with (
        open_redis(redis_url, name="test") as redis,
        await open_pool(database_url, name="test") as pool,
    ):
        yield System(redis, pool)


async def test_questions_of_one_session_are_answered_in_order_and_nothing_is_left_over(
    system: System,
) -> None:
    session = uuid4()
    async with system.worker(whole) as graph:
        asked = [await system.ask(session, f"question {number}") for number in range(4)]
        await system.all_ended()
    rows = await system.pool.fetch("select turn_id, role from chat_messages order by id")
    assert [tuple(row) for row in rows] == [(turn, role) for turn in asked for role in ("user", "assistant")]
    assert graph.calls == 4
    assert await system.leftovers() == (0, [])
    assert await system.pool.fetchval("select bool_and(announced) from chat_turns")


async def test_two_workers_share_many_sessions_and_answer_each_once(system: System) -> None:
    async with system.worker(whole, name="one") as one, system.worker(whole, name="two") as two:
        for session in [uuid4() for _ in range(30)]:
            await system.ask(session)
            await system.ask(session)
        await system.all_ended()
    assert one.calls + two.calls == 60
    assert await system.pool.fetchval("select count(*) from chat_messages where role = 'assistant'") == 60


async def test_a_turn_nobody_rang_for_is_found(system: System) -> None:
    await system.ask(uuid4(), ring=False)
    async with system.worker(whole):
        await system.all_ended()


async def test_a_bell_for_nothing_and_a_foreign_entry_are_settled(system: System) -> None:
    await system.source.wake([TurnRequest(USER, uuid4(), uuid4(), "never accepted", None)])
    await system.redis.xadd(KEYS.requests, {"hello": "world"})
    async with system.worker(whole) as graph:
        await system.ask(uuid4())
        await system.all_ended()
    assert graph.calls == 1
    assert await system.leftovers() == (0, [])


async def test_a_turn_that_breaks_off_every_time_leaves_a_dead_letter(system: System) -> None:
    async def cut(_: int) -> Parts:
        yield ContextLoaded(None)
        yield TextDelta("word")
        raise AnswerCutError("cut")

    async with system.worker(cut) as graph:
        turn = await system.ask(uuid4())
        await system.all_ended()
        while await system.redis.xlen(KEYS.requests):
            await asyncio.sleep(0.01)
    assert graph.calls == 3
    letters: Any = await system.redis.xrange(KEYS.dead)
    [(_, letter)] = letters
    assert (letter[b"turn"], letter[b"reason"]) == (
        str(turn).encode(),
        b"the model broke off at every attempt",
    )


async def test_a_cancel_reaches_the_model_at_once(system: System) -> None:
    speaking, closed = asyncio.Event(), asyncio.Event()

    async def endless(_: int) -> Parts:
        try:
            yield ContextLoaded(None)
            yield TextDelta("word")
            speaking.set()
            await asyncio.Event().wait()
        finally:
            closed.set()

    session = uuid4()
    async with system.worker(endless, lease=60):
        turn = await system.ask(session)
        await speaking.wait()
        while not (await system.redis.pubsub_numsub(KEYS.control))[0][1]:
            await asyncio.sleep(0.01)
        await system.pool.execute("update chat_turns set cancel_requested = true")
        await system.redis.publish(KEYS.control, f"{USER} {session} {turn}")
        async with asyncio.timeout(10):  # far sooner than the next heartbeat
            await closed.wait()
        await system.all_ended()
    last = (await logged_frames(system.redis, KEYS.of_session(USER, session)))[-1]
    assert (last["type"], last["finish_reason"]) == ("ai_complete", "cancelled")


async def test_a_turn_whose_worker_vanished_is_answered_by_another(system: System) -> None:
    session = uuid4()
    await system.ask(session)
    vanished = TurnStore(Database(system.pool), lease_seconds=0.2)
    assert (await vanished.claim(USER, session)).turn is not None
    async with system.worker(whole, lease=10) as graph:
        await system.all_ended()
    assert graph.calls == 1
    kinds = [frame["type"] for frame in await logged_frames(system.redis, KEYS.of_session(USER, session))]
    assert kinds[:3] == ["user_echo", "ai_reset", "ai_start"]


async def test_an_ending_that_was_stored_but_never_told_is_told(system: System) -> None:
    session = uuid4()
    await system.ask(session)
    gone = TurnStore(Database(system.pool), lease_seconds=30)
    turn = (await gone.claim(USER, session)).turn
    assert turn is not None
    await gone.fail(turn, UNEXPECTED)
    async with system.worker(whole):
        await system.until("select bool_and(announced) from chat_turns")
    assert [f["type"] for f in await logged_frames(system.redis, KEYS.of_session(USER, session))] == [
        "ai_error"
    ]


async def test_draining_lets_running_turns_finish(system: System) -> None:
    speaking, go_on = asyncio.Event(), asyncio.Event()

    async def slow(_: int) -> Parts:
        yield ContextLoaded(None)
        yield TextDelta("begun ")
        speaking.set()
        await go_on.wait()
        yield TextDelta("and done")
        yield AnswerEnd("stop", 1, 1)

    async with system.worker(slow):
        await system.ask(uuid4())
        await speaking.wait()
        asyncio.get_running_loop().call_later(0.2, go_on.set)
    rows = await system.pool.fetch("select content from chat_messages where role = 'assistant'")
    assert [row["content"] for row in rows] == ["begun and done"]


async def test_no_more_turns_run_at_once_than_there_are_slots(system: System) -> None:
    now, most = 0, 0
    full = asyncio.Event()

    async def counted(_: int) -> Parts:
        nonlocal now, most
        now += 1
        most = max(most, now)
        if now == 3:
            full.set()
        yield ContextLoaded(None)
        await full.wait()
        await asyncio.sleep(0.01)
        yield TextDelta("x")
        now -= 1
        yield AnswerEnd("stop", 1, 1)

    async with system.worker(counted, concurrency=3):
        for _ in range(12):
            await system.ask(uuid4())
        await system.all_ended()
    assert most == 3
