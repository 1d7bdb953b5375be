"""Figures of one or more companies: now, on a date, checked against a claim, and what they say together."""

import datetime as dt
from collections.abc import Sequence

from deploy.offline_model.context import Context
from deploy.offline_model.language.dates import Moment
from deploy.offline_model.language.filters import Filter
from deploy.offline_model.language.metrics import FRACTIONS, VALUATION
from deploy.offline_model.material.analysis import Analysis, Metric, as_number
from deploy.offline_model.speak.basics import (
    checked,
    dated,
    figure,
    median_of,
    no_figure,
    not_now,
    rated,
    unavailable,
)
from deploy.offline_model.speak.times import speak_price_at
from deploy.offline_model.speak.valuation import by_one
from deploy.offline_model.speak.words import capital, listed, metric_name, the_metric

_SHORT = ("{metric} {value}", "{metric} {value}")
_SEVERAL = ("{company}, {date}: {figures}.", "{company}, {date}: {figures}.")
_LAST_BEFORE = (
    "The last analysis before {asked} is of {date}.",
    "Die letzte Analyse vor dem {asked} ist vom {date}.",
)
_CAUSE = (
    "What lies behind it the analysis does not say.",
    "Was dahinter steckt, sagt die Analyse nicht.",
)
_TEST = (
    "{answer}: {metric} of {company} is {value} ({date}).",
    "{answer}: {metric} von {company} beträgt {value} ({date}).",
)
_PAYS = (
    "{company} pays out {payout} of its earnings as a dividend ({date}), so earnings {cover} it.",
    "{company} schüttet {payout} des Gewinns aus ({date}); der Gewinn deckt die Dividende {cover}.",
)
_YIELD = (
    "The dividend yield is {value}, earnings per share are {eps}.",
    "Die Dividendenrendite beträgt {value}, der Gewinn je Aktie {eps}.",
)
_NO_PAYOUT = (
    "Whether earnings cover the dividend of {company} cannot be said ({date}): {why}.",
    "Ob der Gewinn die Dividende von {company} deckt, lässt sich nicht sagen ({date}): {why}.",
)
_EARNS = (
    "{answer}, earnings per share of {company} are {value} ({date}).",
    "{answer}, der Gewinn je Aktie von {company} beträgt {value} ({date}).",
)
_SEVERAL_MOST = 6


def speak_figure(ctx: Context) -> str:
    """The figures asked for, of each company asked about."""
    analyses = [(company, ctx.analysis(company)) for company in ctx.about[:3]]
    return " ".join(
        _figures(ctx, analysis) if analysis else unavailable(ctx, None) for _, analysis in analyses
    )


def _figures(ctx: Context, analysis: Analysis) -> str:
    missing = unavailable(ctx, analysis)
    if missing:
        return missing
    keys = [key for key in ctx.question.metrics if key not in ("score", "rating")]
    before = not_now(ctx, analysis)
    if len(keys) > 1 or len(ctx.about) > 1:
        return before + figures_line(ctx, analysis, keys[:_SEVERAL_MOST])
    key = keys[0]
    metric = analysis.metric(key)
    if metric is None or not metric.value:
        return before + no_figure(ctx, analysis, key)
    stated = next((each.number for each in ctx.question.stated if each.metric == key), None)
    test = next((each for each in ctx.question.filters if each.metric == key), None)
    if stated:
        return f"{before}{checked(ctx, analysis, key, metric.value, stated)} {median_of(ctx, metric)}".strip()
    if test:
        return before + _tested(ctx, analysis, metric, test)
    if key in VALUATION and metric.median and ctx.question.has("cheap", "dear"):
        return before + by_one(ctx, analysis, metric)
    cause = f" {ctx.say(_CAUSE)}" if ctx.question.has("why") else ""
    return before + figure(ctx, analysis, key) + cause


def figures_line(ctx: Context, analysis: Analysis, keys: Sequence[str]) -> str:
    """ "Coca-Cola Company (KO), 22 Aug 2026: P/E 27.36 and dividend yield 2.34 %." """
    parts = []
    for key in keys:
        metric = analysis.metric(key)
        value = metric.value if metric and metric.value else ("keine Angabe" if ctx.german else "none")
        parts.append(ctx.say(_SHORT, metric=metric_name(key, german=ctx.german), value=value))
    return ctx.say(
        _SEVERAL,
        company=analysis.company.shown,
        date=dated(ctx, analysis.date),
        figures=listed(parts, german=ctx.german),
    )


