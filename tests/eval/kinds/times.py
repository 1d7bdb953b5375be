"""What was and what is: two dates, since a date, last week, what changed, highest and lowest, across a split."""

import datetime as dt
import random

from shared.figure_words import day as day_words
from tests.eval.asked import Asked, kind
from tests.eval.expect import AnyOf, Dated, Expectation, Figure, Moved, Says
from tests.eval.kinds.wording import UNITS, day_en, figure, one, page_of, pick, said, two
from tests.eval.market import Market

MOVING = ("price", "price_earnings", "market_cap", "price_book", "score")


def _move(m: Market, ticker: str, key: str, back: int, to: int = 0) -> tuple[Figure, Figure, Moved]:
    """Then, now and the direction between. `LookupError` where it did not move visibly."""
    then, now = figure(m, ticker, key, back), figure(m, ticker, key, to)
    before, after = m.known(ticker, key, back), m.known(ticker, key, to)
    if abs(after - before) < 0.01 * abs(before):
        raise LookupError("hardly moved")
    unit = UNITS[key]
    return then, now, Moved(1 if after > before else -1, ((before, unit), (after, unit)))


@kind("since a date")
def since(m: Market, r: random.Random) -> list[Asked]:
    ticker, other = two(m, r)
    key, back = r.choice(MOVING), r.randrange(1, len(m.analyses[ticker]))
    then, now, moved = _move(m, ticker, key, back)
    text = pick(
        r, "How has {s} of {n} changed since {d}?", "How did {s} of {n} move since {d}?", "Since {d}, how has {s} of {n} developed?",
        "What happened to {s} of {n} since {d}?", "Has {s} of {n} gone up or down since {d}?",
    )  # fmt: skip
    text = text.format(n=m.say(ticker, r), s=said(r, key), d=day_en(m.analysis(ticker, back).as_of, r))
    return [Asked(text, page_of(r, ticker, other), (then, now, moved), frozenset({ticker}))]


@kind("between two dates")
def between(m: Market, r: random.Random) -> list[Asked]:
    ticker, other = two(m, r)
    key = r.choice(MOVING)
    late, early = sorted(r.sample(range(1, len(m.analyses[ticker])), 2))
    then, now, moved = _move(m, ticker, key, early, late)
    text = pick(
        r, "How did {s} of {n} change between {a} and {b}?", "{s} of {n}: {a} against {b}?", "Compare {s} of {n} on {a} with that on {b}.",
        "From {a} to {b}, what did {s} of {n} do?",
    )  # fmt: skip
    days = [day_en(m.analysis(ticker, back).as_of, r) for back in (early, late)]
    text = text.format(n=m.say(ticker, r), s=said(r, key), a=days[0], b=days[1])
    return [
        Asked(text[0].upper() + text[1:], page_of(r, ticker, other), (then, now, moved), frozenset({ticker}))
    ]


@kind("a week ago, last month")
def ago(m: Market, r: random.Random) -> list[Asked]:
    ticker = one(m, r)
    key = r.choice(("price", "price_earnings", "score"))
    words, back = r.choice([("a week", 1), ("two weeks", 2), ("four weeks", 4)])
    if m.analysis(ticker).as_of - m.analysis(ticker, back).as_of != dt.timedelta(weeks=back):
        raise LookupError("no analysis of that day")
    then = figure(m, ticker, key, back)
    text = pick(
        r,
        "What was {s} of {n} {w} ago?",
        "{w} ago, how high was {s} of {n}?",
        "How high was {s} of {n} {w} earlier?",
    )
    text = text.format(n=m.say(ticker, r), s=said(r, key), w=words)
    return [
        Asked(
            text[0].upper() + text[1:],
            page_of(r, ticker),
            (then, Dated(m.analysis(ticker, back).as_of)),
            frozenset({ticker}),
        )
    ]


