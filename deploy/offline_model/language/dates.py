"""Dates as people name them, at a place in the tokens. Relative ones count back from the newest data."""

import datetime as dt
from typing import Literal, NamedTuple

from deploy.offline_model.language.normalise import word_set
from deploy.offline_model.language.tokens import Token
from deploy.offline_model.language.words.months import ALSO_WORDS, MONTHS

Precision = Literal["day", "week", "month", "quarter"]

_UNITS = {
    "day": 1, "days": 1, "tag": 1, "tage": 1, "tagen": 1,
    "session": 1, "sessions": 1, "sitzungen": 1,
    "week": 7, "weeks": 7, "woche": 7, "wochen": 7, "wk": 7,
    "month": 30, "months": 30, "monat": 30, "monate": 30, "monaten": 30, "monats": 30,
    "quarter": 91, "quartal": 91, "year": 365, "years": 365, "jahr": 365, "jahre": 365, "jahren": 365,
}  # fmt: skip
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "einer": 1, "einem": 1, "ein": 1, "eine": 1, "einen": 1, "the": 1,
    "two": 2, "zwei": 2, "couple": 2, "three": 3, "drei": 3, "four": 4, "vier": 4, "five": 5, "fuenf": 5,
    "six": 6, "sechs": 6, "eight": 8, "acht": 8, "ten": 10, "zehn": 10, "few": 3, "paar": 3,
}  # fmt: skip
_AGO = frozenset(
    {"ago", "earlier", "before", "previously", "prior", "back", "frueher", "zuvor", "davor", "vorher"}
)
_LAST = word_set(
    "last past previous this letzte letzten letzter letztem letztes vergangene vergangenen vorige vorigen "
    "voriger diese dieser diesem diesen dieses"
)
_ENDS = {
    "early": 1,
    "start": 1,
    "beginning": 1,
    "anfang": 1,
    "beginn": 1,
    "mid": 15,
    "middle": 15,
    "mitte": 15,
}
_LATE = frozenset({"late", "end", "ende"})
_BEFORE_MONTH = word_set(
    "in since from of during until till to by through between and after before last on for early late mid end "
    "beginning start im seit ab vom von bis zum ende anfang mitte am zwischen und nach vor letzten"
)


class Clock(NamedTuple):
    """The date of the newest data, from which "a week ago" counts, and today, which tells a date's year."""

    newest: dt.date
    today: dt.date


class Moment(NamedTuple):
    """A day, or the days from `first` to `last`. `back` are days counted from another moment ("earlier")."""

    first: dt.date
    last: dt.date
    precision: Precision = "day"
    back: int = 0


def moment_at(tokens: list[Token], place: int, clock: Clock) -> tuple[Moment, int] | None:
    """The date that starts at `place`, and how many tokens it takes."""
    for read in (_iso, _dotted, _day_month, _month_day, _month, _relative, _near):
        found = read(tokens, place, clock)
        if found:
            return found
    return None


def _text(tokens: list[Token], place: int) -> str:
    return tokens[place].text if 0 <= place < len(tokens) else ""


def _number(tokens: list[Token], place: int) -> int | None:
    text = _text(tokens, place)
    return int(text) if text.isdecimal() and len(text) <= 4 else None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _single(date: dt.date | None, length: int) -> tuple[Moment, int] | None:
    return (Moment(date, date), length) if date else None


def _iso(tokens: list[Token], place: int, clock: Clock) -> tuple[Moment, int] | None:
    year, month, day = (_number(tokens, place + step) for step in (0, 2, 4))
    dashed = _text(tokens, place + 1) == "-"
    if not dashed or year is None or month is None or year < 1000:
        return None
    if day is None or _text(tokens, place + 3) != "-":
        return _whole_month(year, month, 3)
    return _single(_day(year, month, day), 5)


def _dotted(tokens: list[Token], place: int, clock: Clock) -> tuple[Moment, int] | None:
    """ "15.8.2026", "15.08." and "15.8" before no unit of a number."""
    parts = _text(tokens, place).split(".")
    if len(parts) < 2 or not all(part.isdecimal() and len(part) <= 4 for part in parts):
        return None
    if len(parts) == 3:
        year = int(parts[2]) + (2000 if len(parts[2]) == 2 else 0)
        return _single(_day(year, int(parts[1]), int(parts[0])), 1)
    if _text(tokens, place - 1) not in ("am", "vom", "seit", "zum", "bis", "dem", "den", "ab", "und"):
        return None
    return _single(_latest(int(parts[1]), int(parts[0]), clock), 1)


