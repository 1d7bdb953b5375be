"""Following a session on a real Valkey."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import StringIO
from uuid import UUID, uuid4

import pytest
from redis.asyncio import Redis
from rich.console import Console

from deploy.cli.look import THEME
from deploy.cli.tail import clock, describe, follow, list_sessions
from deploy.local.valkey import Valkey
from shared.frames.turn_events import AiStart, SessionEvent, UserEcho, open_frame
from shared.redis_client import open_redis
from shared.redis_keys import RedisKeys
from shared.scripts.session_scripts import SessionScripts
from tests.deploy.client.frames import KO, SESSION, chunk, complete, echo, on_the_wire

TURN = UUID("0193e1a2-0000-7000-8000-000000000000")


class Page(StringIO):
    """What was printed, awaitable."""

    def __init__(self) -> None:
        super().__init__()
        self._news = asyncio.Event()

    def write(self, text: str) -> int:
        self._news.set()
        self._news = asyncio.Event()
        return super().write(text)

    async def has(self, text: str) -> None:
        """Wait until `text` was printed."""
        async with asyncio.timeout(30):
            while text not in self.getvalue():
                await self._news.wait()


def console(page: StringIO) -> Console:
    return Console(file=page, theme=THEME, width=120)


@asynccontextmanager
async def following(url: str, user: str) -> AsyncIterator[Page]:
    page = Page()
    task = asyncio.create_task(follow(url, SESSION, user, console(page)))
    try:
        yield page
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def tell(redis: Redis, *events: SessionEvent, user: str = "alice", session: UUID = SESSION) -> None:
    scripts = SessionScripts(redis, event_log_max=100)
    for event in events:
        await scripts.announce(RedisKeys().of_session(user, session), open_frame(event))


async def test_the_log_first_then_live_each_event_once_and_in_order(redis_url: str) -> None:
    async with open_redis(redis_url, name="test") as redis:
        await tell(redis, echo(TURN, "Why so?"), AiStart(TURN, 1, KO, "offline"))
        async with following(redis_url, "somebody else") as page:
            await page.has("ai_start")
            await tell(redis, chunk(TURN, " The"), complete(TURN))
            await page.has("ai_complete")
    rows = [line.split() for line in page.getvalue().splitlines() if " 0193e1a2 " in line]
    assert [row[1:3] for row in rows] == [
        ["1", "user_echo"],
        ["2", "ai_start"],
        ["3", "ai_chunk"],
        ["4", "ai_complete"],
    ]
    assert [row[0] == "(log)" for row in rows] == [True, True, False, False]
    assert f"XRANGE 'chat:{{0}}:events:alice:{SESSION}' - +" in page.getvalue()


async def test_it_goes_on_when_redis_comes_back_and_says_what_was_lost(valkey: Valkey) -> None:
    async with open_redis(valkey.url, name="test") as redis:
        await tell(redis, echo(TURN))
    async with following(valkey.url, "alice") as page:
        await page.has("user_echo")
        await valkey.stop()
        await page.has("Redis is away")
        await valkey.start()
        async with open_redis(valkey.url, name="test") as redis:
            await tell(redis, chunk(TURN, "after the restart"))
            await page.has("after the restart")
            await redis.flushall()
            await tell(redis, chunk(TURN, "after the loss"))
            await page.has("after the loss")
    assert "A new epoch" in page.getvalue()
    assert page.getvalue().count("user_echo") == 1


async def test_the_sessions_to_choose_from_the_last_active_first(redis_url: str) -> None:
    page = StringIO()
    await list_sessions(redis_url, console(page))
    assert "No session" in page.getvalue()
    async with open_redis(redis_url, name="test") as redis:
        older, newer = uuid4(), uuid4()
        await tell(redis, echo(TURN), user="älice:1", session=older)
        await redis.expire(RedisKeys().of_session("älice:1", older).session, 600)
        await tell(redis, echo(TURN), UserEcho(TURN, "And?", None), user="bob", session=newer)
    await list_sessions(redis_url, console(page))
    text = page.getvalue()
    assert text.index(str(newer)) < text.index(str(older))
    assert "älice:1" in text
    assert f"make tail SESSION={newer}" in text


@pytest.mark.parametrize(
    ("event", "row"),
    [
        (chunk(TURN, ' a "word"\n'), ("ai_chunk", r'" a \"word\"\n"  attempt=1')),
        (
            complete(TURN, "four"),
            ("ai_complete", "full_message=4 characters  message_id=1  finish_reason=stop"),
        ),
        (
            AiStart(TURN, 1, KO, "offline"),
            ("ai_start", "attempt=1  context={ticker=KO, analysis_id=12, as_of=2026-08-22}  model=offline"),
        ),
    ],
)
def test_an_event_in_one_line(event: SessionEvent, row: tuple[str, str]) -> None:
    kind, turn, text = describe(on_the_wire(event, 7).encode())
    assert (kind, turn) == (row[0], "0193e1a2")
    assert text.startswith(row[1])


def test_an_event_cannot_command_the_terminal() -> None:
    text = describe(on_the_wire(echo(TURN, "\x1b[2J\x9b2J\n"), 7).encode())[2]
    assert not any(character in text for character in "\x1b\x9b\n")


def test_the_time_of_a_live_event() -> None:
    assert clock(None) == "(log)"
    assert clock(1_795_000_000.25).endswith(".250")
