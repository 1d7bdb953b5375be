"""Screens of the whole market: which companies meet conditions, how many, the first by a figure."""

from difflib import get_close_matches

from deploy.offline_model.context import Context
from deploy.offline_model.language.filters import Filter
from deploy.offline_model.language.metrics import FRACTIONS, key_of_label
from deploy.offline_model.language.words.sectors import PARENTS
from deploy.offline_model.material.lines import Lines, Row
from deploy.offline_model.material.subjects import called
from deploy.offline_model.speak.basics import dated
from deploy.offline_model.speak.orders import filters_of, sort_of
from deploy.offline_model.speak.words import listed, metric_name, rating_word, the_metric

LIMIT = 20
_SHOWN = 5
_SHOWN_MOST = 10

_COUNT = (
    "{matched} companies{sector} match {what} ({date}).",
    "{matched} Unternehmen{sector} erfüllen das: {what} ({date}).",
)
_ONE = (
    "One company{sector} matches {what} ({date}).",
    "Ein Unternehmen{sector} erfüllt das: {what} ({date}).",
)
_THERE_ARE = (
    "There are {matched} companies{sector} to search ({date}).",
    "Zu durchsuchen sind {matched} Unternehmen{sector} ({date}).",
)
_HAVE_NONE = (
    "Companies without {metric} cannot be searched for, only those that have the figure ({date}).",
    "Nach Unternehmen ohne {metric} kann ich nicht suchen, nur nach solchen mit diesem Wert ({date}).",
)
_OF_ALL = (
    "{order}{sector} ({date}): {rows}. {matched} companies have the figure.",
    "{order}{sector} ({date}): {rows}. {matched} Unternehmen haben diesen Wert.",
)
_NONE = (
    "No company{sector} matches {what} ({date}).",
    "Kein Unternehmen{sector} erfüllt das: {what} ({date}).",
)
_FIRST = ("{order}: {rows}.", "{order}: {rows}.")
_ORDER = ("By {metric}, {end} first", "Nach {metric}, {end} zuerst")
_BEST = (
    "{company} ({ticker}) has {metric}{sector}: {value} ({date}).",
    "{company} ({ticker}) hat {metric}{sector}: {value} ({date}).",
)
_NEXT = ("Next: {rows}.", "Danach: {rows}.")
_ROW = ("{company} ({ticker}) {figures}", "{company} ({ticker}) {figures}")
_UNKNOWN = (
    "I could not search all companies; the newest data is of {date}.",
    "Ich konnte nicht alle Unternehmen durchsuchen; die neuesten Daten sind vom {date}.",
)
_REFUSED = (
    "I could not search all companies ({date}): {why}.",
    "Ich konnte nicht alle Unternehmen durchsuchen ({date}): {why}.",
)
_ALL = ("all conditions", "alle Bedingungen")


def run(ctx: Context, sort: str, *, sector: str | None = None) -> tuple[Lines | None, str]:
    """The look-up and the group it is of. A group that the tool does not know is tried as its sector."""
    asked = ctx.question
    sector = sector if sector is not None else next(iter(asked.sectors), "")
    lines = ctx.look_up(
        "screen",
        filters=[{"metric": each.metric, "op": each.op, "value": each.value} for each in filters_of(ctx)],
        sector=sector,
        rating=next(iter(asked.ratings), ""),
        sort=sort,
        limit=LIMIT,
    )
    if lines and lines.fact("ERROR") and sector:
        other = _allowed(lines, sector) or PARENTS.get(sector, "")
        if other and other != sector:
            return run(ctx, sort, sector=other)
    return lines, sector


def _allowed(lines: Lines, sector: str) -> str:
    allowed = [each.strip() for each in lines.fact("ALLOWED").split(",")]
    near = PARENTS.get(sector, sector)
    return near if near in allowed else next(iter(get_close_matches(sector, allowed, 1)), "")


def in_sector(ctx: Context) -> set[str] | None:
    """The tickers that meet the conditions of a question on changes."""
    lines, _ = run(ctx, "-score")
    return {row.get("ticker", "") for row in lines.table("COMPANIES")} if lines else None


def speak_screen(ctx: Context) -> str:
    """How many match, and the first of them."""
    sort = sort_of(ctx)
    newest = dated(ctx, ctx.newest.isoformat())
    if ctx.question.has("nothing") and not ctx.question.filters and ctx.question.metrics:
        named = metric_name(ctx.question.metrics[0], german=ctx.german)
        return ctx.say(_HAVE_NONE, metric=named, date=newest)
    lines, sector = run(ctx, sort)
    if lines is None:
        return ctx.say(_UNKNOWN, date=newest)
    if lines.fact("ERROR"):
        return ctx.say(_REFUSED, date=newest, why=lines.fact("ERROR").rstrip("."))
    rows = lines.table("COMPANIES")
    date = dated(ctx, rows[0].get("date", "")) if rows else newest
    facts = {"sector": f" in {sector}" if sector else "", "date": date, "what": _what(ctx)}
    if not rows:
        return ctx.say(_NONE, **facts)
    key = sort.lstrip("-")
    if _asks_for_one(ctx) and _value(rows[0], key):
        return _best(ctx, rows, sort, facts)
    is_free = not filters_of(ctx) and not ctx.question.ratings
    shown = "; ".join(_row(ctx, row, key) for row in rows[: _how_many(ctx)])
    facts |= {"matched": lines.fact("MATCHED"), "order": _order(ctx, sort), "rows": shown}
    if is_free and not ctx.question.has("count"):
        return ctx.say(_OF_ALL, **facts)
    texts = _THERE_ARE if is_free else _ONE if facts["matched"] == "1" else _COUNT
    return f"{ctx.say(texts, **facts)} {ctx.say(_FIRST, **facts)}"


