"""What a socket said and nobody handled yet: bounded, and handled one by one, in order."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

MOST_ITEMS, MOST_CHARS = 64, 256 * 1024

T = TypeVar("T")


class Inbox(Generic[T]):
    """`handle` is called for one item after the other. A task exists only while there is something to do."""

    __slots__ = ("_chars", "_closed", "_handle", "_waiting", "_working")

    def __init__(self, handle: Callable[[T], Awaitable[None]]) -> None:
        self._handle = handle
        self._waiting: list[tuple[T, int]] = []  # short; an empty deque is ten times its size
        self._chars = 0
        self._closed = False
        self._working: asyncio.Task[None] | None = None

    @property
    def next(self) -> T | None:
        """What comes after the item at hand."""
        return self._waiting[0][0] if self._waiting else None

    def put(self, item: T, chars: int) -> bool:
        """Take an item of so many characters; false when too much waits already."""
        if len(self._waiting) >= MOST_ITEMS or self._chars + chars > MOST_CHARS:
            return False
        self._waiting.append((item, chars))
        self._chars += chars
        if self._working is None:
            self._working = asyncio.create_task(self._work())
        return True

    def close(self) -> None:
        """Drop what waits; the item at hand is finished."""
        self._closed = True
        self._waiting.clear()

    async def finished(self) -> None:
        """Wait until nothing is left to handle."""
        if self._working is not None:
            await asyncio.wait([self._working])

    async def _work(self) -> None:
        try:
            while self._waiting and not self._closed:
                item, chars = self._waiting.pop(0)
                self._chars -= chars
                await self._handle(item)
        finally:
            self._working = None
