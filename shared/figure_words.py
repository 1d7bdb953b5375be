"""Figures in words, one way everywhere: fixed decimals, a true minus, dates that say what they are."""

import datetime as dt

from shared.analysis import Unit

MINUS = "−"
LARGE = ((1e12, "T"), (1e9, "B"), (1e6, "M"))


def number(value: float, decimals: int = 2) -> str:
    """`-1234.5` is "−1,234.50". What rounds to zero has no sign."""
    text = f"{abs(value):,.{decimals}f}"
    return MINUS + text if value < 0 and float(text.replace(",", "")) else text


def signed(value: float, decimals: int = 1) -> str:
    """`3.14` is "+3.1", `-4` is "−4.0"; zero has no sign."""
    text = number(value, decimals)
    return text if text.startswith(MINUS) or not text.strip("0.") else f"+{text}"


def percent(fraction: float, decimals: int = 2) -> str:
    """`0.0234` is "2.34 %"."""
    return f"{number(fraction * 100, decimals)} %"


def dollars(value: float) -> str:
    """`91.1` is "$91.10", `391962198016` is "$391.96B"."""
    sign = MINUS if value < 0 else ""
    for size, letter in LARGE:
        if abs(value) >= size:
            return f"{sign}${abs(value) / size:,.2f}{letter}"
    return f"{sign}${abs(value):,.2f}"


def figure(value: float | None, unit: Unit) -> str:
    """A figure in its unit; "—" where there is none."""
    if value is None:
        return "—"
    if unit == "usd":
        return dollars(value)
    if unit == "fraction":
        return percent(value)
    return number(value, 1 if unit == "points" else 2)


def day(date: dt.date) -> str:
    """ "22 Aug"."""
    return f"{date.day} {date:%b}"


def snapshot(date: dt.date) -> str:
    """A snapshot is dated the day after the session it reports: "snapshot of 22 Aug 2026 (close of 21 Aug)"."""
    return f"snapshot of {day(date)} {date.year} (close of {day(date - dt.timedelta(days=1))})"
