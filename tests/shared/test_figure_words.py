"""Figures in words."""

import datetime as dt

import pytest

from shared.figure_words import dollars, figure, number, percent, signed, snapshot


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (number(-1234.5), "−1,234.50"), (number(-0.001), "0.00"), (number(0), "0.00"),
        (signed(3.14), "+3.1"), (signed(-4), "−4.0"), (signed(0.04), "0.0"), (signed(-0.04), "0.0"),
        (percent(0.0234), "2.34 %"), (percent(0.0348500), "3.48 %"), (percent(-0.0046), "−0.46 %"),
        (dollars(91.1), "$91.10"), (dollars(391962198016), "$391.96B"), (dollars(-2195000064), "−$2.20B"),
        (dollars(4896e9), "$4.90T"), (dollars(59319000), "$59.32M"),
        (figure(None, "usd"), "—"), (figure(0.0234, "fraction"), "2.34 %"), (figure(27.357357, "ratio"), "27.36"),
        (figure(57.9, "points"), "57.9"),
    ],
)  # fmt: skip
def test_words(text: str, expected: str) -> None:
    assert text == expected


def test_a_snapshot_says_which_close_it_holds() -> None:
    assert snapshot(dt.date(2026, 8, 22)) == "snapshot of 22 Aug 2026 (close of 21 Aug)"
    assert snapshot(dt.date(2026, 8, 1)) == "snapshot of 1 Aug 2026 (close of 31 Jul)"
