"""What the gateway does when an import landed: it forgets what it read before, then tells every full-level socket."""

import asyncio
from collections.abc import Callable, Sequence

import structlog

from gateway.managers.websocket_manager import ConnectionManager
from gateway.session.metrics import Metrics
from shared.frames.analyses_changed import AnalysesChanged

PAUSE = 1.0
"""Imports that land within this after one that was told are told together."""

log = structlog.get_logger(__name__)


class ImportWatch:
    """`forget`: drops what was read of analyses and companies, so that a client that asks again reads what is new."""

    def __init__(
        self, manager: ConnectionManager, forget: Sequence[Callable[[], None]], metrics: Metrics
    ) -> None:
        self._manager = manager
        self._forget = forget
        self._metrics = metrics
        self._untold: AnalysesChanged | None = None
        self._landed = asyncio.Event()

    def landed(self, changed: AnalysesChanged) -> None:
        """An import was announced."""
        self.missed()
        self._untold = self._untold.joined(changed) if self._untold else changed
        self._landed.set()

    def missed(self) -> None:
        """One may have been announced and not heard. Who asks anew reads what is new; nobody is told."""
        for forget in self._forget:
            forget()

    async def run(self) -> None:
        """Tell what landed, until cancelled."""
        while True:
            await self._landed.wait()
            self._landed.clear()
            changed, self._untold = self._untold, None
            if changed is not None:
                log.info(
                    "analyses changed",
                    as_of=str(changed.as_of),
                    companies=len(changed.tickers or ()) or "many",
                )
                self._metrics.imports.inc()
                await self._manager.broadcast(changed)
            await asyncio.sleep(PAUSE)
