"""Items in words, for people and for the model: dated, exact, with the peers, and what would be without.

A difference is taken between the figures as they are shown, so that the reader's own sum comes out.
"""

from collections.abc import Callable

from deploy.sample.facts import Fact, Facts
from deploy.sample.points import NEUTRAL_CAP, NO_EFFECT, REITS, UNCOVERED_DIVIDEND, Scored, uncovered
from deploy.sample.series import EPS_SPAN
from shared.analysis import Rating, Without
from shared.figure_words import day, dollars, number, percent, signed

SUBJECTS = {
    "price_earnings": "The P/E",
    "price_sales": "The P/S",
    "price_book": "The P/B",
    "cap_to_ebitda": "Market cap ÷ EBITDA",
    "ebitda_margin": "The EBITDA margin",
    "return_on_equity": "The return on equity (P/B ÷ P/E)",
    "earnings_change": "The change in earnings per share",
    "dividend_yield": "The dividend yield",
    "return_20": "The 20-session return",
    "week52_place": "The place in the 52-week range",
    "market_cap": "The market cap",
}
PEERS = {
    "price_earnings": "profitable companies",
    "price_book": "companies with a positive book value",
    "cap_to_ebitda": "companies with a positive EBITDA",
    "ebitda_margin": "companies with a positive EBITDA",
    "return_on_equity": "profitable companies with a positive book value",
    "dividend_yield": "payers",
}


def sentence(item: Scored, facts: Facts, group: str, without: Without | None, rating: Rating) -> str:
    """The whole of one item. `group` is the company's industry group, `rating` the one it has."""
    subject = SUBJECTS[item.key]
    if item.why_not is not None or without is None:
        stand = "neither adds nor takes away points" if not item.missing else "could not be counted"
        return f"{subject} {stand}: {item.why_not}."
    reach = f"({signed(item.low, 0)} to {signed(item.high, 0)})"
    return (
        f"{subject} {effect(item.points)} {reach}: {_body(item, facts, group)}."
        f" {_without(without, item.points, rating)}"
    )


def effect(points: float) -> str:
    """ "adds 3.1 points", "takes away 4.0 points", "adds nothing"."""
    if points == 0:
        return "adds nothing"
    return f"{'adds' if points > 0 else 'takes away'} {number(abs(points), 1)} points"


def _without(without: Without, points: float, rating: Rating) -> str:
    before = number(without.score + points, 1)
    same = "still " if without.rating == rating else ""
    instead = "" if without.rating == rating else f" instead of {rating}"
    if points == 0:
        return f"Without it the score would be {before} as it is."
    return (
        f"Without it the score would be {number(without.score, 1)} instead of {before},"
        f" and the rating {same}{without.rating}{instead}."
    )


def _body(item: Scored, facts: Facts, group: str) -> str:
    if item.key == "earnings_change":
        return _earnings(facts)
    if item.key == "week52_place":
        return _place(item.fact, facts)
    if item.key == "market_cap":
        times = item.fact.known / NEUTRAL_CAP
        return f"{_dated(item, dollars)}, {number(times)} times the neutral {dollars(NEUTRAL_CAP)}"
    if item.unit == "ratio":
        return _compared(item, number)
    if item.key == "return_20":
        return f"{_compared(item, _signed_percent)}; it started at {item.fact.note}"
    if item.key == "dividend_yield":
        return _compared(item, percent) + _payout(facts, group)
    return _compared(item, percent)


def _compared(item: Scored, show: Callable[[float], str]) -> str:
    if item.peers is None or item.peers.median is None:
        raise ValueError(f"{item.key} is compared without peers")
    middle, who = item.peers.median, PEERS.get(item.key, "companies")
    away = _away_ratio(item.fact.known, middle) if item.unit == "ratio" else _away(item.fact.known, middle)
    return f"{_dated(item, show)}, {away} the median {show(middle)} of {item.peers.n} {who} in {item.peers.group}"


def _away_ratio(value: float, middle: float) -> str:
    times = round(value, 2) / round(middle, 2)
    if times >= 2:
        return f"{number(times)} times"
    return _side(times - 1, f"{number(abs(times - 1) * 100, 1)} %")


def _away(value: float, middle: float) -> str:
    points = _shown_percent(value) - _shown_percent(middle)
    return _side(points, f"{number(abs(points))} percentage points")


def _shown_percent(fraction: float) -> float:
    return float(f"{fraction * 100:.2f}")


def _side(difference: float, words: str) -> str:
    return "the same as" if difference == 0 else f"{words} {'above' if difference > 0 else 'below'}"


def _dated(item: Scored, show: Callable[[float], str]) -> str:
    fact = item.fact
    date = fact.note if fact.carried else f"snapshot of {day(fact.dated)}"
    return f"{show(fact.known)} ({date})"


def _earnings(facts: Facts) -> str:
    eps, change = facts["earnings_per_share"], facts["earnings_change"]
    now = f"{dollars(eps.known)} a share (median of {EPS_SPAN} snapshots to {day(eps.dated)})"
    if eps.known <= 0:
        return f"a loss, {now}"
    way = "above" if change.known >= 0 else "below"
    small = f"; under {NO_EFFECT * 100:.0f} % counts as no change" if abs(change.known) < NO_EFFECT else ""
    return f"{now}, {percent(abs(change.known), 1)} {way} {change.note}{small}"


def _payout(facts: Facts, group: str) -> str:
    payout = facts["payout"].value
    pays = "" if payout is None else f"; {percent(payout, 0)} of earnings"
    if not uncovered(facts):
        return pays
    pays = pays or "; there are no earnings to pay it from"
    if group == REITS:
        return f"{pays}, as is usual for a REIT"
    return f"{pays}, so it scores {number(UNCOVERED_DIVIDEND, 1)} at most"


def _place(fact: Fact, facts: Facts) -> str:
    price, low, high = (dollars(facts[key].known) for key in ("price", "week52_low", "week52_high"))
    return (
        f"{price} (snapshot of {day(fact.dated)}) is {percent(fact.known, 0)} of the way"
        f" from the 52-week low {low} to the high {high}"
    )


def _signed_percent(fraction: float) -> str:
    return f"{signed(fraction * 100, 2)} %"
