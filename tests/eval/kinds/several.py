"""Several companies side by side, and one among its peers."""

import random

from tests.eval.asked import Asked, kind
from tests.eval.expect import About, AllOf, AnyOf, Count, Expectation, Figure, Names, Winner
from tests.eval.kinds.wording import COMPARED, UNITS, clearly, figure, one, page_of, pick, said, two, word
from tests.eval.market import Market
from tests.eval.names import possessive


@kind("two companies, one figure")
def compare(m: Market, r: random.Random) -> list[Asked]:
    a, b, other = two(m, r, 3)
    key = r.choice(COMPARED)
    expects = (figure(m, a, key, of=True), figure(m, b, key, of=True))
    text = pick(
        r, "Compare {s} of {a} and {b}.", "{a} or {b}: how do they compare in {w}?", "What is {s} of {a} compared with {b}?", "{w} of {a} vs {b}?",
        "How does {p} {w} compare with {q}?", "Put {s} of {a} beside that of {b}.",
    )  # fmt: skip
    x, y = m.say(a, r), m.say(b, r)
    text = text.format(a=x, b=y, p=possessive(x), q=possessive(y), s=said(r, key), w=word(r, key))
    return [Asked(text[0].upper() + text[1:], r.choice([a, b, other, None]), expects, frozenset({a, b}))]


WHICH = (
    ("price_earnings", -1, "Which is cheaper by P/E, {a} or {b}?"), ("price_earnings", 1, "Which has the higher P/E, {a} or {b}?"),
    ("price_earnings", -1, "Is {a} or {b} cheaper relative to earnings?"), ("dividend_yield", 1, "Which yields more, {a} or {b}?"),
    ("dividend_yield", 1, "Who pays the higher dividend yield: {a} or {b}?"), ("ebitda_margin", 1, "Which has the better EBITDA margin, {a} or {b}?"),
    ("market_cap", 1, "Which is bigger, {a} or {b}?"), ("market_cap", -1, "Which of {a} and {b} is smaller by market cap?"),
    ("price_book", -1, "Which has the lower P/B, {a} or {b}?"), ("score", 1, "Which scores higher, {a} or {b}?"),
    ("price_sales", -1, "Which trades at the lower price-to-sales ratio, {a} or {b}?"),
)  # fmt: skip


@kind("which of two")
def which(m: Market, r: random.Random) -> list[Asked]:
    a, b, other = two(m, r, 3)
    key, sign, text = r.choice(WHICH)
    values = {ticker: m.known(ticker, key) for ticker in (a, b)}
    clearly(list(values.values()))
    if min(values.values()) <= 0:
        raise LookupError(key)
    best = max(values, key=lambda ticker: sign * values[ticker])
    expects = (
        figure(m, a, key, of=True),
        figure(m, b, key, of=True),
        Winner(best, frozenset({a, b} - {best}), sign),
    )
    return [
        Asked(
            text.format(a=m.say(a, r), b=m.say(b, r)), r.choice([a, other, None]), expects, frozenset({a, b})
        )
    ]


@kind("is it cheaper than")
def cheaper(m: Market, r: random.Random) -> list[Asked]:
    a, b = two(m, r)
    clearly([m.known(a, "price_earnings"), m.known(b, "price_earnings")])
    best = min((a, b), key=lambda ticker: m.known(ticker, "price_earnings"))
    text = pick(
        r,
        "Is it cheaper than {b}?",
        "Is this cheaper than {b} by P/E?",
        "Is {a} cheaper than {b}?",
        "Is {a} more expensive than {b} by P/E?",
    )
    expects = (
        figure(m, a, "price_earnings"),
        figure(m, b, "price_earnings"),
        Winner(best, frozenset({a, b} - {best}), -1),
    )
    return [Asked(text.format(a=m.say(a, r), b=m.say(b, r)), a, expects, frozenset({a, b}))]


@kind("three and four companies")
def many(m: Market, r: random.Random) -> list[Asked]:
    found = two(m, r, r.choice([3, 4]))
    key = r.choice(COMPARED)
    names = [m.say(ticker, r) for ticker in found]
    listed = f"{', '.join(names[:-1])} and {names[-1]}"
    text = pick(
        r, "Compare {s} of {l}.", "What are {s} figures of {l}?", "{l}: {w}?", "Show {s} of {l} side by side."
    ).format(s=said(r, key), w=word(r, key), l=listed)
    return [
        Asked(
            text,
            r.choice([None, found[0]]),
            tuple(figure(m, ticker, key, of=True) for ticker in found),
            frozenset(found),
        )
    ]


