"""Conversations of two to four questions: another company, another figure, another page, back again."""

import random

from tests.eval.asked import Asked, kind
from tests.eval.expect import Expectation, Figure, Rated, Says, Winner
from tests.eval.kinds.reasons import effect
from tests.eval.kinds.several import median
from tests.eval.kinds.wording import clearly, day_en, figure, one, pick, two, word
from tests.eval.market import Market
from tests.eval.names import possessive

KEYS = ("price_earnings", "dividend_yield", "market_cap", "price", "ebitda_margin", "price_book", "payout")


def ask(text: str, page: str | None, ticker: str, *expects: Expectation) -> Asked:
    """A question about one company."""
    return Asked(text, page, expects, frozenset({ticker}))


def opening(m: Market, r: random.Random, ticker: str, page: str | None, key: str) -> Asked:
    """A first question that names its company."""
    name = m.say(ticker, r)
    text = pick(r, "What is {p} {w}?", "What's the {w} of {n}?", "{p} {w}?").format(
        p=possessive(name), n=name, w=word(r, key)
    )
    return ask(text, page, ticker, figure(m, ticker, key))


@kind("follow-up: another company")
def other_company(m: Market, r: random.Random) -> list[Asked]:
    a, b = two(m, r)
    key, page = r.choice(KEYS), r.choice([None, a])
    text = pick(
        r, "And {n}?", "What about {n}?", "And for {n}?", "How about {n}?", "Same for {n}, please."
    ).format(n=m.say(b, r))
    return [opening(m, r, a, page, key), ask(text, page, b, figure(m, b, key))]


@kind("follow-up: another figure")
def other_figure(m: Market, r: random.Random) -> list[Asked]:
    a = one(m, r)
    first, second = r.sample(KEYS, 2)
    text = pick(r, "And its {w}?", "And the {w}?", "What about the {w}?", "How high is its {w}?").format(
        w=word(r, second)
    )
    return [opening(m, r, a, None, first), ask(text, None, a, figure(m, a, second))]


@kind("follow-up: of a company that is not the page's")
def its(m: Market, r: random.Random) -> list[Asked]:
    a, page = two(m, r)
    first, second = r.sample(KEYS, 2)
    text = pick(r, "And its {w}?", "What is its {w}?", "How high is their {w}?").format(w=word(r, second))
    return [opening(m, r, a, page, first), ask(text, page, a, figure(m, a, second))]


@kind("follow-up: the page changed")
def page_changed(m: Market, r: random.Random) -> list[Asked]:
    a, b = two(m, r)
    key = r.choice(KEYS)
    text = pick(
        r,
        "And here?",
        "And this one?",
        "What about this company?",
        "The same for this one?",
        "And the {w} here?",
    ).format(w=word(r, key))
    first = pick(r, "What is the {w}?", "How high is the {w}?").format(w=word(r, key))
    return [ask(first, a, a, figure(m, a, key)), ask(text, b, b, figure(m, b, key))]


@kind("follow-up: the page changed, a new topic")
def page_changed_topic(m: Market, r: random.Random) -> list[Asked]:
    a, b = two(m, r)
    key, rating = r.choice(KEYS), m.analysis(b).rating
    second = pick(r, "Why is it a {x}?", "How is it rated?").format(x=rating)
    return [
        ask(f"What is the {word(r, key)}?", a, a, figure(m, a, key)),
        ask(second, b, b, Rated((rating,))),
    ]


@kind("follow-up: why after a figure")
def own_topic(m: Market, r: random.Random) -> list[Asked]:
    ticker = one(m, r)
    analysis = m.analysis(ticker)
    key = r.choice(
        [
            each.key
            for each in analysis.rationale
            if each.counted and each.value is not None and each.key in KEYS
        ]
    )
    first = opening(m, r, ticker, ticker, key)
    second = pick(
        r, "How does it affect the rating?", "What does that do to the score?", "How many points is that?"
    )
    third = pick(r, "And without it?", "What would the score be without it?")
    without = m.item(ticker, key).without
    if without is None:
        raise LookupError(key)
    return [
        first,
        ask(second, ticker, ticker, *effect(m.item(ticker, key))),
        ask(third, ticker, ticker, Figure((without.score,), "points", "score without it")),
    ]


