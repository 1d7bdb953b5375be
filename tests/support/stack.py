"""The whole system as real processes: Valkey, PostgreSQL, a scripted Gemini, gateways and workers.

    async with Stack(folder, database_url=url, gateways=2, workers=2, env={"TURN_LEASE_SECONDS": "2"}) as stack:
        client = await stack.full("alice")                  # on gateway 0
        stack.gemini.script("dividend", hold=3)
        turn_id = await client.ask("And the dividend?", context_ticker="KO")
        await stack.gemini.wait(held=1)
        await stack.workers[0].kill()                       # kill -9; also .pause() .resume() .end() .restart()
        assert (await client.collect_turn(turn_id)).ending["type"] == "ai_complete"

Without `database_url` it starts a PostgreSQL of its own (`stack.postgres`), which may be killed and paused too.
What each process prints goes to `folder/NAME.log`; the ends of these logs are shown when something fails.
"""

import asyncio
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from signal import Signals
from types import TracebackType
from typing import Any

import asyncpg
import redis.asyncio as redis

from deploy.local.offline import OfflineModel
from deploy.local.ports import free_port
from deploy.local.postgres import Postgres
from deploy.local.services import Service
from deploy.local.valkey import Valkey
from shared.db.migrate import migrate
from tests.fakes.gemini_server import GeminiServer
from tests.support.chat_client import SECRET, ChatClient, Frame, token
from tests.support.databases import FAST

ROOT = Path(__file__).parents[2]
INHERITED = ("PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH")
START_TIMEOUT = 90.0
"""Seconds: many processes that start at once on a small, busy machine take their time."""


class Process(Service):
    """A gateway or a worker, by index in `stack.gateways` or `stack.workers`, with what may befall it."""

    async def ready(self, timeout: float = START_TIMEOUT) -> None:
        """As of every service, with more patience."""
        await super().ready(timeout)

    async def end(self, timeout: float = 40.0) -> int:
        """SIGTERM, and its return code when it has ended by itself; `TimeoutError` if it does not."""
        self.terminate()
        return await self.child.wait(timeout)

    async def restart(self) -> None:
        """Stop it, and start it with the same address."""
        await self.stop()
        await self.start()

    def terminate(self) -> None:
        """SIGTERM, without waiting."""
        self.child.send(Signals.SIGTERM)

    def pause(self) -> None:
        """SIGSTOP: it is alive for everybody and does nothing."""
        self.child.send(Signals.SIGSTOP)

    def resume(self) -> None:
        """SIGCONT."""
        self.child.send(Signals.SIGCONT)


