"""What every service opens for its operators."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

import structlog
from prometheus_client import CollectorRegistry, Gauge

from shared.operations.internal_port import Ready, open_internal_port
from shared.operations.loop_lag import watch_loop_lag
from shared.settings import CommonSettings

log = structlog.get_logger(__name__)


class Figures(Protocol):
    """The metrics of a service, as far as all have them."""

    registry: CollectorRegistry
    loop_lag: Gauge


@asynccontextmanager
async def watched(settings: CommonSettings, figures: Figures, ready: Ready) -> AsyncIterator[None]:
    """The internal port, where there is to be one, and the loop's lag. Raises `SettingsError`."""
    host = settings.metrics_host
    async with open_internal_port(host, settings.metrics_port, figures.registry, ready) as port:
        if port is not None:
            log.info("metrics ready", address=f"http://{host}:{port}/metrics")
        watching = asyncio.create_task(watch_loop_lag(figures.loop_lag))
        try:
            yield
        finally:
            watching.cancel()
            await asyncio.wait([watching])
