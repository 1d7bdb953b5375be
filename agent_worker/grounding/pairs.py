"""Which two figures a sentence sets against each other when it gives their difference or ratio."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from agent_worker.grounding.agreement import VALUES, WEEK
from agent_worker.grounding.claims import Claim
from agent_worker.grounding.dates import Day
from agent_worker.grounding.facts import Fact
from agent_worker.grounding.known import Facts
from agent_worker.grounding.mentions import Line, Mention
from agent_worker.grounding.phrases import word_set
from agent_worker.grounding.reading import is_start

THAN = word_set(
    "than with to against versus vs as als gegenüber zu zum zur of von that over above below unter über beyond"
)


class Pair(NamedTuple):
    """`a` is said of, `b` is what it is measured by."""

    a: Fact
    b: Fact
    signed: bool = True


def pairs(claim: Claim, line: Line, facts: Facts, resolved: dict[int, Fact]) -> Iterator[Pair]:
    """The pairs that the words name, the most explicit first."""
    metric = claim.metric.value
    if metric is None:
        if claim.number.kind == "points":
            yield from _lines(claim, "score", facts)
        return
    kind = claim.number.kind
    compares = bool(claim.tags & {"above", "below", "difference", "ratio"}) or kind in ("times", "multiple")
    compares = compares or (claim.number.sign != 0 and kind in ("percent", "pp"))
    moves = (
        bool(claim.tags & {"up", "down", "change", "difference"})
        or claim.number.kind == "multiple"
        or (claim.number.sign != 0 and claim.number.kind in ("percent", "pp", "usd"))
        or bool(line.days or claim.ago)
    )
    if "median" in claim.tags or "peers" in claim.tags:
        yield from _with_median(claim, metric, facts)
    elif len(_involved(line, claim, facts)) == 2 and compares:
        yield from _companies(claim, line, metric, facts)
    if compares or claim.tags & {"up", "down"}:
        yield from _range(claim, line, metric, facts)
    if compares:
        yield from _lines(claim, metric, facts)
    alone = len(line.companies) < 2 and not claim.tags & {"median", "peers"}
    if moves or ("since" in claim.tags and compares and alone):
        yield from _dates(claim, line, metric, facts, resolved)


def _with_median(claim: Claim, metric: str, facts: Facts) -> Iterator[Pair]:
    for own in facts.of(claim.company.value, metric, "value"):
        if any(day.fits(own.date) for day in claim.days if own.date) or (
            not claim.days and facts.is_current(own)
        ):
            for middle in facts.of(claim.company.value, metric, "median"):
                if middle.date == own.date:
                    yield Pair(own, middle)


def _involved(line: Line, claim: Claim, facts: Facts) -> list[str]:
    named = list(dict.fromkeys(m.value for m in line.companies))
    if len(named) == 1 and facts.subject not in (None, *named):
        named.append(facts.subject or "")
    return named


def _companies(claim: Claim, line: Line, metric: str, facts: Facts) -> Iterator[Pair]:
    """Two companies' figures; who stands behind "than" or behind the number is measured by."""
    one, two = _involved(line, claim, facts)
    a, b = facts.current(one, metric, "value"), facts.current(two, metric, "value")
    if a is None or b is None:
        return
    yield Pair(b, a) if _is_measure(line, line.companies[0], claim) else Pair(a, b)


def _is_measure(line: Line, mention: Mention, claim: Claim) -> bool:
    return (
        mention.start > claim.number.start
        if len({m.value for m in line.companies}) == 1
        else bool(THAN.intersection(line.between(max(0, mention.start - 12), mention.start)[-1:]))
    )


def _range(claim: Claim, line: Line, metric: str, facts: Facts) -> Iterator[Pair]:
    """The price against its 52-week high or low."""
    ends = {m.value for m in line.metrics} & {"week52_low", "week52_high"}
    if metric not in ("price", *ends):
        return
    price = facts.current(claim.company.value, "price", "value")
    for end in sorted(ends):
        edge = facts.current(claim.company.value, end, "value")
        if price is not None and edge is not None:
            yield Pair(price, edge)


def _lines(claim: Claim, metric: str, facts: Facts) -> Iterator[Pair]:
    """The score against the line of a rating."""
    if metric not in ("score", "rating") and claim.metric.hold in ("near", "sole"):
        return
    score = facts.current(claim.company.value, "score", "value")
    for line_ in facts.of(claim.company.value, "score", "line"):
        if score is not None and facts.is_current(line_) and line_.label in claim.tags:
            yield Pair(score, line_, signed=not claim.tags & {"difference", "would"})


def _dates(claim: Claim, line: Line, metric: str, facts: Facts, resolved: dict[int, Fact]) -> Iterator[Pair]:
    """The same figure on two dates: those resolved in the sentence, else those named, else the last two."""
    mine = [
        f
        for f in resolved.values()
        if f.metric == metric
        and f.ticker == claim.company.value
        and f.role in (*VALUES, "median", "points", "text")
    ]
    known = {f.date: f for f in mine if f.date is not None}
    if len(known) == 2 and not claim.median:
        old, new = (known[date] for date in sorted(known))
        yield Pair(new, old)
        return
    role = "median" if claim.median else "points" if _of_points(claim) else "value"
    found = {f.date: f for f in facts.of(claim.company.value, metric, role) if f.date is not None}
    for start, end in _spans(claim, line, found, facts):
        yield Pair(found[end], found[start])


def _of_points(claim: Claim) -> bool:
    return claim.number.kind == "points" and claim.metric.value not in ("score", "rating")


def _spans(
    claim: Claim, line: Line, found: dict[dt.date, Fact], facts: Facts
) -> Iterator[tuple[dt.date, dt.date]]:
    dates = sorted(found)
    newest = max((d for d in dates if facts.is_current(found[d])), default=None)
    if newest is None:
        return
    if claim.ago == "week_ago" or (not line.days and "week_ago" in claim.tags):
        yield from ((date, newest) for date in dates if (newest - date).days in WEEK)
    elif not line.days and claim.told:
        yield from _told_days(claim.told, dates, newest)
    elif not line.days:
        older = [date for date in dates if date < newest]
        if older:
            yield older[-1], newest
    elif len(line.days) == 1 or all(is_start(line, day) for day in line.days):
        day = next((day for day in line.days if is_start(line, day)), line.days[0])
        matching = [date for date in dates if day.fits(date)]
        if day.fits(newest) and day.day is not None:
            matching = [date for date in dates if date < newest][-1:]
        yield from ((date, newest) for date in matching if date < newest)
    else:
        one, two = line.days[0], line.days[1]
        yield from (
            (min(x, y), max(x, y)) for x in dates if one.fits(x) for y in dates if two.fits(y) and x != y
        )


def _told_days(
    told: tuple[Day, ...], dates: list[dt.date], newest: dt.date
) -> Iterator[tuple[dt.date, dt.date]]:
    """The days that the sentences before were about; one alone is set against the newest."""
    found = [date for day in told for date in dates if day.fits(date)]
    if len(set(found)) == 2:
        yield min(found), max(found)
    elif found and found[-1] < newest:
        yield found[-1], newest
