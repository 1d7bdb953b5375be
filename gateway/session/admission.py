"""The door: who may open a socket at all, and everybody who is inside."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from gateway.security.limits import Cap
from gateway.session.chat_session import ChatSession
from gateway.session.metrics import Metrics
from gateway.wire.close_codes import Close


class Admission:
    """Caps on sockets of this process, and the way out for all of them when it stops."""

    def __init__(
        self, *, origins: frozenset[str], most: int, most_per_address: int, metrics: Metrics
    ) -> None:
        self.stopping = False
        self._origins = origins
        self._all = Cap(most)
        self._addresses = Cap(most_per_address)
        self._inside: set[ChatSession] = set()
        self._metrics = metrics
        metrics.socket_limit.set(most)

    def allows(self, origins: list[str]) -> bool:
        """Whether pages of these origins may connect. No origin is no browser: there is no cookie to ride on."""
        return all(origin in self._origins for origin in origins)

    @contextmanager
    def place(self, address: str) -> Iterator[Close | None]:
        """A place for one socket, held for the block; or the reason why there is none."""
        counted = self._metrics.handshakes.labels
        if self.stopping:
            counted("stopping").inc()
            yield Close.RESTARTING
        elif not self._all.take(None):
            counted("full").inc()
            yield Close.FULL
        else:
            try:
                if not self._addresses.take(address):
                    counted("too_many").inc()
                    yield Close.TOO_MANY
                    return
                counted("accepted").inc()
                try:
                    yield None
                finally:
                    self._addresses.give_back(address)
            finally:
                self._all.give_back(None)

    @contextmanager
    def inside(self, session: ChatSession) -> Iterator[None]:
        """Remember a session for the block."""
        self._inside.add(session)
        self._metrics.sockets.inc()
        try:
            yield
        finally:
            self._metrics.sockets.dec()
            self._inside.discard(session)

    async def empty(self) -> None:
        """Let nobody in any more, and ask everybody to leave once what they asked for is accepted."""
        self.stopping = True
        if self._inside:
            await asyncio.wait([asyncio.create_task(session.leave()) for session in self._inside])
