"""The web app's build, which `make run` starts beside the databases: npm takes longest when nothing is there yet."""

import asyncio
from collections.abc import Mapping

from deploy.local.processes import StartError
from deploy.local.services import Service

MAKE = "MAKE_PROGRAM"
"""The variable in which the Makefile says how it was called. Without it nothing is built: what is there is served."""


async def build_web_app(environment: Mapping[str, str]) -> None:
    """`make web`, whose lines go where ours go. `StartError` if it fails; when cancelled it is ended first."""
    make = environment.get(MAKE)
    if not make:
        return
    process = await asyncio.create_subprocess_exec(
        *(make, "--no-print-directory", "web"), env=dict(environment), stdin=asyncio.subprocess.DEVNULL
    )
    try:
        code = await process.wait()
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()
    if code != 0:
        raise StartError("The web app could not be built; the reason is above.")


class GatewayOfWebApp(Service):
    """A gateway that is started when the web app is built: it reads the files once, when it starts."""

    built: "asyncio.Future[None]"

    async def start(self) -> None:
        """Wait for the build, and start it (again). Raises what the build raised."""
        await asyncio.shield(self.built)
        await super().start()
