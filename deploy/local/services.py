"""One process of the product: `python -m gateway`, `python -m agent_worker`, or the offline model beside them."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from deploy.local.processes import POLL, Child, Record

START_TIMEOUT = 30.0
QUIET_START = 5.0
"""Seconds after which a worker whose log level hides its ready line counts as ready if it still runs."""

DIRECT = build_opener(ProxyHandler({}))
"""Opens URLs without the proxy that the environment may name: these are on this machine."""


class Service:
    """A gateway when it has a `url`; otherwise what prints `ready_line` when it is ready, as a worker does."""

    def __init__(
        self,
        name: str,
        argv: Sequence[str | Path],
        *,
        env: Mapping[str, str],
        log: Path,
        cwd: Path | None = None,
        url: str = "",
        grace: float = 40.0,
        record: Record | None = None,
        quiet: bool = False,
        ready_line: str = "worker ready",
    ) -> None:
        self.url = url
        self._ready_line = ready_line
        self._record = record
        self._quiet = quiet
        self.grace = grace
        """Seconds between SIGTERM and SIGKILL when it is stopped."""
        self.child = Child(name, argv, env=env, log=log, cwd=cwd)

    async def start(self) -> None:
        """Start it (again) and wait until it says that it is ready."""
        self.child.spawn()
        if self._record:
            self._record.write(self.child.pid)
        await self.ready()

    async def ready(self, timeout: float = START_TIMEOUT) -> None:
        """Wait for `GET /readyz` of a gateway, for the line of another that says so."""
        if self.url:
            await self._gateway_ready(timeout)
        elif self._quiet:
            await self._lasts(QUIET_START)
        else:
            await self.child.wait_for_output(self._ready_line, timeout)

    async def stop(self) -> None:
        """SIGTERM; SIGKILL after `grace` seconds."""
        await self.child.stop(self.grace)
        if self._record:
            self._record.clear()

    async def kill(self) -> None:
        """`kill -9`."""
        await self.child.kill()

    async def _gateway_ready(self, timeout: float) -> None:
        async with asyncio.timeout(timeout):
            while not await asyncio.to_thread(_says_ready, self.url):
                if not self.child.running:
                    raise self.child.failed_start()
                await asyncio.sleep(5 * POLL)

    async def _lasts(self, seconds: float) -> None:
        try:
            await self.child.wait(seconds)
        except TimeoutError:
            return
        raise self.child.failed_start()


def _says_ready(url: str) -> bool:
    try:
        with DIRECT.open(f"{url}/readyz", timeout=2.0) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
