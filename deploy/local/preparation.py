"""What must be there before the services start: tables, sample analyses, a Redis that answers."""

import asyncio
import sys
from collections.abc import Callable
from urllib.parse import urlsplit

from redis.exceptions import RedisError

from deploy.local.private import bare_environment
from deploy.local.processes import StartError
from shared.db.database import connected
from shared.db.migrate import MigrationChangedError, migrate
from shared.db.unusable import UNUSABLE
from shared.redis_client import open_redis
from shared.settings import SettingsError


async def prepare_database(database_url: str, hint: str, say: Callable[[str], None]) -> None:
    """Migrations, and the sample analyses if there are none."""
    try:
        applied = await migrate(database_url)
        async with connected(database_url) as connection:
            empty = not await connection.fetchval("select exists (select from analysis_history)")
    except MigrationChangedError as error:
        raise StartError(str(error)) from None
    except (ValueError, *UNUSABLE) as error:
        raise StartError(
            f"PostgreSQL at {_place(database_url)} cannot be used: {_reason(error)}. {hint}"
        ) from None
    if applied:
        say(f"Database brought up to date ({len(applied)} migrations).")
    if empty:
        await import_samples(database_url, say)


async def import_samples(database_url: str, say: Callable[[str], None]) -> None:
    """In a process of its own: it takes half a minute."""
    say("Importing the sample analyses…")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "deploy.sample"),
        env={**bare_environment(), "DATABASE_URL": database_url},
        stdin=asyncio.subprocess.DEVNULL,
    )
    try:
        code = await process.wait()
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()
    if code != 0:
        raise StartError("The sample analyses could not be imported; the reason is above.")


async def check_redis(redis_url: str, hint: str) -> None:
    """`StartError` with `hint` if it does not answer."""
    try:
        async with open_redis(redis_url, name="make-run") as client:
            await client.ping()
    except (OSError, SettingsError, RedisError) as error:
        raise StartError(f"Redis at {_place(redis_url)} cannot be used: {_reason(error)}. {hint}") from None


def _place(url: str) -> str:
    """Where a URL points to, without its secrets."""
    parts = urlsplit(url)
    return (parts.hostname or "") + (f":{parts.port}" if parts.port else "") or parts.path


def _reason(error: Exception) -> str:
    text = str(error) or type(error).__name__
    return text.splitlines()[0].rstrip(".")
