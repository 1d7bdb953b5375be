"""How late an event loop is: the measure of a process that has too much to do."""

import asyncio

from prometheus_client import Gauge

EVERY = 1.0


async def watch_loop_lag(gauge: Gauge) -> None:
    """Set `gauge` to the seconds by which a timer of one second came late, until cancelled."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + EVERY
        await asyncio.sleep(EVERY)
        gauge.set(max(0.0, loop.time() - due))
