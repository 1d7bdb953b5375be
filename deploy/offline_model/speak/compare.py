"""Two and more companies side by side."""

from collections.abc import Sequence

from deploy.offline_model.context import Context
from deploy.offline_model.language.metrics import VALUATION, key_of_label
from deploy.offline_model.material.analysis import Analysis, as_number
from deploy.offline_model.material.lines import Lines, Row
from deploy.offline_model.material.subjects import Company
from deploy.offline_model.speak.basics import dated
from deploy.offline_model.speak.peers import speak_peers
from deploy.offline_model.speak.words import capital, listed, metric_name, rating_word, the_metric

_MOST = 6
_DEFAULT = ("rating", "score", "price_earnings", "dividend_yield", "ebitda_margin", "return_20")
_FEATURES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("cheap", VALUATION),
    ("dear", VALUATION),
    ("valuation", VALUATION),
    ("larger", ("market_cap",)),
    ("smaller", ("market_cap",)),
    ("grow_faster", ("earnings_change",)),
    ("profitable", ("ebitda_margin", "return_on_equity")),
    ("pays", ("dividend_yield",)),
    ("covered", ("payout", "dividend_yield")),
    ("performance", ("return_20",)),
    ("at_high", ("week52_place",)),
)
_ONE = (
    "{winner} has the {end} {metric}, {best}, against {others} ({date}).",
    "{winner} hat bei {metric} den {end} Wert, {best}, gegenüber {others} ({date}).",
)
_TIE = ("{metric} is the same for both: {best} ({date}).", "{metric} ist bei beiden gleich: {best} ({date}).")
_CHEAPER = (
    "By {metric} {winner} is {word}: {best} against {others} ({date}).",
    "Nach {metric} ist {winner} {word}: {best} gegenüber {others} ({date}).",
)
_RATED = (
    "{company} is rated {rating} with {score} points",
    "{company} ist mit {rating} eingestuft, {score} Punkte",
)
_LINE = ("{metric}: {cells}.", "{metric}: {cells}.")
_CELL = ("{value} for {company}", "{value} bei {company}")
_NO_FIGURE = ("no figure for {company}", "keine Angabe bei {company}")
_NOT_COMPARED = (
    "I could not look up {companies} side by side.",
    "{companies} konnte ich nicht nebeneinander nachschlagen.",
)
_WITH_WHOM = (
    "With which company should I compare {company}? Name one; the newest data is of {date}.",
    "Mit welchem Unternehmen soll ich {company} vergleichen? Nenne eines; die neuesten Daten sind vom {date}.",
)


def metrics_of(ctx: Context) -> tuple[str, ...]:
    """What is compared: the figures named, else those that a word implies, else the main ones."""
    named = tuple(key for key in ctx.question.metrics)
    if named and not (named == ("rating",) and ctx.question.has("cheap", "dear")):
        return named[:_MOST]
    return next((keys for feature, keys in _FEATURES if ctx.question.has(feature)), _DEFAULT)


def speak_compare(ctx: Context) -> str:
    """A sentence on who is ahead, or a line for each figure."""
    companies = ctx.about[:8]
    if len(companies) < 2:
        return _alone(ctx)
    keys = metrics_of(ctx)
    lines = ctx.look_up("compare", tickers=[each.ticker for each in companies], metrics=list(keys))
    analyses = [ctx.analysis(each) for each in companies] if not ctx.can_look_up("compare") else []
    rows = _rows(lines) if lines else [_row_of(each, keys) for each in analyses if each]
    if len(rows) < 2:
        return ctx.say(_NOT_COMPARED, companies=listed([each.shown for each in companies], german=ctx.german))
    if len(keys) == 1:
        return _one(ctx, rows, keys[0])
    if keys == VALUATION and ctx.question.has("cheap", "dear"):
        return _cheaper(ctx, rows)
    return _all(ctx, rows, keys)


def _alone(ctx: Context) -> str:
    """Nobody to compare with: its peers, or the question back if "the two" are meant."""
    if ctx.subjects.named or not ctx.question.has("two"):
        return speak_peers(ctx)
    return ctx.say(_WITH_WHOM, company=ctx.company.shown, date=dated(ctx, ctx.newest.isoformat()))


def _rows(lines: Lines) -> list[Row]:
    """The rows of a comparison, figures by their keys."""
    fixed = ("ticker", "company", "date")
    return [
        {(name if name in fixed else key_of_label(name)): value for name, value in row.items()}
        for row in lines.table("COMPARISON")
    ]


