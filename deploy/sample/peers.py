"""Whom a company is compared with: the narrowest group of its classification that is large enough."""

from collections.abc import Iterable, Mapping
from statistics import median

import msgspec

from deploy.sample.facts import Facts
from deploy.sample.figures import SECOND_SHARE_CLASSES, Company
from shared.analysis import Peers

LARGE_ENOUGH = 12
USABLE_ENOUGH = 5
LEVELS = ("sub_industry", "industry_group", "sector")

POSITIVE = frozenset(
    {
        "price_earnings",
        "price_sales",
        "price_book",
        "cap_to_ebitda",
        "ebitda_margin",
        "return_on_equity",
        "dividend_yield",
        "payout",
    }
)
"""Figures that can be compared only where they are above zero."""


class Group(msgspec.Struct, frozen=True):
    """A level of the classification, its name there, and the tickers in it (one share class each)."""

    level: str
    name: str
    members: tuple[str, ...]


def find_groups(companies: Mapping[str, Company]) -> dict[str, list[Group]]:
    """For each ticker the groups with at least `LARGE_ENOUGH` members, narrowest first; the sector always."""
    members: dict[tuple[str, str], list[str]] = {}
    for company in companies.values():
        if company.ticker not in SECOND_SHARE_CLASSES:
            for level in LEVELS:
                members.setdefault((level, getattr(company, level)), []).append(company.ticker)
    groups = {
        key: Group(*key, tuple(tickers))
        for key, tickers in members.items()
        if len(tickers) >= LARGE_ENOUGH or key[0] == "sector"
    }
    return {
        company.ticker: [
            groups[key] for level in LEVELS if (key := (level, getattr(company, level))) in groups
        ]
        for company in companies.values()
    }


class PeerFigures:
    """The medians of one day. A group includes the company itself."""

    def __init__(self, groups: Mapping[str, list[Group]], facts: Mapping[str, Facts]) -> None:
        """`facts` holds the companies that were traded on the day; the others are nobody's peers."""
        self._groups = groups
        self._facts = facts
        self._known: dict[tuple[str, str, str], Peers] = {}

    def compare(self, ticker: str, key: str) -> Peers | None:
        """The peers of `ticker` that have figure `key`: one level up while fewer than `USABLE_ENOUGH` do."""
        for group in self._groups[ticker]:
            peers = self._peers(group, key)
            if peers.n >= USABLE_ENOUGH:
                return peers
        return None

    def _peers(self, group: Group, key: str) -> Peers:
        place = (group.level, group.name, key)
        if place not in self._known:
            values = list(self._usable(group.members, key))
            self._known[place] = Peers(group.name, len(values), median(values) if values else None)
        return self._known[place]

    def _usable(self, members: Iterable[str], key: str) -> Iterable[float]:
        for ticker in members:
            facts = self._facts.get(ticker)
            value = facts[key].value if facts else None
            if value is not None and (value > 0 or key not in POSITIVE):
                yield value
