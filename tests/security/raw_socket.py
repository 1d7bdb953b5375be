"""A WebSocket client that says what a proper library refuses to say."""

import asyncio
import os
from types import TracebackType
from urllib.parse import urlsplit
from uuid import uuid4

CONT, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
FIN, RSV1 = 0x80, 0x40


def frame(opcode: int, payload: bytes = b"", *, fin: bool = True, rsv1: bool = False) -> bytes:
    """One masked frame (RFC 6455, 5.2)."""
    first = opcode | (FIN if fin else 0) | (RSV1 if rsv1 else 0)
    size = len(payload)
    if size < 126:
        head = bytes([first, 0x80 | size])
    elif size < 65536:
        head = bytes([first, 0x80 | 126]) + size.to_bytes(2, "big")
    else:
        head = bytes([first, 0x80 | 127]) + size.to_bytes(8, "big")
    return head + bytes(4) + payload  # the mask of zeros is a mask


class RawSocket:
    """`async with await RawSocket.open(url, token=...) as socket`; `answer` is the head of the handshake's answer."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, answer: str) -> None:
        self.reader = reader
        self.writer = writer
        self.answer = answer

    @classmethod
    async def open(
        cls, url: str, *, token: str, headers: str = "", receive_buffer: int = 65536
    ) -> "RawSocket":
        """Connect by query token. Nothing is read after the handshake until `close_code`."""
        where = urlsplit(url)
        reader, writer = await asyncio.open_connection(where.hostname, where.port, limit=receive_buffer)
        writer.write(
            f"GET /ws/chat/{uuid4()}?token={token} HTTP/1.1\r\nhost: {where.netloc}\r\nconnection: upgrade\r\n"
            "upgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            f"{headers}\r\n".encode()
        )
        head = await reader.readuntil(b"\r\n\r\n")
        return cls(reader, writer, head.decode())

    async def __aenter__(self) -> "RawSocket":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.writer.transport.abort()

    async def send(self, data: bytes, *, timeout: float = 10.0) -> bool:
        """Write; false if the server does not take it within the time, or has gone."""
        self.writer.write(data)
        try:
            async with asyncio.timeout(timeout):
                await self.writer.drain()
        except (TimeoutError, ConnectionError):
            return False
        return True

    async def close_code(self, *, timeout: float = 10.0) -> int:
        """Read to the close frame; 1006 if the connection ends without one, 1005 if it has no code."""
        try:
            async with asyncio.timeout(timeout):
                while True:
                    first, second = await self.reader.readexactly(2)
                    size = second & 127
                    if size > 125:
                        size = int.from_bytes(await self.reader.readexactly(2 if size == 126 else 8), "big")
                    payload = await self.reader.readexactly(size)
                    if first & 15 == CLOSE:
                        return int.from_bytes(payload[:2], "big") if payload else 1005
        except (asyncio.IncompleteReadError, ConnectionError):
            return 1006


def garbage(size: int) -> bytes:
    """Bytes of no meaning."""
    return os.urandom(size)
