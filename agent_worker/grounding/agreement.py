"""Whether a stored fact is what a sentence says of a number: what speaks against it, and how plainly it was said."""

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

from agent_worker.grounding.claims import Claim
from agent_worker.grounding.dates import Day
from agent_worker.grounding.facts import Fact
from agent_worker.grounding.known import Facts
from agent_worker.grounding.mentions import Line
from agent_worker.grounding.names import UNKNOWN

RELATED = {
    ("earnings_change", "earnings_per_share"),
    ("return_20", "price"),
}
"""Whose sentences name which other metric's amounts."""
SIGNED = frozenset(("return_20", "earnings_change"))
VALUES = frozenset(("value", "first", "last", "max", "min", "best"))
WEEK = range(4, 11)


class Objection(NamedTuple):
    """A label that does not fit. `plain`: the sentence says it in so many words, so that it is wrong, not unclear."""

    label: str
    plain: bool


def agrees(fact: Fact, claim: Claim, line: Line, facts: Facts) -> bool:
    """Whether nothing speaks against it. Most facts of the same size fail at whose or what they are: those come first."""
    return (
        _company(fact, claim) is None
        and _metric(fact, claim, line) is None
        and _role(fact, claim, line) is None
        and _sign(fact, claim) is None
        and _date(fact, claim, line, facts) is None
    )


def objections(fact: Fact, claim: Claim, line: Line, facts: Facts) -> list[Objection]:
    """All that speaks against the number being this fact; nothing: it is this fact."""
    found = [_company(fact, claim), _metric(fact, claim, line), _role(fact, claim, line), _date(fact, claim, line, facts),
             _sign(fact, claim)]  # fmt: skip
    return [each for each in found if each is not None]


def _company(fact: Fact, claim: Claim) -> Objection | None:
    bound = claim.company
    if fact.ticker in (bound.value, ""):
        return None
    if bound.value == UNKNOWN or (bound.hold == "far" and fact.ticker in bound.others):
        return Objection("company", False)
    return Objection("company", bound.hold in ("near", "sole"))


def _metric(fact: Fact, claim: Claim, line: Line) -> Objection | None:
    bound, metric = claim.metric, fact.metric
    if (
        fact.role == "count"
        or bound.value == metric
        or (fact.role == "text" and (metric, bound.value) in RELATED)
    ):
        return None
    if (
        fact.role == "points"
        and bound.value in ("score", "rating")
        and claim.items == (metric,)
        and claim.tags & {"adds", "takes", "up", "down"}
    ):
        return None
    if metric == "score" and fact.role == "value" and "without" in claim.tags and bound.value in claim.items:
        return None
    if (
        metric == "score"
        and bound.hold in ("none", "context")
        and fact.role == "value"
        and _has_score(claim, line)
    ):
        return None
    if (
        metric == "score"
        and fact.role == "value"
        and claim.part == "to"
        and bound.hold != "near"
        and _has_score(claim, line)
    ):
        return None
    if fact.role == "line" and bound.value in ("score", "rating", None):
        return None
    if fact.role == "without_score":
        return None if metric in claim.items else Objection("metric", False)
    if metric == "score" and (
        bound.value == "rating" or (claim.number.kind == "points" and bound.hold in ("none", "context"))
    ):
        return None
    if fact.role == "n" and bound.hold not in ("near", "sole") and metric in (*bound.others, bound.value):
        return None
    if bound.hold in ("none", "context"):
        return Objection("metric", False)
    return Objection("metric", bound.hold in ("near", "sole") or metric not in bound.others)


def _has_score(claim: Claim, line: Line) -> bool:
    """Whether a number with one decimal stands beside points or a rating."""
    beside = any(n.kind == "points" for n in line.numbers) or line.has("buy", "hold", "sell")
    return claim.number.kind == "plain" and claim.number.decimals == 1 and beside


def _role(fact: Fact, claim: Claim, line: Line) -> Objection | None:
    """A number is a value if nothing says that it is something else, and something else only if that is said."""
    if fact.role in VALUES:
        if claim.median:
            return Objection("median", True)
        without = "without" in claim.tags and fact.metric == "score" and not _instead(line, claim)
        return Objection("role", False) if claim.counted or without else None
    says = ROLES.get(fact.role)
    return None if says is not None and says(fact, claim, line) else Objection("role", False)


def _says_points(_: Fact, claim: Claim, line: Line) -> bool:
    number = claim.number
    pointed = number.kind == "points" or number.sign != 0 or bool(claim.tags & {"adds", "takes", "points"})
    return pointed and not claim.median and not _in_range(line, claim)


def _says_limit(_: Fact, claim: Claim, line: Line) -> bool:
    number = claim.number
    behind = any(
        m.end <= number.start
        and len(line.between(m.end, number.start)) <= 4
        and not line.crosses(m.end, number.start)
        for m in line.tags.get("possible", ())
    )
    return number.decimals == 0 and (behind or _in_range(line, claim))


