"""An import landed: the message on the channel of imports, and the frame that every full-level socket hears.

On the channel it is `<as_of> <tickers>`, tickers with commas, or `many`: to be read and written with `redis-cli`.
"""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Self

import msgspec

MOST_TICKERS = 600
MANY = "many"
"""No ticker is in small letters."""


class AnalysesChanged(msgspec.Struct, frozen=True, tag="analyses_changed"):
    """Newer or corrected analyses are in: the newest of their dates, and their companies (null: many)."""

    as_of: dt.date
    tickers: list[str] | None

    @classmethod
    def of(cls, changed: Iterable[tuple[str, dt.date]]) -> Self | None:
        """What to say of these analyses, each a ticker and a date; None where there are none."""
        pairs = list(changed)
        if not pairs:
            return None
        return cls(max(as_of for _, as_of in pairs), _bounded({ticker for ticker, _ in pairs}))

    def joined(self, other: "AnalysesChanged") -> "AnalysesChanged":
        """Both in one."""
        both = self.tickers is not None and other.tickers is not None
        tickers = _bounded({*(self.tickers or ()), *(other.tickers or ())}) if both else None
        return AnalysesChanged(max(self.as_of, other.as_of), tickers)

    def write(self) -> str:
        """As it is published."""
        return f"{self.as_of} {MANY if self.tickers is None else ','.join(self.tickers)}"

    @classmethod
    def read(cls, payload: bytes) -> Self:
        """Commas or spaces part the tickers. Raises `ValueError` for what is no such message."""
        day, _, named = payload.decode().strip().partition(" ")
        tickers = {ticker for ticker in re.split(r"[,\s]+", named) if ticker}
        if not tickers:
            raise ValueError("an import names its companies, or says that they are many")
        return cls(dt.date.fromisoformat(day), None if tickers == {MANY} else _bounded(tickers))


def _bounded(tickers: set[str]) -> list[str] | None:
    return sorted(tickers) if len(tickers) <= MOST_TICKERS else None
