"""What tests of loading look at: rows of a database, and what a command printed."""

import os
import subprocess
import sys

import asyncpg


async def fetch(url: str, query: str, *values: object) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(url)
    try:
        rows: list[asyncpg.Record] = await connection.fetch(query, *values)
        return rows
    finally:
        await connection.close()


def run(*arguments: str, database_url: str = "", redis_url: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DATABASE_URL": database_url, "REDIS_URL": redis_url}
    return subprocess.run(
        [sys.executable, "-m", *arguments], env=environment, capture_output=True, text=True, check=False
    )
