"""What an authenticated socket costs that says nothing: resident bytes of the process that holds it."""

import asyncio

from tests.bench.listener import Listener
from tests.bench.plan import Plan
from tests.bench.runs import say
from tests.bench.systems import System, Systems
from tests.bench.usage import resident_bytes

AT_ONCE = 20


async def measure(systems: Systems, plan: Plan) -> dict[str, dict[str, float]]:
    """Per system: growth of the process per socket, after others were opened before."""
    found = {}
    for system in systems.all:
        say(f"idle sockets: {system.name}")
        found[system.name] = {"bytes_per_socket": await one_run(system, plan)}
    return found


async def one_run(system: System, plan: Plan) -> float:
    holder = next(iter(system.parts.values()))
    gate = asyncio.Semaphore(AT_ONCE)

    async def connect(number: int) -> Listener:
        async with gate:
            return await system.connect(f"idle-{number}")

    numbers = range(plan.idle_before + plan.idle_sockets)
    before = await asyncio.gather(*map(connect, numbers[: plan.idle_before]))
    resident = resident_bytes(holder)
    counted = await asyncio.gather(*map(connect, numbers[plan.idle_before :]))
    await asyncio.sleep(1.0)  # what is done in passing at the beginning of a socket's life is over
    grown = resident_bytes(holder) - resident
    for listener in (*before, *counted):
        listener.close()
    return grown / plan.idle_sockets
