"""`screen`: which companies meet conditions."""

import operator
from collections.abc import Callable, Sequence

from rapidfuzz import process

from agent_worker.grounding.facts import Fact
from agent_worker.workflows.tools.analyses import Stored
from agent_worker.workflows.tools.arguments import Filter, Screen
from agent_worker.workflows.tools.context import ToolContext
from agent_worker.workflows.tools.metrics import HEAD, cell, fact, label, metric_key, value_of
from agent_worker.workflows.tools.result import Section, Sheet, WrongArguments
from shared.analysis import Unit
from shared.figure_words import figure
from shared.frames.figures import Table
from shared.metric_words import METRIC_WORDS

OPERATORS: dict[str, Callable[[float, float], bool]] = {
    ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le, "=": operator.eq,
}  # fmt: skip
IN_WORDS = {">": "above", ">=": "at least", "<": "below", "<=": "at most", "=": "exactly"}
SHOWN_DIGITS = {"ratio": 2, "fraction": 4, "points": 1, "usd": 2}
"""Two figures are equal if they are shown alike."""


async def screen(context: ToolContext, asked: Screen) -> Sheet:
    """The companies rated now that meet all conditions. Raises `WrongArguments`."""
    filters = [(metric_key(each.metric), each) for each in asked.filters]
    for key, each in filters:
        if key == "rating":
            raise WrongArguments(
                "a rating is no number to filter by; use the argument rating", ["buy", "hold", "sell"]
            )
        if key in METRIC_WORDS and METRIC_WORDS[key].unit == "fraction" and abs(each.value) > 20:
            raise WrongArguments(
                f"{label(key)} is a fraction; {each.value:g} would be {each.value * 100:,.0f} %", [f"{each.value / 100:g} for {each.value:g} %"]
            )  # fmt: skip
    group = await _group(context, asked.sector) if asked.sector else None
    sort = metric_key(asked.sort.lstrip("-+")) if asked.sort else (filters[0][0] if filters else "score")
    descending = asked.sort.startswith("-") if asked.sort else _larger_first(filters)
    used = list(dict.fromkeys([*(key for key, _ in filters), *([sort] if sort not in HEAD else [])]))
    market = await context.analyses.market(group)
    matched = [s for s in market if _meets(s, filters) and asked.rating in (None, s.analysis.rating)]
    rows = _sorted(matched, sort, descending=descending)[: asked.limit]
    shown = [key for key in used if key not in HEAD]
    columns = ("ticker", "company", "date", "rating", "score", *map(label, shown))
    cells = [[s.analysis.ticker, s.name, str(s.analysis.as_of), cell(s, "rating"), cell(s, "score"),
              *(cell(s, key) for key in shown)] for s in rows]  # fmt: skip
    lines = [
        ("FILTERS", _in_words(filters, group, asked.rating)),
        ("MATCHED", str(len(matched))),
        ("SHOWN", f"first {len(rows)} of {len(matched)}" if len(rows) < len(matched) else str(len(rows))),
        ("SORTED BY", f"{label(sort)}, {'largest' if descending else 'smallest'} first"),
    ]
    return Sheet(
        lines,
        [Section("COMPANIES", columns, cells)],
        [*_counts(matched, market, rows), *_figures(rows, shown)],
        Table(list(columns), cells),
        f"Screening {len(market)} companies",
    )


def _larger_first(filters: Sequence[tuple[str, Filter]]) -> bool:
    """Without an order: the most extreme first."""
    return not filters or filters[0][1].op in (">", ">=", "=")


def _meets(stored: Stored, filters: Sequence[tuple[str, Filter]]) -> bool:
    """Whether every figure is there and meets its condition: a missing one meets none."""
    for key, each in filters:
        value, wanted = value_of(stored, key), each.value
        if value is None:
            return False
        if each.op == "=":
            digits = SHOWN_DIGITS.get(METRIC_WORDS[key].unit, 4)
            value, wanted = round(value, digits), round(wanted, digits)
        if not OPERATORS[each.op](value, wanted):
            return False
    return True


def _sorted(found: Sequence[Stored], key: str, *, descending: bool) -> list[Stored]:
    """By a figure, then by symbol; those without it last."""
    sign = -1.0 if descending else 1.0
    ratings = {"buy": 2.0, "hold": 1.0, "sell": 0.0}

    def place(stored: Stored) -> tuple[bool, float, str]:
        value = ratings[stored.analysis.rating] if key == "rating" else value_of(stored, key)
        return value is None, sign * (value or 0.0), stored.analysis.ticker

    return sorted(found, key=place)


def _in_words(filters: Sequence[tuple[str, Filter]], group: str | None, rating: str | None) -> str:
    parts = [f"{label(key)} {IN_WORDS[each.op]} {figure(each.value, _unit(key))}" for key, each in filters]
    parts += [group] if group else []
    parts += [f"rated {rating}"] if rating else []
    return "; ".join(parts) or "none"


def _unit(key: str) -> Unit:
    return METRIC_WORDS[key].unit


def _counts(matched: Sequence[Stored], market: Sequence[Stored], rows: Sequence[Stored]) -> list[Fact]:
    newest = max((stored.analysis.as_of for stored in market), default=None)
    counts = (("value", "matched", matched), ("n", "compared", market), ("shown", "shown", rows))
    return [
        Fact("", "count", role, float(len(each)), "count", str(len(each)), newest, f"screen/{where}")
        for role, where, each in counts
    ]


def _figures(rows: Sequence[Stored], shown: Sequence[str]) -> list[Fact]:
    return [known for stored in rows for key in ("rating", "score", *shown) if (known := fact(stored, key))]


async def _group(context: ToolContext, asked: str) -> str:
    """The sector, industry group or sub-industry of this name."""
    groups = context.finder.group_names
    by_name = {group.lower(): group for group in groups}
    if same := by_name.get(asked.strip().lower()):
        return same
    found = process.extract(asked.lower(), list(by_name), limit=3, score_cutoff=50)
    near = [by_name[each[0]] for each in found]
    raise WrongArguments(
        f'unknown sector "{asked[:40]}"' + (f"; the nearest are {', '.join(near)}" if near else ""),
        sorted(context.finder.sectors),
    )
