"""Databases cloned from a migrated template: a test gets its own in some 30 ms."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count

import asyncpg

from deploy.local.postgres import Postgres
from shared.db.migrate import migrate

FAST = {"fsync": "off", "full_page_writes": "off", "max_connections": "200"}
"""Server settings for tests: what a crash of the machine would lose does not matter."""

TEMPLATE = "template_tickertalk"


class Databases:
    """Makes and drops databases of one server."""

    def __init__(self, server: Postgres) -> None:
        self._server = server
        self._numbers = count(1)
        self._template_ready = False

    @asynccontextmanager
    async def database(self) -> AsyncIterator[str]:
        """The address of an own migrated database, dropped afterwards whoever is still connected."""
        await self._ensure_template()
        name = f"test_{next(self._numbers)}"
        await self._run(f"create database {name} template {TEMPLATE} strategy file_copy")
        try:
            yield self._server.url_of(name)
        finally:
            await self._run(f"drop database {name} with (force)")

    async def _ensure_template(self) -> None:
        if not self._template_ready:
            await self._run(f"create database {TEMPLATE}")
            await migrate(self._server.url_of(TEMPLATE))
            self._template_ready = True

    async def _run(self, statement: str) -> None:
        connection = await asyncpg.connect(self._server.url)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()
