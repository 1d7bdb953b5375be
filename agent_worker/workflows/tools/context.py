"""What every tool is given: the statements, the companies, today; and how it checks what it was asked with."""

import datetime as dt
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from agent_worker.analysis.companies import CompanyFinder
from agent_worker.analysis.naming.index import spoken_name, symbol_key
from agent_worker.workflows.tools.analyses import Analyses, Stored
from agent_worker.workflows.tools.result import WrongArguments
from shared.figure_words import day
from shared.spans import FORGIVEN

NEAREST_MAX = 3
LONGEST = 6


class ToolContext(NamedTuple):
    """Given to a tool for one call."""

    analyses: Analyses
    finder: CompanyFinder
    today: dt.date

    def ticker(self, asked: str) -> str:
        """The company's symbol as the data has it. Raises `WrongArguments` with the nearest ones."""
        companies = self.finder.index.companies
        if asked in companies:
            return asked
        known = self.finder.index.symbols.get(symbol_key(asked))
        if known is not None and known.ticker and asked.strip():
            return known.ticker
        found = self.finder.find(asked)
        near = [company.ticker for company in found.named]
        if not near and 1 < len(asked) <= LONGEST:
            near = [each[0] for each in process.extract(asked.upper(), list(companies), scorer=OSA.distance,
                                                        score_cutoff=1, limit=NEAREST_MAX)]  # fmt: skip
        allowed = near[:NEAREST_MAX] or [f"the symbols of {len(companies)} companies, for example KO"]
        raise WrongArguments(f'no company in the data has the symbol "{asked[:40]}"', allowed)

    def name(self, ticker: str) -> str:
        """The company's name."""
        return self.finder.index.companies[ticker].name

    def spoken(self, ticker: str) -> str:
        """The company's name as one says it."""
        return spoken_name(self.name(ticker))

    def past(self, date: dt.date | None, first: dt.date, last: dt.date, name: str) -> None:
        """Raises `WrongArguments` for a date before `first`, the first data, or after today."""
        if date is None:
            return
        allowed = [f"{first} to {last}"]
        if date > self.today:
            raise WrongArguments(f"{name} {date} is in the future; the newest data is of {last}", allowed)
        if date < first:
            raise WrongArguments(f"{name} {date} is before the first data, which is of {first}", allowed)

    def since(self, date: dt.date | None, first: dt.date, last: dt.date) -> None:
        """The same for the beginning of a span, which may lie some time before the first data."""
        if date is not None:
            self.past(date, first if date < first - FORGIVEN else min(first, date), last, "from")

    async def analysed(self, asked: str, until: dt.date | None = None, count: int = 1) -> list[Stored]:
        """The last analyses of a company, newest first, at least one. Raises `WrongArguments`."""
        ticker = self.ticker(asked)
        found = await self.analyses.newest(ticker, until, count)
        if not found:
            raise await self.no_analysis(ticker)
        return found

    async def no_analysis(self, ticker: str) -> WrongArguments:
        """What to say of a company without an analysis."""
        row = await self.analyses.company(ticker)
        why = f": {row['not_rated']}" if row and row["not_rated"] else ""
        return WrongArguments(f"there is no analysis of {self.name(ticker)} ({ticker}){why}")


def span(first: dt.date | None, last: dt.date | None) -> None:
    """Raises `WrongArguments` for a span that ends before it begins."""
    if first is not None and last is not None and first > last:
        raise WrongArguments(f"from {first} is after to {last}", ["from earlier than to"])


def looking_up(name: str, date: dt.date | None) -> str:
    """ "Looking up PepsiCo, 22 Aug"."""
    name = spoken_name(name)
    return f"Looking up {name}, {day(date)}" if date else f"Looking up {name}"
