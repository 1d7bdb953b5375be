"""What score and rating would be without items, or with other points for one."""

from deploy.offline_model.context import Context
from deploy.offline_model.material.analysis import Analysis
from deploy.offline_model.material.lines import Lines
from deploy.offline_model.speak.basics import dated, unavailable
from deploy.offline_model.speak.effects import RELATED, not_counted
from deploy.offline_model.speak.words import capital, listed, rating_word, the_metric, unsigned

_WITHOUT = (
    "Without {items} the score of {company} would be {then} instead of {score} ({date}), and the rating {rating}.",
    "Ohne {items} wäre die Punktzahl von {company} {then} statt {score} ({date}) und die Einstufung {rating}.",
)
_EFFECT = ("{item} {effect}, of a possible {possible}.", "{item} {effect}, möglich sind {possible}.")
_DECIDE = (
    "The rating of {company}, {rating} with {score} points ({date}), would be another one without any one of these: {items}.",
    "Die Einstufung von {company}, {rating} mit {score} Punkten ({date}), wäre eine andere ohne jeden dieser Posten: {items}.",
)
_NONE_DECIDES = (
    "No single item decides it: without any one of them {company} would still be rated {rating} (score {score}, {date}).",
    "Kein einzelner Posten entscheidet: Ohne jeden von ihnen wäre {company} weiterhin {rating} (Punktzahl {score}, {date}).",
)
_WITH = (
    "With {points} points for {item} the score of {company} would be {then} instead of {now} ({date}), and the rating {rating}.",
    "Mit {points} Punkten für {item} wäre die Punktzahl von {company} {then} statt {now} ({date}) und die Einstufung {rating}.",
)
_WITH_SCORE = (
    "With {points} points for {item} the score of {company} would be {then} instead of {now} ({date}).",
    "Mit {points} Punkten für {item} wäre die Punktzahl von {company} {then} statt {now} ({date}).",
)
_POINTS_ONLY = (
    "I can try other points for an item of {company}, not other figures ({date}): {item} now has {points} points, of a possible"
    " {possible}.",
    "Bei {company} kann ich andere Punkte durchspielen, nicht andere Werte ({date}): {item} hat jetzt {points} Punkte, möglich"
    " sind {possible}.",
)
_NOT_AN_ITEM = (
    "{item} is not an item of the score of {company} ({date}), which stays {score}, {rating}.",
    "{item} ist kein Posten der Punktzahl von {company} ({date}); sie bleibt {score}, {rating}.",
)


def item_keys(ctx: Context, analysis: Analysis) -> list[str]:
    """The items asked about; a figure that is none stands for the item it goes into."""
    keys = (key for key in ctx.question.metrics if key not in ("score", "rating"))
    found = (key if analysis.reason(key) else RELATED.get(key, key) for key in keys)
    return list(dict.fromkeys(found))


def speak_without(ctx: Context) -> str:
    """The score and the rating without one item, or without several."""
    analysis = ctx.analysis()
    missing = unavailable(ctx, analysis)
    if missing or analysis is None:
        return missing
    keys = item_keys(ctx, analysis)
    if not keys:
        return _deciding(ctx, analysis)
    if len(keys) > 1:
        several = _without_several(ctx, analysis, keys)
        if several:
            return several
    return " ".join(_without_one(ctx, analysis, key) for key in keys[:2])


def _without_one(ctx: Context, analysis: Analysis, key: str) -> str:
    reason = analysis.reason(key)
    item = the_metric(key, german=ctx.german)
    facts = {"company": analysis.company.shown, "score": analysis.score, "date": dated(ctx, analysis.date)}
    if reason is None:
        word = rating_word(analysis.rating, german=ctx.german)
        return ctx.say(_NOT_AN_ITEM, item=capital(item), rating=word, **facts)
    if not reason.points or not reason.score_without:
        return not_counted(ctx, analysis, reason)
    said = ctx.say(
        _WITHOUT,
        items=_accusative(item) if ctx.german else item,
        then=reason.score_without,
        rating=rating_then(ctx, analysis, reason.rating_without),
        **facts,
    )
    size = unsigned(reason.points)
    gives = reason.weight > 0
    words = f"{'bringt' if gives else 'kostet'} {size} Punkte" if ctx.german else (
        f"adds {size} points" if gives else f"takes away {size} points"
    )  # fmt: skip
    if not reason.weight:
        return said
    possible = reason.possible.replace(" to ", " bis ") if ctx.german else reason.possible
    return f"{said} {ctx.say(_EFFECT, item=capital(item), effect=words, possible=possible)}"