@kind("last week")
def last_week(m: Market, r: random.Random) -> list[Asked]:
    ticker = one(m, r)
    text = pick(
        r, "What changed for {n} in the last week?", "What is different about {n} from last week?", "What's new with {n} since last week?",
        "How did {n} change in the past week?", "What has changed at {n} since the last analysis?",
    )  # fmt: skip
    return [
        Asked(
            text.format(n=m.say(ticker, r)),
            page_of(r, ticker),
            moved_score(m, ticker, 1),
            frozenset({ticker}),
        )
    ]


def moved_score(m: Market, ticker: str, back: int) -> tuple[Expectation, ...]:
    """What "what changed?" must say at least: the score now, what it was or by how much it moved, and where to."""
    now, then = m.known(ticker, "score"), m.known(ticker, "score", back)
    if abs(now - then) < 0.2:
        raise LookupError("hardly moved")
    step = _step(m, ticker, back)
    before = AnyOf((figure(m, ticker, "score", back), step))
    moved = Moved(1 if now > then else -1, ((now, "points"), (then, "points"), (step.values[0], "points")))
    return figure(m, ticker, "score"), before, moved


def _step(m: Market, ticker: str, back: int) -> Figure:
    return Figure(
        (round(m.known(ticker, "score") - m.known(ticker, "score", back), 1),),
        "points",
        "change of the score",
    )


@kind("what changed since")
def changed(m: Market, r: random.Random) -> list[Asked]:
    ticker, other = two(m, r)
    back = r.randrange(1, len(m.analyses[ticker]))
    day = m.analysis(ticker, back).as_of
    text = pick(
        r,
        "What changed for {n} since {d}?",
        "What is different about {n} compared with {d}?",
        "What has happened to the analysis of {n} since {d}?",
    )
    expects = (*moved_score(m, ticker, back), Dated(day))
    return [
        Asked(
            text.format(n=m.say(ticker, r), d=day_en(day, r)),
            page_of(r, ticker, other),
            expects,
            frozenset({ticker}),
        )
    ]


@kind("highest and lowest since")
def extremes(m: Market, r: random.Random) -> list[Asked]:
    ticker = one(m, r)
    back = r.randrange(3, len(m.analyses[ticker]))
    start = m.analysis(ticker, back).as_of
    prices = {price: day for day, price in m.prices[ticker].items() if day >= start}
    highest = r.random() < 0.5
    value = max(prices) if highest else min(prices)
    text = pick(
        r,
        "What was the {h} price of {n} since {d}?",
        "{h} price of {n} since {d}?",
        "Since {d}, what was the {h} the price of {n} has been?",
    )
    text = text.format(h="highest" if highest else "lowest", n=m.say(ticker, r), d=day_en(start, r))
    return [
        Asked(
            text[0].upper() + text[1:],
            page_of(r, ticker),
            (Figure((value,), "usd", "extreme price"), Dated(prices[value])),
            frozenset({ticker}),
        )
    ]


@kind("across a split")
def split(m: Market, r: random.Random) -> list[Asked]:
    ticker = r.choice(m.split)
    said = m.split_note(ticker).split("snapshot of ")[1].split(":")[0]
    day = next(each for each in m.figures.days if day_words(each) == said)
    before = [each for each in m.prices[ticker] if each < day]
    start = r.choice(before[-20:])
    prices = m.prices[ticker]
    first, last = prices[start], prices[m.newest]
    if abs(last / first - 1) < 0.01:
        raise LookupError("hardly moved")
    text = pick(
        r,
        "How has the price of {n} changed since {d}?",
        "What did the share price of {n} do since {d}?",
        "Did {n} rise or fall since {d}?",
    )
    expects = (
        Figure((first,), "usd", "price before the split, adjusted"), Figure((last,), "usd", "price"),
        Moved(1 if last > first else -1, ((first, "usd"), (last, "usd"))), Says(r"\bsplit|Splitt?", "that there was a split"),
    )  # fmt: skip
    return [
        Asked(
            text.format(n=m.say(ticker, r), d=day_en(start, r)),
            page_of(r, ticker),
            expects,
            frozenset({ticker}),
        )
    ]
