"""The ten items of the rule "points-1": what a company's figures add to the neutral 50, or take away."""

from collections.abc import Callable
from math import log2, log10

import msgspec

from deploy.sample.facts import Fact, Facts
from deploy.sample.peers import PeerFigures
from shared.analysis import Peers, Unit

NEUTRAL_CAP = 40e9
NO_EFFECT = 0.03  # a smaller change in earnings counts as none
ONE_OFF = 1.0  # a larger rise in earnings is usually a one-off
LOSS_POINTS = -10.0
UNCOVERED_DIVIDEND = -2.0  # the most a dividend may score that earnings do not pay for
REITS = "Equity REITs"  # pay out more than they earn, by design


class Scored(msgspec.Struct, frozen=True):
    """One item before it is put into words. `points` is rounded to 0.1.

    Not counted: `why_not` says it; `missing` tells a figure that ought to be there from one that cannot be.
    """

    key: str
    label: str
    unit: Unit
    points: float
    low: float
    high: float
    fact: Fact
    peers: Peers | None = None
    why_not: str | None = None
    missing: bool = False

    @property
    def counted(self) -> bool:
        """Whether its figure could be used."""
        return self.why_not is None


class Item(msgspec.Struct, frozen=True):
    """What an item is about, and how far it can go."""

    key: str
    label: str
    unit: Unit
    low: float
    high: float

    def count(self, fact: Fact, points: float, peers: Peers | None = None) -> Scored:
        """The item with `points`, cut to its range."""
        cut = round(max(self.low, min(self.high, points)), 1) + 0.0
        return Scored(self.key, self.label, self.unit, cut, self.low, self.high, fact, peers)

    def skip(self, fact: Fact, why: str, *, missing: bool, peers: Peers | None = None) -> Scored:
        """The item without points: never a zero that looks like a figure."""
        return Scored(self.key, self.label, self.unit, 0.0, self.low, self.high, fact, peers, why, missing)


def _multiple(key: str, label: str, most: float) -> tuple[Item, Callable[[float, float], float]]:
    """Half the median gives all the points, double takes as many."""
    return Item(key, label, "ratio", -most, most), lambda value, middle: -most * log2(value / middle)


def _distance(
    key: str, label: str, low: float, high: float, full: float
) -> tuple[Item, Callable[[float, float], float]]:
    """A fraction `full` above the median gives `high` points; the same slope below, down to `low`."""
    return Item(key, label, "fraction", low, high), lambda value, middle: high * (value - middle) / full


COMPARED = {
    spec[0].key: spec
    for spec in (
        _multiple("price_earnings", "P/E", 12.0),
        _multiple("price_sales", "P/S", 3.0),
        _multiple("price_book", "P/B", 3.0),
        _multiple("cap_to_ebitda", "Market cap ÷ EBITDA", 4.0),
        _distance("ebitda_margin", "EBITDA margin", -8.0, 8.0, 0.15),
        _distance("return_on_equity", "Return on equity", -8.0, 8.0, 0.08),
        _distance("dividend_yield", "Dividend yield", -4.0, 10.0, 0.02),
        _distance("return_20", "20-session return", -8.0, 8.0, 0.15),
    )
}
EARNINGS = Item("earnings_change", "Change in earnings per share", "fraction", LOSS_POINTS, 6.0)
PLACE = Item("week52_place", "Place in the 52-week range", "fraction", -6.0, 6.0)
SIZE = Item("market_cap", "Market cap", "usd", -4.0, 4.0)


def score_items(ticker: str, group: str, facts: Facts, peers: PeerFigures) -> list[Scored]:
    """All items of one company, in the order of the rule. `group` is its industry group."""

    def compared(key: str) -> Scored:
        return _compared(key, facts[key], peers.compare(ticker, key))

    profit = "return_on_equity" if facts["ebitda"].value is None else "ebitda_margin"
    dividend = compared("dividend_yield")
    if dividend.counted and group != REITS and uncovered(facts):
        dividend = msgspec.structs.replace(dividend, points=min(dividend.points, UNCOVERED_DIVIDEND))
    return [
        *(compared(key) for key in ("price_earnings", "price_sales", "price_book", "cap_to_ebitda", profit)),
        _earnings(facts),
        dividend,
        compared("return_20"),
        _place(facts["week52_place"]),
        _size(facts["market_cap"]),
    ]


def uncovered(facts: Facts) -> bool:
    """Whether earnings do not pay for the dividend: a loss, or a payout over 100 %."""
    eps, payout = facts["earnings_per_share"].value, facts["payout"].value
    return (eps is not None and eps <= 0) or (payout is not None and payout > 1)


def possible(items: list[Scored]) -> tuple[float, float]:
    """Points that could be counted, and points possible where there can be a figure (half of each range)."""
    apply = [item for item in items if item.counted or item.missing]
    return (
        sum((item.high - item.low) / 2 for item in apply if item.counted),
        sum((item.high - item.low) / 2 for item in apply),
    )


def _compared(key: str, fact: Fact, peers: Peers | None) -> Scored:
    item, points = COMPARED[key]
    if fact.value is None:
        return item.skip(fact, fact.note or "no usable figure", missing=fact.applies, peers=peers)
    if key == "price_book" and fact.value <= 0:
        return item.skip(fact, "book value is negative, debts exceed assets", missing=False, peers=peers)
    if peers is None or peers.median is None:
        return item.skip(fact, "too few peers have the figure", missing=True)
    return item.count(fact, points(fact.value, peers.median), peers)


def _earnings(facts: Facts) -> Scored:
    eps, change = facts["earnings_per_share"], facts["earnings_change"]
    if eps.value is not None and eps.value <= 0:
        return EARNINGS.count(change, LOSS_POINTS)
    if change.value is None:
        return EARNINGS.skip(change, change.note or "no usable figure", missing=change.applies)
    if change.value > ONE_OFF:
        why = f"earnings a share rose by more than 100 % from {change.note}, which is usually a one-off"
        return EARNINGS.skip(change, why, missing=False)
    if abs(change.value) < NO_EFFECT:
        return EARNINGS.count(change, 0.0)
    return EARNINGS.count(change, change.value / 0.10 * EARNINGS.high)


def _place(fact: Fact) -> Scored:
    if fact.value is None:
        return PLACE.skip(fact, fact.note or "no usable figure", missing=fact.applies)
    return PLACE.count(fact, PLACE.high * (2 * fact.value - 1))


def _size(fact: Fact) -> Scored:
    if fact.value is None:
        return SIZE.skip(fact, fact.note or "no usable figure", missing=True)
    return SIZE.count(fact, SIZE.high * log10(fact.value / NEUTRAL_CAP))
