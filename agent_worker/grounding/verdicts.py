"""Judge the numbers of one sentence, in the order of the promise: in doubt unsure, never verified."""

from typing import NamedTuple

from agent_worker.grounding.agreement import Objection, agrees, objections
from agent_worker.grounding.claims import NOTHING, Claim, Told
from agent_worker.grounding.derivations import Step, find_step
from agent_worker.grounding.doubts import is_named, is_some_step
from agent_worker.grounding.facts import Fact
from agent_worker.grounding.known import Facts
from agent_worker.grounding.mentions import Line
from agent_worker.grounding.relations import contradicted
from shared.frames.figures import Figure, State, Verdict

STATES: dict[Verdict, State] = {
    "quoted": "verified", "matched": "verified", "derived": "verified", "given": "verified",
    "mislabelled": "flagged", "unsupported": "flagged", "unsure": "unsure",
}  # fmt: skip
SCALE = 100
"""Where the score's scale ends."""
SMALL = 31
"""A bare whole number up to this may count or number anything."""


class Judgement(NamedTuple):
    """What was found out about one number, without its place in the text."""

    verdict: Verdict
    fact: Fact | None = None
    step: Step | None = None
    says: Fact | None = None
    why: str = ""
    label: str = ""
    """Which label is wrong, if one is."""

    def figure(self, start: int, end: int, text: str) -> Figure:
        """As it goes over the wire."""
        return Figure(
            start, end, text, self.verdict, STATES[self.verdict],
            source=self.fact.source if self.fact and STATES[self.verdict] == "verified" and self.step is None else None,
            formula=self.step.formula if self.step and self.verdict == "derived" else None,
            operands=[f.source for f in self.step.operands] if self.step and self.verdict == "derived" else [],
            says=self.says.source if self.says else None,
            why=self.why or None,
        )  # fmt: skip


def judge(
    line: Line, claims: list[Claim], facts: Facts, told: Told = NOTHING, *, quoted: bool
) -> list[Judgement]:
    """One judgement for each claim. `told` is what the sentences before said."""
    found: dict[int, Judgement] = {}
    doubts: dict[int, list[tuple[Fact, list[Objection]]]] = {}
    for place, claim in enumerate(claims):
        near = list(facts.near(claim.number, claim.hedge))
        fits = [fact for fact in near if agrees(fact, claim, line, facts)]
        weighed = [(fact, [] if fits else objections(fact, claim, line, facts)) for fact in fits or near]
        if fits and not claim.number.foreign:
            found[place] = Judgement("matched", min(fits, key=lambda fact: _rank(fact, facts)))
        doubts[place] = weighed
    resolved = {place: judgement.fact for place, judgement in found.items() if judgement.fact}
    for place, claim in enumerate(claims):
        if quoted:
            fact = resolved.get(place)
            found[place] = Judgement("quoted", fact or next((f for f, _ in doubts[place]), None))
        elif place not in found:
            found[place] = _not_matched(claim, line, facts, resolved, doubts[place])
    if not quoted:
        for place, plain in contradicted(line, claims, resolved, facts, told).items():
            found[place] = _turned(found[place], plain=plain)
    return [found[place] for place in range(len(claims))]


def _rank(fact: Fact, facts: Facts) -> tuple[bool, bool, bool]:
    return (fact.role == "text", fact.role not in ("low", "high"), not facts.is_current(fact))


def _turned(judgement: Judgement, *, plain: bool) -> Judgement:
    verdict: Verdict = "mislabelled" if plain else "unsure"
    return Judgement(
        verdict, says=judgement.fact, why="The figures stand the other way round.", label="direction"
    )


def _not_matched(
    claim: Claim,
    line: Line,
    facts: Facts,
    resolved: dict[int, Fact],
    weighed: list[tuple[Fact, list[Objection]]],
) -> Judgement:
    step, right = (
        (None, False) if claim.number.foreign or claim.counted else find_step(claim, line, facts, resolved)
    )
    if step is not None and right:
        return Judgement("derived", step=step)
    says = _says(claim, facts)
    if facts.was_given(claim.number) and not (says and _is_plain(claim, line, says)):
        return Judgement("given", why="It stands in the question.")
    if step is not None:
        return Judgement("mislabelled", step=step, why="The direction is the other one.", label="sign")
    small = claim.number.whole and claim.number.values[0][0] < SMALL
    doubtful = small or _ends_scale(line, claim) or claim.number.kind == "multiple"
    best = min(weighed, key=_distance, default=None)
    if best is not None:
        fact, against = best
        wrong = next((o for o in against if o.plain), None)
        if wrong is not None and _is_flagged(fact, against, line) and not doubtful:
            return Judgement("mislabelled", fact, says=says or fact, why=_why(wrong), label=wrong.label)
        return Judgement(
            "unsure", fact, says=fact, why="It is not clear what the number is of.", label=against[0].label
        )
    if doubtful or is_some_step(claim, line, facts):
        return Judgement("unsure", says=says, why="It is not clear what the number is of.")
    return Judgement("unsupported", says=says, why=_nothing(says))


def _ends_scale(line: Line, claim: Claim) -> bool:
    """ "57.9 out of 100"."""
    if claim.number.decimals or claim.number.kind not in ("plain", "points"):
        return False
    before = line.between(max(0, claim.number.start - 16), claim.number.start)
    whole = claim.number.values[0][0] == SCALE and before[-1:] in (["von"], ["/"], ["of"])
    return whole or before[-2:] == ["out", "of"] or before[-1:] == ["maximal"]


def _is_flagged(fact: Fact, against: list[Objection], line: Line) -> bool:
    """Whether the sentence plainly says something else of the figure."""
    return len(against) <= 2 and all(each.plain and not is_named(fact, each, line) for each in against)


def _distance(weighed: tuple[Fact, list[Objection]]) -> tuple[bool, bool, int, int]:
    """How far a fact is from what is said: rather another sign than another metric, rather that than another company."""
    against = weighed[1]
    labels = {objection.label for objection in against}
    return (
        "company" in labels,
        "metric" in labels,
        len(against),
        -sum(objection.plain for objection in against),
    )


def _is_plain(claim: Claim, line: Line, says: Fact) -> bool:
    """Whether the sentence gives the number as the metric's own value."""
    return claim.metric.hold in ("near", "sole") and not line.has("negation", "would") and not claim.days


def _says(claim: Claim, facts: Facts) -> Fact | None:
    """What the analysis says of the metric named."""
    metric, company = claim.metric.value, claim.company.value
    if metric is None or claim.metric.hold not in ("near", "sole", "context"):
        return None
    role = (
        "median"
        if claim.median
        else "points"
        if claim.number.kind == "points" and metric != "score"
        else "value"
    )
    dated = [
        f for f in facts.of(company, metric, role) if f.date and any(day.fits(f.date) for day in claim.days)
    ]
    return dated[0] if dated else facts.current(company, metric, role)


def _why(wrong: Objection) -> str:
    return {
        "company": "The figure is another company's.",
        "metric": "The figure is another one's.",
        "median": "The figure is the company's own, not the peers' median.",
        "date": "The figure is of another date.",
        "sign": "The sign or the direction is the other one.",
    }.get(wrong.label, "The figure is something else there.")


def _nothing(says: Fact | None) -> str:
    return (
        f"The analysis has no such figure. It says {says.shown}."
        if says
        else "The analysis has no such figure."
    )
