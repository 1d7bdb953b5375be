"""What is known of one company on one day: every figure, the day it is from, and why one is missing."""

import datetime as dt
from collections.abc import Sequence

import msgspec

from deploy.sample.beliefs import CARRY, STAND, Belief
from deploy.sample.series import EARNINGS_STEP, EPS_SPAN, Series
from shared.figure_words import day as day_words
from shared.figure_words import dollars

RETURN_SESSIONS = 20
EARNINGS_SPAN = 60


class Fact(msgspec.Struct, frozen=True):
    """A figure. `as_of` is its snapshot; `note` says why there is none, or why it is not today's.

    `applies` is false where there can be no such figure, which is another thing than missing.
    """

    value: float | None
    as_of: dt.date | None = None
    note: str | None = None
    applies: bool = True

    @property
    def known(self) -> float:
        """The value where there must be one; `ValueError` otherwise."""
        if self.value is None:
            raise ValueError(f"a figure is used that is not there: {self.note}")
        return self.value

    @property
    def dated(self) -> dt.date:
        """The snapshot of a figure that must be there; `ValueError` otherwise."""
        if self.as_of is None:
            raise ValueError(f"a figure is used that has no date: {self.note}")
        return self.as_of

    @property
    def carried(self) -> bool:
        """Whether it is older than the day it is used on; `note` then says why."""
        return self.note is not None and self.note.startswith("carried")


Facts = dict[str, Fact]


def facts_on(series: Series, index: int, days: Sequence[dt.date]) -> Facts:
    """The figures to use on day `index`, by key. The share must have been traded on that day."""
    day = _Day(series, index, days)
    price = Fact(day.quoted(series.price[index]), days[index], _split_note(series, index, days))
    eps = day.earnings()
    loss = eps.value is not None and eps.value <= 0
    if loss:
        reason = f"there is none for a loss ({dollars(eps.known)} a share), which counts under earnings"
        price_earnings = Fact(None, note=reason, applies=False)
    else:
        price_earnings = day.figure("price_earnings")
    cap, ebitda, book = day.figure("market_cap"), day.ebitda(), day.figure("price_book")
    dividend = day.dividend()
    low, high = (day.share_figure(key) for key in ("week52_low", "week52_high"))
    return {
        "price": price,
        "market_cap": cap,
        "price_earnings": price_earnings,
        "price_sales": day.figure("price_sales"),
        "price_book": book,
        "ebitda": ebitda,
        "cap_to_ebitda": _with_ebitda(cap, ebitda, ebitda),
        "ebitda_margin": _with_ebitda(ebitda, day.figure("revenue"), ebitda),
        "return_on_equity": _return_on_equity(book, price_earnings),
        "earnings_per_share": eps,
        "earnings_per_share_snapshot": day.own_earnings(),
        "earnings_change": day.earnings_change(eps),
        "dividend_yield": dividend,
        "payout": _payout(dividend, price, eps),
        "return_20": day.price_change(),
        "week52_low": low,
        "week52_high": high,
        "week52_place": _place(price, low, high),
    }


