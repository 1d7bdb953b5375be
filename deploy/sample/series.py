"""One company's rows, made comparable: splits taken out, frozen prices told, each figure as believed."""

from collections.abc import Iterable, Sequence
from statistics import median

import msgspec

from deploy.sample.beliefs import CARRY, Belief, believe
from deploy.sample.figures import Row
from deploy.sample.splits import Split, find_splits

SMALLEST_CAP = 1e9
"""An S&P 500 company is larger; a row below it is another company under the same symbol (PARA)."""

FROZEN = 5
"""So many sessions at one price, and the share is not traded."""

EPS_SPAN = 5
"""Earnings per share are the median of so many snapshots: a quarter's figure slips in for a day or two."""

RATIO_STEP = 1.5
EARNINGS_STEP = 2.5
YIELD_STEP = 3.0


class Series(msgspec.Struct, frozen=True):
    """All lists have one place per snapshot.

    `price`, `eps`, `own_eps` and the 52-week range are in shares of the last snapshot; times `shares[i]` they are as
    quoted on day i. `figures` has the other figures under their source's names, and `revenue`.
    """

    splits: list[Split]
    shares: list[float]
    price: list[float | None]
    eps: list[float | None]
    own_eps: list[float | None]
    """Each snapshot's own earnings per share, which its P/E was made with; `eps` is a median of these."""
    traded: list[bool]
    yields_seen: list[bool]
    """Whether the source gave any dividend yield within the days a figure may be carried."""
    figures: dict[str, list[Belief | None]]
    quiet_since: int | None
    """Where the last usable snapshot's price was first seen, if the series has usable snapshots at all."""


def make_series(raw: Sequence[Row]) -> Series:
    """Decide what to believe of one company's rows."""
    rows = [Row() if row.market_cap is not None and row.market_cap < SMALLEST_CAP else row for row in raw]
    splits = find_splits(rows)
    for split in splits:  # the snapshot before is half adjusted: only its price is of one kind
        rows[split.index - 1] = Row(price=rows[split.index - 1].price)
    shares = [_product(s.ratio for s in splits if s.index > i) for i in range(len(rows))]
    price = [row.price / by if row.price is not None else None for row, by in zip(rows, shares, strict=True)]
    traded = _traded(price)
    own_eps = _adjust([row.earnings_per_share for row in rows], shares)
    eps = _medians(own_eps)
    return Series(
        splits=splits,
        shares=shares,
        price=price,
        eps=eps,
        own_eps=own_eps,
        traded=traded,
        yields_seen=_seen([row.dividend_yield for row in rows]),
        figures=_figures(rows, price, eps, shares),
        quiet_since=_quiet_since(price, traded),
    )


def _figures(
    rows: Sequence[Row],
    price: Sequence[float | None],
    eps: Sequence[float | None],
    shares: Sequence[float],
) -> dict[str, list[Belief | None]]:
    one = [1.0] * len(rows)
    a_share = [1 / p if p else None for p in price]
    ratios = ("price_sales", "price_book", "market_cap")
    found = {key: believe([getattr(row, key) for row in rows], a_share, RATIO_STEP) for key in ratios}
    found["price_earnings"] = _price_earnings([row.price_earnings for row in rows], price, eps)
    found["ebitda"] = believe([row.ebitda for row in rows], one, RATIO_STEP)
    found["dividend_yield"] = believe([row.dividend_yield for row in rows], price, YIELD_STEP)
    found["revenue"] = believe(_revenue(found["market_cap"], found["price_sales"]), one, RATIO_STEP)
    for end in ("week52_low", "week52_high"):
        found[end] = believe(_adjust([getattr(row, end) for row in rows], shares), one, float("inf"))
    return found


def _price_earnings(
    values: Sequence[float | None], price: Sequence[float | None], eps: Sequence[float | None]
) -> list[Belief | None]:
    """Believed where it agrees with the day's price over the median earnings; otherwise carried."""
    found: list[Belief | None] = []
    last: Belief | None = None
    for index, (value, now, earned) in enumerate(zip(values, price, eps, strict=True)):
        expected = now / earned if now and earned and earned > 0 else None
        if value and expected and 1 / EARNINGS_STEP < value / expected < EARNINGS_STEP:
            last = Belief(value, index)
            found.append(last)
        elif last and index - last.index <= CARRY:
            found.append(Belief(last.value, last.index, "earnings" if value else "missing"))
        else:
            found.append(None)
    return found


def _medians(values: Sequence[float | None]) -> list[float | None]:
    found = []
    for index in range(len(values)):
        span = [value for value in values[max(0, index + 1 - EPS_SPAN) : index + 1] if value is not None]
        found.append(median(span) if span else None)
    return found


def _revenue(caps: Sequence[Belief | None], sales: Sequence[Belief | None]) -> list[float | None]:
    """Market cap ÷ (price ÷ sales), where both are of the day."""
    return [
        cap.value / ratio.value if cap and ratio and not cap.doubt and not ratio.doubt else None
        for cap, ratio in zip(caps, sales, strict=True)
    ]


def _traded(price: Sequence[float | None]) -> list[bool]:
    """Whether there is a price and it moved within the last `FROZEN` sessions."""
    traded, run, before = [], 0, None
    for now in price:
        run = run + 1 if now is not None and now == before else 1
        traded.append(now is not None and run < FROZEN)
        before = now
    return traded


def _seen(values: Sequence[float | None]) -> list[bool]:
    return [
        any(value is not None for value in values[max(0, index - CARRY) : index + 1])
        for index in range(len(values))
    ]


def _quiet_since(price: Sequence[float | None], traded: Sequence[bool]) -> int | None:
    last = max((i for i, is_traded in enumerate(traded) if is_traded), default=None)
    if last is None:
        return None
    if last + 1 < len(price) and price[last + 1] == price[last]:  # froze: since its first day at this price
        while last > 0 and price[last - 1] == price[last]:
            last -= 1
    return last


def _adjust(values: Sequence[float | None], shares: Sequence[float]) -> list[float | None]:
    return [value / by if value is not None else None for value, by in zip(values, shares, strict=True)]


def _product(factors: Iterable[float]) -> float:
    product = 1.0
    for factor in factors:
        product *= factor
    return product
