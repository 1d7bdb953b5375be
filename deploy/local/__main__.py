"""`python -m deploy.local`, behind `make run`: the whole system on one machine, until Ctrl-C."""

import asyncio
import os
import sys
from collections.abc import Mapping
from signal import SIGHUP, SIGINT, SIGTERM

from deploy.local.data_folder import DataFolder
from deploy.local.processes import StartError
from deploy.local.settings import read_local_settings
from deploy.local.system import LocalSystem
from shared.settings import SettingsError


def main() -> None:
    """Run until a signal; every way not to start is one clear message and exit code 2."""
    try:
        asyncio.run(_run(os.environ))
    except (SettingsError, StartError) as error:
        _say(str(error))
        sys.exit(2)
    except KeyboardInterrupt:  # before the loop listens to it
        sys.exit(130)


async def _run(environment: Mapping[str, str]) -> None:
    settings = read_local_settings(environment)
    data = DataFolder()
    with data.locked():
        running = asyncio.create_task(LocalSystem(settings, data, environment, _say).run())
        for signal in (SIGINT, SIGTERM, SIGHUP):
            asyncio.get_running_loop().add_signal_handler(signal, _stop_once, running)
        try:
            await running
        except asyncio.CancelledError:
            _say(f"Stopped. The data is kept in {data.path}")


def _stop_once(running: "asyncio.Task[None]") -> None:
    if not running.cancelling():  # an impatient second Ctrl-C must not leave processes behind
        running.cancel()


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
