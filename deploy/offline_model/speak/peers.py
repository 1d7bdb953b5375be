"""A company among its peers: rank, median, neighbours; who they are; its sector."""

from deploy.offline_model.context import Context
from deploy.offline_model.language.metrics import key_of_label
from deploy.offline_model.material.analysis import Analysis, as_number
from deploy.offline_model.material.lines import Lines, Row
from deploy.offline_model.material.subjects import called
from deploy.offline_model.speak.basics import dated, figure, rated, unavailable
from deploy.offline_model.speak.words import listed, metric_name

_RANK = (
    "By {metric} {company} ranks {rank} in {group}, highest first: {value}, {side} the median {median} ({date}).",
    "Nach {metric} liegt {company} auf Rang {rank} in {group}, der höchste Wert zuerst: {value}, {side} Median {median}"
    " ({date}).",
)
_END = (
    "{first} has the {end} {metric} among the peers of {company} in {group} ({date}).",
    "{first}: das ist bei {metric} der Wert am {end} Ende der Vergleichsgruppe von {company} in {group} ({date}).",
)
_THEN = ("Then: {rows}.", "Danach: {rows}.")
_SHOWN = 4
_ABOVE_ZERO = frozenset(
    {
        "price_earnings", "price_sales", "price_book", "cap_to_ebitda", "ebitda_margin", "return_on_equity",
        "dividend_yield", "payout",
    }
)  # fmt: skip
"""Figures that compare only where they are above zero."""
_ABOVE = ("Before it: {rows}.", "Davor: {rows}.")
_BELOW = ("After it: {rows}.", "Danach: {rows}.")
_ROW = ("{company} ({ticker}) {value}", "{company} ({ticker}) {value}")
_WHO = (
    "{company} is compared with {n} companies in {group} ({date}).",
    "{company} wird mit {n} Unternehmen in {group} verglichen ({date}).",
)
_RIVALS = (
    "Who competes with {company} the analysis does not say.",
    "Wer mit {company} im Wettbewerb steht, sagt die Analyse nicht.",
)
_NEAR = ("Nearest to it by {metric}: {rows}.", "Am nächsten nach {metric}: {rows}.")
_SECTOR = ("{company} belongs to {group} ({date}).", "{company} gehört zu {group} ({date}).")
_NO_SECTOR = (
    "The sector of {company} is not in the analysis ({date}).",
    "Der Sektor von {company} steht nicht in der Analyse ({date}).",
)
_BESIDE = (
    "Beside its peers {company} looks like this ({date}): {figures}.",
    "Neben der Vergleichsgruppe sieht {company} so aus ({date}): {figures}.",
)
_FIGURE = ("{metric} {value} (median {median})", "{metric} {value} (Median {median})")
_MAIN = ("price_earnings", "price_book", "ebitda_margin", "return_on_equity", "dividend_yield", "return_20")


def speak_peers(ctx: Context) -> str:
    """Rank and neighbours by one figure, or who has the most or least of it; without one, the main figures beside their
    medians."""
    analysis = ctx.analysis()
    keys = [key for key in ctx.question.metrics if key != "rating"]
    key = keys[0] if keys else "score" if ctx.question.has("rank") else ""
    lines = ctx.look_up("peers", ticker=ctx.company.ticker, metric=key) if key else None
    missing = unavailable(ctx, analysis)
    if missing or analysis is None:
        return missing
    if key and lines and lines.fact("GROUP") and (said := _at_the_end(ctx, analysis, lines, key)):
        return said
    if key and lines and lines.fact("RANK"):
        return _rank(ctx, analysis, lines, key)
    return figure(ctx, analysis, key) if key and key != "score" else _beside(ctx, analysis)


def _at_the_end(ctx: Context, analysis: Analysis, lines: Lines, key: str) -> str:
    """Which company of the group has the highest or lowest figure; empty if that is not asked."""
    lowest = ctx.question.has("extreme_low", "bottom", "smaller")
    if not lowest and not ctx.question.has("extreme_high", "top", "larger"):
        return ""
    counted = [{"metric": key, "op": ">", "value": 0.0}] if key in _ABOVE_ZERO else []
    group, sort = lines.fact("GROUP"), key if lowest else f"-{key}"
    found = ctx.look_up("screen", filters=counted, sector=group, sort=sort, limit=_SHOWN)
    rows = found.table("COMPANIES") if found else []
    if not rows:
        return ""
    shown = [_row(ctx, {**row, "figure": _figure_of(row, key)}) for row in rows]
    said = ctx.say(
        _END,
        first=shown[0],
        end=("niedrigsten" if ctx.german else "lowest")
        if lowest
        else ("höchsten" if ctx.german else "highest"),
        metric=metric_name(key, german=ctx.german),
        company=analysis.company.shown,
        group=group,
        date=dated(ctx, rows[0].get("date", "") or analysis.date),
    )
    return f"{said} {ctx.say(_THEN, rows=listed(shown[1:], german=ctx.german))}" if shown[1:] else said


