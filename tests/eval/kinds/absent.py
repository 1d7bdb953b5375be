"""What is not there: news, people, forecasts, advice, companies outside the data, missing figures, no page, no rating."""

import random

from tests.eval.asked import Asked, kind
from tests.eval.expect import AnyOf, Declines, Names, Never, Says
from tests.eval.kinds.reasons import reason
from tests.eval.kinds.wording import figure, one, page_of, pick, two, word
from tests.eval.market import Market
from tests.eval.names import possessive, short_name

NEWS = (
    "What is the latest news about {n}?", "Who is the CEO of {n}?", "Are there any lawsuits against {n}?", "When does {n} report earnings next?",
    "Who are the main competitors of {n}?", "How many employees does {n} have?", "What did the management of {n} say in the last call?",
    "What do analysts at Goldman Sachs think about {n}?", "Who are the largest shareholders of {n}?", "How much debt does {n} have?",
    "What are the main products of {n}?", "Where is {n} headquartered?", "Has {n} announced an acquisition?", "What is the beta of {n}?",
    "What is the free cash flow of {n}?", "When was {n} founded?", "Did insiders of {n} sell shares?", "How is the ESG score of {n}?",
)  # fmt: skip
FORECASTS = (
    "Will {n} go up next month?", "What will the price of {n} be in a year?", "What is your price target for {n}?", "Is {n} going to beat earnings?",
    "Where will {n} trade by Christmas?", "Will {n} raise its dividend next year?", "Predict the P/E of {n} for 2027.", "How likely is a crash of {n}?",
)  # fmt: skip
ADVICE = (
    "Should I buy {n}?", "Should I sell my {n} shares?", "Is {n} a good investment for my pension?", "Would you put your own money into {n}?",
    "How much of my savings should I put into {n}?",
)  # fmt: skip
OUTSIDE = (
    "Samsung", "Nestlé", "Toyota", "Volkswagen", "Siemens", "SAP", "LVMH", "Alibaba", "Sony", "Shell", "BP", "Novartis", "Spotify", "Rivian", "Roche",
    "Unilever", "Tencent", "Airbus", "Bayer", "Novo Nordisk", "ASML", "HSBC",
)  # fmt: skip


@kind("not in the data: news and facts")
def news(m: Market, r: random.Random) -> list[Asked]:
    ticker, other = two(m, r)
    return [
        Asked(
            r.choice(NEWS).format(n=m.say(ticker, r)),
            page_of(r, ticker, other),
            (Declines(),),
            frozenset({ticker}),
        )
    ]


@kind("forecasts")
def forecast(m: Market, r: random.Random) -> list[Asked]:
    ticker, other = two(m, r)
    return [
        Asked(
            r.choice(FORECASTS).format(n=m.say(ticker, r)),
            page_of(r, ticker, other),
            (Declines(),),
            frozenset({ticker}),
        )
    ]


@kind("advice")
def advice(m: Market, r: random.Random) -> list[Asked]:
    ticker = one(m, r)
    rating = Names(m.analysis(ticker).rating)
    orders = Never(r"\byou should (?:buy|sell|invest)\b|\bI(?:'d| would)? recommend\b", "what to do")
    return [
        Asked(
            r.choice(ADVICE).format(n=m.say(ticker, r)),
            page_of(r, ticker),
            (AnyOf((Declines(), rating)), orders),
            frozenset({ticker}),
        )
    ]


@kind("company outside the data")
def outside(m: Market, r: random.Random) -> list[Asked]:
    page = r.choice([one(m, r), None])
    name = r.choice(OUTSIDE)
    text = pick(
        r,
        "What is {p} {w}?",
        "How is {n} rated?",
        "Tell me about {n}.",
        "What is the {w} of {n}?",
        "Is {n} a buy?",
    )
    text = text.format(
        n=name,
        p=possessive(name),
        w=word(r, r.choice(["price_earnings", "dividend_yield", "market_cap", "price"])),
    )
    return [Asked(text, page, (Declines(), Says(name, name), _no_figures()))]


def _no_figures() -> Never:
    return Never(r"\d+\.\d+|\$\d", "a figure")


@kind("one company inside, one outside")
def half_outside(m: Market, r: random.Random) -> list[Asked]:
    ticker = one(m, r)
    name = r.choice(OUTSIDE)
    text = pick(
        r,
        "Which has the lower P/E, {n} or {x}?",
        "Compare the P/E of {n} with {p}.",
        "Is {n} cheaper than {x}?",
        "{n} vs {x} by P/E?",
    )
    expects = (figure(m, ticker, "price_earnings"), Declines(first=5), Says(name, name))
    return [
        Asked(
            text.format(n=m.say(ticker, r), x=name, p=possessive(name)),
            r.choice([ticker, None]),
            expects,
            frozenset({ticker}),
        )
    ]


@kind("nobody named, no page open")
def nobody(m: Market, r: random.Random) -> list[Asked]:
    key = r.choice(["price_earnings", "dividend_yield", "price", "market_cap"])
    text = pick(
        r,
        "What is the {w}?",
        "Why is it a hold?",
        "How is it rated?",
        "And the {w}?",
        "What changed since last week?",
        "Is it expensive?",
    )
    if text.startswith("What changed"):
        raise LookupError("the market's changes would be an answer")
    asks = Says(
        r"\b(?:which company|no company|name (?:a|the|one)|open (?:a|the) (?:page|company)|welche[sr]?|kein Unternehmen|which one|whom|what company)\b",
        "that no company is named",
    )
    return [Asked(text.format(w=word(r, key)), None, (asks, _no_figures()))]


@kind("missing figure, with the reason")
def missing(m: Market, r: random.Random) -> list[Asked]:
    key = r.choice(
        [
            "price_earnings",
            "dividend_yield",
            "payout",
            "ebitda",
            "ebitda_margin",
            "return_on_equity",
            "cap_to_ebitda",
        ]
    )
    ticker = r.choice([t for t in m.steady if m.value(t, key) is None])
    note = m.metric(ticker, key).note or ""
    text = pick(
        r,
        "What is {p} {w}?",
        "What's the {w} of {n}?",
        "How high is the {w} of {n}?",
        "Why is there no {w} for {n}?",
    )
    name = m.say(ticker, r)
    return [
        Asked(
            text.format(n=name, p=possessive(name), w=word(r, key)),
            page_of(r, ticker, one(m, r)),
            (Says(reason(note), f"the reason: {note}"),),
            frozenset({ticker}),
        )
    ]


@kind("company that is not rated")
def not_rated(m: Market, r: random.Random) -> list[Asked]:
    ticker = r.choice(sorted(m.made.not_rated))
    why = m.made.not_rated[ticker]
    text = pick(
        r,
        "How is {n} rated?",
        "Is {n} a buy?",
        "What is the score of {n}?",
        "Why is {n} not rated?",
        "Why does {n} have no rating?",
        "What is the rating of {n}?",
    )
    name = r.choice([short_name(m.companies[ticker].name), m.companies[ticker].name])
    words = (
        r"never had (?:any )?(?:usable )?figures|nie .*Zahlen"
        if "never" in why
        else r"no usable figures|since|too few|keine brauchbaren|seit"
    )
    return [
        Asked(
            text.format(n=name),
            page_of(r, ticker),
            (
                Says(
                    r"\bnot rated\b|\bno (?:current )?(?:rating|analysis)\b|\bno longer rated\b|nicht (?:mehr )?(?:bewertet|eingestuft)",
                    "that it is not rated now",
                ),
                Says(words, why),
            ),
            frozenset({ticker}),
        )
    ]
