"""`what_changed`: between two analyses of a company, or between two days of the whole market."""

import datetime as dt

from agent_worker.grounding.facts import Fact, facts_of
from agent_worker.workflows.tools.analyses import Moved
from agent_worker.workflows.tools.arguments import WhatChanged
from agent_worker.workflows.tools.block import Changes, changes
from agent_worker.workflows.tools.context import ToolContext, span
from agent_worker.workflows.tools.result import Section, Sheet, WrongArguments
from shared.analysis import StoredAnalysis
from shared.figure_words import day, number, signed
from shared.frames.figures import Table

CHANGES_MAX = 60
"""A question for one rating can only be answered from all changes."""
MOVES_MAX = 5
"""Largest moves up, and as many down."""

COLUMNS = ("ticker", "company", "before", "after", "score before", "score after")


async def what_changed(context: ToolContext, asked: WhatChanged) -> Sheet:
    """From the analysis on or before `from` (the one before the last) to that on or before `to` (the last)."""
    span(asked.first, asked.last)
    ticker = context.ticker(asked.ticker) if asked.ticker else None
    dates = await context.analyses.dates(ticker)
    if not dates and ticker:
        raise await context.no_analysis(ticker)
    if len(dates) < 2:
        raise WrongArguments("there are no two analyses to compare", [str(date) for date in dates])
    context.since(asked.first, dates[0], dates[-1])
    context.past(asked.last, dates[0], dates[-1], "to")
    first, last = _between(dates, asked.first, asked.last)
    return await (_company(context, ticker, first, last) if ticker else _market(context, first, last))


def _between(dates: list[dt.date], first: dt.date | None, last: dt.date | None) -> tuple[dt.date, dt.date]:
    """Two different dates with analyses. A `first` before all of them is the earliest."""
    end = max(date for date in dates if last is None or date <= last)
    before = [date for date in dates if date < end]
    if not before:
        raise WrongArguments(f"there is no analysis before {end}", [f"{dates[0]} to {dates[-1]}"])
    if first is None:
        return before[-1], end
    if first >= end:
        raise WrongArguments(f"there is no analysis between {first} and {end}", [f"from before {end}"])
    return max((date for date in before if date <= first), default=before[0]), end


async def _company(context: ToolContext, ticker: str, first: dt.date, last: dt.date) -> Sheet:
    after, before = (
        (await context.analysed(ticker, last))[0].analysis,
        (await context.analysed(ticker, first))[0].analysis,
    )
    found = changes(before, after)
    name = context.name(ticker)
    facts = [
        fact
        for analysis in (after, before)
        for fact in facts_of(analysis, analysis_id=analysis.id, revision=analysis.revision)
    ]
    return Sheet(
        [("COMPANY", f"{name} ({ticker})"), ("FROM", str(first)), ("TO", str(last))],
        [Section("CHANGES", (), [[sentence] for sentence in found.sentences])],
        [*facts, *_differences(found, after)],
        words=f"Comparing {context.spoken(ticker)}, {day(first)} and {day(last)}",
    )


def _differences(found: Changes, after: StoredAnalysis) -> list[Fact]:
    """What score and reasons moved by."""

    def moved(key: str, by: float, where: str, label: str) -> Fact:
        return Fact(after.ticker, key, "change", by, "points", signed(by), after.as_of, where, after.id,
                    after.revision, label)  # fmt: skip

    step = round(found.score[1] - found.score[0], 1)
    return [
        moved("score", step, "score/change", "Score"),
        *(moved(i.key, i.difference, f"rationale/{i.key}/change", i.label) for i in found.items),
    ]


async def _market(context: ToolContext, first: dt.date, last: dt.date) -> Sheet:
    moved = await context.analyses.moved(first, last)
    changed = [each for each in moved if each.before.rating != each.after.analysis.rating]
    changed.sort(key=lambda each: (-abs(_step(each)), each.before.ticker))
    ordered = sorted(moved, key=lambda each: (_step(each), each.before.ticker))
    largest = [each for each in [*ordered[::-1][:MOVES_MAX], *ordered[:MOVES_MAX]] if _step(each)]
    ratings, moves = [_cells(each) for each in changed[:CHANGES_MAX]], [_cells(each) for each in largest]
    shown = [*changed[:CHANGES_MAX], *largest]
    count = Fact(
        "", "count", "value", float(len(changed)), "count", str(len(changed)), last, "changes/ratings"
    )
    lines = [
        ("FROM", str(first)),
        ("TO", str(last)),
        ("COMPARED", str(len(moved))),
        ("RATING CHANGES", str(len(changed))),
    ]
    if len(ratings) < len(changed):
        lines.append(("SHOWN", f"first {len(ratings)} of {len(changed)}"))
    return Sheet(
        lines,
        [Section("RATINGS CHANGED", COLUMNS, ratings), Section("LARGEST MOVES", COLUMNS, moves)],
        [count, *(fact for each in {e.before.ticker: e for e in shown}.values() for fact in _facts(each))],
        Table(list(COLUMNS), ratings or moves),
        f"Comparing {len(moved)} companies, {day(first)} and {day(last)}",
    )


def _step(each: Moved) -> float:
    return round(each.after.analysis.score - each.before.score, 1)


def _cells(each: Moved) -> list[str]:
    after = each.after.analysis
    return [
        after.ticker,
        each.after.name,
        each.before.rating,
        after.rating,
        number(each.before.score, 1),
        number(after.score, 1),
    ]


def _facts(each: Moved) -> list[Fact]:
    found = []
    for analysis in (each.before, each.after.analysis):
        known = Fact(analysis.ticker, "score", "value", analysis.score, "points", number(analysis.score, 1),
                     analysis.as_of, "score", analysis.id, analysis.revision, "Score")  # fmt: skip
        rating = known._replace(
            metric="rating", value=0.0, unit="text", shown=analysis.rating, where="rating", label="Rating"
        )
        found += [known, rating]
    return [
        *found,
        known._replace(role="change", value=_step(each), shown=signed(_step(each)), where="score/change"),
    ]
