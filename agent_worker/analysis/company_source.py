"""Reads who the companies are from Postgres, and keeps the finder that was built of them."""

import asyncio
import datetime as dt
import time
from typing import NamedTuple

import structlog

from agent_worker.analysis.companies import CompanyFinder
from agent_worker.analysis.naming.data import common_words, everyday_names, outsiders
from agent_worker.analysis.naming.index import CompanyIndex, Listed
from agent_worker.analysis.naming.words import plain
from agent_worker.grounding.names import NOBODY, CompanyNames
from shared.db.database import UNAVAILABLE, Database

log = structlog.get_logger(__name__)

REFRESH_SECONDS = 60.0
"""How old what is known may grow before it is read again."""

_COMPANIES = """
    select ticker, name, sector, industry_group, sub_industry from companies
    union all
    select distinct ticker, ticker, null, null, null from analysis_history h
     where not exists (select from companies where companies.ticker = h.ticker)
     order by ticker
"""
_NEWEST = "select max(as_of) from analysis_history"


class Known(NamedTuple):
    """What was read: companies by ticker, their groups, the date of the newest analysis."""

    companies: tuple[Listed, ...]
    groups: frozenset[str]
    newest: dt.date | None
    sectors: frozenset[str]


class CompanySource:
    """Hands out a finder; reads the table again now and then, beside what is asked meanwhile."""

    def __init__(self, database: Database, *, refresh_seconds: float = REFRESH_SECONDS) -> None:
        self._database = database
        self._refresh_seconds = refresh_seconds
        self._known: Known | None = None
        self._finder: CompanyFinder | None = None
        self.names = NOBODY
        """The companies by name, as whoever checks figures needs them."""
        self._read_at = float("-inf")
        self._outdated = False
        self._reading: asyncio.Task[None] | None = None

    async def finder(self) -> CompanyFinder:
        """The finder of the companies there are, at most a minute old and a question more.

        The first call waits for Postgres and raises one of `UNAVAILABLE`; later ones do neither.
        """
        if self._finder is None:
            return await self.refresh()
        if time.monotonic() - self._read_at > self._refresh_seconds:
            self._read_beside()
        return self._finder

    def refresh_soon(self) -> None:
        """Companies or analyses changed: read them beside what is asked meanwhile, and after a reading that began
        before. While Postgres is away the next question does it."""
        self._outdated = True
        self._read_beside()

    async def refresh(self) -> CompanyFinder:
        """Read the companies now. Raises one of `UNAVAILABLE`. The index is built only if there is a difference."""
        async with self._database.connection() as connection:
            rows = await connection.fetch(_COMPANIES)
            newest = await connection.fetchval(_NEWEST)
        columns = ("sector", "industry_group", "sub_industry")
        known = Known(
            tuple(Listed(row["ticker"], row["name"]) for row in rows),
            frozenset(row[column] for row in rows for column in columns if row[column]),
            newest,
            frozenset(row["sector"] for row in rows if row["sector"]),
        )
        finder = self._finder
        if finder is None or known != self._known:
            built = await asyncio.to_thread(_build, known)
            self._finder = finder = built[0]
            self.names, self._known = built[1], known
        self._read_at = time.monotonic()
        return finder

    async def close(self) -> None:
        """Wait for what is being read."""
        if self._reading is not None:
            await self._reading

    def _read_beside(self) -> None:
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._refresh_beside())

    async def _refresh_beside(self) -> None:
        try:
            while True:
                self._outdated = False
                await self.refresh()
                if not self._outdated:
                    return
        except UNAVAILABLE:
            self._read_at = float("-inf")
            log.warning("companies not read again; the old list stands")


def _build(known: Known) -> tuple[CompanyFinder, CompanyNames]:
    finder = CompanyFinder(CompanyIndex(known.companies), known.groups, known.newest, known.sectors)
    words = common_words()
    outside = (
        name for names in outsiders() for name in names if len(name) > 2 and not words.hold(plain(name))
    )
    return finder, CompanyNames(
        ((each.ticker, each.name) for each in known.companies), everyday_names(), outside
    )