@kind("the best of several")
def best_of(m: Market, r: random.Random) -> list[Asked]:
    found = two(m, r, r.choice([3, 4]))
    key, sign, words = r.choice([
        ("price_earnings", -1, "has the lowest P/E"), ("dividend_yield", 1, "has the highest dividend yield"), ("market_cap", 1, "is the largest by market cap"),
        ("ebitda_margin", 1, "has the highest EBITDA margin"), ("score", 1, "has the highest score"),
    ])  # fmt: skip
    values = {ticker: m.known(ticker, key) for ticker in found}
    clearly(list(values.values()))
    best = max(values, key=lambda ticker: sign * values[ticker])
    names = [m.say(ticker, r) for ticker in found]
    text = pick(r, "Which {w}: {l}?", "Which of {l} {w}?", "{l}: which one {w}?").format(
        w=words, l=f"{', '.join(names[:-1])} and {names[-1]}"
    )
    expects = (figure(m, best, key, of=True), Winner(best, frozenset(set(found) - {best}), sign))
    return [Asked(text, r.choice([None, found[0]]), expects, frozenset(found))]


@kind("two companies, the ratings")
def ratings(m: Market, r: random.Random) -> list[Asked]:
    a, b = two(m, r)
    text = pick(
        r,
        "How are {a} and {b} rated?",
        "What are the ratings of {a} and {b}?",
        "{a} and {b}: how do their ratings compare?",
        "Compare {a} with {b}.",
        "{a} vs {b}",
    )
    expects = tuple(AllOf((About(t), Names(m.analysis(t).rating))) for t in (a, b))
    return [Asked(text.format(a=m.say(a, r), b=m.say(b, r)), r.choice([None, a]), expects, frozenset({a, b}))]


COMPARABLE = (
    "price_earnings",
    "price_sales",
    "price_book",
    "ebitda_margin",
    "dividend_yield",
    "return_on_equity",
    "market_cap",
)


def median(m: Market, ticker: str, key: str) -> Figure:
    peers = m.metric(ticker, key).peers
    if peers is None or peers.median is None:
        raise LookupError(key)
    return Figure((peers.median,), UNITS[key], f"median of {key}")


@kind("peers' median")
def peers_median(m: Market, r: random.Random) -> list[Asked]:
    ticker, other = two(m, r)
    key = r.choice(COMPARABLE)
    m.known(ticker, key)
    text = pick(
        r, "What is the median {w} of {p} peers?", "How does {p} {w} compare with its peers?", "Is {p} {w} above or below that of its peers?",
        "What {w} is typical in the industry of {n}?", "How does {n} stand against its peers by {w}?", "{w} of {n} against the peer median?",
    )  # fmt: skip
    name = m.say(ticker, r)
    expects: tuple[Expectation, ...] = (median(m, ticker, key),)
    text = text.format(n=name, p=possessive(name), w=word(r, key))
    if "median" not in text and "typical" not in text:
        expects = (*expects, figure(m, ticker, key))
    return [Asked(text[0].upper() + text[1:], page_of(r, ticker, other), expects, frozenset({ticker}))]


@kind("rank among peers")
def rank(m: Market, r: random.Random) -> list[Asked]:
    ticker, other = two(m, r)
    key = r.choice(COMPARABLE)
    peers = m.peers(ticker, key)
    place = next((i for i, (each, _) in enumerate(peers, 1) if each == ticker), 0)
    if not place:
        raise LookupError(key)
    text = pick(
        r,
        "Where does {n} rank among its peers by {w}?",
        "What rank does {n} have in {w} within its group?",
        "How does {n} rank by {w} among its peers?",
    )
    expects = (Count(place), Count(len(peers)))
    from_below = (Count(len(peers) + 1 - place), Count(len(peers)))
    either = AnyOf((AllOf(expects), AllOf(from_below)))
    return [
        Asked(
            text.format(n=m.say(ticker, r), w=word(r, key)),
            page_of(r, ticker, other),
            (either,),
            frozenset({ticker}),
        )
    ]


@kind("peers by name")
def neighbours(m: Market, r: random.Random) -> list[Asked]:
    ticker = one(m, r)
    key = r.choice(COMPARABLE)
    peers = m.peers(ticker, key)
    top = r.random() < 0.5
    best = peers[0][0] if top else peers[-1][0]
    clearly([peers[0][1], peers[1][1]] if top else [peers[-1][1], peers[-2][1]], 0.005)
    text = pick(
        r,
        "Which of {p} peers has the {h} {w}?",
        "Who has the {h} {w} among the peers of {n}?",
        "The {h} {w} in the group of {n}?",
    )
    name = m.say(ticker, r)
    text = text.format(n=name, p=possessive(name), h="highest" if top else "lowest", w=word(r, key))
    return [Asked(text, page_of(r, ticker), (About(best), figure(m, best, key)), frozenset({ticker, best}))]
