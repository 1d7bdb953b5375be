"""`python -m agent_worker`: one worker process."""

import os
import sys

import asyncpg
import uvloop
from redis.exceptions import RedisError

from agent_worker.app import run
from agent_worker.settings import WorkerSettings
from shared.logs import configure_logs
from shared.redis_client import why_unusable
from shared.settings import SettingsError, read_settings


def main() -> None:
    """Read the settings, serve; every way not to start is one clear line and exit code 2."""
    try:
        settings = read_settings(WorkerSettings, os.environ)
        configure_logs(
            "worker", level=settings.log_level, log_format=settings.log_format, secrets=settings.secrets
        )
        uvloop.run(run(settings))
    except SettingsError as error:
        sys.exit(_stopped(str(error)))
    except RedisError as error:
        sys.exit(_stopped(f"Redis at REDIS_URL {why_unusable(error)}"))
    except (OSError, asyncpg.PostgresError) as error:
        sys.exit(
            _stopped(f"Postgres at DATABASE_URL cannot be used ({type(error).__name__}). Is it running?")
        )


def _stopped(line: str) -> int:
    sys.stderr.write(f"agent_worker: {line}\n")
    return 2


if __name__ == "__main__":
    main()
