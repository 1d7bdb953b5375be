"""How long a model chunk takes from the model to the reader's socket, at a reading pace."""

import asyncio
import random
import time

from tests.bench.figures import Heard, half_second_p99s, latencies, middle, percentile
from tests.bench.listener import Listener
from tests.bench.plan import Plan
from tests.bench.progress import interleaved
from tests.bench.systems import System, Systems, question

SECOND = 1_000_000_000
PATIENCE = 60.0


async def connect_all(system: System, count: int) -> list[Listener]:
    """`count` users, each on a socket."""
    return [await system.connect(f"user-{number}") for number in range(count)]


async def ask_all(listeners: list[Listener], *, within: float, **script: float) -> list["asyncio.Task[str]"]:
    """Ask once on every socket, at random moments `within` seconds; returns at once."""

    async def ask(listener: Listener, after: float) -> str:
        await asyncio.sleep(after)
        return await listener.ask(question(**script))

    return [asyncio.create_task(ask(listener, random.uniform(0, within))) for listener in listeners]


async def measure(systems: Systems, plan: Plan) -> dict[str, object]:
    """Per system: p50 and p99 of all chunks, and the median of half-second p99s; milliseconds."""
    heard: dict[str, list[list[Heard]]] = {system.name: [] for system in systems.all}
    for system in interleaved(systems.all, plan.repetitions, "latency"):
        heard[system.name].append(await one_run(system, plan))
    return {
        name: {
            "p50_ms": middle(percentile(latencies(run), 0.50) for run in runs),
            "p99_ms": middle(percentile(latencies(run), 0.99) for run in runs),
            "p99_half_second_median_ms": middle(p99 for run in runs for p99 in half_second_p99s(run)),
            "p50_of_each_run_ms": [percentile(latencies(run), 0.50) for run in runs],
            "chunks": sum(map(len, runs)),
        }
        for name, runs in heard.items()
    }


async def one_run(system: System, plan: Plan) -> list[Heard]:
    """All sessions at once, each answered at `plan.pace`; the chunks stamped after the ramp."""
    listeners = await connect_all(system, plan.sessions)
    length = plan.ramp + plan.latency_seconds
    begin = time.monotonic_ns()
    endings = await ask_all(
        listeners, within=plan.ramp, chunks=int((length + 0.5) * plan.pace), delay=1 / plan.pace
    )
    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(*endings)
    for listener in listeners:
        listener.close()
    first, last = begin + int(plan.ramp * SECOND), begin + int(length * SECOND)
    return [chunk for listener in listeners for chunk in listener.heard if first <= chunk[0] < last]
