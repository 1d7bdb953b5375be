"""A WebSocket client that costs next to nothing: it notes when a frame arrived and decodes none.

Load and system share the cores, and a library's client costs as much per frame as the server under test. So this
one reads frames off the bytes itself: unfragmented and uncompressed, as all three systems send them.
"""

import asyncio
import os
import re
import time
from base64 import b64encode
from typing import cast
from urllib.parse import urlsplit

from tests.fakes.stamps import stamps_in

CHUNK = b'{"type":"ai_chunk"'
KIND = re.compile(rb'\{"type":"(\w+)"')
ENDINGS = frozenset({"ai_complete", "ai_error", "error"})

TEXT, CLOSE, PING, PONG = 0x81, 0x88, 0x89, 0x8A


def split_frames(received: bytes) -> tuple[list[tuple[int, bytes]], bytes]:
    """The whole frames in `received` as (first byte, payload), and the bytes of the one that is not whole yet."""
    frames: list[tuple[int, bytes]] = []
    at, end = 0, len(received)
    while end - at >= 2:
        length, start = received[at + 1], at + 2
        if length > 125:
            start = at + (4 if length == 126 else 10)
            if end < start:
                break
            length = int.from_bytes(received[at + 2 : start])
        if end < start + length:
            break
        frames.append((received[at], received[start : start + length]))
        at = start + length
    return frames, received[at:]


def masked(opcode: int, payload: bytes) -> bytes:
    """A client's frame. Its mask is zero: allowed, and nothing to compute."""
    length = len(payload)
    size = bytes([0x80 | length]) if length < 126 else bytes([0xFE]) + length.to_bytes(2)
    return bytes([opcode]) + size + b"\0\0\0\0" + payload


class Listener(asyncio.Protocol):
    """One socket. All times are nanoseconds of the machine's monotonic clock, the one the model stamps with.

    `heard` holds (stamped, arrived) per model chunk, however many came in one frame; `first` when each kind of
    frame first arrived since `ask`.
    """

    def __init__(self) -> None:
        self.heard: list[tuple[int, int]] = []
        self.first: dict[str, int] = {}
        self.asked = 0
        self.frames = 0
        self.closed = False
        self._rest = b""
        self._upgraded = False
        self._awaited: frozenset[str] = frozenset()
        self._arrived: asyncio.Future[str] | None = None
        self._transport: asyncio.WriteTransport | None = None

    @classmethod
    async def open(cls, url: str) -> "Listener":
        """Connect to a ws:// address."""
        parts = urlsplit(url)
        loop = asyncio.get_running_loop()
        _, listener = await loop.create_connection(cls, parts.hostname or "", parts.port or 80)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        key = b64encode(os.urandom(16)).decode()
        upgraded = listener.wait("upgraded")
        listener._write(
            f"GET {target} HTTP/1.1\r\nHost: {parts.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        await upgraded
        return listener

    def wait(self, *kinds: str) -> "asyncio.Future[str]":
        """The kind of the next frame that is one of `kinds`; `ConnectionError` if the socket is closed first."""
        self._awaited = frozenset(kinds)
        self._arrived = asyncio.get_running_loop().create_future()
        return self._arrived

    def say(self, frame: bytes) -> None:
        """Send a text frame."""
        self._write(masked(TEXT, frame))

    def ask(self, frame: bytes) -> "asyncio.Future[str]":
        """Send a question; the future is the kind of its ending."""
        self.first.clear()
        ending = self.wait(*ENDINGS)
        self.asked = time.monotonic_ns()
        self.say(frame)
        return ending

    def close(self) -> None:
        """Say goodbye, and go without waiting for the answer."""
        if self._transport is not None and not self.closed:
            self._write(masked(CLOSE, (1000).to_bytes(2)))
            self._transport.close()

    # asyncio's side

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.WriteTransport, transport)

    def data_received(self, data: bytes) -> None:
        now = time.monotonic_ns()
        received = self._rest + data if self._rest else data
        if not self._upgraded:
            head, separator, rest = received.partition(b"\r\n\r\n")
            if not separator:
                self._rest = received
                return
            if b" 101 " not in head.split(b"\r\n", 1)[0]:
                self._fail(f"no upgrade: {head[:200].decode('latin-1')}")
                return
            self._upgraded, received = True, rest
            self._tell("upgraded")
        frames, self._rest = split_frames(received)
        for first_byte, payload in frames:
            if first_byte == TEXT:
                self._text(payload, now)
            elif first_byte == PING:
                self._write(masked(PONG, payload))
            elif first_byte == CLOSE:
                self._fail(f"closed with {int.from_bytes(payload[:2])}")

    def connection_lost(self, error: Exception | None) -> None:
        self.closed = True
        self._fail(f"connection lost: {error}")

    def _text(self, payload: bytes, now: int) -> None:
        self.frames += 1
        if payload.startswith(CHUNK):
            self.first.setdefault("ai_chunk", now)
            self.heard += [(stamped, now) for stamped in stamps_in(payload)]
        elif found := KIND.match(payload):
            kind = found[1].decode()
            self.first.setdefault(kind, now)
            self._tell(kind)

    def _tell(self, kind: str) -> None:
        if kind in self._awaited and self._arrived is not None and not self._arrived.done():
            self._arrived.set_result(kind)

    def _fail(self, why: str) -> None:
        if self._arrived is not None and not self._arrived.done():
            self._arrived.set_exception(ConnectionError(why))

    def _write(self, data: bytes) -> None:
        assert self._transport is not None
        self._transport.write(data)
