"""What one item does to the score, and what is not counted or missing."""

from deploy.offline_model.context import Context
from deploy.offline_model.material.analysis import Analysis, Reason
from deploy.offline_model.speak.basics import dated, figure, no_figure, not_now, unavailable
from deploy.offline_model.speak.words import capital, rating_word, the_metric, unsigned

RELATED = {
    "earnings_per_share": "earnings_change",
    "payout": "dividend_yield",
    "price": "week52_place",
    "week52_low": "week52_place",
    "week52_high": "week52_place",
    "ebitda": "ebitda_margin",
}
"""Figures that are no item of their own, with the item that they go into."""
_EFFECT = (
    "{item} {effect} the score of {company} ({date}), of a possible {possible}.",
    "{item} {effect} von {company} ({date}), möglich sind {possible}.",
)
_WITHOUT = (
    "Without it the score would be {without} instead of {score}, and the rating {rating}.",
    "Ohne diesen Posten wäre die Punktzahl {without} statt {score} und die Einstufung {rating}.",
)
_HAS = (
    "It is {value}; the peers' median is {median}.",
    "Der Wert ist {value}, der Median der Vergleichsgruppe {median}.",
)
_HAS_ALONE = ("It is {value}.", "Der Wert ist {value}.")
_NO_ITEM = (
    "{metric} is not an item of the score of {company}; {related} is.",
    "{metric} ist kein eigener Posten der Punktzahl von {company}, wohl aber {related}.",
)
_NOT_COUNTED = (
    "{item} is not counted in the score of {company} ({date}): {why}.",
    "{item} zählt bei {company} nicht ({date}): {why}.",
)
_COUNTED = (
    "{item} is counted for {company} ({date}), with {points} points.",
    "{item} zählt bei {company} ({date}), mit {points} Punkten.",
)
_ALL_COUNTED = (
    "Every item is counted for {company} ({date}); the score is {score}, the rating {rating}.",
    "Bei {company} zählt jeder Posten ({date}); die Punktzahl ist {score}, die Einstufung {rating}.",
)


def speak_effect(ctx: Context) -> str:
    """What one item (or two) adds to the score or takes away, and what would be without it."""
    analysis = ctx.analysis()
    missing = unavailable(ctx, analysis)
    if missing or analysis is None:
        return missing
    keys = [key for key in ctx.question.metrics if key not in ("score", "rating")][:2]
    return not_now(ctx, analysis) + " ".join(_effect_or_not(ctx, analysis, key) for key in keys)


def _effect_or_not(ctx: Context, analysis: Analysis, key: str) -> str:
    reason = analysis.reason(key)
    if reason is None:
        related = analysis.reason(RELATED.get(key, ""))
        if related is None:
            return figure(ctx, analysis, key)
        shown = figure(ctx, analysis, key)
        first = ctx.say(
            _NO_ITEM,
            metric=capital(the_metric(key, german=ctx.german)),
            company=analysis.company.shown,
            related=the_metric(related.key, german=ctx.german),
        )
        return f"{shown} {first} {effect(ctx, analysis, related)}"
    return effect(ctx, analysis, reason)


def effect(ctx: Context, analysis: Analysis, reason: Reason) -> str:
    """Points, range, figure and what would be without one item."""
    if not reason.points:
        return not_counted(ctx, analysis, reason)
    said = ctx.say(
        _EFFECT,
        item=capital(the_metric(reason.key, german=ctx.german)),
        effect=_effect_words(ctx, reason),
        company=analysis.company.shown,
        date=dated(ctx, analysis.date),
        possible=reason.possible.replace(" to ", " bis ") if ctx.german else reason.possible,
    )
    metric = analysis.metric(reason.key)
    parts = [said]
    if metric and metric.value:
        texts = _HAS if metric.median else _HAS_ALONE
        parts.append(ctx.say(texts, value=metric.value, median=metric.median))
    return " ".join([*parts, without_words(ctx, analysis, reason)])


def _effect_words(ctx: Context, reason: Reason) -> str:
    size = unsigned(reason.points)
    if not reason.weight:
        return "ändert nichts an der Punktzahl" if ctx.german else "adds nothing to"
    if ctx.german:
        return f"{'bringt' if reason.weight > 0 else 'kostet'} {size} Punkte in der Punktzahl"
    return f"adds {size} points to" if reason.weight > 0 else f"takes {size} points away from"


def without_words(ctx: Context, analysis: Analysis, reason: Reason) -> str:
    """What score and rating would be without one item."""
    if not reason.score_without:
        return ""
    word = rating_word(reason.rating_without, german=ctx.german)
    still = reason.rating_without == analysis.rating
    same, other = (
        (f"weiterhin {word}", f"{word} statt {{}}")
        if ctx.german
        else (f"still {word}", f"{word} instead of {{}}")
    )
    rating = same if still else other.format(rating_word(analysis.rating, german=ctx.german))
    return ctx.say(_WITHOUT, without=reason.score_without, score=analysis.score, rating=rating)


def not_counted(ctx: Context, analysis: Analysis, reason: Reason) -> str:
    """That an item is not counted, and why."""
    why = reason.sentence.partition(": ")[2] or reason.sentence
    return ctx.say(
        _NOT_COUNTED,
        item=capital(the_metric(reason.key, german=ctx.german)),
        company=analysis.company.shown,
        date=dated(ctx, analysis.date),
        why=why.rstrip("."),
    )


def speak_missing(ctx: Context) -> str:
    """Why a figure or item is missing, or which ones are."""
    analysis = ctx.analysis()
    missing = unavailable(ctx, analysis)
    if missing or analysis is None:
        return missing
    keys = [key for key in ctx.question.metrics if key not in ("score", "rating")]
    if not keys:
        out = [each for each in analysis.reasons if not each.points]
        if out:
            return " ".join(not_counted(ctx, analysis, each) for each in out[:3])
        rating = rating_word(analysis.rating, german=ctx.german)
        facts = {"company": analysis.company.shown, "score": analysis.score, "rating": rating}
        return ctx.say(_ALL_COUNTED, date=dated(ctx, analysis.date), **facts)
    key = keys[0]
    reason, metric = analysis.reason(key), analysis.metric(key)
    if reason and not reason.points:
        return not_counted(ctx, analysis, reason)
    if metric is None or not metric.value:
        return no_figure(ctx, analysis, key)
    if reason:
        counted = ctx.say(
            _COUNTED,
            item=capital(the_metric(key, german=ctx.german)),
            company=analysis.company.shown,
            date=dated(ctx, analysis.date),
            points=reason.points,
        )
        return f"{counted} {figure(ctx, analysis, key)}"
    return figure(ctx, analysis, key)