def _tested(ctx: Context, analysis: Analysis, metric: Metric, test: Filter) -> str:
    """ "Is the P/E above 20?" """
    value = as_number(metric.value) or 0.0
    bound = test.value * 100 if test.metric in FRACTIONS else test.value
    holds = {">": value > bound, ">=": value >= bound, "<": value < bound, "<=": value <= bound}
    words = ("Ja", "Nein") if ctx.german else ("Yes", "No")
    said = ctx.say(
        _TEST,
        answer=words[not holds.get(test.op, value == bound)],
        metric=the_metric(metric.key, german=ctx.german),
        company=analysis.company.shown,
        value=metric.value,
        date=dated(ctx, metric.as_of or analysis.date),
    )
    return f"{said} {median_of(ctx, metric)}".strip()


def last_day(moment: Moment) -> dt.date:
    """The day a question about a moment is answered for."""
    return moment.last


def speak_at_date(ctx: Context) -> str:
    """Rating and figures of the analysis of a date, or of the last before it; with no figure named, the day's price."""
    price = speak_price_at(ctx) if not ctx.question.metrics and ctx.can_look_up("history") else ""
    analyses = [ctx.analysis(company, as_of=last_day(ctx.question.moments[0])) for company in ctx.about[:2]]
    said = []
    for analysis in analyses:
        if missing := unavailable(ctx, analysis):
            said.append(missing)
        elif analysis:
            said.append(_before(ctx, analysis))
            keys = [key for key in ctx.question.metrics if key not in ("score", "rating")]
            said.append(figures_line(ctx, analysis, keys) if keys else rated(ctx, analysis))
            if not keys:
                said.append(price or figures_line(ctx, analysis, ["price"]))
    return " ".join(filter(None, said))


def _before(ctx: Context, analysis: Analysis) -> str:
    """Which analysis is the last before the date, where there is none of the date itself."""
    if not analysis.asked_for or analysis.asked_for == analysis.date:
        return ""
    return ctx.say(_LAST_BEFORE, asked=dated(ctx, analysis.asked_for), date=dated(ctx, analysis.date))


def speak_covered(ctx: Context) -> str:
    """Whether earnings pay for the dividend."""
    analysis = ctx.analysis()
    missing = unavailable(ctx, analysis)
    if missing or analysis is None:
        return missing
    payout, pays, eps = (analysis.metric(key) for key in ("payout", "dividend_yield", "earnings_per_share"))
    if payout is None or not payout.value:
        why = (payout.note if payout else "") or ("keine Angabe" if ctx.german else "there is no such figure")
        return ctx.say(
            _NO_PAYOUT, company=analysis.company.shown, date=dated(ctx, analysis.date), why=why.rstrip(".")
        )
    is_covered = (as_number(payout.value) or 0.0) <= 100
    words = ("", "nicht") if ctx.german else ("cover", "do not cover")
    said = ctx.say(
        _PAYS,
        company=analysis.company.shown,
        payout=payout.value,
        date=dated(ctx, payout.as_of or analysis.date),
        cover=words[not is_covered],
    ).replace(" .", ".")
    more = (
        ctx.say(_YIELD, value=pays.value, eps=eps.value) if pays and eps and pays.value and eps.value else ""
    )
    return f"{said} {more}".strip()


def speak_profit(ctx: Context) -> str:
    """Whether it earns money."""
    analysis = ctx.analysis()
    missing = unavailable(ctx, analysis)
    if missing or analysis is None:
        return missing
    eps = analysis.metric("earnings_per_share")
    if eps is None or not eps.value:
        return no_figure(ctx, analysis, "earnings_per_share")
    earns = (as_number(eps.value) or 0.0) > 0
    words = ("Ja", "Nein") if ctx.german else ("Yes", "No")
    said = ctx.say(
        _EARNS,
        answer=words[earns is ctx.question.has("loss")],
        company=analysis.company.shown,
        value=eps.value,
        date=dated(ctx, eps.as_of or analysis.date),
    )
    margin = analysis.metric("ebitda_margin") or analysis.metric("return_on_equity")
    if not margin or not margin.value:
        margin = analysis.metric("return_on_equity")
    if not margin or not margin.value:
        return said
    more = f"{capital(the_metric(margin.key, german=ctx.german))} {'beträgt' if ctx.german else 'is'} {margin.value}."
    return f"{said} {more}"
