"""The commands as a person runs them, against the whole system: over a pipe, and in a terminal."""

import asyncio
import fcntl
import os
import re
import struct
import sys
import termios
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

from deploy.local.ports import free_port
from shared.frames.figures import Figure, read_figures
from tests.fakes.gemini_script import answer_text
from tests.support.chat_client import SECRET, ChatClient
from tests.support.stack import INHERITED, ROOT, Stack

NOT_INK = re.compile(r"\x1b(\[[0-9;?]*[a-zA-Z]|[=>])|\s")
"""A terminal program moves over a space as often as it writes one."""
DIVIDEND, PRICE = "And the dividend?", "What is the P/E?"

StartStack = Callable[..., Awaitable[Stack]]


@pytest.fixture
async def stack(start_stack: StartStack) -> Stack:
    """The system, knowing one company."""
    stack = await start_stack()
    connection = await asyncpg.connect(stack.database_url)
    await connection.execute("insert into companies (ticker, name) values ('KO', 'Coca-Cola')")
    await connection.execute(
        """insert into analysis_history (ticker, as_of, rating, score, summary, metrics, rationale)
           values ('KO', '2026-08-22', 'hold', 57.9, 'A hold.', '[]', '[]')"""
    )
    await connection.close()
    return stack


def environment(stack: Stack) -> Mapping[str, str]:
    """What a person's shell and `make` would hand on."""
    return {
        **{name: os.environ[name] for name in INHERITED if name in os.environ},
        "PYTHONPATH": str(ROOT),
        "GATEWAY_PORT": stack.url.rpartition(":")[2],
        "REDIS_URL": stack.redis_url,
        "JWT_SECRET": SECRET,
        "USER": "alice",
        "TICKER": "KO",
        "TERM": "xterm",
    }


