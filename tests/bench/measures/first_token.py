"""How long the first word takes when everybody asks within one second, with a model that answers at once."""

from tests.bench.figures import MILLION, middle, percentile
from tests.bench.listener import Listener
from tests.bench.measures.latency import ask_all, connect_all, settled
from tests.bench.plan import Plan
from tests.bench.runs import in_turn
from tests.bench.systems import System, Systems

STEPS = ("ack", "ai_start", "ai_chunk")
"""Frames on the way to the first word. Until `ack` the question is committed: what the others do not do."""


async def measure(systems: Systems, plan: Plan) -> dict[str, object]:
    """Per system, milliseconds from the question: to the first chunk, and to the steps before it if told."""
    taken = await in_turn(
        "first token",
        systems.all,
        lambda system: one_run(system, plan),
        # So many questions at random moments nearly fill two cores: how they happen to fall decides one run.
        repetitions=3 * plan.repetitions,
        retakes=2 * plan.retakes,
    )
    return {
        name: {
            step: {
                "p50_ms": middle(percentile(run.found[step], 0.50) for run in runs),
                "p99_ms": middle(percentile(run.found[step], 0.99) for run in runs),
                "p50_of_each_run_ms": [percentile(run.found[step], 0.50) for run in runs],
            }
            for step in STEPS
            if runs[0].found[step]
        }
        for name, runs in taken.items()
    }


async def one_run(system: System, plan: Plan) -> dict[str, list[float]]:
    """Milliseconds from each question to each step."""
    listeners = await connect_all(system, plan.sessions)
    endings = await ask_all(listeners, within=1.0, chunks=5, delay=0.05)
    await settled(system, endings)
    for listener in listeners:
        listener.close()
    return {
        step: [took(listener, step) for listener in listeners if step in listener.first] for step in STEPS
    }


def took(listener: Listener, step: str) -> float:
    """Milliseconds from the question to the first frame of this kind."""
    return (listener.first[step] - listener.asked) / MILLION
