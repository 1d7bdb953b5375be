"""Whatever bytes come, the decoder answers with a frame or a `ValueError`, and the socket with a named error."""

import asyncio
import json
import random
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gateway.wire.client_frames import AuthRefresh, Cancel, Hello, Ping, SetContext, UserMessage
from gateway.wire.codec import decode_frame
from tests.security.raw_socket import BINARY, TEXT, RawSocket, frame
from tests.support.chat_client import token
from tests.support.databases import Databases
from tests.support.stack import Stack

FRAMES = (Hello, UserMessage, SetContext, Cancel, AuthRefresh, Ping)
NAMED = {1000, 1002, 1003, 1007, 1009, 4400, 4401, 4403, 4429}
"""4401: the noise may be an `auth_refresh` with a bad token."""

FIELDS = (
    "type",
    "token",
    "resume",
    "content",
    "turn_id",
    "context_ticker",
    "on_busy",
    "ticker",
    "t",
    "epoch",
    "seq",
    "x",
)
TYPES = ("hello", "user_message", "set_context", "cancel", "auth_refresh", "ping", "ai_complete", "")

scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.sampled_from(TYPES)
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4),
    max_leaves=8,
)
objects = st.builds(
    lambda kind, rest: {"type": kind, **rest},
    st.sampled_from(TYPES),
    st.dictionaries(st.sampled_from(FIELDS), values, max_size=5),
)
texts = (
    st.text(max_size=400)
    | objects.map(json.dumps)
    | objects.map(lambda value: json.dumps(value, ensure_ascii=False))
)


def check(text: str) -> None:
    try:
        read = decode_frame(text)
    except ValueError:
        return
    assert isinstance(read, FRAMES)
    if isinstance(read, UserMessage):
        assert 1 <= len(read.content) <= 4000
        assert "\0" not in read.content
        read.content.encode()


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(texts)
def test_any_text_is_a_frame_or_a_value_error(text: str) -> None:
    check(text)


def test_mutations_of_real_frames_too() -> None:
    rng = random.Random(5)
    real: list[dict[str, Any]] = [
        {"type": "user_message", "content": "Why €😀?", "turn_id": "0c0ffee0-0000-4000-8000-000000000000", "context_ticker": "KO"},
        {"type": "hello", "token": "a.b.c", "resume": {"epoch": "e", "seq": 5}},
        {"type": "set_context", "ticker": None},
        {"type": "ping", "t": 1.5},
    ]  # fmt: skip
    for _ in range(10_000):
        text = list(json.dumps(rng.choice(real), ensure_ascii=rng.random() < 0.5))
        for _ in range(rng.randint(1, 6)):
            at = rng.randrange(len(text))
            match rng.randrange(4):
                case 0:
                    text[at] = chr(
                        rng.choice([0, 34, 92, 123, 125, 0xD800, 0xFFFF, 0x1F600, rng.randrange(128)])
                    )
                case 1:
                    del text[at : at + rng.randint(1, 5)]
                case 2:
                    text.insert(at, rng.choice(["\\u0000", "\\ud800", "[" * 50, "1e999", "null", '"', ","]))
                case _:
                    text[at:at] = text[at : at + rng.randint(1, 20)]
            if not text:
                break
        check("".join(text))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stack(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    async with databases.database() as url:
        env = {"MAX_SOCKETS_PER_USER": "1000"}
        async with Stack(
            tmp_path_factory.mktemp("fuzz"), database_url=url, workers=0, gateway_env=env
        ) as running:
            yield running


async def code_for(stack: Stack, rng: random.Random, number: int) -> int:
    """How a socket that says such things ends: 1000 if it had to end itself."""
    orderly = number % 2
    async with await RawSocket.open(stack.url, token=token(f"fuzz-{number}")) as socket:
        ending = asyncio.create_task(socket.close_code())
        for _ in range(8):
            payload = rng.randbytes(rng.choice([0, 1, 10, 200]))
            if orderly or rng.random() < 0.3:
                payload = b'{"type":"%s",' % rng.choice(TYPES).encode() + payload.hex().encode()
            socket.writer.write(frame(TEXT if orderly else rng.choice([TEXT, TEXT, BINARY]), payload))
            await asyncio.wait([ending], timeout=0.1)
            if ending.done():
                break
        else:
            socket.writer.write(frame(8, b"\x03\xe8"))
        return await ending


@pytest.mark.asyncio(loop_scope="module")
async def test_any_bytes_over_a_socket_end_by_name(stack: Stack) -> None:
    codes = await asyncio.gather(*(code_for(stack, random.Random(number), number) for number in range(60)))
    seen = set(codes)
    assert seen <= NAMED, seen
    assert {1003, 1007, 4400} <= seen
    log = (stack.folder / "gateway-0.log").read_text()
    assert "failed" not in log
    assert "unhandled" not in log
    assert "Traceback" not in log
    assert not await stack.fetch("select from chat_turns")
    assert await stack.redis().xlen("chat:{0}:requests") == 0
