"""uvicorn's two protocols, bounded where a hostile client finds them open.

Left alone, httptools waits for ever for the end of a request's head and keeps all of it; a WebSocket answers every
PING into a buffer that nobody empties, and keeps every fragment of a message that never ends.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from gateway.security.limits import RecentCount
from gateway.wire.close_codes import Close

HEAD_SECONDS = 10.0
MAX_HEAD_BYTES = 256 * 1024
"""Room for a token far too long, which is told so (4401)."""
LINGER_SECONDS = 1.0
"""What is still under way is thrown away for a while: a connection closed at once takes its answer with it."""
MAX_FRAGMENTS = 256
MAX_CONTROL_FRAMES, CONTROL_SECONDS = 200, 10.0
TOO_BIG = 1009


class BoundedHttp(HttpToolsProtocol):
    """A request's head must be complete in time, and within bounds."""

    _deadline: asyncio.TimerHandle | None = None
    _head_bytes = 0
    _refused = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Whoever connects has something to say."""
        super().connection_made(transport)
        self._expect_head()

    def on_message_begin(self) -> None:
        """The first byte of a request, or of the next one."""
        super().on_message_begin()
        if self._deadline is None:
            self._expect_head()

    def data_received(self, data: bytes) -> None:
        """Count what belongs to a head."""
        if self._refused:
            return
        if self._deadline is not None:
            self._head_bytes += len(data)
            if self._head_bytes > MAX_HEAD_BYTES:
                self._refuse(b"431 Request Header Fields Too Large" if self.headers else b"414 URI Too Long")
                return
        super().data_received(data)

    def on_headers_complete(self) -> None:
        """In time."""
        self._stop_waiting()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Gone; nothing is waited for."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _expect_head(self) -> None:
        self._head_bytes = 0
        self._deadline = self.loop.call_later(HEAD_SECONDS, self._refuse, b"408 Request Timeout")

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _refuse(self, status: bytes) -> None:
        self._stop_waiting()
        if not self.transport.is_closing():
            self._refused = True
            self.transport.write(b"HTTP/1.1 %s\r\nconnection: close\r\ncontent-length: 0\r\n\r\n" % status)
            self.loop.call_later(LINGER_SECONDS, self.transport.close)


class BoundedWebSocket(WebSocketsSansIOProtocol):
    """Few control frames, few fragments, and no PONG behind what the client does not read."""

    _control_frames: RecentCount | None = None
    _late_pong = b""

    def handle_ping(self) -> None:
        """Answer; while the client does not read, the latest PING only (RFC 6455, 5.5.3)."""
        pong = b"".join(self.conn.data_to_send())
        if self._too_many_control_frames():
            return
        if self.writable.is_set():
            self.transport.write(pong)
        else:
            self._late_pong = pong

    def handle_pong(self, event: Any) -> None:
        """Nobody asked for many."""
        if not self._too_many_control_frames():
            super().handle_pong(event)

    def resume_writing(self) -> None:
        """The client reads again."""
        if self._late_pong and not self.transport.is_closing():
            self.transport.write(self._late_pong)
        self._late_pong = b""
        super().resume_writing()

    def handle_cont(self, event: Any) -> None:
        """Even fragments without a byte in them are fragments."""
        if len(self.frames) >= MAX_FRAGMENTS:
            self._fail(TOO_BIG, "Too many fragments.")
        else:
            super().handle_cont(event)

    def _too_many_control_frames(self) -> bool:
        if self._control_frames is None:
            self._control_frames = RecentCount(MAX_CONTROL_FRAMES, CONTROL_SECONDS)
        if self._control_frames.reached(self.loop.time()):
            self._fail(Close.TOO_MANY.code, Close.TOO_MANY.reason)
        return self.close_sent

    def _fail(self, code: int, reason: str) -> None:
        if not self.close_sent:
            self.frames = []
            self.conn.fail(code, reason)
            self.handle_parser_exception()
