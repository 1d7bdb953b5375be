"""The bench's own WebSocket client: frames off bytes, however they are cut, and against a real server."""

import asyncio
import time

import pytest
from websockets.asyncio.server import ServerConnection, serve

from tests.bench.listener import TEXT, Listener, split_frames
from tests.fakes.stamps import stamp


def frame(payload: bytes) -> bytes:
    """A server's text frame, its length in as few bytes as possible."""
    length = len(payload)
    if length < 126:
        size = bytes([length])
    elif length < 65536:
        size = bytes([126]) + length.to_bytes(2)
    else:
        size = bytes([127]) + length.to_bytes(8)
    return bytes([TEXT]) + size + payload


@pytest.mark.parametrize("length", [0, 1, 125, 126, 65535, 65536])
def test_frames_of_every_length_form(length: int) -> None:
    payload = b"x" * length
    assert split_frames(frame(payload) * 2) == ([(TEXT, payload)] * 2, b"")


def test_frames_cut_anywhere() -> None:
    whole = frame(b"one") + frame(b"y" * 300) + frame(b"three")
    for cut in range(len(whole) + 1):
        first, rest = split_frames(whole[:cut])
        second, left = split_frames(rest + whole[cut:])
        assert [payload for _, payload in first + second] == [b"one", b"y" * 300, b"three"]
        assert left == b""


async def test_a_listener_notes_stamps_kinds_and_endings() -> None:
    stamps: list[int] = []

    async def answer(socket: ServerConnection) -> None:
        assert await socket.recv() == "why?"
        stamps.extend(time.monotonic_ns() for _ in range(3))
        await socket.send('{"type":"ack"}')
        await socket.send(f'{{"type":"ai_chunk","content":"{stamp(stamps[0])}one {stamp(stamps[1])}two"}}')
        await socket.send(f'{{"type":"ai_chunk","content":"{stamp(stamps[2])}three"}}')
        await socket.send(f'{{"type":"ai_complete","full_message":"{stamp(stamps[0])}one"}}')
        await socket.wait_closed()

    async with serve(answer, "127.0.0.1", 0, compression=None) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        listener = await Listener.open(f"ws://127.0.0.1:{port}/ws?x=1")
        assert await asyncio.wait_for(listener.ask(b"why?"), 5) == "ai_complete"
        assert [stamped for stamped, _ in listener.heard] == stamps
        assert all(stamped <= arrived for stamped, arrived in listener.heard)
        assert set(listener.first) == {"ack", "ai_chunk", "ai_complete"}
        assert listener.asked <= listener.first["ack"] <= listener.first["ai_complete"]
        listener.close()


async def test_a_listener_says_when_the_server_closes() -> None:
    async def close(socket: ServerConnection) -> None:
        await socket.recv()
        await socket.close(4401, "token")

    async with serve(close, "127.0.0.1", 0, compression=None) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        listener = await Listener.open(f"ws://127.0.0.1:{port}/")
        with pytest.raises(ConnectionError, match="4401"):
            await asyncio.wait_for(listener.ask(b"why?"), 5)
