"""Why a rating is what it is: the rating, its reasons, one item's effect, what was left out."""

from collections.abc import Sequence

from deploy.offline_model.context import Context
from deploy.offline_model.material.analysis import Analysis, Reason
from deploy.offline_model.speak.basics import (
    dated,
    not_now,
    rated,
    unavailable,
)
from deploy.offline_model.speak.distance import speak_distance, speak_single_change, turns_to
from deploy.offline_model.speak.figures import figures_line
from deploy.offline_model.speak.words import listed, metric_name, rating_word

_MOST = 4
_FOR = ("For it: {items}.", "Dafür sprechen: {items}.")
_AGAINST = ("Against it: {items}.", "Dagegen sprechen: {items}.")
_SIDE = (
    "What counts {side} {company}, rated {rating} with {score} points ({date}): {items}.",
    "Was {side} {company} spricht, eingestuft mit {rating} und {score} Punkten ({date}): {items}.",
)
_NOTHING = (
    "Nothing counts {side} {company} ({date}); it is rated {rating} with a score of {score}.",
    "Nichts spricht {side} {company} ({date}); eingestuft ist es mit {rating}, Punktzahl {score}.",
)
_ITEM = ("{item} ({points})", "{item} ({points})")
_ITEM_FIGURE = ("{item} {value} ({points} points)", "{item} {value} ({points} Punkte)")
_LEFT_OUT = ("Not counted: {items}.", "Nicht gezählt: {items}.")
_NOT_SO = (
    "No, {company} is not rated {claimed} but {rating}, with a score of {score} ({date}).",
    "Nein, {company} ist nicht mit {claimed} eingestuft, sondern mit {rating}, Punktzahl {score} ({date}).",
)
_YES = (
    "Yes, {company} is rated {rating} with a score of {score} ({date}).",
    "Ja, {company} ist mit {rating} eingestuft, Punktzahl {score} ({date}).",
)


def speak_rated(ctx: Context) -> str:
    """The rating, checked against the one that the question names."""
    said = []
    for company in ctx.about[:3]:
        analysis = ctx.analysis(company)
        missing = unavailable(ctx, analysis)
        said.append(missing if missing or analysis is None else _rated(ctx, analysis))
    return " ".join(said)


def _rated(ctx: Context, analysis: Analysis) -> str:
    said = _claim(ctx, analysis) or rated(ctx, analysis)
    if len(ctx.question.ratings) == 1:
        said = " ".join([said, *turns_to(ctx, analysis, ctx.question.ratings[0])])
    sides = both_sides(ctx, analysis)[:2] if len(ctx.about) == 1 else []
    return not_now(ctx, analysis) + " ".join([said, *sides])


def _claim(ctx: Context, analysis: Analysis) -> str:
    """Yes or no to the one rating that the question names; empty if it names none or several."""
    if len(ctx.question.ratings) != 1:
        return ""
    claimed = ctx.question.ratings[0]
    return ctx.say(
        _YES if claimed == analysis.rating else _NOT_SO,
        company=analysis.company.shown,
        claimed=rating_word(claimed, german=ctx.german),
        rating=rating_word(analysis.rating, german=ctx.german),
        score=analysis.score,
        date=dated(ctx, analysis.date),
    )


def speak_reasons(ctx: Context) -> str:
    """What speaks for and against, or one side of it; a rating that it does not have is denied first."""
    analysis = ctx.analysis()
    missing = unavailable(ctx, analysis)
    if missing or analysis is None:
        return missing
    asked = ctx.question
    is_wrong = len(asked.ratings) == 1 and asked.ratings[0] != analysis.rating
    if is_wrong and asked.has("negated"):
        return speak_distance(ctx)
    about_rating = bool(asked.ratings or asked.metrics)
    if asked.has("for") != asked.has("against") and not about_rating:
        return not_now(ctx, analysis) + _one_side(ctx, analysis, in_favour=asked.has("for"))
    first = _claim(ctx, analysis) if is_wrong else rated(ctx, analysis)
    return not_now(ctx, analysis) + " ".join([first, *both_sides(ctx, analysis)])


def speak_single(ctx: Context) -> str:
    """What could make it another rating; of the one that it has, the reasons."""
    analysis = ctx.analysis()
    if analysis and analysis.rating and set(ctx.question.ratings) == {analysis.rating}:
        return speak_reasons(ctx)
    return speak_single_change(ctx)


def both_sides(ctx: Context, analysis: Analysis) -> list[str]:
    """Sentences with the heaviest items on each side, and what was left out."""
    plus = [each for each in analysis.counted if each.weight > 0][:_MOST]
    minus = [each for each in analysis.counted if each.weight < 0][:_MOST]
    out = [each for each in analysis.reasons if not each.points]
    said = []
    for texts, items in ((_FOR, plus), (_AGAINST, minus)):
        if items:
            said.append(ctx.say(texts, items=_items(ctx, items)))
    if out:
        names = [metric_name(each.key, german=ctx.german) for each in out]
        said.append(ctx.say(_LEFT_OUT, items=listed(names, german=ctx.german)))
    return said


def _items(ctx: Context, items: Sequence[Reason]) -> str:
    names = [
        ctx.say(_ITEM, item=metric_name(each.key, german=ctx.german), points=each.points) for each in items
    ]
    return listed(names, german=ctx.german)


def _one_side(ctx: Context, analysis: Analysis, *, in_favour: bool) -> str:
    items = [each for each in analysis.counted if each.weight * (1 if in_favour else -1) > 0][:_MOST]
    sides = ("für" if in_favour else "gegen") if ctx.german else ("for" if in_favour else "against")
    parts = []
    for each in items:
        metric = analysis.metric(each.key)
        texts = _ITEM_FIGURE if metric and metric.value else _ITEM
        value = metric.value if metric else ""
        name = metric_name(each.key, german=ctx.german)
        parts.append(ctx.say(texts, item=name, points=each.points, value=value))
    return ctx.say(
        _SIDE if parts else _NOTHING,
        side=sides,
        company=analysis.company.shown,
        rating=rating_word(analysis.rating, german=ctx.german),
        score=analysis.score,
        date=dated(ctx, analysis.date),
        items=listed(parts, german=ctx.german),
    )


def speak_summary(ctx: Context) -> str:
    """Rating, the main figures, what speaks for and against."""
    analysis = ctx.analysis()
    missing = unavailable(ctx, analysis)
    if missing or analysis is None:
        return missing
    keys = ["price", "price_earnings", "dividend_yield", "market_cap"]
    return not_now(ctx, analysis) + " ".join(
        [rated(ctx, analysis), figures_line(ctx, analysis, keys), *both_sides(ctx, analysis)[:2]]
    )
