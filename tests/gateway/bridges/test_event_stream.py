"""One answer's way out: never silent for long, and left whatever becomes of its reader."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import Any

from gateway.bridges.port.event_stream import KEEP_ALIVE, event_stream
from gateway.bridges.port.events import event, named_event

SCOPE: Any = {"type": "http"}


class Reader:
    """The other side, as an ASGI server shows it."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.ended = False
        self.gone = asyncio.Event()
        self.takes = asyncio.Event()
        self.takes.set()
        self.closed = 0
        self._news = asyncio.Condition()

    async def receive(self) -> Any:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.body":
            await self.takes.wait()
            async with self._news:
                self.parts.append(message["body"])
                self.ended = not message["more_body"]
                self._news.notify_all()

    async def close(self) -> None:
        self.closed += 1

    async def hears(self, body: bytes) -> None:
        async with asyncio.timeout(5), self._news:
            await self._news.wait_for(lambda: body in self.parts)


async def two(pause: asyncio.Event) -> AsyncIterator[Iterable[bytes]]:
    yield [b"a", b"b"]
    await pause.wait()
    yield []
    yield [b"c"]


async def test_silence_is_filled_and_the_end_is_said() -> None:
    reader, pause = Reader(), asyncio.Event()
    stream = event_stream(two(pause), close=reader.close, keep_alive=0.01)
    task = asyncio.ensure_future(stream(SCOPE, reader.receive, reader.send))
    await reader.hears(KEEP_ALIVE)
    pause.set()
    await task
    assert [part for part in reader.parts if part != KEEP_ALIVE] == [b"ab", b"c", b""]
    assert (reader.ended, reader.closed) == (True, 1)


async def test_a_reader_that_goes_away_is_left() -> None:
    for before_the_first in (True, False):
        reader, pause = Reader(), asyncio.Event()
        stream = event_stream(two(pause), close=reader.close)
        if before_the_first:
            reader.gone.set()
        task = asyncio.ensure_future(stream(SCOPE, reader.receive, reader.send))
        if not before_the_first:
            await reader.hears(b"ab")
            reader.gone.set()
        async with asyncio.timeout(5):
            await task
        assert (reader.ended, reader.closed) == (False, 1)


async def test_a_reader_that_takes_nothing_is_given_up() -> None:
    reader = Reader()
    reader.takes.clear()
    async with asyncio.timeout(5):
        await event_stream(two(asyncio.Event()), close=reader.close, patience=0.01)(
            SCOPE, reader.receive, reader.send
        )
    assert (reader.parts, reader.closed) == ([], 1)


async def test_a_stream_that_is_cancelled_is_left_too() -> None:
    reader = Reader()
    stream = event_stream(two(asyncio.Event()), close=reader.close)
    task = asyncio.ensure_future(stream(SCOPE, reader.receive, reader.send))
    await reader.hears(b"ab")
    task.cancel()
    await asyncio.wait([task])
    assert (task.cancelled(), reader.closed) == (True, 1)


def test_an_event_is_one_line_of_data() -> None:
    assert event({"text": "a\nb\r"}) == b'data: {"text":"a\\nb\\r"}\n\n'
    assert named_event("x", []) == b"event: x\ndata: []\n\n"
