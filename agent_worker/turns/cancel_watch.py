"""Ending turns at once that are cancelled while they wait, also while an earlier turn of their session runs.

It needs no slot, so a busy worker does it too. Every worker hears of a cancel; the lock of the session lets one of
them end the turn. When none is there, whoever claims the session's next turn does it.
"""

import asyncio
from uuid import UUID

import structlog

from agent_worker.emit.ports import EventSink
from agent_worker.emit.turn_publisher import publish_ending
from agent_worker.patience import until_available
from agent_worker.turns.published_endings import PublishedEndings
from agent_worker.turns.turn_store import TurnStore
from shared.redis_keys import RedisKeys

log = structlog.get_logger(__name__)


class CancelWatch:
    """`look_at` names a session; `run` must be running for its cancelled turns to end."""

    def __init__(
        self, store: TurnStore, sink: EventSink, keys: RedisKeys, published: PublishedEndings
    ) -> None:
        self._store = store
        self._sink = sink
        self._keys = keys
        self._published = published
        self._sessions: dict[
            tuple[str, UUID], None
        ] = {}  # in order, each once: a flood of cancels is one look
        self._something = asyncio.Event()

    def look_at(self, user: str, session: UUID) -> None:
        """A turn of this session is to be cancelled; it may be one that waits."""
        self._sessions[user, session] = None
        self._something.set()

    async def run(self) -> None:
        """End what is to be ended, until cancelled."""
        while True:
            await self._something.wait()
            self._something.clear()
            named, self._sessions = self._sessions, {}
            for user, session in named:
                try:
                    await self._end(user, session)
                except Exception:
                    log.exception("cancelled turns not ended; the next claim of the session ends them")

    async def _end(self, user: str, session: UUID) -> None:
        endings = await until_available(lambda: self._store.end_cancelled(user, session))
        for ending in endings:
            if ending.fence not in self._published:
                await publish_ending(self._sink, self._keys, ending)
                self._published.add(ending.fence)
                log.info("waiting turn cancelled", session=str(session), turn=str(ending.turn))
