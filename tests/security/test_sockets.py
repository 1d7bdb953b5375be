"""Slow and hostile sockets against a real gateway: bounded memory, a named end, and nobody else notices."""

import asyncio
import gc
import json
import zlib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from urllib.parse import urlsplit

import psutil
import pytest
import pytest_asyncio

from tests.security.raw_socket import CONT, PING, PONG, TEXT, RawSocket, frame, garbage
from tests.support.chat_client import token
from tests.support.databases import Databases
from tests.support.stack import Stack

pytestmark = pytest.mark.asyncio(loop_scope="module")

MIB = 1024 * 1024


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stack(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    """One gateway with a worker."""
    async with databases.database() as url:
        folder = tmp_path_factory.mktemp("hostile")
        async with Stack(folder, database_url=url, env={"LOG_LEVEL": "INFO"}) as running:
            yield running


@asynccontextmanager
async def undisturbed(stack: Stack, *, memory: float = 8 * MIB) -> AsyncIterator[None]:
    """Around an attack: another user is answered all the while, memory stays, no connection is left, no traceback."""
    gateway = psutil.Process(stack.gateways[0].child.pid)
    other = await stack.full("bystander")
    await other.next_frame("snapshot")
    rss, peak = gateway.memory_info().rss, 0
    waits: list[float] = []

    async def go_on() -> None:
        nonlocal peak
        loop = asyncio.get_running_loop()
        while True:
            started = loop.time()
            await other.send("ping")
            await other.next_frame("pong", timeout=15)
            waits.append(loop.time() - started)
            peak = max(peak, gateway.memory_info().rss)
            await asyncio.sleep(0.02)

    going_on = asyncio.create_task(go_on())
    await asyncio.sleep(0.1)
    yield
    turn = await other.collect_turn(await other.ask("Am I answered?"))
    assert turn.ending["type"] == "ai_complete"
    await asyncio.sleep(0.1)
    assert not going_on.done(), going_on.result()
    going_on.cancel()
    await asyncio.wait([going_on])
    await other.close()
    gc.collect()
    assert sorted(waits)[len(waits) // 2] < 0.5
    assert peak - rss < memory, f"{(peak - rss) / MIB:.1f} MiB"
    async with asyncio.timeout(30):
        while [
            one
            for one in gateway.net_connections()
            if one.status == "ESTABLISHED" and one.laddr.port == port(stack)
        ]:
            await asyncio.sleep(0.05)
    assert "Traceback" not in (stack.folder / "gateway-0.log").read_text()


async def read_all(reader: asyncio.StreamReader) -> bytes:
    """What comes before the end, or before a reset: a last byte of ours may meet a closed connection."""
    received = b""
    with suppress(ConnectionError):
        while data := await reader.read(65536):
            received += data
    return received


def port(stack: Stack) -> int:
    found = urlsplit(stack.url).port
    assert found
    return found


async def raw(stack: Stack, cleanup: AsyncExitStack, headers: str = "") -> RawSocket:
    socket = await RawSocket.open(stack.url, token=token("mallory"), headers=headers)
    return await cleanup.enter_async_context(socket)


@pytest.mark.parametrize("opcode", [PING, PONG], ids=["pings", "pongs"])
async def test_a_flood_of_control_frames_is_4429(stack: Stack, opcode: int) -> None:
    async with undisturbed(stack), AsyncExitStack() as cleanup:
        sockets = [await raw(stack, cleanup) for _ in range(5)]
        for socket in sockets:
            await socket.send(frame(opcode, b"x" * 125) * 20_000)
        assert [await socket.close_code() for socket in sockets] == [4429] * 5


async def test_some_pings_are_answered_as_they_must_be(stack: Stack) -> None:
    async with AsyncExitStack() as cleanup:
        socket = await raw(stack, cleanup)
        await socket.send(b"".join(frame(PING, b"%03d" % number) for number in range(100)))
        for number in range(100):
            assert await socket.reader.readexactly(5) == bytes([0x80 | PONG, 3]) + b"%03d" % number


@pytest.mark.parametrize("payload", [b"", b"x"], ids=["of nothing", "of one byte"])
async def test_fragments_that_never_end_are_1009(stack: Stack, payload: bytes) -> None:
    # One read of 256 KiB is taken apart as a whole: 37,000 frames, for a moment.
    async with undisturbed(stack, memory=24 * MIB), AsyncExitStack() as cleanup:
        sockets = [await raw(stack, cleanup) for _ in range(5)]
        for socket in sockets:
            await socket.send(frame(TEXT, b"{", fin=False))
            await socket.send(frame(CONT, payload, fin=False) * 100_000)
        assert [await socket.close_code() for socket in sockets] == [1009] * 5


async def test_a_frame_announced_as_endless_is_refused_before_it_comes(stack: Stack) -> None:
    async with undisturbed(stack), AsyncExitStack() as cleanup:
        socket = await raw(stack, cleanup)
        await socket.send(bytes([0x81, 0x80 | 127]) + (2**62).to_bytes(8, "big") + bytes(4) + b"x" * 1000)
        assert await socket.close_code() == 1009


async def test_compression_is_not_spoken_and_a_bomb_is_no_bomb(stack: Stack) -> None:
    offer = "sec-websocket-extensions: permessage-deflate; client_max_window_bits\r\n"
    bomb = zlib.compress(b"x" * 20 * MIB, 9)[2:-4][:16_000]
    async with undisturbed(stack), AsyncExitStack() as cleanup:
        socket = await raw(stack, cleanup, headers=offer)
        assert "101" in socket.answer
        assert "permessage-deflate" not in socket.answer.lower()
        await socket.send(frame(TEXT, bomb, rsv1=True))
        assert await socket.close_code() == 1002


async def test_pongs_are_not_kept_for_those_who_do_not_read(stack: Stack) -> None:
    ping = frame(TEXT, json.dumps({"type": "ping", "t": "x" * 15_000}).encode())
    async with undisturbed(stack, memory=30 * MIB), AsyncExitStack() as cleanup:
        sockets = [await raw(stack, cleanup) for _ in range(20)]
        for _ in range(10):
            await asyncio.gather(*(socket.send(ping * 60, timeout=2) for socket in sockets))  # 180 MB in all


async def test_bytes_of_no_meaning_have_a_named_end(stack: Stack) -> None:
    async with undisturbed(stack), AsyncExitStack() as cleanup:
        sockets = [await raw(stack, cleanup) for _ in range(30)]
        for socket in sockets:
            await socket.send(garbage(5000))
            socket.writer.write_eof()
        codes = {await socket.close_code() for socket in sockets}
        assert codes <= {1000, 1002, 1003, 1005, 1006, 1007, 1009, 4400}


async def test_a_head_that_never_ends_is_cut(stack: Stack) -> None:
    async with undisturbed(stack, memory=16 * MIB):
        for endless in (b"x-long: " + b"x" * 4 * MIB, b"x: y\r\n" * (4 * MIB // 6)):
            reader, writer = await asyncio.open_connection("127.0.0.1", port(stack))
            writer.write(b"GET / HTTP/1.1\r\nhost: x\r\n")
            writer.write(endless)
            async with asyncio.timeout(20):
                answer = await reader.readuntil(b"\r\n\r\n")
            assert answer.startswith(b"HTTP/1.1 431")
            writer.transport.abort()


async def test_slow_handshakes_end_in_time_however_they_drip(stack: Stack) -> None:
    async def drip(head: bytes, *, before: bytes = b"") -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port(stack))
        if before:
            writer.write(before)
            await reader.readuntil(b'{"status":"ok"}')
        answer = asyncio.create_task(read_all(reader))
        for at in range(len(head)):
            writer.write(head[at : at + 1])
            await asyncio.wait([answer], timeout=0.5)
            if answer.done():
                break
        async with asyncio.timeout(30):
            await answer
        writer.transport.abort()
        return answer.result()

    slow = b"GET /ws/chat/x HTTP/1.1\r\nhost: x\r\nx: " + b"x" * 100
    first = b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n"
    async with undisturbed(stack):
        answers = await asyncio.gather(
            *(drip(head) for head in (b"", b"G", slow) for _ in range(60)),
            *(drip(slow, before=first) for _ in range(20)),
        )
        assert all(answer.startswith(b"HTTP/1.1 408") for answer in answers)
