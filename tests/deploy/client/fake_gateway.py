"""A gateway by script: each socket that opens is given to the next handler."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import msgspec
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from tests.deploy.client.frames import on_the_wire


class Socket:
    """One client's socket, from the gateway's side."""

    def __init__(self, connection: ServerConnection) -> None:
        self._connection = connection

    async def hear(self) -> dict[str, Any]:
        """The client's next frame."""
        frame: dict[str, Any] = msgspec.json.decode(await self._connection.recv())
        return frame

    async def say(self, frame: msgspec.Struct, seq: int | None = None) -> None:
        await self.say_text(on_the_wire(frame, seq))

    async def say_text(self, text: str) -> None:
        await self._connection.send(text)

    async def close(self, code: int) -> None:
        await self._connection.close(code)

    async def cut(self) -> None:
        """As a killed gateway: no close frame."""
        self._connection.transport.abort()
        await self._connection.wait_closed()

    def deaf(self) -> None:
        """Hear nothing any more, not even a close frame."""
        transport = self._connection.transport
        assert isinstance(transport, asyncio.Transport)
        transport.pause_reading()

    async def gone(self) -> None:
        """Wait until the client leaves."""
        await self._connection.wait_closed()


Handler = Callable[[Socket], Awaitable[None]]


class FakeGateway:
    def __init__(self, handlers: Sequence[Handler]) -> None:
        self.url = ""
        self.failure: Exception | None = None
        self._handlers = list(handlers)

    async def serve(self, connection: ServerConnection) -> None:
        try:
            async with asyncio.timeout(30):
                await self._handlers.pop(0)(Socket(connection))
        except (AssertionError, IndexError, TimeoutError, ConnectionClosed) as error:
            self.failure = error
            raise


@asynccontextmanager
async def fake_gateway(*handlers: Handler) -> AsyncIterator[FakeGateway]:
    """Handlers are for the first socket, the second, and so on; what fails in one fails the test."""
    gateway = FakeGateway(handlers)
    async with serve(gateway.serve, "127.0.0.1", 0) as server:
        host, port = next(iter(server.sockets)).getsockname()[:2]
        gateway.url = f"http://{host}:{port}"
        yield gateway
    if gateway.failure:
        raise gateway.failure
