"""Which of several companies has the better figure, where one end of the figure is the better one."""

from collections.abc import Iterable
from typing import Literal

End = Literal["lowest", "highest"]

LOWER_IS_BETTER = frozenset({"price_earnings", "price_sales", "price_book", "cap_to_ebitda", "payout"})
NEITHER_IS_BETTER = frozenset(
    {"price", "week52_low", "week52_high", "earnings_per_share", "ebitda", "rating"}
)
"""They depend on the number of shares, or are no number."""


def better(key: str, figures: Iterable[tuple[str, float | None]]) -> tuple[End, list[str]] | None:
    """The better end of the metric `key`, and the tickers that are there, in the order of `figures` (ticker, value).

    None where neither end is better or fewer than two have the figure; a ratio that is not above zero says nothing.
    """
    lowest = key in LOWER_IS_BETTER
    known = [(ticker, value) for ticker, value in figures if value is not None and (value > 0 or not lowest)]
    if key in NEITHER_IS_BETTER or len(known) < 2:
        return None
    values = [value for _, value in known]
    most = min(values) if lowest else max(values)
    return "lowest" if lowest else "highest", [ticker for ticker, value in known if value == most]
