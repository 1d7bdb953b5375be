"""`make bench`: this system beside a one-process version and a bare pipe. See README, Speed. `QUICK=1` is shorter."""

import gc
import json
import os
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil
import uvloop

from tests.bench.load import OtherLoad
from tests.bench.measures import first_token, gateway_core, idle_sockets, latency, long_session, worker_core
from tests.bench.plan import FULL, QUICK, Plan
from tests.bench.report import print_table, remarks, verdicts
from tests.bench.runs import say
from tests.bench.systems import Systems, running_systems
from tests.support.stack import ROOT

MEASURES = {
    "latency": latency,
    "first_token": first_token,
    "worker_core": worker_core,
    "gateway_core": gateway_core,
    "long_session": long_session,
}
RESULT = ROOT / ".data" / "bench.json"


async def bench(plan: Plan) -> dict[str, Any]:
    """Start everything, measure everything; the figures by measure."""
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
        say("starting PostgreSQL, Valkey, the scripted model and the three systems")
        async with running_systems(Path(folder)) as systems:
            others = OtherLoad()
            # First of all: later, sockets would live in memory that busier times left behind.
            found: dict[str, Any] = {"idle_sockets": await idle_sockets.measure(systems, plan)}
            say("warming up")
            await warm_up(systems, plan)
            for name, measure in MEASURES.items():
                found[name] = await measure.measure(systems, plan)
                gc.collect()
            return {**found, "machine": {"cores": psutil.cpu_count(), "others_share": others.share()}}


async def warm_up(systems: Systems, plan: Plan) -> None:
    """Everything once: imports, pools, caches, the first connections."""
    short = plan._replace(ramp=0.5, latency_seconds=1.0)
    for system in systems.all:
        await latency.one_run(system, short)


def main() -> None:
    """Run, print, write. A missed target is said, and is no failure."""
    quick = os.environ.get("QUICK", "") not in ("", "0")
    gc.disable()  # the load's own pauses must not pass for the systems'
    began = time.time()
    measures = uvloop.run(bench(QUICK if quick else FULL))
    print_table(measures, remarks(measures))
    targets = [{**verdict._asdict(), "met": verdict.met} for verdict in verdicts(measures)]
    result = {
        "quick": quick,
        "began": began,
        "took_seconds": time.time() - began,
        "targets": targets,
        **measures,
    }
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=2) + "\n")
    print(f"Written to {RESULT.relative_to(ROOT)}; {result['took_seconds']:.0f} s in all.")


if __name__ == "__main__":
    main()
