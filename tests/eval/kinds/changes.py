"""When ratings changed, and why: of one company and of the market."""

import datetime as dt
import random

from tests.eval.asked import Asked, kind
from tests.eval.expect import Dated, Expectation, Lists, Moved, Names, Rated
from tests.eval.kinds.wording import day_en, figure, one, page_of, pick
from tests.eval.market import Market


@kind("when did the rating change")
def rating_changed(m: Market, r: random.Random) -> list[Asked]:
    ticker = r.choice([t for t in m.steady if any(a.rating != m.analysis(t).rating for a in m.analyses[t])])
    found = m.analyses[ticker]
    place = next(i for i, analysis in enumerate(found) if analysis.rating != found[0].rating)
    day, before = found[place - 1].as_of, found[place].rating
    text = pick(
        r,
        "When did {n} become a {w}?",
        "Since when is {n} a {w}?",
        "When did the rating of {n} last change?",
        "How was {n} rated before?",
    )
    expects: tuple[Expectation, ...] = (Dated(day),)
    if text.startswith("How was"):
        expects = (Names(before),)
    return [
        Asked(
            text.format(n=m.say(ticker, r), w=found[0].rating),
            page_of(r, ticker),
            expects,
            frozenset({ticker}),
        )
    ]


@kind("why the rating changed")
def why_changed(m: Market, r: random.Random) -> list[Asked]:
    ticker = r.choice([t for t in m.steady if m.analysis(t).rating != m.analysis(t, 1).rating])
    now, then = m.analysis(ticker), m.analysis(ticker, 1)
    text = pick(
        r, "Why did the rating of {n} go from {a} to {b}?", "Why was {n} changed from {a} to {b}?", "What turned {n} from a {a} into a {b}?",
        "Why is {n} a {b} now and no longer a {a}?",
    )  # fmt: skip
    expects = (
        Names(now.rating),
        figure(m, ticker, "score"),
        Moved(1 if now.score > then.score else -1, ((now.score, "points"), (then.score, "points"))),
    )
    return [
        Asked(
            text.format(n=m.say(ticker, r), a=then.rating, b=now.rating),
            page_of(r, ticker),
            expects,
            frozenset({ticker}),
        )
    ]


@kind("the market's changes of rating")
def market_changes(m: Market, r: random.Random) -> list[Asked]:
    wanted = r.choice(["buy", "sell"])
    found = frozenset(
        t for t in m.rated if len(m.analyses[t]) > 1 and m.analysis(t).rating == wanted and m.analysis(t, 1).rating != wanted
        and m.analysis(t, 1).as_of == m.newest - dt.timedelta(weeks=1)
    )  # fmt: skip
    text = pick(
        r,
        "Which companies became a {w} last week?",
        "Which stocks turned into a {w} in the last week?",
        "What new {w} ratings are there this week?",
        "Which companies were changed to {w} with the newest analysis?",
    )
    return [Asked(text.format(w=wanted), page_of(r, one(m, r)), (Lists(found, min(3, len(found))),))]


@kind("rated the same as before?")
def still(m: Market, r: random.Random) -> list[Asked]:
    ticker = one(m, r)
    back = r.randrange(1, len(m.analyses[ticker]))
    then, now = m.analysis(ticker, back), m.analysis(ticker)
    text = pick(r, "Was {n} already a {w} on {d}?", "Was {n} rated {w} on {d} too?")
    expects = (Rated((then.rating,)),) if then.rating == now.rating else (Names(then.rating),)
    return [
        Asked(
            text.format(n=m.say(ticker, r), w=now.rating, d=day_en(then.as_of, r)),
            page_of(r, ticker),
            expects,
            frozenset({ticker}),
        )
    ]