def _says_change(_: Fact, claim: Claim, __: Line) -> bool:
    return bool(claim.tags & {"up", "down", "change", "difference"})


def _is_amount(claim: Claim) -> bool:
    """Amounts in texts have no metric's unit to tell them by, so the number must look like one."""
    return claim.number.kind == "usd" or (claim.number.decimals > 1 and not claim.number.sign)


ROLES: dict[str, Callable[[Fact, Claim, Line], bool]] = {
    "median": lambda _, claim, __: claim.median,
    "n": lambda _, claim, __: claim.counted,
    "count": lambda _, claim, __: claim.counted,
    "points": _says_points,
    "low": _says_limit,
    "high": _says_limit,
    "without_score": lambda _, claim, __: bool(claim.tags & {"without", "would"}),
    "line": lambda fact, claim, __: fact.label in claim.tags and bool(claim.tags & {"line", "would", "above", "below", "to"}),
    "rank": lambda _, claim, __: claim.number.ordinal or "rank" in claim.tags,
    "change": _says_change,
    "change_ratio": _says_change,
    "text": lambda fact, claim, line: _is_amount(claim) and (bool(fact.date) or fact.label in line.text.lower()),
}  # fmt: skip
"""What must be said for a number to be in a role."""


INSTEAD = frozenset(("instead", "statt", "anstatt", "anstelle", "rather", "not", "now", "today", "current", "currently", "from",
                     "from", "von", "jetzt", "heute", "aktuell", "derzeit", "compared", "against", "versus", "vs", "gegenüber", "is"))  # fmt: skip


def _instead(line: Line, claim: Claim) -> bool:
    """Whether the score is named as the one that it would not be."""
    return bool(INSTEAD.intersection(line.between(max(0, claim.number.start - 24), claim.number.start)))


def _in_range(line: Line, claim: Claim) -> bool:
    place = line.numbers.index(claim.number)
    for one, two in ((place - 1, place), (place, place + 1)):
        if one >= 0 and two < len(line.numbers):
            between = line.between(line.numbers[one].end, line.numbers[two].start)
            if between in (["to"], ["bis"], ["…"], ["/"], ["and"], ["und"], ["–"]) and line.numbers[one].sign:
                return True
    return False


def _date(fact: Fact, claim: Claim, line: Line, facts: Facts) -> Objection | None:
    if fact.date is None:
        return None
    if claim.ago and not claim.dated:
        return None if _is_ago(fact, claim.ago, facts) else Objection("date", False)
    if any(_fits(day_, fact.date, line) for day_ in claim.days):
        return None
    if claim.dated:
        return Objection("date", True)
    if claim.part == "from" and line.has("up", "down", "change", "to"):
        older = facts.previous(fact.ticker, fact.metric, fact.role, _newest(fact, facts))
        return None if older is not None and older.date == fact.date else Objection("date", False)
    return None if facts.is_current(fact) else Objection("date", False)


def _newest(fact: Fact, facts: Facts) -> dt.date:
    current = facts.current(fact.ticker, fact.metric, fact.role)
    return current.date if current is not None and current.date is not None else dt.date.max


def _is_ago(fact: Fact, ago: str, facts: Facts) -> bool:
    newest = _newest(fact, facts)
    if fact.date is None or newest == dt.date.max:
        return False
    if ago == "week_ago":
        return (newest - fact.date).days in WEEK
    older = facts.previous(fact.ticker, fact.metric, fact.role, newest)
    return older is not None and older.date == fact.date


def _fits(said: Day, date: dt.date, line: Line) -> bool:
    """A snapshot is named by its day, or by the day before as that day's close."""
    return said.fits(date) or ("close" in line.tags and said.fits(date - dt.timedelta(days=1)))


def _sign(fact: Fact, claim: Claim) -> Objection | None:
    """Against a sign or a telling word; an unsigned number is positive where the sign is the message."""
    value, said = fact.value, claim.number.sign
    if not value or fact.role in ("n", "rank", "line", "without_score"):
        return None
    if fact.role in ("low", "high"):
        return None if not said or (said > 0) == (value > 0) else Objection("sign", True)
    says = said or (
        claim.direction
        if fact.role in ("points", "change", "change_ratio") or fact.metric in SIGNED or value < 0
        else 0
    )
    turned = (
        claim.direction
        and (fact.metric in SIGNED or fact.role == "points")
        and said
        and said != claim.direction
    )
    if turned:
        return Objection("sign", False)
    if not says:
        return None if value > 0 else Objection("sign", fact.metric in SIGNED and fact.role == "value")
    return None if (says > 0) == (value > 0) else Objection("sign", True)
