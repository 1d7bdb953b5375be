"""How many chunks one core of the gateway relays, when workers publish as fast as they can."""

import asyncio
import json
import sys
from uuid import uuid4

from tests.bench.figures import middle
from tests.bench.measures.latency import PATIENCE
from tests.bench.plan import Plan
from tests.bench.runs import in_turn
from tests.bench.systems import Systems
from tests.bench.usage import CpuMeter
from tests.support.stack import ROOT


async def measure(systems: Systems, plan: Plan) -> dict[str, float]:
    """Chunks per CPU second of the gateway and of Valkey, and per second."""
    taken = await in_turn(
        "gateway at full speed",
        [systems.ours],
        lambda _: one_run(systems, plan),
        repetitions=plan.flood_repetitions,
    )
    [runs] = taken.values()
    return {key: middle(run.found[key] for run in runs) for key in runs[0].found}


async def one_run(systems: Systems, plan: Plan) -> dict[str, float]:
    """Every chunk in a frame of its own, one socket per session."""
    sessions = [(f"gateway-{number}", str(uuid4())) for number in range(plan.gateway_sessions)]
    listeners = [await systems.ours.connect(user, session) for user, session in sessions]
    endings = [listener.wait("ai_error") for listener in listeners]
    meter = CpuMeter(systems.ours.parts)
    publisher = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.publisher", systems.stack.redis_url, str(plan.gateway_chunks),
        json.dumps(sessions), cwd=ROOT,
    )  # fmt: skip
    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(*endings, publisher.wait())
    used = meter.used()
    heard = [chunk for listener in listeners for chunk in listener.heard]
    for listener in listeners:
        listener.close()
    if len(heard) != plan.gateway_chunks:
        raise AssertionError(f"{plan.gateway_chunks} chunks were published, {len(heard)} arrived")
    took = (max(arrived for _, arrived in heard) - min(stamped for stamped, _ in heard)) / 1e9
    return {
        "per_gateway_cpu_second": len(heard) / used["gateway"],
        "per_valkey_cpu_second": len(heard) / used["valkey"],
        "per_second": len(heard) / took,
    }
