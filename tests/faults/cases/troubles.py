"""What the soak does to the system: faults in random order, the same order for the same seed."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable

from deploy.local.processes import StartError
from tests.faults.cases.redis_outages import flush
from tests.faults.proxy import FaultProxy
from tests.faults.world import World
from tests.support.stack import Process

Fault = Callable[[], Awaitable[None]]


class Troubles:
    """Gateway 0 and worker 0 are never killed. `kills` holds when and what every `kill -9` killed."""

    def __init__(self, world: World, seed: int) -> None:
        self._world = world
        self._random = random.Random(seed)
        self.kills: list[tuple[float, str]] = []
        self._reviving: set[asyncio.Task[None]] = set()
        self._faults: list[tuple[int, Fault]] = [
            (9, self._kill_worker),
            (9, self._kill_gateway),
            (1, self._stop_worker),
            (1, self._stop_gateway),
            (2, self._pause_worker),
            (1, self._cut_tabs),
            (1, self._flush),
            (1, self._delete_stream),
            (1, self._restart_redis),
            (1, self._restart_postgres),
            (1, self._stall),
            (2, self._cut),
            (2, self._lose_reply),
            (1, self._deafen),
        ]

    async def run(self, until: float) -> None:
        """One fault after the other until then."""
        weights, faults = zip(*self._faults, strict=True)
        while time.monotonic() < until:
            [fault] = self._random.choices(faults, weights)
            await fault()
            await asyncio.sleep(self._random.uniform(0.3, 1.5))

    async def end(self) -> None:
        """Everything works again."""
        for proxy in every_proxy(self._world):
            proxy.heal()
        if self._reviving:
            await asyncio.wait(self._reviving)
        for process in (*self._world.gateways, *self._world.workers):
            process.resume()

    async def _kill_worker(self) -> None:
        await self._kill(self._random.choice(self._world.workers[1:]))

    async def _kill_gateway(self) -> None:
        await self._kill(self._random.choice(self._world.gateways[1:]))

    async def _kill(self, process: Process) -> None:
        if process.child.running and process.child.name not in {task.get_name() for task in self._reviving}:
            self._world.injected(f"kill -9 of {process.child.name}")
            self.kills.append((time.monotonic(), process.child.name))
            await process.kill()
            self._revive(process)

    def _revive(self, process: Process) -> None:
        task = asyncio.create_task(self._start_again(process), name=process.child.name)
        self._reviving.add(task)
        task.add_done_callback(self._reviving.discard)

    async def _start_again(self, process: Process) -> None:
        """As a supervisor does: a process that finds no Redis at its start ends, and is started again."""
        await process.stop()
        while True:
            try:
                await process.start()
                return
            except (StartError, TimeoutError):
                await process.kill()
                await asyncio.sleep(0.5)

    async def _stop_worker(self) -> None:
        await self._stop(self._random.choice(self._world.workers[1:]))

    async def _stop_gateway(self) -> None:
        await self._stop(self._random.choice(self._world.gateways[1:]))

    async def _stop(self, process: Process) -> None:
        if process.child.running and process.child.name not in {task.get_name() for task in self._reviving}:
            self._world.injected(f"SIGTERM of {process.child.name}")
            self._revive(process)

    async def _pause_worker(self) -> None:
        worker = self._random.choice(self._world.workers)
        self._world.injected(f"{worker.child.name} sleeps for 4 s")
        worker.pause()
        await asyncio.sleep(4)
        worker.resume()

    async def _cut_tabs(self) -> None:
        self._world.injected("every socket is cut")
        await asyncio.gather(*(tab.cut() for tab in self._world.tabs))

    async def _flush(self) -> None:
        await flush(self._world)

    async def _delete_stream(self) -> None:
        self._world.injected("DEL of the request stream")
        await self._world.stack.redis().delete("chat:{0}:requests")

    async def _restart_redis(self) -> None:
        self._world.injected("kill -9 of Valkey, and a new start after 1 s")
        await self._world.stack.valkey.kill()
        await asyncio.sleep(1)
        await self._world.stack.valkey.start()

    async def _restart_postgres(self) -> None:
        assert self._world.stack.postgres is not None
        self._world.injected("restart of Postgres")
        await self._world.stack.postgres.restart()

    async def _stall(self) -> None:
        kind, number = self._some_proxy()
        self._world.injected(f"{kind} {number} goes silent for 3 s")
        proxy = self._world.proxies[kind][number]
        proxy.stall(new=True)
        await asyncio.sleep(3)
        proxy.heal()

    async def _cut(self) -> None:
        kind, number = self._some_proxy()
        self._world.injected(f"{kind} {number} is cut")
        self._world.proxies[kind][number].cut()

    async def _lose_reply(self) -> None:
        kind, number = self._some_proxy()
        self._world.injected(f"{kind} {number} loses a reply")
        marker = b"COMMIT" if kind.endswith("postgres") else b"chat:{0}:"
        self._world.proxies[kind][number].lose_reply(marker)

    async def _deafen(self) -> None:
        self._world.injected("CLIENT KILL TYPE pubsub")
        await self._world.stack.redis().client_kill_filter(_type="pubsub")

    def _some_proxy(self) -> tuple[str, int]:
        kind = self._random.choice(sorted(self._world.proxies))
        return kind, self._random.randrange(len(self._world.proxies[kind]))


def every_proxy(world: World) -> list[FaultProxy]:
    """All fault proxies of a world."""
    return [proxy for proxies in world.proxies.values() for proxy in proxies]
