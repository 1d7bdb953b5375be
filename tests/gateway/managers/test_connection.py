"""A socket's outbox: in order, bounded by time, closed with a reason."""

import asyncio
from typing import Any

import pytest

from gateway.managers import connection as module
from gateway.managers.connection import MOST_BYTES, Connection
from gateway.wire.close_codes import Close
from gateway.wire.codec import Level

MUCH = "x" * 200_000


class Peer:
    """The other side: takes frames, unless it is told not to."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.reads = asyncio.Event()
        self.reads.set()
        self.closed_now: list[tuple[int, str]] = []

    async def send(self, message: dict[str, Any]) -> None:
        await self.reads.wait()
        self.taken.append(message)

    def close_now(self, code: int, reason: str) -> None:
        self.closed_now.append((code, reason))

    @property
    def texts(self) -> list[str]:
        return [message["text"] for message in self.taken if "text" in message]

    @property
    def code(self) -> int | None:
        return self.taken[-1].get("code")


async def settle() -> None:
    for _ in range(50):
        await asyncio.sleep(0)


async def test_frames_leave_in_order_and_nothing_runs_when_idle() -> None:
    peer = Peer()
    socket = Connection(peer.send, close_now=peer.close_now)
    before = asyncio.all_tasks()
    for number in range(100):
        socket.send(str(number))
    await socket.flushed()
    assert peer.texts == [str(number) for number in range(100)]
    await settle()
    assert asyncio.all_tasks() == before


async def test_what_waits_is_sent_before_the_close_and_nothing_after() -> None:
    peer = Peer()
    socket = Connection(peer.send, close_now=peer.close_now)
    socket.send("first")
    socket.close(Close.UNAUTHORIZED)
    socket.close(Close.INTERNAL)
    socket.send("never")
    await socket.flushed()
    assert peer.texts == ["first"]
    assert peer.code == 4401


async def test_a_burst_larger_than_the_bound_is_no_reason_to_close() -> None:
    peer = Peer()
    socket = Connection(peer.send, close_now=peer.close_now)
    for _ in range(30):  # 6 MB at once
        socket.send(MUCH)
    await socket.flushed()
    assert len(peer.texts) == 30
    assert not socket.closing


async def test_more_than_much_behind_a_frame_that_is_stuck_is_too_slow(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "STUCK", 0.05)
    peer = Peer()
    peer.reads.clear()
    socket = Connection(peer.send, close_now=peer.close_now)
    for _ in range(7):
        socket.send(MUCH)
    await asyncio.sleep(0.1)
    closed = [socket.closing]
    socket.send(MUCH)
    closed.append(socket.closing)
    assert closed == [False, True]
    peer.reads.set()
    await socket.flushed()
    assert peer.code == 4008
    assert len(peer.texts) == 1


async def test_more_than_everything_is_too_slow_at_once() -> None:
    peer = Peer()
    peer.reads.clear()
    socket = Connection(peer.send, close_now=peer.close_now)
    for _ in range(MOST_BYTES // len(MUCH) + 2):
        socket.send(MUCH)
    assert socket.closing


async def test_a_frame_that_is_never_taken_closes_without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SEND_TIMEOUT", 0.05)
    peer = Peer()
    peer.reads.clear()
    socket = Connection(peer.send, close_now=peer.close_now)
    socket.send("stuck")
    await socket.flushed()
    assert [code for code, _ in peer.closed_now] == [4008]
    assert socket.closing


async def test_a_replay_is_as_long_as_it_is() -> None:
    peer = Peer()
    peer.reads.clear()
    socket = Connection(peer.send, close_now=peer.close_now)
    socket.level = Level.FULL
    socket.replay(["ready"], [MUCH] * 60)
    assert not socket.closing
    peer.reads.set()
    await socket.flushed()
    assert len(peer.texts) == 61


async def test_the_seed_level_hears_three_kinds_and_calls_an_error_by_its_plain_name() -> None:
    peer = Peer()
    socket = Connection(peer.send, close_now=peer.close_now)
    for kind in ("user_echo", "ai_start", "ai_chunk", "ai_reset", "ai_complete", "ai_error", "context"):
        socket.forward(f'{{"type":"{kind}","content":"\\"type\\":\\"ai_chunk\\"","seq":1}}')
    await socket.flushed()
    assert [text.split('"')[3] for text in peer.texts] == ["ai_chunk", "ai_complete", "error"]
    assert peer.texts[-1].endswith(',"seq":1}')
