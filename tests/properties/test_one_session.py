"""A session under everything that may happen to it, in any order: hypothesis looks for the order that breaks it."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from typing import Any, TypeVar
from uuid import UUID, uuid4

import asyncpg
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from redis.asyncio import Redis

from agent_worker.emit.redis_sink import RedisSink
from agent_worker.metrics import WorkerMetrics
from agent_worker.turns.claimed_turn import MAX_ATTEMPTS
from gateway.store.conversations import QUEUE
from gateway.wire.close_codes import RefusedError
from shared.db.database import open_pool
from shared.redis_client import open_redis
from shared.scripts.session_scripts import SessionScripts
from tests.properties.one_session import OneSession, Worker

T = TypeVar("T")
words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=6)


class Servers:
    """What every example shares; rules run in a thread of hypothesis's, their awaits here."""

    def __init__(self, redis: Redis, pool: asyncpg.Pool) -> None:
        self.redis, self.pool = redis, pool
        self.scripts = SessionScripts(redis, event_log_max=4096)
        self.sink = RedisSink(redis, self.scripts, WorkerMetrics())
        self._loop = asyncio.get_running_loop()

    def run(self, step: Coroutine[Any, Any, T]) -> T:
        """Await a step on the loop the servers belong to."""
        return asyncio.run_coroutine_threadsafe(step, self._loop).result(20)


