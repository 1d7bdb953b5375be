"""The three systems as real processes on one scripted model, one PostgreSQL and one Valkey."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import aiohttp
import asyncpg
import msgspec

from deploy.local.ports import free_port
from deploy.local.postgres import Postgres
from deploy.local.processes import Child
from deploy.sample.__main__ import run as load_sample
from tests.bench.listener import Listener
from tests.bench.usage import Parts
from tests.support.chat_client import SECRET, token
from tests.support.stack import INHERITED, ROOT, Stack

TICKER = "KO"
START_TIMEOUT = 60.0

ROOMY = {
    "MAX_SOCKETS_PER_ADDRESS": "10000",  # the load comes from one address
    "LOG_FORMAT": "json",
}
STEADY = {"autovacuum": "off"}
"""PostgreSQL as `make run` starts it, but for the vacuum, whose moment would be charged to whoever runs then."""


@dataclass(frozen=True)
class System:
    """One system under test. `parts` are its processes; the one named first holds the sockets.

    `greets`: it wants a `hello`. `persists`: an answer goes on when its reader has left.
    """

    name: str
    url: str
    parts: Parts
    greets: bool = False
    persists: bool = True

    async def connect(self, user: str, session: str | None = None) -> Listener:
        """An authenticated socket, on the page of `TICKER`."""
        session, key = session or str(uuid4()), token(user)
        address = f"{self.url.replace('http', 'ws', 1)}/ws/chat/{session}"
        if not self.greets:
            return await Listener.open(f"{address}?token={key}&context_ticker={TICKER}")
        listener = await Listener.open(address)
        settled = listener.wait("snapshot")  # it follows `ready` where there is nothing to resume
        listener.say(msgspec.json.encode({"type": "hello", "token": key}))
        await settled
        return listener


def question(**script: float) -> bytes:
    """A question of its own that makes the model answer by `script`, every chunk stamped."""
    markers = " ".join(f"{key}={value:g}" for key, value in {**script, "stamp": 1}.items())
    content = f"How does the latest dividend yield affect this rating? {uuid4()} [[{markers}]]"
    frame = {"type": "user_message", "content": content, "turn_id": str(uuid4()), "context_ticker": TICKER}
    return msgspec.json.encode(frame)


class Systems(NamedTuple):
    """All of them, with what they share."""

    ours: System
    monolith: System
    pipe: System
    stack: Stack
    monolith_database: str
    model_url: str

    @property
    def all(self) -> tuple[System, System, System]:
        """In the order in which tables name them."""
        return self.ours, self.monolith, self.pipe

    async def model_requests(self) -> list[dict[str, Any]]:
        """What the model was asked, oldest first."""
        async with aiohttp.ClientSession() as http, http.get(f"{self.model_url}/requests") as answer:
            found: list[dict[str, Any]] = await answer.json()
            return found


@asynccontextmanager
async def running_systems(folder: Path) -> AsyncIterator[Systems]:
    """Start everything; stop everything."""
    async with _logs_shown(folder), AsyncExitStack() as cleanup:
        postgres = Postgres(folder / "postgres", settings=STEADY)
        cleanup.push_async_callback(postgres.kill)
        await postgres.start()
        await load_sample(postgres.url, only_if_empty=False)
        await _copy_database(postgres.url, "monolith")

        model_port, monolith_port, pipe_port = (str(free_port()) for _ in range(3))
        gemini_url = f"http://127.0.0.1:{model_port}"
        await _start(
            cleanup, folder, "gemini", ["tests.fakes.gemini_server", "--port", model_port], ready="http", env={}
        )  # fmt: skip
        stack = await cleanup.enter_async_context(
            Stack(
                folder / "ours",
                database_url=postgres.url,
                gemini_url=gemini_url,
                env={"LOG_FORMAT": "json"},
                gateway_env=ROOMY,
            )
        )
        common = {
            "GEMINI_BASE_URL": gemini_url,
            "GOOGLE_API_KEY": "bench",
            "JWT_SECRET": SECRET,
            "REDIS_URL": stack.redis_url,
        }
        monolith, reader, server = await asyncio.gather(
            _start(
                cleanup, folder, "monolith", ["tests.bench.monolith"], ready="monolith ready",
                env={**common, "PORT": monolith_port, "DATABASE_URL": postgres.url_of("monolith")},
            ),
            _start(
                cleanup, folder, "pipe-read", ["tests.bench.bare_pipe", "read"], ready="pipe ready", env=common
            ),
            _start(
                cleanup, folder, "pipe-serve", ["tests.bench.bare_pipe", "serve"], ready="pipe ready",
                env={**common, "PORT": pipe_port},
            ),
        )  # fmt: skip
        valkey = stack.valkey.child.pid
        yield Systems(
            System(
                "this system",
                stack.url,
                {
                    "gateway": stack.gateways[0].child.pid,
                    "worker": stack.workers[0].child.pid,
                    "valkey": valkey,
                    "postgres": postgres.child.pid,
                },
                greets=True,
            ),
            System(
                "monolith",
                f"http://127.0.0.1:{monolith_port}",
                {"server": monolith.pid, "postgres": postgres.child.pid},
                persists=False,
            ),
            System(
                "bare pipe",
                f"http://127.0.0.1:{pipe_port}",
                {"server": server.pid, "reader": reader.pid, "valkey": valkey},
            ),
            stack,
            postgres.url_of("monolith"),
            gemini_url,
        )


@asynccontextmanager
async def _logs_shown(folder: Path) -> AsyncIterator[None]:
    """Print the end of every log when the body fails."""
    try:
        yield
    except BaseException:
        for log in sorted(folder.glob("*.log")):  # the stack shows its own
            lines = log.read_text("utf-8", "replace").splitlines()[-25:]
            print(f"--- {log.name}", *lines, sep="\n")
        raise


async def _start(
    cleanup: AsyncExitStack,
    folder: Path,
    name: str,
    module: Sequence[str],
    *,
    ready: str,
    env: Mapping[str, str],
) -> Child:
    inherited = {key: os.environ[key] for key in INHERITED if key in os.environ}
    child = Child(
        name,
        [sys.executable, "-m", *module],
        log=folder / f"{name}.log",
        cwd=ROOT,
        env={**inherited, **env},
    )
    cleanup.push_async_callback(child.kill)
    child.spawn()
    await child.wait_for_output(ready, START_TIMEOUT)
    return child


async def _copy_database(url: str, name: str) -> None:
    """A second database with the same contents, next to the one of `url`."""
    server, _, original = url.rpartition("/")
    connection = await asyncpg.connect(f"{server}/postgres")
    try:
        await connection.execute(f"create database {name} template {original}")
    finally:
        await connection.close()
