"""One socket's way out: a bounded outbox, and a writer only while there is something to write."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from itertools import chain
from typing import Any

from litestar.exceptions import WebSocketDisconnect

from gateway.wire.close_codes import Close
from gateway.wire.codec import Level, at_seed_level

MUCH_BYTES, MUCH_FRAMES = 1024 * 1024, 1024
"""So much may not wait behind a frame that the client has not taken for `STUCK` seconds."""
MOST_BYTES, MOST_FRAMES = 8 * 1024 * 1024, 8192
"""So much may never wait: what arrives at once is more than it takes."""
BEHIND_BYTES = 64 * 1024
STUCK = 1.0
SEND_TIMEOUT = 10.0
YIELD_EVERY = 32

Send = Callable[[dict[str, Any]], Awaitable[None]]


class Connection:
    """A socket. Nothing here waits for the client; one that reads too slowly is closed.

    `level`: how much it hears. `close_now(code, reason)`, where the server has it, closes without waiting for a client
    that does not read. `lost` is called where it has not, and the client took not even the close.
    """

    __slots__ = (
        "_close", "_close_now", "_frames", "_frames_sent", "_lost", "_outbox", "_send", "_size", "_writer", "_writing_since", "level",
    )  # fmt: skip

    def __init__(
        self,
        send: Send,
        *,
        close_now: Callable[[int, str], None] | None,
        lost: Callable[[], None] = lambda: None,
        sent: Callable[[], None] = lambda: None,
    ) -> None:
        self.level = Level.SEED
        self._send = send
        self._close_now = close_now
        self._lost = lost
        self._frames_sent = sent
        self._outbox: list[tuple[str, int]] = []
        self._size = self._frames = 0
        self._writing_since = 0.0
        self._close: Close | None = None
        self._writer: asyncio.Task[None] | None = None

    @property
    def closing(self) -> bool:
        """Whether the gateway has closed it."""
        return self._close is not None

    @property
    def behind(self) -> bool:
        """Whether so much waits that what only says "here" can be left out."""
        return self._size > BEHIND_BYTES

    def forward(self, frame: str) -> None:
        """Send a session event, if this socket hears of its kind."""
        heard = frame if self.level is Level.FULL else at_seed_level(frame)
        if heard is not None:
            self.send(heard)

    def send(self, frame: str) -> None:
        """Send a frame after those that wait; closes the socket (4008) when too much waits."""
        if self._close is not None:
            return
        if self._too_slow():
            self.close(Close.TOO_SLOW)
            return
        self._size += len(frame)
        self._frames += 1
        self._outbox.append((frame, len(frame)))
        self._wake()

    def replay(self, opening: Iterable[str], events: Iterable[str]) -> None:
        """Send what was missed. It is as much as it is, so it does not count towards the bounds."""
        if self._close is None:
            heard = events if self.level is Level.FULL else filter(None, map(at_seed_level, events))
            missed = [(frame, 0) for frame in chain(opening, heard)]
            self._frames += len(missed)
            self._outbox += missed
            self._wake()

    def close(self, why: Close) -> None:
        """Close after what waits; the first reason counts."""
        if self._close is None:
            self._close = why
            self._wake()

    async def flushed(self) -> None:
        """Wait until nothing waits any more, or the socket is gone."""
        if self._writer is not None:
            await asyncio.wait([self._writer])

    def _too_slow(self) -> bool:
        size, frames = self._size, self._frames
        if size < MUCH_BYTES and frames < MUCH_FRAMES:
            return False
        stuck = self._writing_since and asyncio.get_running_loop().time() - self._writing_since > STUCK
        return bool(stuck) or size >= MOST_BYTES or frames >= MOST_FRAMES

    def _wake(self) -> None:
        if self._writer is None:
            self._writer = asyncio.create_task(self._write())

    async def _write(self) -> None:
        try:
            while self._outbox and self._close is not Close.TOO_SLOW:
                batch, self._outbox = self._outbox, []
                await self._write_all(batch)
            if self._close is not None:
                await self._send_close(self._close)
        except TimeoutError:
            self._close = self._close or Close.TOO_SLOW
            await self._give_up(self._close)
        except (WebSocketDisconnect, OSError, RuntimeError):
            pass  # gone, or closed by uvicorn itself; the receiving side sees it too and cleans up
        finally:
            self._outbox = []
            self._writing_since = 0.0
            self._writer = None

    async def _send_close(self, why: Close) -> None:
        async with asyncio.timeout(SEND_TIMEOUT):
            await self._send({"type": "websocket.close", "code": why.code, "reason": why.reason})

    async def _give_up(self, why: Close) -> None:
        """It has taken nothing for a while. When it reads again, it shall read why."""
        if self._close_now is not None:
            self._close_now(why.code, why.reason)
            return
        try:
            await self._send_close(why)
        except TimeoutError:
            self._lost()

    async def _write_all(self, batch: list[tuple[str, int]]) -> None:
        loop = asyncio.get_running_loop()
        for number, (frame, size) in enumerate(batch, 1):
            self._writing_since = loop.time()
            async with asyncio.timeout(SEND_TIMEOUT):
                await self._send({"type": "websocket.send", "text": frame})
            self._size -= size
            self._frames -= 1
            self._frames_sent()
            if self._close is Close.TOO_SLOW:
                return
            if number % YIELD_EVERY == 0:
                await asyncio.sleep(0)  # a socket that takes all never makes us wait
