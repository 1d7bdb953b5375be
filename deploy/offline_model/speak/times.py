"""Figures over time: how one moved, its high and low, when a rating became what it is."""

import datetime as dt
from collections.abc import Sequence

from deploy.offline_model.context import Context
from deploy.offline_model.language.dates import Moment
from deploy.offline_model.material.analysis import company_of
from deploy.offline_model.material.lines import Lines
from deploy.offline_model.material.subjects import Company
from deploy.offline_model.speak.basics import dated, no_figure
from deploy.offline_model.speak.words import capital, is_positive, metric_name, sentence, the_metric, unsigned

_MOVED = (
    "{metric} of {company} {moved} {by}, from {first} on {first_day} to {last} on {last_day}.",
    "{metric} von {company} ist um {by} {moved}, von {first} am {first_day} auf {last} am {last_day}.",
)
_STAYED = (
    "{metric} of {company} stayed at {last}, from {first_day} to {last_day}.",
    "{metric} von {company} ist bei {last} geblieben, vom {first_day} bis zum {last_day}.",
)
_FROM_TO = (
    "{metric} of {company} went from {first} on {first_day} to {last} on {last_day}.",
    "{metric} von {company} ging von {first} am {first_day} auf {last} am {last_day}.",
)
_RANGE = (
    "In between it was highest at {high} on {high_day} and lowest at {low} on {low_day}.",
    "Dazwischen lag der höchste Wert bei {high} am {high_day}, der niedrigste bei {low} am {low_day}.",
)
_EXTREME = (
    "The {end} {metric} of {company} from {first_day} to {last_day} was {value}, on {value_day}.",
    "{metric} von {company} war vom {first_day} bis zum {last_day} am {end} mit {value}, am {value_day}.",
)
_NOW = ("On {last_day} it was {last}.", "Am {last_day} waren es {last}.")
_ON = (
    "{metric} of {company} was {value} on {date}.",
    "{metric} von {company} lag am {date} bei {value}.",
)
_NOTHING = (
    "For {metric} of {company} there are no figures at that time{why}.",
    "Für {metric} von {company} gibt es aus dieser Zeit keine Werte{why}.",
)
_NO = ("It did not {verb}: ", "Nein: ")
_CAUSE = (
    "What caused it the analysis does not say.",
    "Die Ursache nennt die Analyse nicht.",
)
DAILY_SLACK = dt.timedelta(days=6)
"""A price is looked for on a day and, as markets close, on as many days before it."""


def metric_of(ctx: Context) -> str:
    """The series that is asked for: a figure, else the score if it is said, else the price."""
    keys = [key for key in ctx.question.metrics if key != "rating"]
    return next((key for key in keys if key != "score"), keys[0] if keys else "price")


def period(moments: Sequence[Moment], *, since: bool) -> tuple[dt.date | None, dt.date | None]:
    """From and to. One moment is where a period starts, or, if it is a whole month, the period."""
    if not moments:
        return None, None
    if len(moments) > 1:
        ordered = sorted(moments, key=lambda moment: moment.first)
        return ordered[0].first, ordered[-1].last
    moment = moments[0]
    if since or moment.first == moment.last:
        return moment.first, None
    return moment.first, moment.last


def series(ctx: Context, company: Company, key: str) -> Lines | None:
    """The look-up of a figure over the period that is asked about."""
    since = ctx.question.has("since") or len(ctx.question.moments) > 1
    start, end = period(ctx.question.moments, since=since)
    end = min(end, ctx.newest) if end else None
    return ctx.look_up(
        "history",
        ticker=company.ticker,
        metric=key,
        **{"from": start and start.isoformat(), "to": end and end.isoformat()},
    )


def speak_history(ctx: Context) -> str:
    """How a figure moved, for each company asked about."""
    key = metric_of(ctx)
    found = [(company, series(ctx, company, key)) for company in ctx.about[:3]]
    if len(found) == 1 and (gone := _gone(ctx, key)):
        return gone
    said = [moved(ctx, company, key, lines) for company, lines in found]
    why = f" {ctx.say(_CAUSE)}" if ctx.question.has("why") else ""
    return " ".join(said) + why


def _gone(ctx: Context, key: str) -> str:
    """That the page's analysis has no such figure, if so."""
    page = ctx.page if ctx.page and ctx.page.company == ctx.company else None
    metric = page.metric(key) if page else None
    return (
        no_figure(ctx, page, key) if page and metric and not metric.value and not ctx.question.moments else ""
    )


