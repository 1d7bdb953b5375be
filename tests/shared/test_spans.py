"""Which two analyses two days mean."""

import datetime as dt
from itertools import product

import pytest

from shared.spans import FORGIVEN, SpanError, two_dates


def day(number: int) -> dt.date:
    return dt.date(2026, 8, number)


DATES = [day(1), day(8), day(15), day(22)]


def test_whatever_is_asked_for_is_two_analyses_in_order_or_an_error_with_a_name() -> None:
    asked = [None, *(day(number) for number in range(1, 31)), day(1) - FORGIVEN, dt.date.min, dt.date.max]
    answered = 0
    for first, last in product(asked, asked):
        try:
            before, after = two_dates(DATES, first, last)
        except SpanError:
            continue
        answered += 1
        assert before in DATES
        assert after in DATES
        assert before < after
        assert last is None or after <= last
        assert first is None or before == max((date for date in DATES if date <= first), default=DATES[0])
        assert first is not None or DATES.index(after) == DATES.index(before) + 1
    assert answered > 300


@pytest.mark.parametrize(
    ("dates", "first", "last", "code"),
    [
        ([], None, None, "no_analysis"),
        (DATES[:1], None, None, "one_analysis"),
        (DATES, day(15), day(8), "dates_reversed"),
        (DATES, day(22), None, "same_analysis"),
        (DATES, None, day(1), "no_analysis"),
        (DATES, None, dt.date(1900, 1, 1), "no_analysis"),
        (DATES, dt.date(1900, 1, 1), None, "no_analysis"),
    ],
)
def test_errors_have_names(
    dates: list[dt.date], first: dt.date | None, last: dt.date | None, code: str
) -> None:
    with pytest.raises(SpanError) as raised:
        two_dates(dates, first, last)
    assert raised.value.code == code
