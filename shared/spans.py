"""Which two analyses are compared when somebody names two days, or one, or none."""

import datetime as dt
from collections.abc import Sequence
from typing import Literal

FORGIVEN = dt.timedelta(days=366)
"""So long before the first analysis a span may begin; it then begins with the first."""

SpanCode = Literal["dates_reversed", "no_analysis", "one_analysis", "same_analysis"]


class SpanError(ValueError):
    """The days name no two analyses. The text says why, without a full stop; `allowed` what would do."""

    def __init__(self, code: SpanCode, words: str, allowed: str = "") -> None:
        super().__init__(words)
        self.code: SpanCode = code
        self.allowed = allowed


def two_dates(
    dates: Sequence[dt.date], first: dt.date | None, last: dt.date | None
) -> tuple[dt.date, dt.date]:
    """From the analysis on or before `first` (the one before the last) to that on or before `last` (the newest).

    `dates` are those of the analyses there are, oldest first. Raises `SpanError`.
    """
    if first is not None and last is not None and first > last:
        raise SpanError("dates_reversed", f"from {first} is after to {last}", "from earlier than to")
    if not dates:
        raise SpanError("no_analysis", "there is no analysis")
    oldest, there = dates[0], f"{dates[0]} to {dates[-1]}"
    for name, date, earliest in (("from", first, oldest - FORGIVEN), ("to", last, oldest)):
        if date is not None and date < earliest:
            raise SpanError(
                "no_analysis", f"{name} {date} is before the first analysis, which is of {oldest}", there
            )
    if len(dates) < 2:
        raise SpanError("one_analysis", "there are no two analyses to compare", str(oldest))
    end = max(date for date in dates if last is None or date <= last)
    before = [date for date in dates if date < end]
    if not before:
        raise SpanError("no_analysis", f"there is no analysis before {end}", there)
    if first is None:
        return before[-1], end
    if first >= end:
        raise SpanError(
            "same_analysis", f"there is no analysis between {first} and {end}", f"from before {end}"
        )
    return max((date for date in before if date <= first), default=before[0]), end