class _Day:
    def __init__(self, series: Series, index: int, days: Sequence[dt.date]) -> None:
        self.series, self.index, self.days = series, index, days
        self.shares = series.shares[index]

    def quoted(self, value: float | None) -> float | None:
        return None if value is None else value * self.shares

    def figure(self, key: str) -> Fact:
        belief = self.series.figures[key][self.index]
        if belief is None:
            return Fact(None, note=f"no usable figure in the last {CARRY} snapshots")
        return Fact(belief.value, self.days[belief.index], self._doubt(belief))

    def share_figure(self, key: str) -> Fact:
        fact = self.figure(key)
        return msgspec.structs.replace(fact, value=self.quoted(fact.value))

    def ebitda(self) -> Fact:
        fact = self.figure("ebitda")
        if fact.value is None:
            return Fact(None, note="the figures show no EBITDA, as is usual for a bank", applies=False)
        return fact

    def dividend(self) -> Fact:
        fact = self.figure("dividend_yield")
        if fact.value is None and not self.series.yields_seen[self.index]:
            return Fact(
                None, note="the figures show no dividend, which counts neither for nor against", applies=False
            )
        return fact

    def earnings(self) -> Fact:
        value = self.quoted(self.series.eps[self.index])
        if value is None:
            return Fact(None, note="no usable figure")
        return Fact(value, self.days[self.index], f"median of the last {EPS_SPAN} snapshots")

    def own_earnings(self) -> Fact:
        """What the P/E of this day was made with: of the same snapshot as the P/E where that is carried."""
        belief = self.series.figures["price_earnings"][self.index]
        source = belief.index if belief else self.index
        value, origin = self.quoted(self.series.own_eps[source]), day_words(self.days[source])
        if value is None:
            return Fact(None, note=f"the snapshot of {origin} has none")
        note = f"carried from the snapshot of {origin}: so is the P/E" if source != self.index else None
        return Fact(value, self.days[source], note)

    def earnings_change(self, now: Fact) -> Fact:
        """Against the median of `EARNINGS_SPAN` snapshots earlier, or the earliest full median."""
        start = max(EPS_SPAN - 1, self.index - EARNINGS_SPAN)
        before = self.quoted(self.series.eps[start])
        if now.value is None or before is None:
            return Fact(None, note="no usable figure to compare with")
        since = f"{dollars(before)} in the snapshot of {day_words(self.days[start])}"
        if before <= 0:
            return Fact(None, note=f"up from a loss ({since})", applies=False)
        return Fact(now.value / before - 1, self.days[self.index], since)

    def price_change(self) -> Fact:
        start = self.index - RETURN_SESSIONS
        while start >= 0 and self.series.price[start] is None:
            start -= 1
        now = self.series.price[self.index]
        before = self.series.price[start] if start >= 0 else None
        if now is None or before is None:
            return Fact(None, note=f"no price {RETURN_SESSIONS} sessions earlier")
        since = f"{dollars(before * self.shares)} in the snapshot of {day_words(self.days[start])}"
        return Fact(now / before - 1, self.days[self.index], since)

    def _doubt(self, belief: Belief) -> str | None:
        if belief.doubt is None:
            return None
        origin, today = day_words(self.days[belief.index]), day_words(self.days[self.index])
        why = {
            "missing": f"{today} has none",
            "step": f"{today} steps away too far; a step is believed once it has stood for {STAND} snapshots",
            "earnings": f"{today} is more than {EARNINGS_STEP} times off the price over median earnings",
            "slip": f"{today} is off by a hundred, a slip of the decimal point",
        }[belief.doubt]
        return f"carried from the snapshot of {origin}: {why}"


def _split_note(series: Series, index: int, days: Sequence[dt.date]) -> str | None:
    splits = [split for split in series.splits if split.index <= index]
    if not splits:
        return None
    return "; ".join(
        f"{split.words} with the snapshot of {day_words(days[split.index])}: earlier prices and earnings"
        " a share are adjusted for it"
        for split in splits
    )


def _join(*facts: Fact) -> Fact | None:
    """The first fact without a value, as the reason why what is made from all has none."""
    return next(
        (Fact(None, note=fact.note, applies=fact.applies) for fact in facts if fact.value is None), None
    )


def _made(value: float, *parts: Fact) -> Fact:
    """A figure made from others is as old as the oldest, for the reason the oldest has."""
    oldest = min(parts, key=lambda fact: fact.as_of or dt.date.max)
    return Fact(value, oldest.as_of, oldest.note if oldest.carried else None)


def _with_ebitda(top: Fact, bottom: Fact, ebitda: Fact) -> Fact:
    """`top ÷ bottom`, one of which is EBITDA: banks have none, and a negative one compares with nothing."""
    if ebitda.value is None:
        return ebitda
    if ebitda.value <= 0:
        return Fact(None, note=f"EBITDA is negative ({dollars(ebitda.value)})", applies=False)
    if top.value is None or bottom.value is None:
        return _join(top, bottom) or top
    return _made(top.value / bottom.value, top, bottom)


def _return_on_equity(book: Fact, price_earnings: Fact) -> Fact:
    if book.value is None or price_earnings.value is None:
        return _join(book, price_earnings) or book
    if book.value <= 0:
        return Fact(None, note="book value is negative", applies=False)
    return _made(book.value / price_earnings.value, book, price_earnings)


def _payout(dividend: Fact, price: Fact, eps: Fact) -> Fact:
    if dividend.value is None or price.value is None or eps.value is None:
        return _join(dividend, price, eps) or dividend
    if eps.value <= 0:
        return Fact(None, note="the company made a loss", applies=False)
    return _made(dividend.value * price.value / eps.value, dividend, price)


def _place(price: Fact, low: Fact, high: Fact) -> Fact:
    if price.value is None or low.value is None or high.value is None:
        return _join(price, low, high) or price
    if not low.value <= price.value <= high.value or low.value == high.value:
        return Fact(None, note="the price lies outside the 52-week range, so one of them is wrong")
    return _made((price.value - low.value) / (high.value - low.value), price, low, high)
