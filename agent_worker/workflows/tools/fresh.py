"""What many questions read alike is read once in a while, not once for each of them."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

FRESH_SECONDS = 5.0
"""So old the whole market may be when a question is answered from it."""
KEPT_MOST = 8

K = TypeVar("K")
V = TypeVar("V")


class Fresh(Generic[K, V]):
    """Values by key, each read again when it is too old. Who asks while it is being read waits for the same read."""

    def __init__(self, read: Callable[[K], Awaitable[V]], *, seconds: float = FRESH_SECONDS) -> None:
        self._read = read
        self._seconds = seconds
        self._reads: dict[K, tuple[float, asyncio.Future[V]]] = {}

    async def get(self, key: K) -> V:
        """The value. Raises what `read` raises, and reads anew the next time. Cancelling a caller stops nobody else's read."""
        at, reading = self._reads.get(key, (float("-inf"), None))
        failed = reading is not None and reading.done() and (reading.cancelled() or reading.exception())
        if reading is None or failed or time.monotonic() - at > self._seconds:
            reading = asyncio.ensure_future(self._read(key))
            reading.add_done_callback(_heard)
            self._reads.pop(key, None)
            self._reads[key] = (time.monotonic(), reading)
            while len(self._reads) > KEPT_MOST:
                del self._reads[next(iter(self._reads))]
        return await asyncio.shield(reading)

    def forget(self) -> None:
        """Read everything anew when it is next asked for: the data changed."""
        self._reads.clear()


def _heard(reading: asyncio.Future[V]) -> None:
    """An error that nobody waited for any more is no news."""
    if not reading.cancelled():
        reading.exception()
