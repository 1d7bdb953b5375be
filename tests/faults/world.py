"""One case's world: the real processes, faults between them, tabs before them, and a record of what happened."""

import asyncio
import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import httpx

from shared.frames.turn_requests import TurnRequest
from shared.redis_keys import RedisKeys
from tests.faults.proxy import FaultProxy
from tests.faults.tab import Tab
from tests.support.stack import Process, Stack

LEASE = float(os.environ.get("LEASE", "2"))
RECOVERY = 2 * LEASE + 4
"""Seconds within which a turn goes on after the process that ran it is gone."""
PATIENT = {
    "TURN_LEASE_SECONDS": f"{LEASE:g}",
    "MODEL_FIRST_TOKEN_TIMEOUT": "60",
    "MODEL_IDLE_TIMEOUT": "60",
    "MESSAGE_RATE": "100000",
    "LOG_FORMAT": "json",
}


class NotHeldError(AssertionError):
    """Something that was promised was not seen."""


class World:
    """See the module. `proxied` names what gets a fault proxy: "gateway-redis", "worker-postgres" and so on;
    it is then in `proxies`, one per process, in the order in which they were started."""

    def __init__(self, folder: Path, database_url: str | None, *, mutant: str | None = None) -> None:
        launcher = ("-m", "tests.faults.mutant", mutant, "--") if mutant else ("-m",)
        self.mutant = mutant
        self.stack = Stack(
            folder, database_url=database_url, gateways=0, workers=0, env=PATIENT, launcher=launcher
        )
        self.gemini = self.stack.gemini
        self.tabs: list[Tab] = []
        self.story: list[tuple[str, str]] = []
        self.figures: dict[str, float] = {}
        self.proxies: dict[str, list[FaultProxy]] = {}
        self.may_be_doubled = False
        self._proxied: frozenset[str] = frozenset()
        self._began = time.monotonic()

    @property
    def gateways(self) -> list[Process]:
        return self.stack.gateways

    @property
    def workers(self) -> list[Process]:
        return self.stack.workers

    async def populate(
        self,
        *,
        gateways: int = 1,
        workers: int = 1,
        proxied: Sequence[str] = (),
        gateway_env: Mapping[str, str] | None = None,
        worker_env: Mapping[str, str] | None = None,
    ) -> None:
        """Start the processes."""
        self._proxied = frozenset(proxied)
        async with asyncio.TaskGroup() as starting:
            for _ in range(gateways):
                starting.create_task(self.add_gateway(**(gateway_env or {})))
            for _ in range(workers):
                starting.create_task(self.add_worker(**(worker_env or {})))

    async def add_gateway(self, **env: str) -> Process:
        return await self.stack.add_gateway(**await self._ways("gateway"), **env)

    async def add_worker(self, **env: str) -> Process:
        return await self.stack.add_worker(**await self._ways("worker"), **env)

    async def _ways(self, kind: str) -> dict[str, str]:
        ways = {}
        for server, name, url in (
            ("redis", "REDIS_URL", self.stack.redis_url),
            ("postgres", "DATABASE_URL", self.stack.database_url),
        ):
            if f"{kind}-{server}" in self._proxied:
                proxy = await FaultProxy.start(url)
                self.proxies.setdefault(f"{kind}-{server}", []).append(proxy)
                ways[name] = proxy.url_of(url)
        return ways

    # What is done and seen

    def injected(self, what: str) -> None:
        """Note a fault."""
        self.story.append(("injected", f"{time.monotonic() - self._began:6.2f} s  {what}"))

    def saw(self, what: str) -> None:
        """Note an observation."""
        self.story.append(("saw", f"{time.monotonic() - self._began:6.2f} s  {what}"))

    def expect(self, held: bool, what: str, got: object = "") -> None:
        """Note an observation that must hold."""
        if not held:
            raise NotHeldError(f"expected {what}" + (f"; got {got!r:.2000}" if got != "" else ""))
        self.saw(what + (f" ({got!r:.80})" if got != "" else ""))

    async def tab(self, *, user: str = "alice", session_id: str | None = None, gateway: int = 0) -> Tab:
        """A tab, connected. It knows all gateways, and asks `gateway` first."""
        tab = await self.tab_soon(user=user, session_id=session_id, gateway=gateway)
        await tab.until(lambda: tab.connected, 15, "connected")
        return tab

    async def tab_soon(self, *, user: str = "alice", session_id: str | None = None, gateway: int = 0) -> Tab:
        """A tab that begins to connect."""
        resends = self.mutant != "client-resend"
        tab = Tab(self.addresses, user=user, session_id=session_id, resends=resends)
        self.tabs.append(tab)
        tab.open(gateway=gateway)
        return tab

    def addresses(self) -> list[str]:
        """Where gateways listen, or will listen again."""
        return [gateway.url for gateway in self.gateways]

    async def kill_worker(self, number: int) -> None:
        self.injected(f"kill -9 of worker {number}")
        await self.workers[number].kill()

    async def kill_gateway(self, number: int) -> None:
        self.injected(f"kill -9 of gateway {number}")
        await self.gateways[number].kill()

    def logged(self, process: Process, words: str) -> bool:
        """Whether a process has logged these words since it was started."""
        return words in process.child.output()

    async def metric(self, gateway: int, name: str) -> float:
        """A figure of a gateway's `/metrics`."""
        async with httpx.AsyncClient(trust_env=False) as http:
            text = (await http.get(f"{self.gateways[gateway].url}/metrics")).text
        [value] = [line.split()[-1] for line in text.splitlines() if line.split(" ")[0].split("{")[0] == name]
        return float(value)

    # Postgres and Redis, seen from outside

    async def wake(self, tab: Tab, turn_id: str) -> None:
        """One more entry on the request stream."""
        request = TurnRequest(tab.user, UUID(tab.session_id), UUID(turn_id), "", None)
        await self.stack.redis().xadd(RedisKeys().requests, request.to_fields())

    async def rows(self, query: str, *values: object) -> list[asyncpg.Record]:
        return await self.stack.fetch(query, *values)

    async def row_of(self, turn_id: str) -> asyncpg.Record:
        """The turn's row in `chat_turns`."""
        [row] = await self.rows("select * from chat_turns where turn_id = $1", turn_id)
        return row

    async def turn_is(self, turn_id: str, *states: str, timeout: float = 15.0) -> None:
        """Wait until Postgres says so."""
        await self.until(self._status, turn_id, wanted=states, timeout=timeout)

    async def _status(self, turn_id: str) -> str:
        rows = await self.rows("select status from chat_turns where turn_id = $1", turn_id)
        return str(rows[0]["status"]) if rows else "absent"

    async def until(
        self, look: Any, *values: object, wanted: Sequence[object], timeout: float = 15.0
    ) -> None:
        """Look again and again until `await look(*values)` is one of `wanted`: these things have no event."""
        try:
            async with asyncio.timeout(timeout):
                while (seen := await look(*values)) not in wanted:
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise TimeoutError(
                f"{look.__name__}: {seen!r} instead of {wanted!r} after {timeout:g} s"
            ) from None

    async def locked(self, rows: str, *values: object) -> "RowLock":
        """Hold the lock of some rows, as `chat_sessions where session_id = $1`."""
        return await RowLock.take(self.stack.database_url, rows, *values)

    async def close(self) -> None:
        for tab in self.tabs:
            await tab.leave()
        for proxy in (proxy for proxies in self.proxies.values() for proxy in proxies):
            await proxy.close()


class RowLock:
    """A transaction of ours that holds rows; whoever accepts, claims or finishes there waits."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    @classmethod
    async def take(cls, database_url: str, rows: str, *values: object) -> "RowLock":
        connection = await asyncpg.connect(database_url)
        await connection.execute("begin")
        await connection.fetch(f"select from {rows} for update", *values)
        return cls(connection)

    async def waited_for(self, by: int = 1) -> None:
        """Return when so many others wait for a lock."""
        query = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
        async with asyncio.timeout(15):
            while await self._connection.fetchval(query) < by:
                await asyncio.sleep(0.02)
                await self._connection.execute("select pg_stat_clear_snapshot()")

    async def release(self) -> None:
        await self._connection.execute("rollback")
        await self._connection.close()