def _row_of(analysis: Analysis, keys: Sequence[str]) -> Row:
    figures = {key: metric.value for key in keys if (metric := analysis.metric(key))}
    own = {"ticker": analysis.company.ticker, "company": analysis.company.name, "date": analysis.date}
    return {**own, "rating": analysis.rating, "score": analysis.score, **figures}


def _shown(row: Row) -> str:
    return Company(row.get("ticker", ""), row.get("company", "") or row.get("ticker", "")).shown


def _dates(ctx: Context, rows: Sequence[Row]) -> str:
    found = list(dict.fromkeys(row.get("date", "") for row in rows))
    return listed([dated(ctx, each) for each in found if each], german=ctx.german)


def _cell(ctx: Context, row: Row, key: str) -> str:
    value = row.get(key, "")
    if key == "rating" and value:
        value = rating_word(value, german=ctx.german)
    has_none = value in ("", "—")
    return ctx.say(_NO_FIGURE if has_none else _CELL, value=value, company=_shown(row))


def _ordered(rows: Sequence[Row], key: str, *, highest: bool) -> list[Row]:
    """The rows that have the figure, the asked end first."""
    known = [row for row in rows if as_number(row.get(key, "")) is not None]
    return sorted(known, key=lambda row: as_number(row.get(key, "")) or 0.0, reverse=highest)


def _one(ctx: Context, rows: Sequence[Row], key: str) -> str:
    highest = not ctx.question.has("lower", "cheap", "smaller", "extreme_low") or ctx.question.has(
        "higher", "dear"
    )
    ranked = _ordered(rows, key, highest=highest)
    if len(ranked) < 2 or key == "rating":
        return _all(ctx, rows, (key,))
    best = ranked[0]
    others = [row for row in rows if row is not best]
    if ranked[0].get(key) == ranked[1].get(key) and len(rows) == 2:
        name = capital(the_metric(key, german=ctx.german))
        both = _dates(ctx, rows)
        return ctx.say(
            _TIE, metric=name, best=best[key], date=f"{_shown(rows[0])}, {_shown(rows[1])}, {both}"
        )
    words = ("höheren", "niedrigeren") if ctx.german else ("higher", "lower")
    if len(rows) > 2:
        words = ("höchsten", "niedrigsten") if ctx.german else ("highest", "lowest")
    return ctx.say(
        _ONE,
        winner=_shown(best),
        end=words[not highest],
        metric=metric_name(key, german=ctx.german),
        best=best[key],
        others=listed([_cell(ctx, row, key) for row in others], german=ctx.german),
        date=_dates(ctx, rows),
    )


def _cheaper(ctx: Context, rows: Sequence[Row]) -> str:
    dear = ctx.question.has("dear") and not ctx.question.has("cheap")
    words = ("teurer" if dear else "günstiger") if ctx.german else ("more expensive" if dear else "cheaper")
    ranked = {key: _ordered(rows, key, highest=dear) for key in VALUATION}
    first = next((key for key in VALUATION if len(ranked[key]) > 1), None)
    if first is None:
        return _all(ctx, rows, VALUATION)
    best = ranked[first][0]
    said = ctx.say(
        _CHEAPER,
        metric=metric_name(first, german=ctx.german),
        winner=_shown(best),
        word=words,
        best=best[first],
        others=listed([_cell(ctx, row, first) for row in rows if row is not best], german=ctx.german),
        date=_dates(ctx, rows),
    )
    return " ".join([said, *(_line(ctx, rows, key) for key in VALUATION if key != first)])


def _all(ctx: Context, rows: Sequence[Row], keys: Sequence[str]) -> str:
    said = []
    rated = [row for row in rows if row.get("score") and row.get("rating")]
    if rated and "score" in keys:
        parts = [
            ctx.say(
                _RATED,
                company=_shown(row),
                rating=rating_word(row["rating"], german=ctx.german),
                score=row["score"],
            )
            for row in rated
        ]
        said.append(f"{listed(parts, german=ctx.german)} ({_dates(ctx, rows)}).")
    rest = [key for key in keys if not (said and key in ("score", "rating"))]
    lines = [_line(ctx, rows, key) for key in rest]
    if not said and lines:
        lines[0] = f"{lines[0].removesuffix('.')} ({_dates(ctx, rows)})."
    return " ".join([*said, *lines])


def _line(ctx: Context, rows: Sequence[Row], key: str) -> str:
    cells = [_cell(ctx, row, key) for row in rows]
    return ctx.say(
        _LINE, metric=capital(metric_name(key, german=ctx.german)), cells=listed(cells, german=ctx.german)
    )
