"""`what_changed`: between two analyses of a company, or between two days of the whole market."""

import datetime as dt

from agent_worker.grounding.facts import Fact, facts_of
from agent_worker.workflows.tools.arguments import WhatChanged
from agent_worker.workflows.tools.context import ToolContext
from agent_worker.workflows.tools.result import Section, Sheet, WrongArguments
from shared.analysis import StoredAnalysis
from shared.changes import Changes, changes
from shared.figure_words import day, number, signed
from shared.frames.figures import Table
from shared.market_changes import Move, market_changes
from shared.spans import SpanError, two_dates

CHANGES_MAX = 60
"""A question for one rating can only be answered from all changes."""
MOVES_MAX = 5
"""Largest moves up, and as many down."""

COLUMNS = ("ticker", "company", "before", "after", "score before", "score after")


async def what_changed(context: ToolContext, asked: WhatChanged) -> Sheet:
    """From the analysis on or before `from` (the one before the last) to that on or before `to` (the last)."""
    ticker = context.ticker(asked.ticker) if asked.ticker else None
    dates = await context.analyses.dates(ticker)
    if not dates and ticker:
        raise await context.no_analysis(ticker)
    if dates:
        context.since(asked.first, dates[0], dates[-1])
        context.past(asked.last, dates[0], dates[-1], "to")
    try:
        first, last = two_dates(dates, asked.first, asked.last)
    except SpanError as error:
        raise WrongArguments(str(error), [error.allowed] if error.allowed else ()) from None
    return await (_company(context, ticker, first, last) if ticker else _market(context, first, last))


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
    found = market_changes(await context.analyses.moves(first, last), most=MOVES_MAX)
    changed, largest = found.rating_changes, [*found.up, *found.down]
    ratings, moves = [_cells(each) for each in changed[:CHANGES_MAX]], [_cells(each) for each in largest]
    shown = [*changed[:CHANGES_MAX], *largest]
    count = Fact(
        "", "count", "value", float(len(changed)), "count", str(len(changed)), last, "changes/ratings"
    )
    lines = [
        ("FROM", str(first)),
        ("TO", str(last)),
        ("COMPARED", str(found.compared)),
        ("RATING CHANGES", str(len(changed))),
    ]
    if len(ratings) < len(changed):
        lines.append(("SHOWN", f"first {len(ratings)} of {len(changed)}"))
    return Sheet(
        lines,
        [Section("RATINGS CHANGED", COLUMNS, ratings), Section("LARGEST MOVES", COLUMNS, moves)],
        [count, *(fact for each in {move.ticker: move for move in shown}.values() for fact in _facts(each))],
        Table(list(COLUMNS), ratings or moves),
        f"Comparing {found.compared} companies, {day(first)} and {day(last)}",
    )


def _cells(move: Move) -> list[str]:
    before, after = move.before, move.after
    scores = number(before.score, 1), number(after.score, 1)
    return [move.ticker, move.name, before.rating, after.rating, *scores]


def _facts(move: Move) -> list[Fact]:
    found = []
    for side in (move.before, move.after):
        known = Fact(move.ticker, "score", "value", side.score, "points", number(side.score, 1),
                     side.as_of, "score", side.id, side.revision, "Score")  # fmt: skip
        rating = known._replace(
            metric="rating", value=0.0, unit="text", shown=side.rating, where="rating", label="Rating"
        )
        found += [known, rating]
    moved = signed(move.difference)
    return [*found, known._replace(role="change", value=move.difference, shown=moved, where="score/change")]
