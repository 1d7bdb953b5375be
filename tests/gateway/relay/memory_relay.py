"""A `Relay` in memory, for tests: the same promises as the one over Redis, held by one contract suite."""

import secrets
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from redis.exceptions import ConnectionError

from gateway.wire.session_id import SessionKey
from shared.frames.analyses_changed import AnalysesChanged
from shared.frames.live import Live
from shared.frames.turn_events import SessionEvent, open_frame
from shared.frames.turn_requests import TurnRequest
from shared.scripts.session_scripts import CatchUp


@dataclass
class Log:
    """One session: its epoch, its events (the first has number 1), and the names that were used."""

    epoch: str = field(default_factory=lambda: secrets.token_hex(6))
    frames: list[str] = field(default_factory=list)
    named: set[str] = field(default_factory=set)


class MemoryRelay:
    """`away` makes every call fail as it does while Redis is down. What was asked for is kept to be looked at."""

    def __init__(self, *, event_log_max: int = 4096) -> None:
        self.away = False
        self.listeners: dict[SessionKey, list[Callable[[Live], None]]] = defaultdict(list)
        self.imports: list[Callable[[AnalysesChanged], None]] = []
        self.woken: list[TurnRequest] = []
        self.cancelled: list[tuple[SessionKey, UUID]] = []
        self.model_name: str | None = None
        self._event_log_max = event_log_max
        self._logs: dict[SessionKey, Log] = {}
        self._marked = False

    def flush(self) -> None:
        """Lose everything."""
        self._logs.clear()
        self._marked = False

    async def publish_import(self, changed: AnalysesChanged) -> None:
        """What an import does to the channel of imports: whoever listens hears it as it is read again."""
        self._check()
        for heard in self.imports:
            heard(AnalysesChanged.read(changed.write().encode()))

    async def catch_up(self, session: SessionKey, *, epoch: str = "", seq: int = 0) -> CatchUp:
        """As of `Relay`."""
        log = self._log(session)
        last = len(log.frames)
        kept_from = max(0, last - self._event_log_max)
        recovered = epoch == log.epoch and kept_from <= seq <= last
        frames = [frame.encode() for frame in log.frames[seq:]] if recovered else []
        return CatchUp(log.epoch, last, recovered, frames, None, 0, "", [])

    async def announce(self, session: SessionKey, event: SessionEvent, *, once: str = "") -> None:
        """As of `Relay`."""
        log = self._log(session)
        if once in log.named:
            return
        if once:
            log.named.add(once)
        seq = len(log.frames) + 1
        log.frames.append(f'{open_frame(event).decode()},"seq":{seq}}}')
        for heard in self.listeners[session]:
            heard(Live(log.epoch, seq, log.frames[-1]))

    async def wake(self, request: TurnRequest) -> None:
        """As of `Relay`."""
        self._check()
        self.woken.append(request)

    async def signal_cancel(self, session: SessionKey, turn: UUID) -> None:
        """As of `Relay`."""
        self._check()
        self.cancelled.append((session, turn))

    async def forget(self, session: SessionKey) -> None:
        """As of `Relay`."""
        self._check()
        self._logs.pop(session, None)

    async def remembers(self) -> bool:
        """As of `Relay`."""
        self._check()
        before, self._marked = self._marked, True
        return before

    async def model(self) -> str | None:
        """As of `Relay`."""
        self._check()
        return self.model_name

    def _log(self, session: SessionKey) -> Log:
        self._check()
        return self._logs.setdefault(session, Log())

    def _check(self) -> None:
        if self.away:
            raise ConnectionError("away")