def point(text: str) -> tuple[str, str]:
    """(date, figure) of "2026-06-01 | $333.02"."""
    date, _, value = text.partition(" | ")
    return date.strip(), value.strip()


def moved(ctx: Context, company: Company, key: str, lines: Lines | None) -> str:
    """From where to where, by how much, and the range in between."""
    if lines is None or not lines.fact("FIRST") or not lines.fact("LAST"):
        return nothing(ctx, company, key, lines)
    company = company_of(lines.fact("COMPANY")) or company
    (first_day, first), (last_day, last) = point(lines.fact("FIRST")), point(lines.fact("LAST"))
    change = lines.fact("CHANGE") or lines.fact("DIFFERENCE")
    rose = is_positive(change)
    texts = _STAYED if first == last else _FROM_TO if rose is None else _MOVED
    up, down = ("gestiegen", "gefallen") if ctx.german else ("rose", "fell")
    said = ctx.say(
        texts,
        metric=capital(the_metric(key, german=ctx.german)),
        company=company.shown,
        moved=up if rose else down,
        by=unsigned(change),
        first=first,
        last=last,
        first_day=dated(ctx, first_day),
        last_day=dated(ctx, last_day),
    )
    return " ".join(
        filter(None, [denied(ctx, rose) + said, _range(ctx, lines), sentence(lines.fact("NOTE"))])
    )


def denied(ctx: Context, rose: bool | None) -> str:
    """A no, where the question takes the other direction for granted."""
    up, down = ctx.question.has("up"), ctx.question.has("down")
    if up == down or rose is up:
        return ""
    return ctx.say(_NO, verb="rise" if up else "fall")


def _range(ctx: Context, lines: Lines) -> str:
    if not lines.fact("HIGH") or not lines.fact("LOW"):
        return ""
    (high_day, high), (low_day, low) = point(lines.fact("HIGH")), point(lines.fact("LOW"))
    if high == low:
        return ""
    days = {"high_day": dated(ctx, high_day), "low_day": dated(ctx, low_day)}
    return ctx.say(_RANGE, high=high, low=low, **days)


def nothing(ctx: Context, company: Company, key: str, lines: Lines | None) -> str:
    """That there is no series, with the reason if one is given."""
    error = lines.fact("ERROR") if lines else ""
    why = f": {error.rstrip('.')}" if error else ""
    return ctx.say(_NOTHING, metric=the_metric(key, german=ctx.german), company=company.shown, why=why)


def speak_price_at(ctx: Context) -> str:
    """The price on a day, or on the last one before it that was traded."""
    end = min(ctx.question.moments[0].last, ctx.newest)
    said = []
    for company in ctx.about[:3]:
        lines = ctx.look_up(
            "history",
            ticker=company.ticker,
            metric="price",
            **{"from": (end - DAILY_SLACK).isoformat(), "to": end.isoformat()},
        )
        if lines is None or not lines.fact("LAST"):
            said.append(nothing(ctx, company, "price", lines))
            continue
        company = company_of(lines.fact("COMPANY")) or company
        day, value = point(lines.fact("LAST"))
        metric = capital(the_metric("price", german=ctx.german))
        said.append(ctx.say(_ON, metric=metric, company=company.shown, value=value, date=dated(ctx, day)))
    return " ".join(said)


def speak_extreme(ctx: Context) -> str:
    """The high or the low of a figure."""
    key = metric_of(ctx)
    lines = series(ctx, ctx.company, key)
    highest = ctx.question.has("extreme_high")
    name = "HIGH" if highest else "LOW"
    if lines is None or not lines.fact(name):
        return nothing(ctx, ctx.company, key, lines)
    company = company_of(lines.fact("COMPANY")) or ctx.company
    day, value = point(lines.fact(name))
    (first_day, _), (last_day, last) = point(lines.fact("FIRST")), point(lines.fact("LAST"))
    words = ("höchsten", "niedrigsten") if ctx.german else ("highest", "lowest")
    said = ctx.say(
        _EXTREME,
        end=words[not highest],
        metric=capital(the_metric(key, german=True)) if ctx.german else metric_name(key, german=False),
        company=company.shown,
        value=value,
        value_day=dated(ctx, day),
        first_day=dated(ctx, first_day),
        last_day=dated(ctx, last_day),
    )
    now = ctx.say(_NOW, last_day=dated(ctx, last_day), last=last)
    return " ".join(filter(None, [said, now, sentence(lines.fact("NOTE"))]))
