"""One turn from claim to ending: a real Valkey, a real PostgreSQL, a graph that does what the test says."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from uuid import UUID, uuid4

import asyncpg
import pytest
from redis.asyncio import Redis

from agent_worker.emit.redis_sink import RedisSink
from agent_worker.metrics import WorkerMetrics
from agent_worker.model.errors import AnswerCutError, ModelError
from agent_worker.turns.claimed_turn import MAX_ATTEMPTS, ClaimedTurn
from agent_worker.turns.published_endings import PublishedEndings
from agent_worker.turns.running_turns import RunningTurn
from agent_worker.turns.turn_executor import TurnExecutor, TurnServices
from agent_worker.turns.turn_store import TurnStore
from agent_worker.workflows.answer_parts import AnswerEnd, ContextLoaded, TextDelta
from shared.db.database import Database, open_pool
from shared.frames.turn_events import AnalysisRef
from shared.redis_client import open_redis
from shared.redis_keys import RedisKeys
from shared.scripts.session_scripts import SessionScripts
from tests.agent_worker.scripted_graph import Parts, Script, ScriptedGraph, whole
from tests.support.event_log import logged_frames

USER = "alice"
KO = AnalysisRef("KO", 1, date(2026, 8, 22))
END = AnswerEnd("stop", 10, 3)


class Bench:
    """One session with one claimed turn, ready to be run against a scripted graph."""

    def __init__(self, redis: Redis, pool: asyncpg.Pool, sink: RedisSink) -> None:
        self.redis, self.pool, self._sink = redis, pool, sink
        self.keys = RedisKeys()
        self.store = TurnStore(Database(pool), lease_seconds=30)
        self.session = uuid4()
        self.model = "test"

    async def claim(self) -> RunningTurn:
        await self.pool.execute(
            "insert into chat_sessions (user_id, session_id) values ($1, $2) on conflict do nothing",
            USER,
            self.session,
        )
        await self.pool.execute(
            "insert into chat_turns (user_id, session_id, turn_id, content) values ($1, $2, $3, 'Why?')",
            USER, self.session, uuid4(),
        )  # fmt: skip
        return RunningTurn(await self.reclaim())

    async def reclaim(self) -> ClaimedTurn:
        turn = (await self.store.claim(USER, self.session)).turn
        assert turn is not None
        return turn

    def executor(self, script: Script, running: RunningTurn) -> TurnExecutor:
        self.graph = ScriptedGraph(script)
        told = PublishedEndings(self.store)
        services = TurnServices(
            self.graph, self.store, self._sink, self.keys, told, lambda: self.model, WorkerMetrics()
        )
        return TurnExecutor(services, running)

    async def frames(self) -> list[dict[str, object]]:
        return await logged_frames(self.redis, self.keys.of_session(USER, self.session))

    async def kinds(self) -> list[object]:
        return [frame["type"] for frame in await self.frames()]

    async def shown(self) -> str:
        """The chunks of the last attempt."""
        chunks = [frame for frame in await self.frames() if frame["type"] == "ai_chunk"]
        return "".join(str(c["content"]) for c in chunks if c["attempt"] == chunks[-1]["attempt"])

    async def stored(self) -> list[tuple[str, str, str | None]]:
        rows = await self.pool.fetch("select role, content, finish_reason from chat_messages order by id")
        return [tuple(row) for row in rows]


@pytest.fixture
async def bench(redis_url: str, database_url: str) -> AsyncIterator[Bench]:
    async with (
        open_redis(redis_url, name="test") as redis,
        await open_pool(database_url, name="test") as pool,
    ):
        sink = RedisSink(redis, SessionScripts(redis, event_log_max=4096), WorkerMetrics())
        running = asyncio.create_task(sink.run())
        yield Bench(redis, pool, sink)
        running.cancel()
        await asyncio.wait([running])


async def test_an_answer_is_told_and_stored_the_same(bench: Bench) -> None:
    running = await bench.claim()
    assert await bench.executor(whole, running).run() is None
    frames = await bench.frames()
    assert [frame["seq"] for frame in frames] == list(range(1, len(frames) + 1))
    assert (await bench.kinds())[:3] == ["user_echo", "ai_start", "ai_chunk"]
    assert frames[-1]["type"] == "ai_complete"
    assert await bench.shown() == frames[-1]["full_message"] == "It is so."
    assert await bench.stored() == [("user", "Why?", None), ("assistant", "It is so.", "stop")]


@pytest.mark.parametrize(("wrote", "stored"), [("", "test"), ("the fallback", "the fallback")])
async def test_the_stored_answer_names_the_model_that_wrote_it(wrote: str, stored: str, bench: Bench) -> None:
    async def answer(call: int) -> Parts:
        yield ContextLoaded(None)
        yield TextDelta("It is so.")
        yield AnswerEnd("stop", 10, 3, wrote)

    await bench.executor(answer, await bench.claim()).run()
    rows = await bench.pool.fetch("select model from chat_messages where role = 'assistant'")
    assert [row["model"] for row in rows] == [stored]


async def test_the_start_names_the_model_that_answered_last(bench: Bench) -> None:
    await bench.executor(whole, await bench.claim()).run()
    bench.model = "the fallback"
    await bench.executor(whole, await bench.claim()).run()
    starts = [frame for frame in await bench.frames() if frame["type"] == "ai_start"]
    assert [frame["model"] for frame in starts] == ["test", "the fallback"]


async def test_a_cut_answer_begins_again_and_is_never_stored_as_whole(bench: Bench) -> None:
    async def cut_once(call: int) -> Parts:
        yield ContextLoaded(None)
        yield TextDelta(f"attempt {call}")
        if call == 1:
            raise AnswerCutError("cut")
        yield END

    await bench.executor(cut_once, await bench.claim()).run()
    assert await bench.kinds() == [
        "user_echo", "ai_start", "ai_chunk", "ai_reset", "ai_start", "ai_chunk", "ai_complete",
    ]  # fmt: skip
    assert await bench.shown() == "attempt 2"
    assert await bench.stored() == [("user", "Why?", None), ("assistant", "attempt 2", "stop")]


@pytest.mark.parametrize("ends", ["without a reason", "without a word"])
async def test_an_answer_that_never_ends_well_fails_after_three_attempts(bench: Bench, ends: str) -> None:
    async def unfinished(_: int) -> Parts:
        yield ContextLoaded(None)
        if ends == "without a reason":
            yield TextDelta("half")
        else:
            yield END

    await bench.executor(unfinished, await bench.claim()).run()
    assert bench.graph.calls == MAX_ATTEMPTS
    last = (await bench.frames())[-1]
    assert (last["type"], last["code"]) == ("ai_error", "model_error")
    assert await bench.stored() == [("user", "Why?", None)]


async def test_a_model_that_refuses_ends_the_turn_with_its_code(bench: Bench) -> None:
    async def refuse(_: int) -> Parts:
        yield ContextLoaded(None)
        raise ModelError("rate_limited", "429", retry_after_ms=2000)

    await bench.executor(refuse, await bench.claim()).run()
    last = (await bench.frames())[-1]
    assert (last["type"], last["code"], last["retry_after_ms"]) == ("ai_error", "rate_limited", 2000)
    assert await bench.pool.fetchval("select status from chat_turns") == "failed"


async def test_an_unexpected_failure_shows_fixed_words(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    async def crash(_: int) -> Parts:
        yield ContextLoaded(None)
        raise ZeroDivisionError("secret")

    await bench.executor(crash, await bench.claim()).run()
    last = (await bench.frames())[-1]
    assert last["code"] == "failed"
    assert "secret" not in str(last)


def holding(opened: asyncio.Event, closed: asyncio.Event, go_on: asyncio.Event) -> Script:
    """Says one word, then waits; notes when it is closed."""

    async def hold(call: int) -> Parts:
        try:
            yield ContextLoaded(KO)
            yield TextDelta(f"word {call}")
            opened.set()
            await go_on.wait()
            yield TextDelta(" more")
            yield END
        finally:
            closed.set()

    return hold


class Held:
    """A turn that is being answered and waits in the middle."""

    def __init__(self, bench: Bench, running: RunningTurn) -> None:
        self.closed, self.go_on, opened = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.running = running
        self.task = asyncio.create_task(
            bench.executor(holding(opened, self.closed, self.go_on), running).run()
        )
        self.opened = opened

    async def first_word(self, bench: Bench) -> None:
        await self.opened.wait()
        while "ai_chunk" not in await bench.kinds():
            await asyncio.sleep(0.005)


@pytest.fixture
async def held(bench: Bench) -> Held:
    held = Held(bench, await bench.claim())
    await held.first_word(bench)
    return held


async def test_a_cancel_stops_the_model_and_keeps_what_was_written(bench: Bench, held: Held) -> None:
    await bench.pool.execute("insert into analysis_history (id, ticker, as_of, rating, score, summary, metrics, rationale)"
                             " overriding system value values (1, 'KO', '2026-08-22', 'hold', 57.9, '', '[]', '[]')")  # fmt: skip
    held.running.interrupt("cancelled")
    await held.task
    assert held.closed.is_set()
    last = (await bench.frames())[-1]
    assert (last["full_message"], last["finish_reason"]) == ("word 1", "cancelled")
    assert last["context"] == {"ticker": None, "analysis_id": 1, "as_of": "2026-08-22"}
    assert (await bench.stored())[1] == ("assistant", "word 1", "cancelled")


async def test_a_cancel_before_the_start_calls_no_model(bench: Bench) -> None:
    running = await bench.claim()
    running.interrupt("cancelled")
    await bench.executor(whole, running).run()
    assert bench.graph.calls == 0 or await bench.shown() == ""
    assert (await bench.frames())[-1]["full_message"] == ""
    assert (await bench.stored())[1] == ("assistant", "", "cancelled")


async def test_a_fenced_turn_stops_and_says_nothing_more(bench: Bench, held: Held) -> None:
    before = await bench.kinds()
    held.running.interrupt("fenced")
    assert await held.task is None
    assert held.closed.is_set()
    assert await bench.kinds() == before
    assert await bench.stored() == [("user", "Why?", None)]


async def test_a_zombie_whose_turn_was_taken_over_is_not_heard(bench: Bench, held: Held) -> None:
    await bench.pool.execute("update chat_turns set lease_until = now() - interval '1 s'")
    await bench.executor(whole, RunningTurn(await bench.reclaim())).run()
    told = await bench.frames()
    held.go_on.set()
    assert await held.task is None
    assert await bench.frames() == told
    assert await bench.shown() == "It is so."
    assert await bench.stored() == [("user", "Why?", None), ("assistant", "It is so.", "stop")]


async def test_a_drained_turn_is_given_back_and_rung_for_again(bench: Bench, held: Held) -> None:
    held.running.interrupt("draining")
    again = await held.task
    assert again is not None
    assert again.turn == held.running.claim.turn
    claim = await bench.reclaim()
    assert (claim.attempt, claim.excused) == (2, 1)


async def test_when_redis_loses_everything_the_answer_is_told_again_without_the_model(
    bench: Bench, held: Held
) -> None:
    await bench.redis.flushall()
    held.go_on.set()
    await held.task
    assert bench.graph.calls == 1
    assert await bench.kinds() == ["user_echo", "ai_reset", "ai_start", "ai_chunk", "ai_complete"]
    assert await bench.shown() == "word 1 more"
    assert (await bench.stored())[1][1] == "word 1 more"


async def test_two_turns_of_a_session_follow_each_other(bench: Bench) -> None:
    running = await bench.claim()
    await bench.pool.execute(
        "insert into chat_turns (user_id, session_id, turn_id, content) values ($1, $2, $3, 'And?')",
        USER, bench.session, UUID(int=7),
    )  # fmt: skip
    following = await bench.executor(whole, running).run()
    assert following is not None
    assert (following.turn, following.content) == (UUID(int=7), "And?")