class Stack:
    """See the module. `env` goes to every gateway and worker, `gateway_env` and `worker_env` to one kind.

    `offline` puts the offline model before the workers instead of the scripted Gemini.
    `launcher` stands between the interpreter and the name of the package (the fault tests put mutants there).
    """

    def __init__(
        self,
        folder: Path,
        *,
        database_url: str | None = None,
        gateways: int = 1,
        workers: int = 1,
        env: Mapping[str, str] | None = None,
        gateway_env: Mapping[str, str] | None = None,
        worker_env: Mapping[str, str] | None = None,
        gemini_url: str | None = None,
        offline: bool = False,
        launcher: Sequence[str] = ("-m",),
    ) -> None:
        self.folder = folder
        self.database_url = database_url or ""
        self.redis_url = ""
        self.postgres: Postgres | None = None
        self.valkey = Valkey(folder / "valkey")
        self.gemini = GeminiServer()
        self.gateways: list[Process] = []
        self.workers: list[Process] = []
        self.clients: list[ChatClient] = []
        self._counts = (gateways, workers)
        self._env = dict(env or {})
        self._gateway_env = dict(gateway_env or {})
        self._worker_env = dict(worker_env or {})
        self._gemini_url = gemini_url
        self._offline = OfflineModel(folder / "offline-model.log", cwd=ROOT) if offline else None
        self._launcher = tuple(launcher)
        self._cleanup = AsyncExitStack()

    @property
    def url(self) -> str:
        """The first gateway's address."""
        return self.gateways[0].url

    async def __aenter__(self) -> "Stack":
        try:
            await self._start()
        except BaseException:
            self.show_logs()
            await self._cleanup.aclose()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error:
            self.show_logs()
        for client in self.clients:
            await client.cut()
        await self._cleanup.aclose()

    async def add_gateway(self, **env: str) -> Process:
        """Start one more gateway with more environment."""
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        environment = {"GATEWAY_PORT": str(port), **self._gateway_env, **env}
        process = self._process("gateway", len(self.gateways), environment, url)
        self.gateways.append(process)
        await process.start()
        return process

    async def add_worker(self, **env: str) -> Process:
        """Start one more worker with more environment."""
        model = {"GOOGLE_API_KEY": "", **self._offline.worker_environment} if self._offline else {}
        process = self._process("agent_worker", len(self.workers), {**model, **self._worker_env, **env})
        self.workers.append(process)
        await process.start()
        return process

    async def full(
        self,
        user: str = "alice",
        session_id: str | None = None,
        *,
        gateway: int = 0,
        resume: Frame | None = None,
    ) -> ChatClient:
        """A client of the full level, connected."""
        url = self.gateways[gateway].url
        return self._keep(await ChatClient.full(url, session_id, token=token(user), resume=resume))

    async def seed(
        self, user: str = "alice", session_id: str | None = None, *, gateway: int = 0, **options: Any
    ) -> ChatClient:
        """A client of the seed level, connected; `options` as of `ChatClient.seed`."""
        url = self.gateways[gateway].url
        return self._keep(await ChatClient.seed(url, session_id, token=token(user), **options))

    def redis(self) -> "redis.Redis":
        """A Redis connection that is closed with the stack."""
        client: redis.Redis = redis.from_url(self.redis_url, decode_responses=True)
        self._cleanup.push_async_callback(client.aclose)
        return client

    async def fetch(self, query: str, *args: object) -> "list[asyncpg.Record]":
        """Rows from the database, over a connection of their own."""
        connection = await asyncpg.connect(self.database_url)
        try:
            return await connection.fetch(query, *args)
        finally:
            await connection.close()

    def show_logs(self, lines: int = 25) -> None:
        """Print the end of every process's log."""
        for log in sorted(self.folder.rglob("*.log")):
            tail = "\n".join(log.read_text("utf-8", "replace").splitlines()[-lines:])
            print(f"--- {log.name}\n{tail}")

    async def _start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if not self.database_url:
            self.postgres = Postgres(self.folder / "postgres", settings=FAST)
            self._cleanup.push_async_callback(self.postgres.kill)
            self.database_url = await self.postgres.start()
            await migrate(self.database_url)
        self._cleanup.push_async_callback(self.valkey.kill)
        self.redis_url = await self.valkey.start()
        if self._gemini_url is None:
            await self._cleanup.enter_async_context(self.gemini)
        if self._offline:
            self._cleanup.push_async_callback(self._offline.service.kill)
            await self._offline.service.start()
        gateways, workers = self._counts
        async with asyncio.TaskGroup() as starting:
            for _ in range(gateways):
                starting.create_task(self.add_gateway())
            for _ in range(workers):
                starting.create_task(self.add_worker())

    def _process(self, package: str, number: int, env: Mapping[str, str], url: str = "") -> Process:
        name = f"{package}-{number}"
        process = Process(
            name,
            [sys.executable, *self._launcher, package],
            log=self.folder / f"{name}.log",
            cwd=ROOT,
            url=url,
            env={
                **{key: os.environ[key] for key in INHERITED if key in os.environ},
                "DATABASE_URL": self.database_url,
                "REDIS_URL": self.redis_url,
                "JWT_SECRET": SECRET,
                "GOOGLE_API_KEY": "test",
                "GEMINI_BASE_URL": self._gemini_url or self.gemini.url,
                **self._env,
                **env,
            },
        )
        self._cleanup.push_async_callback(process.kill)
        return process

    def _keep(self, client: ChatClient) -> ChatClient:
        self.clients.append(client)
        return client
