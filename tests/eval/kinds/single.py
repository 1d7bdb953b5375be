"""Single figures, the rating, the score: of the page, of a company named with or without a page."""

import random

from tests.eval.asked import Asked, kind
from tests.eval.expect import Dated, Figure, Rated
from tests.eval.kinds.wording import ENGLISH, day_en, figure, one, page_of, pick, said, two, word
from tests.eval.market import Market
from tests.eval.names import possessive

EASY = tuple(key for key in ENGLISH if key != "score")
NAMED = (
    "What is {p} {w}?", "What's the {w} of {n}?", "{p} {w}?", "{w} of {n}", "Tell me {p} {w}.", "Can you give me the {w} for {n}?",
    "How high is {p} {w}?", "I need {p} {w}, please.", "what is the {w} for {n} right now",
)  # fmt: skip
HERE = (
    "What is the {w}?", "And the {w}?", "{w}?", "How high is the {w}?", "What's its {w}?", "Show me the {w}", "what {w} does it have?",
    "Which {w} does the analysis give?",
)  # fmt: skip


def _ask(m: Market, r: random.Random, ticker: str, page: str | None, key: str) -> list[Asked]:
    name = m.say(ticker, r)
    text = r.choice(NAMED).format(n=name, p=possessive(name), w=word(r, key))
    return [Asked(text[0].upper() + text[1:], page, (figure(m, ticker, key),), frozenset({ticker}))]


@kind("figure, page open")
def figure_here(m: Market, r: random.Random) -> list[Asked]:
    ticker, key = one(m, r), r.choice(EASY)
    text = r.choice(HERE).format(w=word(r, key))
    return [Asked(text, ticker, (figure(m, ticker, key),), frozenset({ticker}))]


@kind("figure, its company named")
def figure_named(m: Market, r: random.Random) -> list[Asked]:
    ticker = one(m, r)
    return _ask(m, r, ticker, ticker, r.choice(EASY))


@kind("figure of another company than the page's")
def figure_elsewhere(m: Market, r: random.Random) -> list[Asked]:
    ticker, page = two(m, r)
    return _ask(m, r, ticker, page, r.choice(EASY))


@kind("figure, no page open")
def figure_no_page(m: Market, r: random.Random) -> list[Asked]:
    return _ask(m, r, one(m, r), None, r.choice(EASY))


SPOKEN = (
    ("price", "What does {n} trade at?"), ("price", "How much is one share of {n}?"), ("price", "Where does {n} stand today?"),
    ("price_earnings", "How many times earnings does {n} cost?"), ("price_earnings", "What multiple of its earnings is {n} trading at?"),
    ("price_earnings", "How expensive is {n} relative to its earnings?"), ("price_sales", "How many times sales is {n} valued at?"),
    ("dividend_yield", "What does {n} yield?"), ("dividend_yield", "How much dividend does {n} pay, in percent?"),
    ("payout", "What share of its earnings does {n} pay out?"), ("payout", "How much of its profit does {n} distribute?"),
    ("market_cap", "How big is {n}?"), ("market_cap", "What is {n} worth on the stock market?"), ("market_cap", "What is all of {n} valued at?"),
    ("earnings_per_share", "How much does {n} earn per share?"), ("ebitda_margin", "How profitable is {n} in terms of EBITDA margin?"),
    ("return_20", "How did {n} do over the last 20 sessions?"), ("week52_high", "What was the highest price of {n} in 52 weeks?"),
    ("week52_low", "How low has {n} been within 52 weeks?"), ("return_on_equity", "How much does {n} earn on its equity?"),
)  # fmt: skip


@kind("figure, in everyday words")
def figure_spoken(m: Market, r: random.Random) -> list[Asked]:
    ticker, other = two(m, r)
    key, text = r.choice(SPOKEN)
    return [
        Asked(
            text.format(n=m.say(ticker, r)),
            page_of(r, ticker, other),
            (figure(m, ticker, key),),
            frozenset({ticker}),
        )
    ]


