"""`python -m gateway`: one gateway process."""

import os
import sys

import asyncpg
import uvloop
from redis.exceptions import RedisError

from gateway.settings import GatewaySettings
from shared.logs import configure_logs
from shared.redis_client import why_unusable
from shared.settings import SettingsError, read_settings

MAX_REQUEST_LINE = 1024 * 1024
"""A token far too long must be refused with 4401; by itself websockets stops at 8 KiB, and the socket hangs."""


def main() -> None:
    """Read the settings, serve; every way not to start is one clear line and exit code 2."""
    try:
        settings = read_settings(GatewaySettings, os.environ)
        configure_logs(
            "gateway", level=settings.log_level, log_format=settings.log_format, secrets=settings.secrets
        )
        # websockets reads its limit when it is imported; so the server is imported only now.
        os.environ["WEBSOCKETS_MAX_LINE_LENGTH"] = str(MAX_REQUEST_LINE)
        from gateway.app import serve

        uvloop.run(serve(settings))
    except SettingsError as error:
        sys.exit(_stopped(str(error)))
    except RedisError as error:
        sys.exit(_stopped(f"Redis at REDIS_URL {why_unusable(error)}"))
    except (OSError, asyncpg.PostgresError) as error:
        sys.exit(
            _stopped(f"Postgres at DATABASE_URL cannot be used ({type(error).__name__}). Is it running?")
        )


def _stopped(line: str) -> int:
    sys.stderr.write(f"gateway: {line}\n")
    return 2


if __name__ == "__main__":
    main()
