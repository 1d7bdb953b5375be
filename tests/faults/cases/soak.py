"""Random faults under load, for as long as asked (34)."""

import asyncio
import os
import random
import statistics
import time
from collections.abc import Iterator
from typing import NamedTuple

import psutil

from tests.faults.case import case
from tests.faults.cases.troubles import Troubles, every_proxy
from tests.faults.screen import ShownTurn
from tests.faults.tab import Tab
from tests.faults.world import World

MINUTES = float(os.environ.get("MINUTES", "0.5"))
SEED = int(os.environ.get("SEED", "1"))
TABS = 30
GATEWAYS, WORKERS = 3, 4
SILENT_CONSUMER_SECONDS = 60
"""After this long a stopping worker removes the names of those that were killed."""
PATIENCE = 60.0
"""Seconds for a turn to end, under everything that happens."""

IDLE_SECONDS = 30
"""After this long the worker has closed connections to the model that it kept for the next call."""
POOLED = 64 + 10 + 3
"""Connections that pools may keep: to Redis, to Postgres, and subscribers."""


class Holdings(NamedTuple):
    """Resident memory, connections to Redis and Postgres, and other open files of a process."""

    megabytes: float
    pooled: int
    files: int


class Soak:
    """Gateway 0 and worker 0 are never killed: what they hold must be back where it began afterwards."""

    def __init__(self, world: World, seed: int) -> None:
        self._world = world
        self._whims = random.Random(seed)
        self._lost: list[str] = []
        self._troubles = Troubles(world, seed)

    async def run(self, seconds: float) -> None:
        """Faults and questions for so long, then quiet, then the figures."""
        world = self._world
        world.gemini.script("", chunks=10, size=12, delay=0.06, vary=True)
        await self._warm_up()
        began, held = time.monotonic(), self._holdings()
        tabs = [await world.tab(user=f"user-{number}", gateway=number) for number in range(TABS)]
        async with asyncio.TaskGroup() as asking:
            for tab in tabs:
                asking.create_task(self._ask(tab, began + seconds))
            await self._troubles.run(began + seconds)
        await self._troubles.end()
        self._report(tabs)
        world.expect(not self._lost, "no turn lost", self._lost)
        for tab in tabs:
            await tab.leave()
        await self._settled(held)

    async def _warm_up(self) -> None:
        """Caches and pools as they are after some use."""
        tabs = [await self._world.tab(user=f"warm-{number}", gateway=number) for number in range(TABS)]
        turns = [(tab, await tab.ask(f"Warm {number}?")) for number, tab in enumerate(tabs)]
        for tab, turn in turns:
            await tab.ended(turn)
        for tab in tabs:
            await tab.leave()
        self._world.tabs.clear()

    async def _ask(self, tab: Tab, until: float) -> None:
        number = 0
        while time.monotonic() < until:
            number += 1
            turn = await tab.ask(f"Question {number} of {tab.user}?")
            try:
                await self._perhaps_cancel(tab, turn)
                await tab.ended(turn, PATIENCE)
            except TimeoutError as error:
                rows = await self._world.rows("select * from chat_turns where turn_id = $1", turn)
                self._lost.append(f"{error}; stored: {[dict(row) for row in rows]}")
                return

    async def _perhaps_cancel(self, tab: Tab, turn: str) -> None:
        """At once, or when something of the answer is on the screen: what is shown then must be what is kept."""
        mood = self._whims.random()
        if mood < 0.03:
            await tab.cancel(turn)
        elif mood < 0.15:
            shown = tab.screen.turn(turn)
            await tab.until(lambda: bool(shown.text) or shown.ending is not None, PATIENCE, "a first word")
            await tab.cancel(turn)

    # Figures

    def _holdings(self) -> dict[str, Holdings]:
        """What those hold that live through it all."""
        servers = {proxy.port for proxy in every_proxy(self._world)}
        found = {}
        for process in (self._world.gateways[0], self._world.workers[0]):
            seen = psutil.Process(process.child.pid)
            pooled = sum(
                bool(link.raddr) and link.raddr.port in servers for link in seen.net_connections("tcp")
            )
            megabytes = seen.memory_info().rss / 1e6
            found[process.child.name] = Holdings(megabytes, pooled, seen.num_fds() - pooled)
        return found

    def _report(self, tabs: list[Tab]) -> None:
        world = self._world
        turns = [turn for tab in tabs for turn in tab.turns.values()]
        recoveries = [seconds for turn in turns for seconds in self._recoveries(turn)]
        world.figures |= {
            "turns": len(turns),
            "kills": len(self._troubles.kills),
            "turns_lost": sum(turn.ending is None for turn in turns),
            "turns_failed": sum(turn.ending is not None and turn.outcome != "ai_complete" for turn in turns),
            "turns_cancelled": sum(_cancelled(turn) for turn in turns),
            "turns_cancelled_with_text": sum(_cancelled(turn) and bool(turn.text) for turn in turns),
            "turns_with_a_second_attempt": sum(turn.attempt > 1 for turn in turns),
            "answers_doubled": sum("ended twice" in wrong for tab in tabs for wrong in tab.screen.wrong),
            "frames_lost_or_doubled": sum("has seq" in wrong for tab in tabs for wrong in tab.screen.wrong),
            "frames": sum(tab.screen.frames for tab in tabs),
            "reconnections": sum(tab.connections - 1 for tab in tabs),
            "model_calls_per_turn": world.gemini.calls("Question") / max(1, len(turns)),
        }
        if recoveries:
            world.figures |= {
                "recovery_median_seconds": statistics.median(recoveries),
                "recovery_worst_seconds": max(recoveries),
            }

    def _recoveries(self, turn: ShownTurn) -> Iterator[float]:
        """Seconds from the kill of a worker between two attempts to the second one's first word."""
        killed = [at for at, name in self._troubles.kills if name.startswith("agent_worker")]
        for attempt, began in turn.began.items():
            if before := turn.spoke.get(attempt - 1):
                yield from (began - at for at in killed if before < at < began)

    async def _as_before(self, before: dict[str, Holdings]) -> bool:
        return all(
            now.megabytes < before[name].megabytes + 40
            and now.pooled <= POOLED
            and now.files <= before[name].files + 10
            for name, now in self._holdings().items()
        )

    async def _settled(self, before: dict[str, Holdings]) -> None:
        world = self._world

        async def channels() -> float:
            return await world.metric(0, "tickertalk_gateway_channels") + await world.metric(
                0, "tickertalk_gateway_sockets"
            )

        await world.until(channels, wanted=(0.0,))
        world.saw("no socket, no channel left at the gateway that lived through it all")
        for process in (world.gateways[0], world.workers[0]):
            world.expect(process.child.running, f"{process.child.name} lives")
        await world.until(self._as_before, before, wanted=(True,), timeout=IDLE_SECONDS)
        for name, now in self._holdings().items():
            world.figures[f"{name} grown_megabytes"] = now.megabytes - before[name].megabytes
            world.saw(f"{name} holds about what it held: {before[name]}, {now}")
        if MINUTES >= 1:
            await asyncio.sleep(SILENT_CONSUMER_SECONDS + 1)
            for worker in world.workers:
                await worker.stop()
            left = await world.stack.redis().xinfo_consumers("chat:{0}:requests", "agents")
            world.expect(left == [], "no consumer left in the group", left)


def _cancelled(turn: ShownTurn) -> bool:
    return (turn.ending or {}).get("finish_reason") == "cancelled"


@case(
    34,
    f"random faults for {MINUTES:g} min, seed {SEED}",
    timeout=60 * MINUTES + 300,
    own_postgres=True,
    gateways=GATEWAYS,
    workers=WORKERS,
    proxied=("gateway-redis", "gateway-postgres", "worker-redis", "worker-postgres"),
)
async def soak(world: World) -> None:
    await Soak(world, SEED).run(60 * MINUTES)
