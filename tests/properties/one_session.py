"""One session driven by hand: the door, workers and a reader, on the real scripts and transactions.

Nothing here decides what is right; `test_one_session` does. A worker is what a worker process is between two
awaits: it holds a claim, may speak, may finish, and may be a zombie without knowing it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

import asyncpg
import msgspec
from redis.asyncio import Redis

from agent_worker.emit.redis_sink import RedisSink
from agent_worker.emit.turn_publisher import FencedError, Permit, TurnPublisher, publish_ending
from agent_worker.turns.claimed_turn import ClaimedTurn
from agent_worker.turns.turn_store import Answer, TurnStore
from gateway.store.conversations import Accepted, Conversations, Question
from gateway.wire.session_id import SessionKey
from shared.db.database import Database
from shared.db.endings import Ending
from shared.frames.turn_events import Usage, UserEcho, open_frame
from shared.redis_keys import RedisKeys
from shared.scripts.session_scripts import SessionScripts, once_for_echo
from tests.faults.screen import Screen

USER = "alice"


@dataclass
class Worker:
    """One claim in somebody's hands."""

    claim: ClaimedTurn
    publisher: TurnPublisher
    opened: bool = False
    said: str = ""
    unheard: bool = False
    silent: bool = False
    """It has gone on to store: a worker publishes all it wrote before that, and writes nothing after."""


class OneSession:
    """The session and all that may be done to it."""

    def __init__(self, redis: Redis, pool: asyncpg.Pool, sink: RedisSink, scripts: SessionScripts) -> None:
        self.pool = pool
        self.id = SessionKey(USER, uuid4())
        self.store = TurnStore(Database(pool), lease_seconds=3600)
        self.screen = Screen()
        self._redis = redis
        self._sink = sink
        self._scripts = scripts
        self._all_keys = RedisKeys()
        self._keys = self._all_keys.of_session(*self.id)
        self._door = Conversations(Database(pool), backlog_max=10**6, daily_token_budget=10**9)

    # The door

    async def accept(self, turn: UUID, content: str) -> Accepted:
        """As a gateway does with a question, and with its ending if it is asked again."""
        accepted = await self._door.accept(self.id, Question(turn, content, None, reject_when_busy=False))
        if accepted.status != "duplicate":
            echo = open_frame(UserEcho(turn, content, None))
            await self._scripts.announce(self._keys, echo, once=once_for_echo(turn))
        elif accepted.ending is not None:
            await self._scripts.announce(self._keys, open_frame(accepted.ending.event))
        return accepted

    async def cancel(self, turn: UUID) -> UUID | None:
        """Flag a turn; None if it has ended."""
        return await self._door.cancel(self.id, turn)

    # Workers

    async def claim(self) -> tuple[Worker | None, Ending | None]:
        """What a delivery leads to: publish what was not published, then perhaps a turn, or one that was given up."""
        claim = await self.store.claim(*self.id)
        for ending in (*claim.unpublished, *([claim.given_up] if claim.given_up else [])):
            await publish_ending(self._sink, self._all_keys, ending)
        await self.store.mark_published([ending.fence for ending in claim.unpublished])
        return (self._worker(claim.turn) if claim.turn else None), claim.given_up

    def _worker(self, claim: ClaimedTurn) -> Worker:
        async def renew() -> Permit:
            renewed = await self.store.renew(worker.claim, excused=True)
            if renewed is None:
                raise FencedError
            worker.claim = renewed
            return Permit(renewed.attempt, renewed.fence)

        echo = UserEcho(claim.turn, claim.content, claim.ticker)
        publisher = TurnPublisher(self._sink, self._keys, echo, renew=renew, on_failure=lambda _: None)
        worker = Worker(claim, publisher)
        return worker

    async def open(self, worker: Worker) -> bool:
        """Begin to speak; false if it is fenced."""
        worker.publisher.open(Permit(worker.claim.attempt, worker.claim.fence), None, "test", reason="again")
        try:
            await worker.publisher.drain()
        except FencedError:
            worker.unheard = True
        worker.opened = True
        return not worker.unheard

    async def say(self, worker: Worker, text: str) -> bool:
        """Say a word; false if it is fenced."""
        worker.said += text
        worker.publisher.write(text)
        try:
            await worker.publisher.drain()
        except FencedError:
            worker.unheard = True
        return not worker.unheard

    async def finish(self, worker: Worker, *, tells: bool) -> bool:
        """Store what was said, and publish it unless the worker dies in between; false if it is fenced."""
        worker.silent = True
        answer = Answer(worker.said, "stop", None, "test", Usage())
        finished = await self.store.finish(worker.claim, answer)
        if finished is not None and tells:
            await publish_ending(self._sink, self._all_keys, finished.ending)
        return finished is not None

    async def end_cancelled(self) -> set[UUID]:
        """A worker hears of a cancel; the turns whose endings it published."""
        endings = await self.store.end_cancelled(self.id.user, self.id.session)
        for ending in endings:
            await publish_ending(self._sink, self._all_keys, ending)
        return {ending.turn for ending in endings}

    async def expire(self) -> None:
        """The lease runs out, as when a worker died or sleeps."""
        await self.pool.execute(
            "update chat_turns set lease_until = now() - interval '1 s' where status = 'running'"
        )

    async def forget(self) -> None:
        """Redis loses everything."""
        await self._redis.flushall()

    async def sweep(self) -> None:
        """Publish every ending that nobody is known to have published."""
        for ending in await self.store.unpublished(waited=0, limit=100):
            await publish_ending(self._sink, self._all_keys, ending)

    # The reader

    async def resume(self) -> None:
        """Come back with the position seen last; as `gateway.session.replay` does it, in one go."""
        caught = await self._scripts.catch_up(self._keys, epoch=self.screen.epoch, seq=self.screen.seq)
        ready = {"type": "ready", "epoch": caught.epoch, "recovered": caught.recovered, "seq": caught.seq}
        self.screen.take(ready)
        if not caught.recovered:
            self.screen.take(await self._snapshot(caught.seq, caught.turn, caught.attempt, caught.text))
        for frame in caught.frames:
            self.screen.take(json.loads(frame))

    async def _snapshot(self, seq: int, running: UUID | None, attempt: int, text: str) -> dict[str, object]:
        history = await self._door.history(
            self.id, limit=200
        )  # with the earlier pages that a reader scrolls to
        messages = [
            {
                "turn_id": str(m.turn_id),
                "role": m.role,
                "content": m.content,
                "lookups": msgspec.to_builtins(m.lookups),
            }
            for m in history.messages
            if m.role == "user" or m.turn_id != running
        ]
        active = (
            {"turn_id": str(running), "attempt": attempt, "text": text, "lookups": []} if running else None
        )
        queued = msgspec.to_builtins(await self._door.queued(self.id))
        return {"type": "snapshot", "seq": seq, "messages": messages, "active": active, "queued": queued}

    # What is stored

    async def rows(self) -> Sequence[asyncpg.Record]:
        """Turns in the order of acceptance, with what is stored of them."""
        return await self.pool.fetch(
            "select t.turn_id, t.status, t.attempt, t.fence, t.cancel_requested,"
            "       count(q) as questions, count(a) as answers, max(q.id) as asked, max(a.id) as answered,"
            "       max(a.content) as answer"
            "  from chat_turns t"
            "  left join chat_messages q on (q.turn_id, q.role) = (t.turn_id, 'user')"
            "  left join chat_messages a on (a.turn_id, a.role) = (t.turn_id, 'assistant')"
            " where t.session_id = $1 group by t.user_id, t.session_id, t.turn_id order by t.ord",
            self.id.session,
        )
