"""`history`: one figure of one company over time."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from agent_worker.analysis.naming.index import spoken_name
from agent_worker.grounding.facts import Fact
from agent_worker.workflows.tools.arguments import History
from agent_worker.workflows.tools.context import ToolContext, span
from agent_worker.workflows.tools.limits import POINTS_MAX
from agent_worker.workflows.tools.metrics import PER_SHARE, cell, label, metric_key, metric_of, value_of
from agent_worker.workflows.tools.result import Section, Sheet, WrongArguments
from agent_worker.workflows.tools.splits import factor, splits_of
from shared.analysis import Unit
from shared.figure_words import day, figure, signed
from shared.frames.figures import Table
from shared.metric_words import METRIC_WORDS


class Point(NamedTuple):
    """A figure on a day, and where it stands."""

    date: dt.date
    value: float
    shown: str
    where: str
    analysis_id: int | None = None
    revision: int = 1


class Series(NamedTuple):
    """Points, oldest first, of one unit."""

    points: list[Point]
    unit: Unit
    note: str


async def history(context: ToolContext, asked: History) -> Sheet:
    """First, last, change, high and low, and at most thirty points. Raises `WrongArguments`."""
    key, ticker = metric_key(asked.metric), context.ticker(asked.ticker)
    span(asked.first, asked.last)
    dates = await context.analyses.dates(ticker)
    daily = await context.analyses.prices(ticker, dt.date.min, dt.date.max) if key == "price" else []
    known = [date for date, _ in daily] or dates
    if not known:
        raise await context.no_analysis(ticker)
    context.since(asked.first, known[0], known[-1])
    context.past(asked.last, known[0], known[-1], "to")
    first, last = asked.first or known[0], asked.last or known[-1]
    series = await (
        _prices(context, ticker, daily, first, last) if daily else _figures(context, ticker, key, first, last)
    )
    if not series.points:
        raise WrongArguments(
            f"{context.name(ticker)} has no {label(key)} between {first} and {last}",
            [f"{known[0]} to {known[-1]}"],
        )
    return _sheet(f"{context.name(ticker)} ({ticker})", ticker, key, series)


async def _prices(
    context: ToolContext, ticker: str, daily: Sequence[tuple[dt.date, float]], first: dt.date, last: dt.date
) -> Series:
    newest = (await context.analyses.newest(ticker))[:1]
    splits = "; ".join(splits_of(newest[0])) if newest else ""
    note = (
        f"daily prices, the day after the session; earlier ones are adjusted for the {splits}"
        if splits
        else ""
    )
    points = [
        Point(date, price, figure(price, "usd"), f"prices/{date}")
        for date, price in daily
        if first <= date <= last
    ]
    return Series(points, "usd", note)


async def _figures(context: ToolContext, ticker: str, key: str, first: dt.date, last: dt.date) -> Series:
    stored = await context.analyses.history(ticker, first, last)
    newest = (await context.analyses.newest(ticker))[0]
    points, adjusted = [], False
    unit: Unit = METRIC_WORDS[key].unit
    for each in stored:
        value = 0.0 if key == "rating" else value_of(each, key)
        if value is None:
            continue
        metric, by = metric_of(each, key), factor(each, newest) if key in PER_SHARE else 1.0
        unit = metric.unit if metric else unit
        shown = cell(each, key) if by == 1.0 else figure(value / by, unit)
        adjusted |= by != 1.0
        where = key if metric is None else f"metrics/{key}/{'value' if by == 1.0 else 'adjusted'}"
        analysis = each.analysis
        points.append(Point(analysis.as_of, value / by, shown, where, analysis.id, analysis.revision))
    words = "; ".join(splits_of(newest))
    return Series(points, unit, f"amounts before it are adjusted for the {words}" if adjusted else "")


def _sheet(title: str, ticker: str, key: str, series: Series) -> Sheet:
    points, unit = series.points, series.unit
    first, last = points[0], points[-1]
    lines: list[tuple[str, ...]] = [
        ("COMPANY", title),
        ("METRIC", label(key)),
        ("FIRST", *_at(first)),
        ("LAST", *_at(last)),
    ]
    facts = [_fact(ticker, key, "first", unit, first), _fact(ticker, key, "last", unit, last)]
    if unit == "text":
        lines.append(("CHANGE", f"{first.shown} → {last.shown}" if first.shown != last.shown else "none"))
    else:
        high, low = max(points, key=lambda each: each.value), min(points, key=lambda each: each.value)
        changed, moved = _changes(ticker, key, unit, first, last)
        lines += [*changed, ("HIGH", *_at(high)), ("LOW", *_at(low))]
        facts += [*moved, _fact(ticker, key, "max", unit, high), _fact(ticker, key, "min", unit, low)]
    if series.note:
        lines.append(("NOTE", series.note))
    few = thinned(points)
    if len(few) < len(points):
        lines.append(("SHOWN", f"{len(few)} of {len(points)} points"))
    cells = [[str(point.date), point.shown] for point in few]
    facts += [_fact(ticker, key, "value", unit, point) for point in points]
    words = f"Reading {label(key)} of {spoken_name(title.rpartition(' (')[0])}, {day(first.date)} to {day(last.date)}"
    return Sheet(
        lines,
        [Section("POINTS", ("date", "figure"), cells)],
        facts,
        Table(["date", label(key)], cells),
        words,
    )


def _changes(
    ticker: str, key: str, unit: Unit, first: Point, last: Point
) -> tuple[list[tuple[str, str]], list[Fact]]:
    """What the figure moved by: in percent where that means something, and in its own unit."""
    difference = last.value - first.value
    moved = last._replace(value=difference, where=f"{last.where}/change")
    if unit == "fraction":
        shown = f"{signed(difference * 100, 2)} pp"
        return [("CHANGE", shown)], [_fact(ticker, key, "change", unit, moved._replace(shown=shown))]
    if unit == "points":
        shown = f"{signed(difference)} points"
        return [("CHANGE", shown)], [_fact(ticker, key, "change", unit, moved._replace(shown=shown))]
    own = figure(difference, unit)
    own = own if difference <= 0 or own.startswith("−") else f"+{own}"
    lines, facts = [("DIFFERENCE", own)], [_fact(ticker, key, "change", unit, moved._replace(shown=own))]
    if first.value > 0 and last.value > 0:
        ratio = last.value / first.value - 1
        shown = f"{signed(ratio * 100, 1)} %"
        lines.insert(0, ("CHANGE", shown))
        relative = moved._replace(value=ratio, shown=shown)
        facts.append(_fact(ticker, key, "change_ratio", "fraction", relative))
    return lines, facts


def thinned(points: Sequence[Point], most: int = POINTS_MAX) -> list[Point]:
    """At most `most` points: first, last, the highest, the lowest, and others evenly between them."""
    if len(points) <= most:
        return list(points)
    places = range(len(points))
    kept = {
        0,
        len(points) - 1,
        max(places, key=lambda n: points[n].value),
        min(places, key=lambda n: points[n].value),
    }
    evenly = most - len(kept)
    kept |= {round(n * (len(points) - 1) / (evenly + 1)) for n in range(1, evenly + 1)}
    return [points[place] for place in sorted(kept)]


def _at(point: Point) -> tuple[str, str]:
    return str(point.date), point.shown


def _fact(ticker: str, key: str, role: str, unit: Unit, point: Point) -> Fact:
    return Fact(ticker, key, role, point.value, unit, point.shown, point.date, point.where, point.analysis_id,
                point.revision, label(key))  # fmt: skip
