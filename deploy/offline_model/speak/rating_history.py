"""Since when a rating stands, and when another one stood last."""

from deploy.offline_model.context import Context
from deploy.offline_model.material.analysis import as_number
from deploy.offline_model.speak.basics import dated
from deploy.offline_model.speak.times import nothing
from deploy.offline_model.speak.words import rating_word

_BECAME = (
    "{company} has been rated {rating} since {date}; before, on {before_day}, it was rated {before}.",
    "{company} ist seit {date} mit {rating} eingestuft; davor, am {before_day}, mit {before}.",
)
_ALWAYS = (
    "{company} was rated {rating} in every analysis from {first} to {last}.",
    "{company} war in jeder Analyse von {first} bis {last} mit {rating} eingestuft.",
)
_NEVER = (
    "{company} was not rated {claimed} in any analysis from {first} to {last}; it is rated {rating}.",
    "{company} war in keiner Analyse von {first} bis {last} mit {claimed} eingestuft; es ist {rating}.",
)
_WAS = (
    "{company} was rated {claimed} last on {date}; on {last} it is rated {rating}.",
    "{company} war zuletzt am {date} mit {claimed} eingestuft; am {last} mit {rating}.",
)


def speak_rating_history(ctx: Context) -> str:
    """Since when a rating stands, or when another one stood last."""
    rows = _ratings(ctx)
    company = ctx.company
    if not rows:
        return nothing(ctx, company, "rating", None)
    first, (last, now) = rows[0][0], rows[-1]
    claimed = next(iter(ctx.question.ratings), now)
    facts = {
        "company": company.shown,
        "rating": rating_word(now, german=ctx.german),
        "last": dated(ctx, last),
    }
    facts |= {"claimed": rating_word(claimed, german=ctx.german), "first": dated(ctx, first)}
    others = [(day, rating) for day, rating in rows if rating != now]
    if claimed != now:
        days = [day for day, rating in rows if rating == claimed]
        return ctx.say(_WAS if days else _NEVER, date=dated(ctx, days[-1]) if days else "", **facts)
    if not others:
        return ctx.say(_ALWAYS, **facts)
    before_day, before = others[-1]
    since = next(day for day, _ in rows if day > before_day)
    return ctx.say(
        _BECAME,
        date=dated(ctx, since),
        before=rating_word(before, german=ctx.german),
        before_day=dated(ctx, before_day),
        **facts,
    )


def _ratings(ctx: Context) -> list[tuple[str, str]]:
    """(date, rating), oldest first: looked up, else from the page's own history."""
    lines = ctx.look_up("history", ticker=ctx.company.ticker, metric="rating")
    points = lines.table("POINTS") if lines else []
    rows = [(row.get("date", ""), row.get("figure", "")) for row in points]
    page = ctx.page
    if not rows and page and page.company.ticker == ctx.company.ticker:
        rows = [(row.get("date", ""), row.get("rating", "")) for row in page.history]
    return sorted((day, rating) for day, rating in rows if day and as_number(rating) is None and rating)
