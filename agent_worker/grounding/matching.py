"""Whether a written number is a stored one, rounded."""

from typing import NamedTuple

from agent_worker.grounding.facts import Fact
from agent_worker.grounding.numerals import Numeral

EPSILON = 1e-9
HALF = 0.5
ABOUT = 0.55
ACCEPTS: dict[str, tuple[tuple[str, float], ...]] = {
    "percent": (("fraction", 0.01),),
    "pp": (),
    "usd": (("usd", 1.0),),
    "times": (("ratio", 1.0),),
    "points": (("points", 1.0),),
    "plain": (("ratio", 1.0), ("points", 1.0), ("usd", 1.0), ("count", 1.0)),
    "multiple": (),
}
"""Which units a kind of number can be, and what one of it is worth there."""


class Hedge(NamedTuple):
    """How far the writer let go of the exact figure: "about", "over" (1), "nearly" (−1)."""

    about: bool = False
    side: int = 0


EXACT = Hedge()


def is_rounded(written: float, step: float, exact: float, hedge: Hedge = EXACT) -> bool:
    """Whether `written`, given to `step`, is `exact` rounded; both without sign."""
    slack = EPSILON * max(1.0, exact)
    away = exact - written
    if abs(away) <= step * (ABOUT if hedge.about else HALF) + slack:
        return True
    return bool(hedge.side) and 0 <= away * hedge.side <= step + slack


def is_written(numeral: Numeral, value: float, worth: float = 1.0, hedge: Hedge = EXACT) -> bool:
    """Whether one of the readings of `numeral`, times `worth`, is `value` rounded; the signs are not looked at."""
    return any(is_rounded(each * worth, step * worth, abs(value), hedge) for each, step in numeral.values)


def shown_value(fact: Fact) -> float:
    """What the shown form is worth: a reader rounds what stands there."""
    if fact.unit == "fraction":
        return round(fact.value, 4)
    if fact.unit == "usd":
        size = next((size for size in (1e12, 1e9, 1e6) if abs(fact.value) >= size), 1.0)
        return round(fact.value / size, 2) * size
    return round(fact.value, 1 if fact.unit == "points" else 2)


def stands_for(numeral: Numeral, fact: Fact, hedge: Hedge = EXACT) -> bool:
    """Whether the number can be this fact, by unit and size."""
    return any(
        fact.unit == unit
        and (
            is_written(numeral, fact.value, worth, hedge)
            or is_written(numeral, shown_value(fact), worth, hedge)
        )
        for unit, worth in ACCEPTS[numeral.kind]
    )
