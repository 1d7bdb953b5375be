"""What keeps a figure from being flagged: the sentence names what it would have to be, only not where it was looked for.

Nothing here makes a figure verified. A false alarm costs the reader's trust in all the others, so the line between
wrong and unclear is drawn on the side of unclear.
"""

from itertools import permutations

from agent_worker.grounding.agreement import VALUES, Objection
from agent_worker.grounding.claims import Claim
from agent_worker.grounding.facts import Fact
from agent_worker.grounding.known import Facts
from agent_worker.grounding.matching import is_written
from agent_worker.grounding.mentions import Line

STEPS = frozenset(("percent", "pp", "times", "multiple", "usd", "points"))


def is_named(fact: Fact, objection: Objection, line: Line) -> bool:
    """Whether what the figure is, is said somewhere in the sentence after all."""
    if objection.label == "company":
        return any(mention.value == fact.ticker for mention in line.companies)
    if objection.label == "metric":
        return any(mention.value == fact.metric for mention in line.metrics)
    if objection.label == "median":
        return fact.role == "value" and line.has("own", "since", "than")
    if objection.label == "date":
        return any(fact.date is not None and day.fits(fact.date) for day in line.days)
    return False


def is_some_step(claim: Claim, line: Line, facts: Facts) -> bool:
    """Whether any difference or ratio of figures of the metrics and companies named gives the number."""
    if claim.number.kind not in STEPS:
        return False
    keys = {mention.value for mention in line.metrics} | set(claim.items) | {claim.metric.value or ""}
    tickers = {mention.value for mention in line.companies} | {claim.company.value}
    found = [f for t in tickers for key in keys for f in facts.of(t, key, *VALUES, "median", "text")]
    for a, b in permutations({(fact.value, fact.unit) for fact in found}, 2):
        if a[1] == b[1] and b[0] and _gives(claim, a[0], b[0], a[1]):
            return True
    return False


def _gives(claim: Claim, a: float, b: float, unit: str) -> bool:
    kind = claim.number.kind
    if kind == "percent":
        return is_written(claim.number, (a / b - 1) * 100) or is_written(claim.number, a / b * 100)
    if kind in ("times", "multiple"):
        return is_written(claim.number, a / b)
    if kind == "pp":
        return unit == "fraction" and is_written(claim.number, (a - b) * 100)
    return unit == kind and is_written(claim.number, a - b)
