"""Figures that are one step away from stored ones: only the step that the sentence names, never a free search."""

from collections.abc import Iterator
from typing import NamedTuple

from agent_worker.grounding.claims import Claim
from agent_worker.grounding.facts import Fact
from agent_worker.grounding.known import Facts
from agent_worker.grounding.matching import is_written, shown_value
from agent_worker.grounding.mentions import Line
from agent_worker.grounding.pairs import Pair, pairs
from shared.figure_words import MINUS

PER_SHARE = frozenset(("price", "earnings_per_share", "week52_low", "week52_high"))
"""Amounts that a split changes."""


class Step(NamedTuple):
    """One derivation: its worth in the written unit (with sign), in words, and from what."""

    value: float
    formula: str
    operands: tuple[Fact, ...]
    signed: bool = True
    """Whether the words must name its direction."""


def find_step(claim: Claim, line: Line, facts: Facts, resolved: dict[int, Fact]) -> tuple[Step | None, bool]:
    """The step that gives the number, and whether its direction is as said. None: no named step gives it."""
    wrong: Step | None = None
    for step in steps(claim, line, facts, resolved):
        if not _is(claim, step.value):
            continue
        if _direction_fits(claim, line, step):
            return step, True
        wrong = wrong or step
    return wrong, False


def steps(claim: Claim, line: Line, facts: Facts, resolved: dict[int, Fact]) -> Iterator[Step]:
    """The steps that the wording allows."""
    for pair in pairs(claim, line, facts, resolved):
        yield from _between(pair, claim, line)
    yield from _sums(claim, line, facts)
    yield from _formulas(claim, line, facts)


def _is(claim: Claim, value: float) -> bool:
    number = claim.number
    if number.kind == "multiple" and claim.hedge.side > 0:
        return number.values[0][0] <= value < number.values[0][0] + 1
    return is_written(number, value, 1.0, claim.hedge)


def _direction_fits(claim: Claim, line: Line, step: Step) -> bool:
    if not step.signed or abs(step.value) < 1e-12:
        return True
    said = claim.number.sign or claim.direction
    if claim.number.sign and claim.direction and claim.number.sign != claim.direction:
        said = claim.number.sign
    if not said:
        return line.has("difference") or step.value > 0
    return (said > 0) == (step.value > 0)


def _between(pair: Pair, claim: Claim, line: Line) -> Iterator[Step]:
    """Difference and ratio of two figures of one kind, in the unit that is written."""
    a, b, signed = pair
    if a.unit != b.unit or (a.metric in PER_SHARE and a.split != b.split):
        return
    both = (a, b)
    minus = f"{a.shown} {MINUS} {b.shown}"
    for x, y in ((a.value, b.value), (shown_value(a), shown_value(b))):
        kind = claim.number.kind
        if kind in ("pp", "points") and a.unit == "fraction":
            yield Step((x - y) * 100, minus, both, signed)
        elif kind in ("usd", "points", "plain") and _same_unit(kind, a.unit):
            yield Step(x - y, minus, both, signed)
        elif y and kind in ("times", "multiple") and x / y > 0:
            yield Step(x / y, f"{a.shown} / {b.shown}", both, signed=False)
        elif kind == "percent" and y > 0 and a.unit in ("usd", "ratio", "points"):
            if line.between(claim.number.end, len(line.text))[:1] in (["of"], ["des"], ["vom"]):
                yield Step(x / y * 100, f"{a.shown} / {b.shown}", both, signed=False)
            else:
                yield Step((x / y - 1) * 100, f"{a.shown} / {b.shown} {MINUS} 1", both, signed)


def _same_unit(kind: str, unit: str) -> bool:
    return unit in {"usd": ("usd",), "points": ("points",), "plain": ("ratio", "points")}[kind]


def _sums(claim: Claim, line: Line, facts: Facts) -> Iterator[Step]:
    """Points of several named items together."""
    if "sum" not in claim.tags or claim.number.kind not in ("points", "plain"):
        return
    keys = dict.fromkeys(m.value for m in line.metrics if not m.loose)
    found = [facts.current(claim.company.value, key, "points") for key in keys]
    parts = [fact for fact in found if fact is not None]
    if len(parts) > 1:
        yield Step(sum(part.value for part in parts), " + ".join(part.shown for part in parts), tuple(parts))


FORMULAS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    # the word or metric that names it, the kind of number, the formula, its operands
    ("per_share", "usd", "{0} × {1}", ("dividend_yield", "price")),
    ("cover", "times", "1 / {0}", ("payout",)),
    ("cover", "plain", "1 / {0}", ("payout",)),
    ("earnings_yield", "percent", "1 / {0}", ("price_earnings",)),
    ("earnings_yield", "percent", "{0} / {1}", ("earnings_per_share", "price")),
    ("payout", "percent", "{0} × {1} / {2}", ("dividend_yield", "price", "earnings_per_share")),
    ("price_earnings", "plain", "{0} / {1}", ("price", "earnings_per_share")),
    ("price_earnings", "times", "{0} / {1}", ("price", "earnings_per_share")),
    ("return_on_equity", "percent", "{0} / {1}", ("price_book", "price_earnings")),
    ("cap_to_ebitda", "plain", "{0} / {1}", ("market_cap", "ebitda")),
    ("cap_to_ebitda", "times", "{0} / {1}", ("market_cap", "ebitda")),
)


def _formulas(claim: Claim, line: Line, facts: Facts) -> Iterator[Step]:
    """Named formulas over current figures of one company."""
    if claim.median or claim.days or claim.ago:
        return
    for name, kind, formula, keys in FORMULAS:
        if kind != claim.number.kind or not (name in claim.tags or claim.metric.value == name):
            continue
        found = [facts.current(claim.company.value, key, "value") for key in keys]
        parts = [fact for fact in found if fact is not None]
        if len(parts) == len(keys):
            value = _compute(formula, [part.value for part in parts])
            if value is not None:
                yield Step(value * (100 if kind == "percent" else 1), formula.format(*(p.shown for p in parts)),
                           tuple(parts), signed=False)  # fmt: skip


def _compute(formula: str, values: list[float]) -> float | None:
    if formula == "{0} × {1}":
        return values[0] * values[1]
    top = values[0] * values[1] if "×" in formula else 1.0 if formula.startswith("1") else values[0]
    return top / values[-1] if values[-1] else None
