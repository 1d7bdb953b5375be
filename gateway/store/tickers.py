"""Which companies there are: a set in memory, read again now and then."""

import time

from shared.db.database import Database

FRESH, FRESH_AFTER_MISS = 60.0, 2.0

ALL = "select ticker from companies union select ticker from analysis_history"


class Tickers:
    """Known tickers. What a client sends is compared here and never reaches a query before it is known."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: frozenset[str] = frozenset()
        self._read_at = float("-inf")

    async def knows(self, ticker: str) -> bool:
        """Whether there is such a company. Raises one of `shared.db.database.UNAVAILABLE`."""
        age = time.monotonic() - self._read_at
        if age > (FRESH if ticker in self._known else FRESH_AFTER_MISS):
            rows = await self._database.rows(ALL)
            self._known, self._read_at = frozenset(row["ticker"] for row in rows), time.monotonic()
        return ticker in self._known

    def forget(self) -> None:
        """Companies may have come: read them again when one is next asked for."""
        self._read_at = float("-inf")