def rating_then(ctx: Context, analysis: Analysis, rating: str) -> str:
    """ "still hold", "hold instead of buy"."""
    word, now = (rating_word(each, german=ctx.german) for each in (rating, analysis.rating))
    if rating == analysis.rating:
        return f"{'weiterhin' if ctx.german else 'still'} {word}"
    return f"{word} {'statt' if ctx.german else 'instead of'} {now}"


def _accusative(item: str) -> str:
    return f"den {item.removeprefix('der ')}" if item.startswith("der ") else item


def _without_several(ctx: Context, analysis: Analysis, keys: list[str]) -> str:
    looked_up = ctx.look_up("what_if", ticker=analysis.company.ticker, without=keys)
    if looked_up is None or not looked_up.fact("THEN"):
        return ""
    score, _, rating = looked_up.fact("THEN").partition(" ")
    items = [the_metric(key, german=ctx.german) for key in keys]
    return ctx.say(
        _WITHOUT,
        items=listed([_accusative(item) for item in items] if ctx.german else items, german=ctx.german),
        company=analysis.company.shown,
        then=score,
        score=analysis.score,
        date=dated(ctx, analysis.date),
        rating=rating_then(ctx, analysis, rating.strip()),
    )


def _deciding(ctx: Context, analysis: Analysis) -> str:
    """The items without which the rating would be another."""
    items = [each for each in analysis.counted if each.rating_without not in ("", analysis.rating)]
    names = [the_metric(each.key, german=ctx.german) for each in items]
    return ctx.say(
        _DECIDE if items else _NONE_DECIDES,
        company=analysis.company.shown,
        rating=rating_word(analysis.rating, german=ctx.german),
        score=analysis.score,
        date=dated(ctx, analysis.date),
        items=listed(names, german=ctx.german),
    )


def speak_what_if(ctx: Context) -> str:
    """Other points for one item; figures cannot be tried."""
    analysis = ctx.analysis()
    missing = unavailable(ctx, analysis)
    if missing or analysis is None:
        return missing
    key = next(iter(item_keys(ctx, analysis)), "")
    reason = analysis.reason(key)
    if reason is None:
        return _deciding(ctx, analysis)
    number = ctx.question.bare[0] if ctx.question.bare else None
    points = next((each.number for each in ctx.question.stated if each.number.unit == "points"), number)
    looked_up: Lines | None = None
    if points is not None and (
        points.unit == "points" or ctx.question.has("effect", "rated") or not ctx.question.stated
    ):
        looked_up = ctx.look_up(
            "what_if", ticker=analysis.company.ticker, points=[{"item": key, "points": points.value}]
        )
    item = the_metric(key, german=ctx.german)
    if looked_up and looked_up.fact("THEN") and points:
        then, _, rating = looked_up.fact("THEN").partition(" ")
        return ctx.say(
            _WITH if rating else _WITH_SCORE,
            points=points.written,
            item=_accusative(item) if ctx.german else item,
            company=analysis.company.shown,
            then=then,
            now=looked_up.fact("NOW").partition(" ")[0],
            rating=rating_then(ctx, analysis, rating),
            date=dated(ctx, analysis.date),
        )
    return ctx.say(
        _POINTS_ONLY,
        company=analysis.company.shown,
        date=dated(ctx, analysis.date),
        item=item,
        points=reason.points or "—",
        possible=reason.possible.replace(" to ", " bis ") if ctx.german else reason.possible,
    )
