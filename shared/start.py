"""Every way not to start is one clear line on stderr and exit code 2."""

import datetime as dt
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import msgspec
from redis.exceptions import RedisError

from shared.db import unusable as postgres
from shared.redis_client import why_unusable
from shared.settings import SettingsError

CANNOT_START = 2


@contextmanager
def starting(service: str, environment: Mapping[str, str]) -> Iterator[None]:
    """End the process with one line if what is inside cannot start for a reason that an operator can mend.

    LOG_FORMAT is read here by itself: it counts also where the settings could not be read.
    """
    try:
        yield
    except SettingsError as error:
        line = str(error)
    except RedisError as error:
        line = f"Redis at REDIS_URL {why_unusable(error)}"
    except postgres.UNUSABLE as error:
        line = f"Postgres at DATABASE_URL {postgres.why_unusable(error)}"
    else:
        return
    say_why(service, line, as_object=environment.get("LOG_FORMAT") == "json")
    sys.exit(CANNOT_START)


def say_why(service: str, line: str, *, as_object: bool) -> None:
    """Write the line; where logs are objects, as one of them."""
    if as_object:
        now = dt.datetime.now(dt.UTC).isoformat().replace("+00:00", "Z")
        event = {"service": service, "event": line, "level": "critical", "timestamp": now}
        sys.stderr.write(msgspec.json.encode(event).decode() + "\n")
    else:
        sys.stderr.write(f"{service}: {line}\n")