@kind("two figures at once")
def two_figures(m: Market, r: random.Random) -> list[Asked]:
    ticker, other = two(m, r)
    first, second = r.sample(EASY, 2)
    if {first, second} in (
        {"ebitda", "ebitda_margin"},
        {"ebitda", "cap_to_ebitda"},
        {"market_cap", "cap_to_ebitda"},
    ):
        raise LookupError(first)
    name = m.say(ticker, r)
    text = pick(
        r,
        "What are {p} {a} and {b}?",
        "Give me the {a} and the {b} of {n}.",
        "{n}: {a} and {b}?",
        "What is {p} {a}, and what is the {b}?",
    )
    return [
        Asked(text.format(n=name, p=possessive(name), a=word(r, first), b=word(r, second)), page_of(r, ticker, other),
              (figure(m, ticker, first), figure(m, ticker, second)), frozenset({ticker}))
    ]  # fmt: skip


@kind("rating")
def rating(m: Market, r: random.Random) -> list[Asked]:
    ticker, other = two(m, r)
    text = pick(
        r, "How is {n} rated?", "What is {p} rating?", "What rating does {n} have?", "Buy, hold or sell: what is {n}?",
        "What does the analysis say about {n}: buy, hold or sell?", "Rating of {n}?",
    )  # fmt: skip
    name = m.say(ticker, r)
    return [
        Asked(text.format(n=name, p=possessive(name)), page_of(r, ticker, other), (Rated((m.analysis(ticker).rating,)),),
              frozenset({ticker}))
    ]  # fmt: skip


@kind("score")
def score(m: Market, r: random.Random) -> list[Asked]:
    ticker, other = two(m, r)
    text = pick(
        r,
        "What is {p} score?",
        "How many points does {n} have?",
        "What score does {n} get?",
        "{p} total score?",
        "How many points did {n} score?",
    )
    name = m.say(ticker, r)
    return [
        Asked(
            text.format(n=name, p=possessive(name)),
            page_of(r, ticker, other),
            (figure(m, ticker, "score"),),
            frozenset({ticker}),
        )
    ]


@kind("figure on a date")
def figure_dated(m: Market, r: random.Random) -> list[Asked]:
    ticker, other = two(m, r)
    back = r.randrange(1, len(m.analyses[ticker]))
    key = r.choice(("price", "price_earnings", "dividend_yield", "price_book", "market_cap", "score"))
    now, then = figure(m, ticker, key), figure(m, ticker, key, back)
    if now.shown == then.shown:
        raise LookupError(key)
    day = m.analysis(ticker, back).as_of
    name = m.say(ticker, r)
    text = pick(
        r,
        "What was {p} {w} on {d}?",
        "{p} {w} on {d}?",
        "How high was {s} of {n} on {d}?",
        "On {d}, what was {s} of {n}?",
    )
    text = text.format(n=name, p=possessive(name), w=word(r, key), s=said(r, key), d=day_en(day, r))
    return [Asked(text, page_of(r, ticker, other), (then, Dated(day)), frozenset({ticker}))]


@kind("rating on a date")
def rating_dated(m: Market, r: random.Random) -> list[Asked]:
    ticker, other = two(m, r)
    back = r.randrange(1, len(m.analyses[ticker]))
    then = m.analysis(ticker, back)
    text = pick(
        r,
        "How was {n} rated on {d}?",
        "What was the rating of {n} on {d}?",
        "Was {n} a buy, a hold or a sell on {d}?",
    )
    return [
        Asked(text.format(n=m.say(ticker, r), d=day_en(then.as_of, r)), page_of(r, ticker, other),
              (Rated((then.rating,)), Dated(then.as_of)), frozenset({ticker}))
    ]  # fmt: skip


@kind("price between two analyses")
def price_between(m: Market, r: random.Random) -> list[Asked]:
    ticker = one(m, r)
    weekly = {analysis.as_of for analysis in m.analyses[ticker]}
    days = [day for day in m.prices[ticker] if day not in weekly and min(weekly) < day]
    day = r.choice(days)
    text = pick(
        r, "What was the price of {n} on {d}?", "Where did {n} trade on {d}?", "{n} share price on {d}?"
    )
    price = Figure((m.prices[ticker][day],), "usd", "price")
    return [
        Asked(
            text.format(n=m.say(ticker, r), d=day_en(day, r)),
            page_of(r, ticker),
            (price, Dated(day)),
            frozenset({ticker}),
        )
    ]