def _asks_for_one(ctx: Context) -> bool:
    asked = ctx.question
    ends = asked.has(
        "extreme_high",
        "extreme_low",
        "top",
        "bottom",
        "cheap",
        "dear",
        "larger",
        "smaller",
        "profitable",
        "grow_faster",
    )
    plural = {
        "companies",
        "stocks",
        "shares",
        "names",
        "unternehmen",
        "aktien",
        "firmen",
        "werte",
        "titel",
        "five",
        "ten",
    }
    several = (
        bool(asked.bare)
        or asked.has("count")
        or bool(plural.intersection(asked.words))
        or bool(asked.filters)
    )
    return ends and not several


def _best(ctx: Context, rows: list[Row], sort: str, facts: dict[str, str]) -> str:
    key = sort.lstrip("-")
    said = ctx.say(
        _BEST,
        company=called(rows[0].get("company", "")),
        ticker=rows[0].get("ticker", ""),
        metric=_extreme(ctx, sort),
        sector=facts["sector"],
        value=_value(rows[0], key),
        date=facts["date"],
    )
    rest = [_row(ctx, row, key) for row in rows[1:_SHOWN]]
    return f"{said} {ctx.say(_NEXT, rows='; '.join(rest))}" if rest else said


def _extreme(ctx: Context, sort: str) -> str:
    """ "the lowest P/E"; "das niedrigste KGV"."""
    key = sort.lstrip("-")
    if not ctx.german:
        return f"the {_end(ctx, sort)} {metric_name(key, german=False)}"
    article, _, name = the_metric(key, german=True).partition(" ")
    adjective = _end(ctx, sort)
    return (
        f"den {adjective} {name}" if article == "der" else f"{article} {adjective.removesuffix('n')} {name}"
    )


def _how_many(ctx: Context) -> int:
    asked = next((int(each.value) for each in ctx.question.bare if not each.unit and each.value >= 1), _SHOWN)
    return min(asked, _SHOWN_MOST)


def _row(ctx: Context, row: Row, key: str) -> str:
    """A company with the figures of the conditions and of the order."""
    keys = dict.fromkeys([key, *(each.metric for each in ctx.question.filters), *ctx.question.metrics])
    figures = []
    for each in keys:
        value = _value(row, each)
        if each == "rating" or not value:
            continue
        figures.append(
            value if each == key and len(keys) == 1 else f"{metric_name(each, german=ctx.german)} {value}"
        )
    return ctx.say(
        _ROW,
        company=called(row.get("company", "")),
        ticker=row.get("ticker", ""),
        figures=", ".join(figures),
    ).strip()


def _value(row: Row, key: str) -> str:
    if key in row:
        return row[key]
    return next((value for label, value in row.items() if key_of_label(label) == key), "")


def _order(ctx: Context, sort: str) -> str:
    end = _end(ctx, sort).removesuffix("n")
    return ctx.say(_ORDER, metric=metric_name(sort.lstrip("-"), german=ctx.german), end=end)


def _end(ctx: Context, sort: str) -> str:
    if ctx.german:
        return "höchsten" if sort.startswith("-") else "niedrigsten"
    return "highest" if sort.startswith("-") else "lowest"


_OPS = {">": ("over", "über"), ">=": ("at least", "mindestens"), "<": ("under", "unter"), "<=": ("at most", "höchstens"),
        "=": ("exactly", "genau")}  # fmt: skip


def _what(ctx: Context) -> str:
    """The conditions in words; the numbers are those of the question."""
    parts = [
        f"{metric_name(each.metric, german=ctx.german)} {_OPS[each.op][ctx.german]} {_bound(each)}"
        for each in filters_of(ctx)
    ]
    if ctx.question.ratings:
        word = rating_word(ctx.question.ratings[0], german=ctx.german)
        parts.append(f"{'Einstufung' if ctx.german else 'rating'} {word}")
    return listed(parts, german=ctx.german) or ctx.say(_ALL)


def _bound(condition: Filter) -> str:
    value = condition.value * 100 if condition.metric in FRACTIONS else condition.value
    shown = f"{value:,.2f}".rstrip("0").rstrip(".")
    for size, letter in ((1e12, "T"), (1e9, "B"), (1e6, "M")):
        if abs(value) >= size:
            return "$" + f"{value / size:,.2f}".rstrip("0").rstrip(".") + letter
    return f"{shown} %" if condition.metric in FRACTIONS else shown
