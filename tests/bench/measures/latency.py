"""How long a model chunk takes from the model to the reader's socket, at a reading pace."""

import asyncio
import random
import time

from tests.bench.figures import Heard, half_second_p99s, latencies, middle, percentile
from tests.bench.listener import Listener
from tests.bench.plan import Plan
from tests.bench.runs import in_turn, say
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


async def settled(system: System, endings: list["asyncio.Task[str]"]) -> int:
    """Wait until every question has its ending; returns how many were left without an answer."""
    async with asyncio.timeout(PATIENCE):
        outcomes = await asyncio.gather(*endings, return_exceptions=True)
    lost = [outcome for outcome in outcomes if outcome != "ai_complete"]
    if lost:
        say(f"  {system.name}: {len(lost)} of {len(endings)} questions unanswered: {lost[0]!r}")
    if len(lost) == len(endings):
        raise AssertionError(f"{system.name} answered nothing")
    return len(lost)


async def measure(systems: Systems, plan: Plan) -> dict[str, object]:
    """Per system: p50 and p99 of all chunks, and the median of half-second p99s; milliseconds."""
    taken = await in_turn(
        "latency",
        systems.all,
        lambda system: one_run(system, plan),
        repetitions=plan.repetitions,
        retakes=plan.retakes,
    )
    return {
        name: {
            "p50_ms": middle(percentile(latencies(run.found), 0.50) for run in runs),
            "p99_ms": middle(percentile(latencies(run.found), 0.99) for run in runs),
            "p99_half_second_median_ms": middle(p99 for run in runs for p99 in half_second_p99s(run.found)),
            "p50_of_each_run_ms": [percentile(latencies(run.found), 0.50) for run in runs],
            "others_share_of_each_run": [run.others for run in runs],
            "chunks": sum(len(run.found) for run in runs),
        }
        for name, runs in taken.items()
    }


async def one_run(system: System, plan: Plan) -> list[Heard]:
    """All sessions at once, each answered at `plan.pace`; the chunks stamped after the ramp."""
    listeners = await connect_all(system, plan.sessions)
    length = plan.ramp + plan.latency_seconds
    begin = time.monotonic_ns()
    endings = await ask_all(
        listeners, within=plan.ramp, chunks=int((length + 0.5) * plan.pace), delay=1 / plan.pace
    )
    await settled(system, endings)
    for listener in listeners:
        listener.close()
    first, last = begin + int(plan.ramp * SECOND), begin + int(length * SECOND)
    return [chunk for listener in listeners for chunk in listener.heard if first <= chunk[0] < last]