def _day_month(tokens: list[Token], place: int, clock: Clock) -> tuple[Moment, int] | None:
    """ "15 Aug 2026", "15th of August", "15. August"."""
    day = _number(tokens, place)
    if day is None or not 1 <= day <= 31:
        return None
    at = place + 1
    while _text(tokens, at) in ("th", "st", "nd", "rd", "of"):
        at += 1
    month = MONTHS.get(_text(tokens, at))
    return _with_year(tokens, place, at + 1, month, day, clock) if month else None


def _month_day(tokens: list[Token], place: int, clock: Clock) -> tuple[Moment, int] | None:
    """ "Aug 15", "August 15th, 2026"."""
    month, at = MONTHS.get(_text(tokens, place)), place + 1
    at += _text(tokens, at) == "the"
    day = _number(tokens, at)
    if month is None or day is None or not 1 <= day <= 31:
        return None
    at += 1
    at += _text(tokens, at) in ("th", "st", "nd", "rd")
    return _with_year(tokens, place, at, month, day, clock)


def _with_year(
    tokens: list[Token], place: int, at: int, month: int, day: int, clock: Clock
) -> tuple[Moment, int] | None:
    year = _number(tokens, at)
    if year is not None and year > 1000:
        return _single(_day(year, month, day), at + 1 - place)
    return _single(_latest(month, day, clock), at - place)


def _month(tokens: list[Token], place: int, clock: Clock) -> tuple[Moment, int] | None:
    """ "June", "mid August", "Ende Juli", "in May"."""
    start, edge = place, _text(tokens, place)
    if edge in _ENDS or edge in _LATE:
        place += 1
        place += _text(tokens, place) in ("of", "-", "the")
    name = _text(tokens, place)
    month, year = MONTHS.get(name), _number(tokens, place + 1)
    if month is None or (name in ALSO_WORDS and _text(tokens, place - 1) not in _BEFORE_MONTH and not year):
        return None
    length = place + 1 - start
    if year is not None and year > 1000:
        length += 1
    else:
        year = clock.today.year if month <= clock.today.month else clock.today.year - 1
    whole = _whole_month(year, month, length)
    if whole and start != place:
        day = _ENDS.get(edge, whole[0].last.day)
        return _single(whole[0].first.replace(day=day), length)
    return whole


def _whole_month(year: int, month: int, length: int) -> tuple[Moment, int] | None:
    first = _day(year, month, 1)
    if first is None:
        return None
    return Moment(
        first, (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1), "month"
    ), length


def _latest(month: int, day: int, clock: Clock) -> dt.date | None:
    """That day in the last year in which its month has begun."""
    return _day(clock.today.year if month <= clock.today.month else clock.today.year - 1, month, day)


def _relative(tokens: list[Token], place: int, clock: Clock) -> tuple[Moment, int] | None:
    """ "a week ago", "two weeks earlier", "vor einer Woche", "eine Woche davor"."""
    at = place + (_text(tokens, place) == "vor")
    count = _number(tokens, at) or _COUNTS.get(_text(tokens, at))
    if count is None or count > 500:
        return None
    at += 1
    while _text(tokens, at) in ("couple", "few", "of", "paar"):
        count, at = max(count, _COUNTS.get(_text(tokens, at), 0)), at + 1
    days, after = _UNITS.get(_text(tokens, at)), _text(tokens, at + 1)
    if days is None or not (after in _AGO or _text(tokens, place) == "vor"):
        return None
    date = clock.newest - dt.timedelta(days=count * days)
    back = count * days if after in _AGO and after not in ("ago", "back") else 0
    return Moment(date, date, "day", back), at + 1 + (after in _AGO) - place


def _near(tokens: list[Token], place: int, clock: Clock) -> tuple[Moment, int] | None:
    """ "yesterday", "last week", "this month", "the past two weeks", "in den letzten vier Wochen"."""
    text = _text(tokens, place)
    if text in ("yesterday", "gestern"):
        return _single(clock.newest - dt.timedelta(days=1), 1)
    if text not in _LAST:
        return None
    at = place
    while _text(tokens, at) in _LAST:
        at += 1
    count = _number(tokens, at) or _COUNTS.get(_text(tokens, at)) or 0
    at += bool(count)
    days = _UNITS.get(_text(tokens, at))
    if days is None:
        return None
    date = clock.newest - dt.timedelta(days=max(count, 1) * days)
    precision: Precision = "week" if days == 7 else "month" if days == 30 else "day"
    return Moment(date, date, precision), at + 1 - place