@kind("follow-up: then the peers")
def then_peers(m: Market, r: random.Random) -> list[Asked]:
    ticker, page = two(m, r)
    key = r.choice(("price_earnings", "dividend_yield", "ebitda_margin", "price_book"))
    text = pick(
        r,
        "And its peers?",
        "What is usual among its peers?",
        "How does that compare with its peers?",
        "Is that high for its group?",
    )
    where = r.choice([ticker, None, page])
    return [opening(m, r, ticker, where, key), ask(text, where, ticker, median(m, ticker, key))]


@kind("follow-up: which of the two")
def which_of_them(m: Market, r: random.Random) -> list[Asked]:
    a, b = two(m, r)
    values = {ticker: m.known(ticker, "price_earnings") for ticker in (a, b)}
    clearly(list(values.values()))
    best = min(values, key=lambda ticker: values[ticker])
    text = pick(
        r, "Which of the two is cheaper?", "So which one is cheaper?", "Which of them has the lower P/E?"
    )
    return [
        opening(m, r, a, None, "price_earnings"), ask(f"And {m.say(b, r)}?", None, b, figure(m, b, "price_earnings")),
        Asked(text, None, (Winner(best, frozenset({a, b} - {best}), -1),), frozenset({a, b})),
    ]  # fmt: skip


@kind("follow-up: another date")
def other_date(m: Market, r: random.Random) -> list[Asked]:
    ticker = one(m, r)
    key, back = r.choice(("price", "price_earnings", "market_cap")), r.randrange(2, len(m.analyses[ticker]))
    day = day_en(m.analysis(ticker, back).as_of, r)
    text = pick(r, "And on {d}?", "What was it on {d}?", "And what was it on {d}?").format(d=day)
    page = r.choice([ticker, None])
    return [opening(m, r, ticker, page, key), ask(text, page, ticker, figure(m, ticker, key, back))]


@kind("follow-up: four questions")
def four(m: Market, r: random.Random) -> list[Asked]:
    a, b, c = two(m, r, 3)
    first, second = r.sample(KEYS, 2)
    named = m.say(c, r)
    return [
        ask(f"What is the {word(r, first)}?", a, a, figure(m, a, first)),
        ask(pick(r, "And here?", "And for this company?"), b, b, figure(m, b, first)),
        ask(f"And {named}?", b, c, figure(m, c, first)),
        ask(
            pick(
                r, f"What is {possessive(named)} {word(r, second)}?", f"And the {word(r, second)} of {named}?"
            ),
            b,
            c,
            figure(m, c, second),
        ),
    ]


@kind("follow-up: back to the company before")
def back_again(m: Market, r: random.Random) -> list[Asked]:
    a, b = two(m, r)
    first, second = r.sample(KEYS, 2)
    name = m.say(a, r)
    return [
        opening(m, r, a, None, first),
        ask(f"And {m.say(b, r)}?", None, b, figure(m, b, first)),
        ask(
            pick(r, "Back to {n}: what is its {w}?", "For {n} again: the {w}?", "And the {w} of {n}?").format(
                n=name, w=word(r, second)
            ),
            None,
            a,
            figure(m, a, second),
        ),
    ]


@kind("follow-up: a screen, then its first")
def after_screen(m: Market, r: random.Random) -> list[Asked]:
    ticker = r.choice([t for t in m.steady if m.analysis(t).rating == "buy"])
    page = r.choice([None, ticker])
    count = sum(m.analysis(t).rating == "buy" for t in m.rated)
    return [
        Asked(
            pick(r, "How many companies are a buy?", "How many buy ratings are there?"),
            page,
            (Figure((float(count),), "count", "how many"),),
        ),
        ask(
            pick(r, "Is {n} one of them?", "Is {n} among them?", "And is {n} a buy?").format(
                n=m.say(ticker, r)
            ),
            page,
            ticker,
            Says(r"\bbuy\b|\byes\b", "that it is"),
        ),
    ]
