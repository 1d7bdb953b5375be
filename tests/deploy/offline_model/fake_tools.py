"""A small stand-in for the worker's tools: the same names, arguments and line form, over the sample in memory."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from shared.analysis import Analysis, Unit
from shared.figure_words import figure, number, percent, signed
from shared.metric_words import METRIC_WORDS
from shared.points_rule import rate, turning_points
from tests.deploy.offline_model.market import analysis_lines, market, metric_of, table

NAMES = ("get_analysis", "compare", "screen", "history", "what_changed", "peers", "what_if", "explain")
ROWS_MAX = 20
OPS: dict[str, Callable[[float, float], bool]] = {
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    "=": lambda a, b: a == b,
}


def run(name: str, args: dict[str, Any]) -> str:
    """The text of a result. Wrong arguments give a text that says so."""
    tools: dict[str, Callable[..., list[str]]] = {
        "get_analysis": _get_analysis,
        "compare": _compare,
        "screen": _screen,
        "history": _history,
        "what_changed": _what_changed,
        "peers": _peers,
        "what_if": _what_if,
        "explain": _explain,
    }
    try:
        lines = tools[name](
            **{
                ("start" if key == "from" else "end" if key == "to" else key): each
                for key, each in args.items()
            }
        )
    except _RefusedError as error:
        lines = [f"ERROR: {error}", *([f"ALLOWED: {error.allowed}"] if error.allowed else [])]
    return "\n".join([f"TOOL: {name}", *lines])


class _RefusedError(Exception):
    def __init__(self, what: str, allowed: str = "") -> None:
        super().__init__(what)
        self.allowed = allowed


def _found(ticker: str) -> list[Analysis]:
    if ticker not in market().companies:
        raise _RefusedError(f"{ticker} is not in the data")
    return market().analyses.get(ticker, [])


def _name(ticker: str) -> str:
    return f"{market().companies[ticker].name} ({ticker})"


def _value(analysis: Analysis, key: str) -> float | str | None:
    if key == "score":
        return analysis.score
    return analysis.rating if key == "rating" else metric_of(analysis, key).value


def _unit(key: str) -> Unit:
    return METRIC_WORDS[key].unit


def _shown(analysis: Analysis, key: str) -> str:
    value = _value(analysis, key)
    return value if isinstance(value, str) else figure(value, _unit(key))


def _known(key: str) -> str:
    if key not in METRIC_WORDS:
        raise _RefusedError(f"{key!r} is no metric", ", ".join(METRIC_WORDS))
    return METRIC_WORDS[key].label


def _get_analysis(ticker: str, as_of: str | None = None) -> list[str]:
    found = [each for each in _found(ticker) if as_of is None or str(each.as_of) <= as_of]
    if not found and as_of and _found(ticker):
        raise _RefusedError(
            f"there is no analysis on or before {as_of}; the first is of {_found(ticker)[0].as_of}"
        )
    lines = analysis_lines(ticker, found[-1] if found else None)
    return [*lines[:2], f"ASKED FOR: {as_of}", *lines[2:]] if as_of else lines


def _compare(tickers: Sequence[str], metrics: Sequence[str]) -> list[str]:
    labels = [_known(key) for key in metrics]
    latest = {ticker: _found(ticker)[-1] for ticker in tickers if _found(ticker)}
    rows = [
        [ticker, market().companies[ticker].name, str(each.as_of), *(_shown(each, key) for key in metrics)]
        for ticker, each in latest.items()
    ]
    return ["DATES: one", *table("COMPARISON", ("ticker", "company", "date", *labels), rows)]


def _screen(
    filters: Sequence[dict[str, Any]] = (),
    sector: str = "",
    rating: str = "",
    sort: str = "-score",
    limit: float = 20,
) -> list[str]:
    sectors = sorted({each.sector for each in market().companies.values()})
    if sector and sector not in sectors:
        raise _RefusedError(f"{sector!r} is no sector", ", ".join(sectors))
    keys = list(dict.fromkeys([*(each["metric"] for each in filters), sort.lstrip("-")]))
    labels = [_known(key) for key in keys]
    found = []
    for ticker in market().rated:
        each = market().latest(ticker)
        values = [(_value(each, rule["metric"]), rule) for rule in filters]
        fits = all(
            isinstance(value, float) and OPS[rule["op"]](value, rule["value"]) for value, rule in values
        )
        in_sector = not sector or market().companies[ticker].sector == sector
        if fits and in_sector and rating in ("", each.rating) and _value(each, sort.lstrip("-")) is not None:
            found.append(each)
    found.sort(key=lambda each: _value(each, sort.lstrip("-")) or 0, reverse=sort.startswith("-"))
    rows = [
        [
            each.ticker, market().companies[each.ticker].name, str(each.as_of), each.rating, number(each.score, 1),
            *(_shown(each, key) for key in keys if key not in ("rating", "score")),
        ]
        for each in found[: int(limit)]
    ]  # fmt: skip
    shown = [label for label, key in zip(labels, keys, strict=True) if key not in ("rating", "score")]
    head = [f"MATCHED: {len(found)}", f"SHOWN: first {len(rows)} of {len(found)}", f"SORTED BY: {sort}"]
    return [*head, *table("COMPANIES", ("ticker", "company", "date", "rating", "score", *shown), rows)]


def _history(ticker: str, metric: str, start: str = "", end: str = "") -> list[str]:
    label = _known(metric)
    points: list[tuple[dt.date, float | str | None]] = [
        (each.as_of, _value(each, metric)) for each in _found(ticker)
    ]
    if metric == "price":
        points = [*market().prices.get(ticker, [])]
    points = [
        each for each in points if each[1] is not None and (start or "0") <= str(each[0]) <= (end or "9")
    ]
    lines = [f"COMPANY: {_name(ticker)}", f"METRIC: {label}"]
    if not points:
        raise _RefusedError(f"no figures between {start or 'the first day'} and {end or 'the last'}")
    shown = [
        (day, value if isinstance(value, str) else figure(value, _unit(metric))) for day, value in points
    ]
    lines += [f"FIRST: {shown[0][0]} | {shown[0][1]}", f"LAST: {shown[-1][0]} | {shown[-1][1]}"]
    first, last = points[0][1], points[-1][1]
    if isinstance(first, float) and isinstance(last, float):
        lines += [f"CHANGE: {_change(first, last, _unit(metric))}"]
        numbers = [
            (value, day, words)
            for (day, value), (_, words) in zip(points, shown, strict=True)
            if isinstance(value, float)
        ]
        high, low = max(numbers), min(numbers)
        lines += [f"HIGH: {high[1]} | {high[2]}", f"LOW: {low[1]} | {low[2]}"]
    step = max(1, len(shown) // 30 + 1)
    return [*lines, *table("POINTS", ("date", "figure"), [[str(day), words] for day, words in shown[::step]])]


def _change(first: float, last: float, unit: Unit) -> str:
    if unit == "fraction":
        return f"{signed((last - first) * 100, 2)} pp"
    if unit == "points" or first <= 0:
        return signed(last - first, 1)
    return f"{signed((last / first - 1) * 100, 1)} %"


def _what_changed(ticker: str = "", start: str = "", end: str = "") -> list[str]:
    if ticker:
        return _company_changes(ticker, start, end)
    days = sorted({each.as_of for each in market().analyses["KO"]})
    before = max((day for day in days[:-1] if not start or str(day) <= start), default=days[0])
    rows = []
    for name in market().rated:
        old = next((each for each in market().analyses[name] if each.as_of == before), None)
        if old:
            new = market().latest(name)
            scores = [number(old.score, 1), number(new.score, 1)]
            rows.append((old, new, [name, market().companies[name].name, old.rating, new.rating, *scores]))
    changed = [cells for old, new, cells in rows if old.rating != new.rating]
    moves = [cells for _, _, cells in sorted(rows, key=lambda row: -abs(row[1].score - row[0].score))[:5]]
    columns = ("ticker", "company", "before", "after", "score before", "score after")
    head = [f"FROM: {before}", f"TO: {days[-1]}", f"RATING CHANGES: {len(changed)}"]
    head += [f"SHOWN: first {ROWS_MAX} of {len(changed)}"] if len(changed) > ROWS_MAX else []
    return [
        *head,
        *table("RATINGS CHANGED", columns, changed[:ROWS_MAX]),
        *table("LARGEST MOVES", columns, moves),
    ]


def _company_changes(ticker: str, start: str, end: str) -> list[str]:
    found = _found(ticker)
    if len(found) < 2:
        raise _RefusedError(f"there are no two analyses of {ticker}")
    new = max((each for each in found if not end or str(each.as_of) <= end), key=lambda each: each.as_of)
    earlier = [each for each in found if each.as_of < new.as_of]
    old = next((each for each in earlier[::-1] if not start or str(each.as_of) <= start), earlier[0])
    step = round(new.score - old.score, 1)
    score = f"{'rose' if step > 0 else 'fell'} by {number(abs(step), 1)} points to {number(new.score, 1)} (from {number(old.score, 1)})"
    score = score if step else f"stayed at {number(new.score, 1)}"
    rating = (
        f"the rating is still {new.rating}"
        if old.rating == new.rating
        else f"the rating went from {old.rating} to {new.rating}"
    )
    was, now = (metric_of(each, "price").value or 0.0 for each in (old, new))
    sentences = [
        f"From the snapshot of {old.as_of.day} {old.as_of:%b} to that of {new.as_of.day} {new.as_of:%b} the score {score}; {rating}."
        f" The price went from {figure(was, 'usd')} to {figure(now, 'usd')} ({signed((now / was - 1) * 100, 1)} %)."
    ]
    before = {item.key: item for item in old.rationale}
    for item in new.rationale:
        past = before.get(item.key)
        if past and past.counted and item.counted and past.points != item.points:
            sentences.append(
                f"{item.label}: {signed(item.points - past.points)} points ({signed(past.points)} → {signed(item.points)}):"
                f" from {figure(past.value, item.unit)} to {figure(item.value, item.unit)}."
            )
    lines = [f"COMPANY: {_name(ticker)}", f"FROM: {old.as_of}", f"TO: {new.as_of}", "", "CHANGES"]
    return [*lines, *(f"- {each}" for each in sentences)]


def _peers(ticker: str, metric: str) -> list[str]:
    label = _known(metric)
    own = market().companies[ticker]
    groups = [
        each for each in market().rated if market().companies[each].industry_group == own.industry_group
    ]
    ranked = [each for each in groups if isinstance(_value(market().latest(each), metric), float)]
    ranked.sort(key=lambda each: -(_number(each, metric)))
    if ticker not in ranked:
        raise _RefusedError(f"{ticker} has no {label}")
    place = ranked.index(ticker)
    middle = sorted(_number(each, metric) for each in ranked)[len(ranked) // 2]
    near = ranked[max(0, place - 2) : place + 3]
    rows = [
        [
            str(ranked.index(each) + 1),
            each,
            market().companies[each].name,
            figure(_number(each, metric), _unit(metric)),
        ]
        for each in near
    ]
    return [
        f"COMPANY: {_name(ticker)}",
        f"METRIC: {label}",
        f"VALUE: {figure(_number(ticker, metric), _unit(metric))}",
        f"MEDIAN: {figure(middle, _unit(metric))}",
        f"N: {len(ranked)}",
        f"GROUP: {own.industry_group}",
        f"RANK: {place + 1} of {len(ranked)}",
        *table("NEIGHBOURS", ("rank", "ticker", "company", "figure"), rows),
    ]


def _number(ticker: str, metric: str) -> float:
    value = _value(market().latest(ticker), metric)
    return value if isinstance(value, float) else 0.0


def _what_if(ticker: str, points: Sequence[dict[str, Any]] = (), without: Sequence[str] = ()) -> list[str]:
    found = _found(ticker)
    if not found:
        raise _RefusedError(f"there is no analysis of {ticker}")
    analysis = found[-1]
    wanted = {**{each["item"]: each["points"] for each in points}, **dict.fromkeys(without, 0.0)}
    unknown = set(wanted) - {item.key for item in analysis.rationale}
    if unknown:
        raise _RefusedError(
            f"no such item: {', '.join(unknown)}", ", ".join(item.key for item in analysis.rationale)
        )
    then = round(analysis.score + sum(wanted.get(i.key, i.points) - i.points for i in analysis.rationale), 1)
    lines = [
        f"COMPANY: {_name(ticker)}",
        f"DATE: {analysis.as_of}",
        f"NOW: {number(analysis.score, 1)} {analysis.rating}",
        f"THEN: {number(then, 1)} {rate(then, analysis.rating)}",
        "LINES: "
        + ", ".join(f"{rating} at {number(line, 1)}" for rating, line in turning_points(analysis.rating)),
    ]
    steps = [
        [i.label, signed(i.points), signed(wanted.get(i.key, i.points))]
        for i in analysis.rationale
        if i.key in wanted
    ]
    lines += table("STEPS", ("item", "points now", "points then"), steps)
    for rating, line in turning_points(analysis.rating):
        needed = line - analysis.score
        rows = []
        for item in analysis.rationale:
            can = item.counted and item.low <= round(item.points + needed, 1) <= item.high
            span = f"{signed(item.low, 0)} to {signed(item.high, 0)}"
            rows.append([item.label, signed(item.points + needed), f"{'yes' if can else 'no'} ({span})"])
        lines += table(f"TO {rating.upper()}", ("item", "points needed", "possible"), rows)
    return lines


def _explain(term: str, language: str = "en") -> list[str]:
    if term not in METRIC_WORDS and term not in ("score", "median"):
        raise _RefusedError(f"{term!r} is not in the glossary", ", ".join(METRIC_WORDS))
    meaning = {
        "score": f"The score is {number(50, 0)} plus the points of all items.",
        "dividend_yield": f"The dividend of a year as a part of the price, such as {percent(0.03, 0)}.",
    }
    sentence = meaning.get(term, f"{term} in plain words, as the glossary has it.")
    return [
        f"TERM: {term}",
        "",
        "MEANING",
        f"- {sentence}",
        "- A second sentence says more.",
        "",
        "SOURCE: glossary",
    ]
