"""What is true: the sample's raw figures and what the rule makes of them, read in-process, without any database."""

import datetime as dt
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from deploy.sample.analyses import Made, by_ticker, make_analyses
from deploy.sample.figures import SECOND_SHARE_CLASSES, Company, Figures, read_figures
from deploy.sample.peers import POSITIVE
from shared.analysis import Analysis, Metric, RationaleItem
from tests.eval.names import EVERYDAY, short_name

GROUP_LEVELS = ("sub_industry", "industry_group", "sector")


@dataclass(frozen=True, eq=False)
class Market:
    """All companies; their analyses newest first; their prices in shares of the last snapshot."""

    figures: Figures
    made: Made

    @cached_property
    def companies(self) -> Mapping[str, Company]:
        return self.figures.companies

    @cached_property
    def analyses(self) -> Mapping[str, Sequence[Analysis]]:
        return {ticker: found[::-1] for ticker, found in by_ticker(self.made.analyses).items()}

    @cached_property
    def prices(self) -> Mapping[str, Mapping[dt.date, float]]:
        found: dict[str, dict[dt.date, float]] = {}
        for ticker, day, price in self.made.prices:
            found.setdefault(ticker, {})[day] = price
        return found

    @cached_property
    def newest(self) -> dt.date:
        """The date of the newest analyses."""
        return max(analysis.as_of for analysis in self.made.analyses)

    @cached_property
    def rated(self) -> Sequence[str]:
        """The companies that have an analysis of the newest date."""
        return sorted(t for t, found in self.analyses.items() if found[0].as_of == self.newest)

    @cached_property
    def steady(self) -> Sequence[str]:
        """Those of them that have one of every date, no split, and no second class of shares beside."""
        full = max(len(found) for found in self.analyses.values())
        twins = set(_repeated(short_name(c.name) for c in self.companies.values()))
        return [
            ticker for ticker in self.rated
            if len(self.analyses[ticker]) == full
            and not self.split_note(ticker)
            and short_name(self.companies[ticker].name) not in twins
        ]  # fmt: skip

    @cached_property
    def split(self) -> Sequence[str]:
        """The companies whose shares were split within the data."""
        return [ticker for ticker in self.rated if self.split_note(ticker)]

    def split_note(self, ticker: str) -> str:
        """What the analysis says of a split; empty where there was none."""
        note = self.metric(ticker, "price").note or ""
        return note if "split" in note else ""

    def analysis(self, ticker: str, back: int = 0) -> Analysis:
        """The newest analysis, or the one so many before it."""
        return self.analyses[ticker][back]

    def on(self, ticker: str, day: dt.date) -> Analysis:
        """The analysis of a date. `KeyError` where there is none."""
        for analysis in self.analyses[ticker]:
            if analysis.as_of == day:
                return analysis
        raise KeyError(day)

    def metric(self, ticker: str, key: str, back: int = 0) -> Metric:
        return next(metric for metric in self.analysis(ticker, back).metrics if metric.key == key)

    def value(self, ticker: str, key: str, back: int = 0) -> float | None:
        if key == "score":
            return self.analysis(ticker, back).score
        return self.metric(ticker, key, back).value

    def known(self, ticker: str, key: str, back: int = 0) -> float:
        """A figure that is there. `LookupError` where it is not."""
        value = self.value(ticker, key, back)
        if value is None:
            raise LookupError(key)
        return value

    def item(self, ticker: str, key: str) -> RationaleItem:
        """A reason for the newest score. `LookupError` where it is not among the reasons."""
        for item in self.analysis(ticker).rationale:
            if item.key == key:
                return item
        raise LookupError(key)

    def peers(self, ticker: str, key: str) -> list[tuple[str, float]]:
        """The companies that `ticker` is compared with in this figure, itself among them, highest first."""
        group = self.metric(ticker, key).peers
        if group is None:
            raise LookupError(key)
        found = [
            (other, value) for other in self.rated
            if other not in SECOND_SHARE_CLASSES
            and group.group in (getattr(self.companies[other], level) for level in GROUP_LEVELS)
            and (value := self.value(other, key)) is not None
            and (value > 0 or key not in POSITIVE)
        ]  # fmt: skip
        if len(found) != group.n:
            raise LookupError(f"{group.group}: {len(found)} found, {group.n} said")
        return sorted(found, key=lambda each: -each[1])

    def say(self, ticker: str, chance: random.Random) -> str:
        """The company as a person calls it: by its name, its short name, its symbol."""
        name = self.name(ticker)
        ways: list[str] = [name, name, *EVERYDAY.get(ticker, ())]
        if len(ticker) > 2:
            ways.append(ticker)
        return chance.choice(ways)

    def name(self, ticker: str) -> str:
        """The company's short name."""
        return short_name(self.companies[ticker].name)


def _repeated(names: Iterator[str]) -> set[str]:
    seen: set[str] = set()
    return {name for name in names if name in seen or seen.add(name)}  # type: ignore[func-returns-value]


@cache
def market() -> Market:
    """The project's own sample; some seconds, once."""
    figures = read_figures()
    return Market(figures, make_analyses(figures))
