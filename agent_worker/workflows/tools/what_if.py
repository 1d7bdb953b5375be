"""`what_if`: score and rating with other points, by the stored points and the lines of the rule."""

from collections.abc import Mapping
from typing import NamedTuple

from rapidfuzz import process

from agent_worker.grounding.facts import Fact, facts_of
from agent_worker.workflows.tools.analyses import Stored
from agent_worker.workflows.tools.arguments import WhatIf
from agent_worker.workflows.tools.context import ToolContext, looking_up
from agent_worker.workflows.tools.metrics import BY_NAME
from agent_worker.workflows.tools.result import Section, Sheet, WrongArguments
from shared.analysis import Rating, RationaleItem
from shared.figure_words import number, signed
from shared.frames.figures import Table
from shared.points_rule import BUY, MARGIN, RULE, SELL, rate

UNKNOWN = "this analysis was not made by a rule that is known here: points can be tried, but the lines of its ratings, and what other figures would score, are not known"


class Try(NamedTuple):
    """An item with the points it has and would have."""

    item: RationaleItem
    now: float
    then: float


async def what_if(context: ToolContext, asked: WhatIf) -> Sheet:
    """The newest analysis with other points. The rating before it counts, as it did for the stored `without`."""
    ticker = context.ticker(asked.ticker)
    found = await context.analysed(ticker, count=2)
    stored, previous = found[0], (found[1].analysis.rating if len(found) > 1 else None)
    steps = _steps(stored, asked)
    analysis = stored.analysis
    known = analysis.made_by == RULE
    then = round(analysis.score + sum(step.then - step.now for step in steps), 1)
    after = rate(then, previous) if known else None
    lines = [
        ("COMPANY", stored.title),
        ("DATE", str(analysis.as_of)),
        ("NOW", f"{number(analysis.score, 1)} {analysis.rating}"),
        ("THEN", f"{number(then, 1)} {after or ''}".strip()),
        ("LINES", _lines(previous)) if known else ("NOTE", UNKNOWN),
    ]
    cells = [[step.item.label, signed(step.now), signed(step.then)] for step in steps]
    sections = [Section("STEPS", ("item", "points now", "points then"), cells)]
    if known:
        sections += _ways(analysis.rationale, analysis.score, analysis.rating, previous)
    return Sheet(
        lines,
        sections,
        [
            *facts_of(analysis, analysis_id=analysis.id, revision=analysis.revision),
            *_facts(stored, then, after, steps, previous),
        ],
        Table(["item", "points now", "points then"], cells) if cells else None,
        looking_up(stored.name, analysis.as_of),
    )


def _steps(stored: Stored, asked: WhatIf) -> list[Try]:
    items = {item.key: item for item in stored.analysis.rationale}
    if not items:
        raise WrongArguments(f"the analysis of {stored.title} has no items with points")
    wanted: dict[str, float] = {}
    for each in asked.points or ():
        item = items[_item_key(each.item, items)]
        if not item.low <= each.points <= item.high:
            raise WrongArguments(
                f"{item.label}: {each.points:g} points are not possible",
                [f"{signed(item.low)} to {signed(item.high)}"],
            )
        if wanted.get(item.key, each.points) != each.points:
            raise WrongArguments(f"{item.label} stands under points twice", ["one of them"])
        wanted[item.key] = each.points
    for name in asked.without or ():
        key = _item_key(name, items)
        if key in wanted:
            raise WrongArguments(f"{items[key].label} stands under points and under without", ["one of them"])
        wanted[key] = 0.0
    return [Try(items[key], items[key].points, round(points, 1)) for key, points in wanted.items()]


def _item_key(name: str, items: Mapping[str, RationaleItem]) -> str:
    key = name.strip().lower()
    if key in items:
        return key
    by_label = {item.label.lower(): item.key for item in items.values()}
    found = by_label.get(key) or BY_NAME.get(key)
    if found in items:
        return found or key
    near = process.extractOne(key, list(items), score_cutoff=60)
    hint = f"; the nearest is {near[0]}" if near else ""
    raise WrongArguments(f'no item "{name[:40]}" in this analysis{hint}', items)


def _turns(previous: Rating | None) -> tuple[float, float]:
    """The lowest score that would be a buy, and the highest that would be a sell, to 0.1."""
    scores = [step / 10 for step in range(1001)]
    buy = next(score for score in scores if rate(score, previous) == "buy")
    sell = next(score for score in reversed(scores) if rate(score, previous) == "sell")
    return buy, sell


def _lines(previous: Rating | None) -> str:
    buy, sell = _turns(previous)
    kept = (
        f"; the rating before was {previous}, and a rating is kept until the score is {number(MARGIN, 0)} points past a line"
        if previous
        else ""
    )
    return (
        f"buy from {number(buy, 1)}, sell up to {number(sell, 1)}"
        f" (the lines are {number(BUY, 0)} and {number(SELL, 0)}{kept})"
    )


def _ways(items: list[RationaleItem], score: float, rating: Rating, previous: Rating | None) -> list[Section]:
    """Single items that would switch the rating by themselves: the points that it takes, and whether it can have them."""
    buy, sell = _turns(previous)
    found = []
    for heading, wanted, line in (("TO BUY", "buy", buy), ("TO SELL", "sell", sell)):
        if rating == wanted:
            continue
        rows = []
        for item in items:
            needed = round(item.points + line - score, 1)
            can = item.counted and item.low <= needed <= item.high
            span = f"{signed(item.low, 0)} to {signed(item.high, 0)}"
            rows.append([item.label, signed(needed), f"{'yes' if can else 'no'} ({span})"])
        rows.sort(key=lambda row: row[2].startswith("no"))
        found.append(Section(heading, ("item", "points needed", "possible"), rows))
    return found


def _facts(
    stored: Stored, then: float, after: Rating | None, steps: list[Try], previous: Rating | None
) -> list[Fact]:
    analysis = stored.analysis

    def made(metric: str, role: str, value: float, shown: str, label: str) -> Fact:
        return Fact(analysis.ticker, metric, role, value, "points", shown, analysis.as_of, f"what_if/{metric}/{role}",
                    analysis.id, analysis.revision, label)  # fmt: skip

    found = [made("score", "then", then, number(then, 1), "Score")]
    found.append(
        made("score", "change", round(then - analysis.score, 1), signed(then - analysis.score), "Score")
    )
    found += [made(s.item.key, "then", s.then, signed(s.then), s.item.label) for s in steps]
    if after is not None:
        buy, sell = _turns(previous)
        found.append(made("rating", "then", 0.0, after, "Rating")._replace(unit="text"))
        for line, label in ((buy, "buy"), (sell, "sell"), (BUY, "buy"), (SELL, "sell")):
            found.append(made("score", "line", line, number(line, 1), label))
        for line, label in ((buy, "to buy"), (sell, "to sell")):
            away = round(line - analysis.score, 1)
            found.append(made("score", "change", away, signed(away), label))
    return found
