"""Keeps parts running: a part that ends is named, explained and started again."""

import asyncio
import time
from collections.abc import Callable
from signal import SIGCHLD
from types import TracebackType
from typing import Protocol

from deploy.local.processes import Child, StartError

FIRST_DELAY = 0.5
LONGEST_DELAY = 30.0
STEADY = 30.0
"""Seconds after which a part counts as running well, and its next end as a new trouble."""


class Part(Protocol):
    """What can be supervised."""

    @property
    def child(self) -> Child:
        """Its process."""

    async def start(self) -> object:
        """Start it and wait until it is ready; `StartError` or `TimeoutError` if that fails."""

    async def stop(self) -> None:
        """End it, and wait for that."""


class Supervisor:
    """Starts parts, restarts them as long as it is open, and stops them in reverse order on the way out."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._stages: list[tuple[Part, ...]] = []
        self._keepers: set[asyncio.Task[None]] = set()
        self._child_ended = asyncio.Condition()

    async def __aenter__(self) -> "Supervisor":
        asyncio.get_running_loop().add_signal_handler(SIGCHLD, self._on_child_ended)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)
        for stage in reversed(self._stages):
            await asyncio.gather(*(part.stop() for part in stage))
        asyncio.get_running_loop().remove_signal_handler(SIGCHLD)

    async def start(self, *parts: Part) -> None:
        """Start parts side by side. If one fails, all is stopped on leaving the supervisor."""
        self._stages.append(parts)
        try:
            async with asyncio.TaskGroup() as starting:
                for part in parts:
                    starting.create_task(self._first_start(part))
        except ExceptionGroup as group:
            raise group.exceptions[0] from None
        self._keepers.update(asyncio.create_task(self._keep(part)) for part in parts)

    async def _first_start(self, part: Part) -> None:
        try:
            await part.start()
        except TimeoutError:
            raise StartError(f"{part.child.name} does not become ready. See {part.child.log}") from None

    async def _keep(self, part: Part) -> None:
        name, delay = part.child.name, FIRST_DELAY
        while True:
            began = time.monotonic()
            async with self._child_ended:
                await self._child_ended.wait_for(lambda: not part.child.running)
            if time.monotonic() - began > STEADY:
                delay = FIRST_DELAY
            self._say(f"{name} {part.child.ending}; starting it again. Its log: {part.child.log}")
            await asyncio.sleep(delay)
            delay = min(2 * delay, LONGEST_DELAY)
            try:
                await part.start()
            except (StartError, TimeoutError):
                await part.child.kill()
            else:
                self._say(f"{name} is ready again.")

    def _on_child_ended(self) -> None:
        task = asyncio.ensure_future(self._tell())
        self._keepers.add(task)
        task.add_done_callback(self._keepers.discard)

    async def _tell(self) -> None:
        async with self._child_ended:
            self._child_ended.notify_all()
