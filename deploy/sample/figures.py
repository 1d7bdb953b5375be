"""Read the figures of `figures/` as they stand. What may be believed of them is decided in `series`."""

import csv
import datetime as dt
import gzip
import io
from collections.abc import Iterator
from importlib import resources

import msgspec

SECOND_SHARE_CLASSES = frozenset({"GOOG", "FOX", "NWS"})
"""Rated like any other, but a company counts once among its peers."""


class Company(msgspec.Struct, frozen=True):
    """A company and where it stands in the Global Industry Classification Standard."""

    ticker: str
    name: str
    sub_industry: str
    industry_group: str
    sector: str


class Row(msgspec.Struct, frozen=True):
    """One company in one snapshot. ``None`` where the source had no value."""

    price: float | None = None
    price_earnings: float | None = None
    dividend_yield: float | None = None
    earnings_per_share: float | None = None
    week52_low: float | None = None
    week52_high: float | None = None
    market_cap: float | None = None
    ebitda: float | None = None
    price_sales: float | None = None
    price_book: float | None = None


class Figures(msgspec.Struct, frozen=True):
    """All snapshots: `rows[ticker]` has one row per day of `days`, in that order."""

    days: list[dt.date]
    companies: dict[str, Company]
    rows: dict[str, list[Row]]


def read_figures() -> Figures:
    """The figures that come with the project: 503 companies on 69 days."""
    groups = {line["sub_industry"]: line for line in csv.DictReader(_text("gics.csv"))}
    companies = {
        line["symbol"]: Company(
            ticker=line["symbol"],
            name=line["name"],
            sub_industry=line["sub_industry"],
            industry_group=groups[line["sub_industry"]]["industry_group"],
            sector=groups[line["sub_industry"]]["sector"],
        )
        for line in csv.DictReader(_text("companies.csv"))
    }
    found: dict[str, dict[str, Row]] = {ticker: {} for ticker in companies}
    for date, ticker, row in _daily():
        found[ticker][date] = row
    dates = sorted({date for rows in found.values() for date in rows})
    empty = Row()
    return Figures(
        days=[dt.date.fromisoformat(date) for date in dates],
        companies=companies,
        rows={ticker: [rows.get(date, empty) for date in dates] for ticker, rows in found.items()},
    )


def _daily() -> Iterator[tuple[str, str, Row]]:
    lines = csv.reader(_text("daily.csv.gz"))
    names = next(lines)
    if names != ["date", "symbol", *Row.__struct_fields__]:
        raise ValueError(f"daily.csv.gz has other columns than expected: {', '.join(names)}")
    for date, ticker, *cells in lines:
        yield date, ticker, Row(*(float(cell) if cell else None for cell in cells))


def _text(name: str) -> io.StringIO:
    data = (resources.files("deploy.sample") / "figures" / name).read_bytes()
    return io.StringIO((gzip.decompress(data) if name.endswith(".gz") else data).decode(), newline="")
