"""How long the first word takes when everybody asks within one second, with a model that answers at once."""

import asyncio

from tests.bench.figures import MILLION, middle, percentile
from tests.bench.listener import Listener
from tests.bench.measures.latency import PATIENCE, ask_all, connect_all
from tests.bench.plan import Plan
from tests.bench.progress import interleaved
from tests.bench.systems import System, Systems

STEPS = ("ack", "ai_start", "ai_chunk")
"""Frames on the way to the first word. Until `ack` the question is committed: what the others do not do."""


async def measure(systems: Systems, plan: Plan) -> dict[str, object]:
    """Per system, milliseconds from the question: to the first chunk, and to the steps before it if told."""
    runs: dict[str, list[dict[str, list[float]]]] = {system.name: [] for system in systems.all}
    for system in interleaved(systems.all, plan.repetitions, "first token"):
        runs[system.name].append(await one_run(system, plan))
    return {
        name: {
            step: {
                "p50_ms": middle(percentile(run[step], 0.50) for run in of_system),
                "p99_ms": middle(percentile(run[step], 0.99) for run in of_system),
            }
            for step in STEPS
            if of_system[0][step]
        }
        for name, of_system in runs.items()
    }


async def one_run(system: System, plan: Plan) -> dict[str, list[float]]:
    """Milliseconds from each question to each step."""
    listeners = await connect_all(system, plan.sessions)
    endings = await ask_all(listeners, within=1.0, chunks=5, delay=0.05)
    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(*endings)
    for listener in listeners:
        listener.close()
    return {
        step: [took(listener, step) for listener in listeners if step in listener.first] for step in STEPS
    }


def took(listener: Listener, step: str) -> float:
    """Milliseconds from the question to the first frame of this kind."""
    return (listener.first[step] - listener.asked) / MILLION