class SessionMachine(RuleBasedStateMachine):
    """`accepted` and `open` are what must be; everything else is asked of the real thing."""

    servers: Servers

    @initialize()
    def begin(self) -> None:
        self.session = OneSession(
            self.servers.redis, self.servers.pool, self.servers.sink, self.servers.scripts
        )
        self.accepted: list[UUID] = []
        self.open: list[UUID] = []  # unfinished, in order
        self.leaving: set[UUID] = set()  # cancelled while they waited, and not ended yet
        self.begun: set[UUID] = set()
        self.workers: list[Worker] = []
        self.holder: Worker | None = None  # who has the lease of the oldest unfinished turn
        self.expired = False
        self.silent: set[UUID] = set()  # ended, but perhaps not told

    def run(self, step: Coroutine[Any, Any, T]) -> T:
        return self.servers.run(step)

    # The door

    @rule()
    def send(self) -> None:
        turn = uuid4()
        question = self.session.accept(turn, f"Question {len(self.accepted)}?")
        waiting = [turn for turn in self.open if turn not in self.leaving]
        if len(waiting) > QUEUE:
            with pytest.raises(RefusedError, match="busy"):
                self.run(question)
            return
        accepted = self.run(question)
        assert accepted.status == ("queued" if waiting else "accepted")
        assert accepted.before == len(waiting) <= QUEUE
        self.accepted.append(turn)
        self.open.append(turn)

    @precondition(lambda self: self.accepted)
    @rule(data=st.data())
    def send_again(self, data: st.DataObject) -> None:
        turn = data.draw(st.sampled_from(self.accepted))
        accepted = self.run(self.session.accept(turn, "something else"))
        assert accepted.status == "duplicate"
        assert (accepted.ending is None) == (turn in self.open)

    @precondition(lambda self: self.accepted)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        turn = data.draw(st.sampled_from(self.accepted))
        assert self.run(self.session.cancel(turn)) == (turn if turn in self.open else None)
        if turn in self.open and turn not in self.begun:
            self.leaving.add(turn)

    def _leave(self) -> None:
        self.open = [turn for turn in self.open if turn not in self.leaving]
        self.leaving.clear()

    # Workers

    @rule()
    def hear_of_a_cancel(self) -> None:
        ended = self.run(self.session.end_cancelled())
        assert self.leaving <= ended
        self._leave()
        self.silent.clear()

    @rule()
    def claim(self) -> None:
        worker, given_up = self.run(self.session.claim())
        self._leave()
        self.silent.clear()
        free = bool(self.open) and (self.holder is None or self.expired)
        if given_up is not None:
            assert free
            assert given_up.turn == self.open.pop(0)
            self.holder = None
        elif worker is not None:
            assert free
            assert worker.claim.turn == self.open[0]
            self.begun.add(worker.claim.turn)
            assert all(worker.claim.fence > other.claim.fence for other in self.workers)
            self.workers.append(worker)
            self.holder = worker
        else:
            assert not free
        self.expired = False if free else self.expired

    @precondition(lambda self: self.holder is not None)
    @rule()
    def expire(self) -> None:
        self.run(self.session.expire())
        self.expired = True

    @precondition(lambda self: self.holder is not None and self.holder.opened)
    @rule(text=words)
    def take_over_and_go_on(self, text: str) -> None:
        """A crash as it usually is: another worker has the turn, and has begun to speak."""
        self.expire()
        self.claim()
        if self.holder is not None:
            assert self.run(self.session.open(self.holder))
            assert self.run(self.session.say(self.holder, text))

    @precondition(lambda self: self.workers)
    @rule(data=st.data())
    def open_answer(self, data: st.DataObject) -> None:
        worker = data.draw(st.sampled_from(self.workers))
        if not worker.opened:
            heard = self.run(self.session.open(worker))
            if worker is self.holder:
                assert heard, "whoever holds the turn may open"

    @precondition(lambda self: any(self._may_speak(worker) and not worker.silent for worker in self.workers))
    @rule(data=st.data(), text=words)
    def say(self, data: st.DataObject, text: str) -> None:
        worker = data.draw(st.sampled_from([w for w in self.workers if self._may_speak(w) and not w.silent]))
        fence = worker.claim.fence
        heard = self.run(self.session.say(worker, text))
        if worker.claim.fence != fence:
            assert worker is self.holder, "only the holder may renew"
            self.expired = False
        if worker is self.holder:
            assert heard, "whoever holds the turn may speak"

    @precondition(lambda self: any(self._may_speak(worker) for worker in self.workers))
    @rule(data=st.data(), tells=st.booleans())
    def finish(self, data: st.DataObject, tells: bool) -> None:
        worker = data.draw(st.sampled_from([w for w in self.workers if self._may_speak(w)]))
        stored = self.run(self.session.finish(worker, tells=tells))
        again = worker.claim.turn not in self.open and stored
        if not again:
            assert stored == (worker is self.holder), "only the holder finishes"
        if worker is self.holder:
            self.open.remove(worker.claim.turn)
            self.holder, self.expired = None, False
            if not tells:
                self.silent.add(worker.claim.turn)

    @staticmethod
    def _may_speak(worker: Worker) -> bool:
        return worker.opened and not worker.unheard

    # The rest of the world

    @rule()
    def forget(self) -> None:
        self.run(self.session.forget())

    @rule()
    def sweep(self) -> None:
        self.run(self.session.sweep())
        self.silent.clear()

    @rule()
    def resume(self) -> None:
        self.run(self.session.resume())

    # What must hold

    @invariant()
    def rows_are_as_promised(self) -> None:
        rows = self.run(self.session.rows())
        assert [row["turn_id"] for row in rows] == self.accepted
        assert [row["turn_id"] for row in rows if row["status"] in ("queued", "running")] == self.open
        for row in rows:
            assert row["answers"] == (row["status"] == "complete")
            assert row["questions"] == (row["attempt"] > 0 or row["status"] == "complete")
            assert row["attempt"] or row["answer"] in (None, "")
        began = [row for row in rows if row["attempt"]]
        said = [number for row in began for number in (row["asked"], row["answered"]) if number]
        assert said == sorted(said)
        assert all(row["attempt"] <= MAX_ATTEMPTS + 10 for row in rows)

    @invariant()
    def nothing_wrong_was_shown(self) -> None:
        assert self.session.screen.wrong == []

    def teardown(self) -> None:
        """Let a healthy worker finish what is left; then the screen shows what is stored."""
        if not hasattr(self, "session"):
            return
        while self.open:
            self.run(self.session.expire())
            self.expired = self.holder is not None
            self.claim()
            if self.holder is not None:
                assert self.run(self.session.open(self.holder))
                assert self.run(self.session.say(self.holder, "the end"))
                assert self.run(self.session.finish(self.holder, tells=True))
                self.open.remove(self.holder.claim.turn)
                self.holder = None
        self.run(self.session.sweep())
        self.run(self.session.resume())
        self.rows_are_as_promised()
        self.nothing_wrong_was_shown()
        shown = self.session.screen.turns
        for row in self.run(self.session.rows()):
            if row["status"] == "complete":
                assert shown[str(row["turn_id"])].text == row["answer"]


@pytest.fixture
async def servers(redis_url: str, database_url: str) -> AsyncIterator[Servers]:
    async with (
        open_redis(redis_url, name="test") as redis,
        await open_pool(database_url, name="test") as pool,
    ):
        shared = Servers(redis, pool)
        sending = asyncio.create_task(shared.sink.run())
        yield shared
        sending.cancel()
        await asyncio.wait([sending])


@pytest.mark.timeout(300)
async def test_a_session_keeps_its_promises_in_every_order(servers: Servers) -> None:
    machine = type("Session", (SessionMachine,), {"servers": servers})
    how = settings(
        max_examples=40,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.reuse, Phase.generate],
    )
    await asyncio.to_thread(run_state_machine_as_test, machine, settings=how)
