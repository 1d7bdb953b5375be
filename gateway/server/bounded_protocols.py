"""uvicorn's two protocols, bounded where a hostile client finds them open.

Left alone, httptools waits for ever for the end of a request and keeps all of its head; a WebSocket answers every
PING into a buffer that nobody empties, and keeps every fragment of a message that never ends.
"""

import asyncio
import logging
from http import HTTPStatus
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode
from websockets.http11 import Response
from websockets.server import ServerProtocol

from gateway.security.limits import RecentCount
from gateway.server.refusals import error_body, refusal
from gateway.wire.close_codes import Close

HEAD_SECONDS = 10.0
MAX_HEAD_BYTES = 256 * 1024
"""Room for a token far too long, which is told so (4401)."""
BODY_SECONDS = 20.0
"""For all of a body, of which no more than 64 KiB are taken, 1 MiB by the bridges."""
LINGER_SECONDS = 1.0
"""What is still under way is thrown away for a while: a connection closed at once takes its answer with it."""
MAX_FRAGMENTS = 256
MAX_CONTROL_FRAMES, CONTROL_SECONDS = 200, 10.0
TOO_BIG = 1009


class BoundedHttp(HttpToolsProtocol):
    """A request must be complete in time, and within bounds."""

    _deadline: asyncio.TimerHandle | None = None
    _in_head = _in_body = False
    _head_bytes = 0
    _refused = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Whoever connects has something to say."""
        super().connection_made(transport)
        self._expect_head()

    def on_message_begin(self) -> None:
        """The first byte of a request, or of the next one."""
        super().on_message_begin()
        if not self._in_head:
            self._expect_head()

    def data_received(self, data: bytes) -> None:
        """Count what belongs to a head."""
        if self._refused:
            return
        if self._in_head:
            self._head_bytes += len(data)
            if self._head_bytes > MAX_HEAD_BYTES:
                if self.headers:
                    self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The headers are too large.")
                else:
                    self._refuse(HTTPStatus.REQUEST_URI_TOO_LONG, "The address is too long.")
                return
        super().data_received(data)

    def on_headers_complete(self) -> None:
        """In time; now the body, if there is one."""
        self._in_head, self._in_body = False, True
        self._expect(BODY_SECONDS)
        if self._get_upgrade() == b"websocket" and self.parser.get_http_version() != "1.1":
            self._refuse(HTTPStatus.UPGRADE_REQUIRED, "A WebSocket needs HTTP/1.1.")
            return
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Part of a body, unless it is refused."""
        if not self._refused:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """In time."""
        self._in_body = False
        self._stop_waiting()
        if not self._refused:
            super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        """No body comes; the other protocol takes over."""
        self._stop_waiting()
        if not self._refused:
            super().handle_websocket_upgrade()

    def send_400_response(self, msg: str) -> None:
        """What cannot be parsed."""
        self._refuse(HTTPStatus.BAD_REQUEST, "This is not a valid HTTP request.")

    def connection_lost(self, exc: Exception | None) -> None:
        """Gone; nothing is waited for."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _expect_head(self) -> None:
        self._in_head, self._head_bytes = True, 0
        self._expect(HEAD_SECONDS)

    def _expect(self, seconds: float) -> None:
        self._stop_waiting()
        self._deadline = self.loop.call_later(
            seconds, self._refuse, HTTPStatus.REQUEST_TIMEOUT, "The request did not come in time."
        )

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _refuse(self, status: HTTPStatus, message: str) -> None:
        self._stop_waiting()
        if self.transport.is_closing() or self._refused:
            return
        self._refused = True
        cycle: RequestResponseCycle | None = self.cycle
        # Not into the middle of an answer, and not behind the answer to the very request that is cut.
        if cycle is None or not (cycle.response_started and (self._in_body or not cycle.response_complete)):
            headers = self.server_state.default_headers
            self.transport.write(refusal(status, "invalid", message, headers))
        if cycle is not None and not cycle.response_complete:
            cycle.disconnected = True  # nothing more comes of it, and nothing more may be written
            cycle.message_event.set()
        self.loop.call_later(LINGER_SECONDS, self.transport.close)


class LenientServerProtocol(ServerProtocol):
    """The sans-I/O side of a WebSocket: refuses in our words, and lets a peer leave in mid-message."""

    def recv_frame(self, frame: Frame) -> None:
        """A close may stand between the fragments of a message (RFC 6455, 5.4): what has come is dropped."""
        if frame.opcode is Opcode.CLOSE:
            self.current_size = None
        super().recv_frame(frame)

    def reject(self, status: HTTPStatus | int, text: str) -> Response:
        """An error of the handshake; without a text it is a plain status (403 before accept)."""
        response = super().reject(status, text)
        if text:
            response.body = error_body("invalid", text.strip())
            del response.headers["Content-Type"], response.headers["Content-Length"]
            response.headers["Content-Type"] = "application/json"
            response.headers["Content-Length"] = str(len(response.body))
        return response


class BoundedWebSocket(WebSocketsSansIOProtocol):
    """Few control frames, few fragments, and no PONG behind what the client does not read."""

    _control_frames: RecentCount | None = None
    _late_pong = b""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.conn = LenientServerProtocol(
            max_size=self.config.ws_max_size, logger=logging.getLogger("uvicorn.error")
        )

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
        if self._late_pong and not self.transport.is_closing() and not self.close_sent:
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
