"""uvicorn, bent where a chat needs it: long query strings, dead readers, quiet logs, an orderly end."""

import asyncio
import contextlib
import errno
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator
from http import HTTPStatus
from typing import Any

import structlog
import uvicorn

from gateway.server.bounded_protocols import BoundedHttp, BoundedWebSocket
from gateway.server.refusals import refusal
from gateway.wire.client_frames import MAX_FRAME_BYTES
from gateway.wire.close_codes import CLOSE_NOW, Close
from shared.settings import SettingsError

UNACKNOWLEDGED_MS = 60_000
"""Longer than a slow reader may take to read why it was closed."""
FAREWELL_SECONDS = 30.0
"""How long a close waits behind what a client does not read."""
STOP_SECONDS = 3
PING_SECONDS = 20.0

log = structlog.get_logger(__name__)


class ChatProtocol(BoundedWebSocket):
    """Adds what ASGI has no word for: closing on a client that does not read."""

    def handle_connect(self, event: Any) -> None:
        """Pass `close_now` to the application in the scope."""
        super().handle_connect(event)
        if self.handshake_initiated and not self.handshake_complete:
            extensions: dict[str, Any] = self.scope["extensions"]
            extensions[CLOSE_NOW] = {"call": self.close_now}

    def close_now(self, code: int, reason: str) -> None:
        """Put the close behind what the client has not read, and let the application go. A client that reads again
        within a while reads why; the connection of one that does not is cut."""
        if self.close_sent or self.transport.is_closing():
            self.transport.abort()
            return
        self.stop_keepalive()
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        self.conn.send_close(code, reason)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()
        self.close_timer = self.loop.call_later(FAREWELL_SECONDS, self.transport.abort)

    def keepalive_timeout(self) -> None:
        """No PONG: who has not even read the PING reads too slowly; a peer that is gone is cut as well."""
        if self.close_sent or self.transport.is_closing():
            return
        slow = self.transport.get_write_buffer_size() > 0
        why = (Close.TOO_SLOW.code, Close.TOO_SLOW.reason) if slow else (1011, "keepalive ping timeout")
        self.pong_timer, self.pending_ping_payload = None, None
        self.close_now(*why)

    def start_keepalive(self) -> None:
        """The handshake is over: let go of its headers, which an idle socket would keep."""
        del self.request, self.response
        super().start_keepalive()

    def data_received(self, data: bytes) -> None:
        """A handshake that cannot be read is refused; uvicorn would leave it hanging."""
        super().data_received(data)
        if self.conn.handshake_exc is not None and not self.handshake_initiated:
            too_long = "The address is too long."
            self.transport.write(refusal(HTTPStatus.REQUEST_URI_TOO_LONG, "invalid", too_long))
            self.transport.close()


class GatewayServer(uvicorn.Server):
    """`ready(address)` is called when it listens; `drain` before it closes connections."""

    def __init__(
        self, config: uvicorn.Config, *, ready: Callable[[], None], drain: Callable[[], Awaitable[None]]
    ) -> None:
        super().__init__(config)
        self._ready = ready
        self._drain = drain

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then say so."""
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let everybody leave in order, for a while; then close what is left."""
        for server in self.servers:
            server.close()
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await self._drain()
        except TimeoutError:
            log.warning("some sockets did not leave in time")
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """SIGTERM and SIGINT end it; unlike uvicorn's own, without being raised once more afterwards."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(number)


def listen(host: str, port: int) -> socket.socket:
    """The listening socket. Raises `SettingsError` where that is not possible."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        hint = "Choose another GATEWAY_PORT." if taken else "Check GATEWAY_HOST and GATEWAY_PORT."
        raise SettingsError(f"Cannot listen on {host}:{port} ({error.strerror}). {hint}") from None
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        # A peer that stopped acknowledging is dropped, however much is unsent; accepted sockets inherit it.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNACKNOWLEDGED_MS)
    listening.setblocking(False)
    return listening


def server_config(app: Any, headers: list[tuple[str, str]]) -> uvicorn.Config:
    """How uvicorn runs the application."""
    return uvicorn.Config(
        app,
        ws=ChatProtocol,
        loop="uvloop",
        http=BoundedHttp,
        lifespan="off",
        log_config=None,
        log_level=None,
        access_log=False,
        server_header=False,
        headers=headers,
        ws_max_size=MAX_FRAME_BYTES,
        ws_per_message_deflate=False,
        ws_ping_interval=PING_SECONDS,
        ws_ping_timeout=PING_SECONDS,
        timeout_graceful_shutdown=STOP_SECONDS,
        backlog=2048,
    )
