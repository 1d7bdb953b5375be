"""`python -m agent_worker`: one worker process."""

import os

import uvloop

from agent_worker.app import run
from agent_worker.settings import WorkerSettings
from shared.logs import configure_logs
from shared.settings import read_settings
from shared.start import starting


def main() -> None:
    """Read the settings, serve; every way not to start is one clear line and exit code 2."""
    with starting("agent_worker", os.environ):
        settings = read_settings(WorkerSettings, os.environ)
        configure_logs(
            "worker", level=settings.log_level, log_format=settings.log_format, secrets=settings.secrets
        )
        uvloop.run(run(settings))


if __name__ == "__main__":
    main()