def _figure_of(row: Row, key: str) -> str:
    return next((value for label, value in row.items() if key_of_label(label) == key), "")


def _rank(ctx: Context, analysis: Analysis, lines: Lines, key: str) -> str:
    value, middle = as_number(lines.fact("VALUE")), as_number(lines.fact("MEDIAN"))
    side = _side(ctx, value or 0.0, middle or 0.0)
    rank = lines.fact("RANK").replace(" of ", " von ") if ctx.german else lines.fact("RANK")
    said = ctx.say(
        _RANK,
        metric=metric_name(key, german=ctx.german),
        company=analysis.company.shown,
        rank=rank,
        group=lines.fact("GROUP"),
        value=lines.fact("VALUE"),
        side=side,
        median=lines.fact("MEDIAN") or "—",
        date=dated(ctx, lines.fact("DATE") or analysis.date),
    )
    own = as_number(rank.partition(" ")[0]) or 0.0
    others = [row for row in lines.table("NEIGHBOURS") if row.get("ticker") != analysis.company.ticker]
    above = [_row(ctx, row) for row in others if (as_number(row.get("rank", "")) or 0.0) < own]
    below = [_row(ctx, row) for row in others if (as_number(row.get("rank", "")) or 0.0) >= own]
    more = [(_ABOVE, above[-2:]), (_BELOW, below[:2])]
    first = [rated(ctx, analysis)] if key == "score" else []
    return " ".join(
        [
            *first,
            said,
            *(ctx.say(texts, rows=listed(rows, german=ctx.german)) for texts, rows in more if rows),
        ]
    )


def _side(ctx: Context, value: float, middle: float) -> str:
    words = ("unter dem", "über dem", "gleich dem") if ctx.german else ("below", "above", "equal to")
    return words[2 if value == middle else value > middle]


def _row(ctx: Context, row: Row) -> str:
    return ctx.say(
        _ROW,
        company=called(row.get("company", "")),
        ticker=row.get("ticker", ""),
        value=row.get("figure", ""),
    )


def _beside(ctx: Context, analysis: Analysis) -> str:
    figures = [
        ctx.say(
            _FIGURE,
            metric=metric_name(metric.key, german=ctx.german),
            value=metric.value,
            median=metric.median,
        )
        for key in _MAIN
        if (metric := analysis.metric(key)) and metric.value and metric.median
    ]
    if not figures:
        return rated(ctx, analysis)
    return ctx.say(
        _BESIDE,
        company=analysis.company.shown,
        date=dated(ctx, analysis.date),
        figures=listed(figures, german=ctx.german),
    )


def speak_who_peers(ctx: Context) -> str:
    """The group it is compared with, and the ones nearest in size."""
    analysis = ctx.analysis()
    lines = ctx.look_up("peers", ticker=ctx.company.ticker, metric="market_cap")
    missing = unavailable(ctx, analysis)
    if missing or analysis is None:
        return missing
    if lines is None or not lines.fact("GROUP"):
        return speak_sector(ctx)
    said = ctx.say(
        _WHO,
        company=analysis.company.shown,
        n=lines.fact("N"),
        group=lines.fact("GROUP"),
        date=dated(ctx, analysis.date),
    )
    rows = [
        _row(ctx, row) for row in lines.table("NEIGHBOURS") if row.get("ticker") != analysis.company.ticker
    ]
    name = metric_name("market_cap", german=ctx.german)
    near = ctx.say(_NEAR, metric=name, rows=listed(rows, german=ctx.german)) if rows else ""
    rivals = ctx.say(_RIVALS, company=analysis.company.shown) if ctx.question.has("rivals") else ""
    return f"{rivals} {said} {near}".strip()


def speak_sector(ctx: Context) -> str:
    """Where it stands in the classification."""
    analysis = ctx.analysis()
    if analysis is None:
        return unavailable(ctx, None)
    texts = _SECTOR if analysis.group else _NO_SECTOR
    date = dated(ctx, analysis.date or ctx.newest.isoformat())
    return ctx.say(texts, company=analysis.company.shown, group=analysis.group, date=date)