async def run(folder: Path, env: Mapping[str, str], *arguments: str, stdin: str = "") -> tuple[int, str, str]:
    """Run a command over pipes: its code, what it printed, what it said about itself."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "deploy.cli", *arguments),
        cwd=folder,
        env=env,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(60):
            out, err = await process.communicate(stdin.encode())
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


class Screen:
    """A terminal with a chat in it."""

    def __init__(self, keyboard: int) -> None:
        self.text = ""
        self._keyboard = keyboard
        self._news = asyncio.Event()

    def type(self, text: str) -> None:
        os.write(self._keyboard, text.encode())

    def take(self) -> None:
        """Read what was drawn."""
        try:
            drawn = os.read(self._keyboard, 65536)
        except OSError:  # Linux's way to say that the other side has closed
            asyncio.get_running_loop().remove_reader(self._keyboard)
            return
        if b"\x1b[6n" in drawn:  # it asks where its cursor is
            self.type("\x1b[1;1R")
        self.text += NOT_INK.sub("", drawn.decode("utf-8", "replace"))
        self._news.set()
        self._news = asyncio.Event()

    async def shows(self, text: str) -> None:
        """Wait until `text` is drawn after what was waited for before."""
        ink = NOT_INK.sub("", text)
        try:
            async with asyncio.timeout(40):
                while ink not in self.text:
                    await self._news.wait()
        except TimeoutError:
            raise AssertionError(f"{ink!r} is not in:\n{self.text[-3000:]}") from None
        self.text = self.text[self.text.index(ink) + len(ink) :]


@asynccontextmanager
async def terminal(
    folder: Path, env: Mapping[str, str]
) -> AsyncIterator[tuple[Screen, asyncio.subprocess.Process]]:
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "deploy.cli", "chat"),
        cwd=folder,
        env=env,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    screen = Screen(ours)
    loop = asyncio.get_running_loop()
    loop.add_reader(ours, screen.take)
    try:
        yield screen, process
    finally:
        loop.remove_reader(ours)
        if process.returncode is None:
            process.kill()
            await process.wait()
        os.close(ours)


def below(figures: Sequence[Figure]) -> str:
    """What stands below an answer all of whose figures are made up."""
    assert figures
    assert all(figure.state == "flagged" for figure in figures)
    reasons = "".join(f"! {figure.text}: The analysis has no such figure.\n" for figure in figures)
    count = f"{len(figures)} figures · 0 verified · {len(figures)} not found"
    return f"{reasons}[KO · analysis of 22 Aug · Hold 57.9 · {count}]\n"


def opening(question: str) -> str:
    """The answer up to its first figure."""
    return answer_text(question).partition(" €")[0]


async def ended(process: asyncio.subprocess.Process) -> int:
    async with asyncio.timeout(30):
        return await process.wait()


async def test_over_a_pipe(stack: Stack, tmp_path: Path) -> None:
    env = environment(stack)
    code, out, err = await run(tmp_path, env, "chat", stdin=f"{DIVIDEND}\n\n{PRICE}\n")
    stored = await stack.fetch(
        "select content, figures from chat_messages where role = 'assistant' order by id"
    )
    expected = [
        f"> {asked}\n{row['content']}\n{below(read_figures(row['figures']))}\n"
        for asked, row in zip((DIVIDEND, PRICE), stored, strict=True)
    ]
    assert (code, out) == (0, "".join(expected))
    assert [row["content"] for row in stored] == [answer_text(DIVIDEND), answer_text(PRICE)]
    assert err.startswith("KO · analysis of 22 Aug · Hold 57.9\nModel: gemini")

    # The second time the conversation goes on, with --new another begins.
    assert (await run(tmp_path, env, "chat", stdin="/history\n"))[1] == out
    assert (await run(tmp_path, env, "chat", "--new", stdin="/history\n"))[1] == ""

    code, out, err = await run(tmp_path, env, "chat", "--ticker", "NOPE", stdin=f"{DIVIDEND}\n")
    assert (code, out, err) == (1, "", "There is no company NOPE here.\n")
    rows = await stack.fetch("select count(*) from chat_messages where user_id = 'alice'")
    assert rows[0][0] == 4

    nowhere = {**env, "GATEWAY_PORT": str(free_port())}
    code, out, err = await run(tmp_path, nowhere, "chat", stdin=f"{DIVIDEND}\n")
    assert (code, out) == (1, "")
    assert re.fullmatch(r"Nothing answers at http://127\.0\.0\.1:\d+; start it with `make run`\.\n", err)

    code, out, _ = await run(tmp_path, env, "tail")
    assert code == 0
    assert len(re.findall(r"alice", out)) == 2

    code, out, _ = await run(tmp_path, env, "token")
    assert code == 0
    client = await ChatClient.full(stack.url, token=out.strip())
    await client.close()


async def test_a_turn_that_fails_is_said_and_counted(stack: Stack, tmp_path: Path) -> None:
    stack.gemini.script("dividend", fail=400)
    code, out, _ = await run(tmp_path, environment(stack), "chat", stdin=f"{DIVIDEND}\n{PRICE}\n")
    assert code == 1
    assert "No answer came." in out
    assert answer_text(PRICE) in out


async def test_in_a_terminal(stack: Stack, tmp_path: Path) -> None:
    stack.gemini.script("dividend", hold=4, chunks=8)
    async with terminal(tmp_path, environment(stack)) as (screen, process):
        await screen.shows("Tickertalk  KO · analysis of 22 Aug · Hold 57.9")
        await screen.shows("Model: gemini")
        await screen.shows("Ask about KO")
        await screen.shows("● Live")

        # Word by word: the half that has come is there while the model holds the rest.
        screen.type(f"{DIVIDEND}\r")
        await screen.shows(f"❯ {DIVIDEND}")
        whole = answer_text(DIVIDEND)
        await screen.shows(whole[:40])
        screen.type(f"{PRICE}\r")
        await screen.shows("Queued, 2nd in line")
        stack.gemini.release("dividend")
        await screen.shows("! $3.10: The analysis has no such figure.")
        await screen.shows("KO · analysis of 22 Aug · Hold 57.9  2 figures · 0 verified · 2 not found")
        await screen.shows(f"❯ {PRICE}")
        await screen.shows(opening(PRICE))
        await screen.shows("KO · analysis of 22 Aug · Hold 57.9")

        # Ctrl-C stops what is being written, and leaves when nothing is.
        stack.gemini.script("long", hold=2)
        screen.type("A long story?\r")
        await screen.shows(answer_text("A long story?")[:20])
        screen.type("\x03")
        await screen.shows("Stopped by you.")
        await stack.gemini.wait(open=0)
        screen.type("\x03")
        await screen.shows("`make chat` goes on with it")
        assert await ended(process) == 0
    reasons = await stack.fetch(
        "select finish_reason from chat_messages where role = 'assistant' order by id"
    )
    assert [row[0] for row in reasons] == ["stop", "stop", "cancelled"]


async def test_the_gateway_dies_in_mid_answer_and_a_question_waits_for_it(
    stack: Stack, tmp_path: Path
) -> None:
    stack.gemini.script("dividend", hold=4, chunks=8)
    async with terminal(tmp_path, environment(stack)) as (screen, process):
        await screen.shows("● Live")
        screen.type(f"{DIVIDEND}\r")
        await screen.shows(answer_text(DIVIDEND)[:40])
        await stack.gateways[0].kill()
        await screen.shows("Connection lost. Reconnecting; your messages are kept.")
        screen.type(f"{PRICE}\r")
        await screen.shows("Sending…")
        stack.gemini.release("dividend")
        await stack.gateways[0].start()
        await screen.shows("● Live")
        await screen.shows(f"❯ {PRICE}")
        await screen.shows(opening(PRICE))
        await screen.shows("Hold 57.9")
        screen.type("/quit\r")
        assert await ended(process) == 0
    rows = await stack.fetch("select role, content from chat_messages order by id")
    assert [tuple(row) for row in rows] == [
        (role, text)
        for question in (DIVIDEND, PRICE)
        for role, text in (("user", question), ("assistant", answer_text(question)))
    ]
    assert stack.gemini.calls() == 2
