"""Whether a company is cheap: its multiples beside the peers' medians."""

from collections.abc import Sequence

from deploy.offline_model.context import Context
from deploy.offline_model.language.metrics import VALUATION
from deploy.offline_model.material.analysis import Analysis, Metric, as_number
from deploy.offline_model.speak.basics import dated, no_figure, unavailable
from deploy.offline_model.speak.words import listed, metric_name

_CHEAP = (
    "Measured by its multiples {company} is {verdict} than its peers ({date}): {figures}.",
    "Gemessen an seinen Kennzahlen ist {company} {verdict} als die Vergleichsgruppe ({date}): {figures}.",
)
_PARTLY = (
    "{company} is {verdict} than its peers by {share} of its multiples ({date}).",
    "{company} ist nach {share} Kennzahlen {verdict} als die Vergleichsgruppe ({date}).",
)
_SIDES = ("Above: {above}. Below: {below}.", "Darüber: {above}. Darunter: {below}.")
_BY_ONE = (
    "By its {metric} {company} is {verdict} than its peers ({date}): {value}, against a median of {median} ({peers}).",
    "Nach {metric} ist {company} {verdict} als die Vergleichsgruppe ({date}): {value} gegenüber einem Median von {median} ({peers}).",
)
_AGAINST = ("{metric} {value} (median {median})", "{metric} {value} (Median {median})")


def by_one(ctx: Context, analysis: Analysis, metric: Metric) -> str:
    """ "Is it expensive relative to its earnings?" """
    dearer = (as_number(metric.value) or 0.0) > (as_number(metric.median) or 0.0)
    return ctx.say(
        _BY_ONE,
        metric=metric_name(metric.key, german=ctx.german),
        company=analysis.company.shown,
        verdict=_verdict(ctx, dearer=dearer),
        date=dated(ctx, metric.as_of or analysis.date),
        value=metric.value,
        median=metric.median,
        peers=metric.peers,
    )


def _verdict(ctx: Context, *, dearer: bool) -> str:
    words = ("günstiger", "teurer") if ctx.german else ("cheaper", "more expensive")
    return words[dearer]


def speak_valuation(ctx: Context) -> str:
    """Whether the multiples are above or below the peers'."""
    analysis = ctx.analysis()
    missing = unavailable(ctx, analysis)
    if missing or analysis is None:
        return missing
    found = [
        metric for key in VALUATION if (metric := analysis.metric(key)) and metric.value and metric.median
    ]
    if not found:
        return no_figure(ctx, analysis, "price_earnings")
    dearer = [each for each in found if (as_number(each.value) or 0.0) > (as_number(each.median) or 0.0)]
    cheaper = [each for each in found if each not in dearer]
    facts = {"company": analysis.company.shown, "date": dated(ctx, analysis.date)}
    if not dearer or not cheaper:
        return ctx.say(
            _CHEAP, verdict=_verdict(ctx, dearer=bool(dearer)), figures=_against(ctx, found), **facts
        )
    more_first = len(dearer) >= len(cheaper)
    first, rest = (dearer, cheaper) if more_first else (cheaper, dearer)
    shares = ("der Hälfte der", "den meisten") if ctx.german else ("half", "most")
    share = shares[len(first) > len(rest)]
    said = ctx.say(_PARTLY, verdict=_verdict(ctx, dearer=more_first), share=share, **facts)
    return f"{said} {ctx.say(_SIDES, above=_against(ctx, dearer), below=_against(ctx, cheaper))}"


def _against(ctx: Context, found: Sequence[Metric]) -> str:
    """Each multiple with its median."""
    figures = [
        ctx.say(
            _AGAINST, metric=metric_name(each.key, german=ctx.german), value=each.value, median=each.median
        )
        for each in found
    ]
    return listed(figures, german=ctx.german)
