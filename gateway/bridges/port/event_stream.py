"""Server-sent events: one answer's way out over HTTP."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from typing import Any

from litestar.types import ASGIApp, Receive, Scope, Send

KEEP_ALIVE_SECONDS = 15.0
KEEP_ALIVE = b": keep-alive\n\n"
SEND_TIMEOUT = 10.0
"""A client that takes nothing for so long is gone; so it is on a socket."""
HEADERS = {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-cache, no-transform",
    "x-accel-buffering": "no",
}


def event_stream(
    events: AsyncIterator[Iterable[bytes]],
    *,
    close: Callable[[], Awaitable[None]],
    headers: dict[str, str] | None = None,
    keep_alive: float = KEEP_ALIVE_SECONDS,
    patience: float = SEND_TIMEOUT,
) -> ASGIApp:
    """A response of these events, with a comment after so many seconds of silence; a client that takes nothing for
    `patience` seconds is given up. `close` is awaited at the end, however it ends: also when the client is gone before the
    first event."""

    async def send_part(send: Send, body: bytes, *, more: bool) -> None:
        async with asyncio.timeout(patience):
            await send({"type": "http.response.body", "body": body, "more_body": more})

    async def respond(scope: Scope, receive: Receive, send: Send) -> None:
        gone = asyncio.ensure_future(_disconnected(receive))
        coming: asyncio.Future[Any] | None = None
        try:
            await _send_start(send, {**HEADERS, **(headers or {})})
            while not gone.done():
                coming = coming or asyncio.ensure_future(anext(events, None))
                await asyncio.wait({coming, gone}, timeout=keep_alive, return_when="FIRST_COMPLETED")
                if not coming.done():
                    await send_part(send, KEEP_ALIVE, more=True)
                    continue
                parts, coming = coming.result(), None
                if parts is None:
                    await send_part(send, b"", more=False)
                    break
                if body := b"".join(parts):
                    await send_part(send, body, more=True)
        except (TimeoutError, OSError):
            pass  # it does not read, or is gone; what it asked is answered all the same
        finally:
            for task in filter(None, (gone, coming)):
                task.cancel()
            await asyncio.wait([task for task in (gone, coming) if task is not None])
            await close()

    return respond


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send_start(send: Send, headers: dict[str, str]) -> None:
    await send(
        {
            "type": "http.response.start",
            "status": 200,
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        }
    )
