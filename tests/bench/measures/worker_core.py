"""How many model chunks one core carries from the model to readers: chunks per CPU second, saturated."""

import asyncio
import time

from tests.bench.figures import middle
from tests.bench.measures.latency import SECOND, ask_all, connect_all, settled
from tests.bench.plan import Plan
from tests.bench.runs import in_turn
from tests.bench.systems import System, Systems
from tests.bench.usage import CpuMeter


async def measure(systems: Systems, plan: Plan) -> dict[str, object]:
    """Per system and part: model chunks per CPU second of that part, and of all parts together."""
    taken = await in_turn(
        "saturation", systems.all, lambda system: one_run(system, plan), repetitions=plan.flood_repetitions
    )
    return {
        name: {key: middle(run.found[key] for run in runs) for key in runs[0].found}
        for name, runs in taken.items()
    }


async def one_run(system: System, plan: Plan) -> dict[str, float]:
    """Offer `sessions * flood` chunks per second; count what arrives, and what it costs, after the ramp."""
    listeners = await connect_all(system, plan.sessions)
    chunks = int((plan.ramp + plan.flood_seconds) * plan.flood)
    endings = await ask_all(listeners, within=plan.ramp / 2, chunks=chunks, delay=1 / plan.flood)
    await asyncio.sleep(plan.ramp)
    meter, first = CpuMeter(system.parts), time.monotonic_ns()
    await asyncio.sleep(plan.flood_seconds)
    used, last = meter.used(), time.monotonic_ns()
    arrived = [now for listener in listeners for _, now in listener.heard if first <= now < last]
    if not arrived:
        raise AssertionError(f"{system.name}: nothing arrived")
    if system.persists:
        await settled(system, endings)
    for ending in endings:
        ending.cancel()
    for listener in listeners:
        listener.close()
    await asyncio.gather(*endings, return_exceptions=True)
    frames = sum(listener.frames for listener in listeners)
    heard = sum(len(listener.heard) for listener in listeners)
    per_part = {f"per_{part}_cpu_second": len(arrived) / seconds for part, seconds in used.items()}
    return {
        **per_part,
        "per_cpu_second_of_all": len(arrived) / sum(used.values()),
        "per_second": len(arrived) / ((last - first) / SECOND),
        "chunks_per_frame": heard / frames,
    }
