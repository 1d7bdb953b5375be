"""German: figures, ratings, items."""

import random

from tests.eval.asked import Asked, kind
from tests.eval.expect import (
    AnyOf,
    Figure,
    Names,
)
from tests.eval.kinds.reasons import counted, effect, points
from tests.eval.kinds.wording import (
    GERMAN,
    ITEMS_DE,
    figure,
    one,
    page_of,
    pick,
    two,
)
from tests.eval.market import Market


def german_word(r: random.Random, key: str) -> tuple[str, str]:
    """A figure with its article, and without."""
    said = r.choice(GERMAN[key])
    return said, said.split(" ", 1)[1]


@kind("German: figure", german=True)
def figure_de(m: Market, r: random.Random) -> list[Asked]:
    ticker, other = two(m, r)
    key = r.choice(list(GERMAN))
    said, bare = german_word(r, key)
    text = pick(
        r,
        "Wie hoch ist {s} von {n}?",
        "{b} von {n}?",
        "Wie ist {s} von {n}?",
        "Nenn mir bitte {a} von {n}.",
        "Was ist {s} von {n}?",
        "{n}: wie hoch ist {s}?",
    )
    accusative = said.replace("der ", "den ", 1) if said.startswith("der ") else said
    return [
        Asked(
            text.format(s=said, b=bare, a=accusative, n=m.say(ticker, r)),
            page_of(r, ticker, other),
            (figure(m, ticker, key),),
            frozenset({ticker}),
        )
    ]


@kind("German: figure of the page", german=True)
def here_de(m: Market, r: random.Random) -> list[Asked]:
    ticker = one(m, r)
    key = r.choice(list(GERMAN))
    said, bare = german_word(r, key)
    text = pick(r, "Wie hoch ist {s}?", "Und {s}?", "{b}?", "Wie hoch ist {s} hier?", "Welchen Wert hat {s}?")
    return [Asked(text.format(s=said, b=bare), ticker, (figure(m, ticker, key),), frozenset({ticker}))]


SPOKEN = (
    ("price", "Was kostet eine Aktie von {n}?"), ("price", "Wo steht die Aktie von {n}?"), ("market_cap", "Wie viel ist {n} an der Börse wert?"),
    ("market_cap", "Wie groß ist {n}?"), ("dividend_yield", "Wie hoch rentiert {n}?"), ("payout", "Wie viel vom Gewinn schüttet {n} aus?"),
    ("price_earnings", "Mit dem Wievielfachen des Gewinns wird {n} bewertet?"), ("earnings_per_share", "Was verdient {n} je Aktie?"),
    ("return_20", "Wie hat sich {n} in den letzten 20 Sitzungen entwickelt?"),
)  # fmt: skip


@kind("German: in everyday words", german=True)
def spoken_de(m: Market, r: random.Random) -> list[Asked]:
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


@kind("German: rating and why", german=True)
def why_de(m: Market, r: random.Random) -> list[Asked]:
    ticker, other = two(m, r)
    rating = m.analysis(ticker).rating
    heavy = sorted(counted(m, ticker), key=lambda item: -abs(item.points))[:3]
    word = {"buy": "ein Kauf", "hold": "nur Halten", "sell": "ein Verkauf"}[rating]
    text = pick(
        r,
        "Wie ist {n} eingestuft?",
        "Ist {n} ein Kauf?",
        "Warum ist {n} {w}?",
        "Wie wird {n} bewertet?",
        "Was spricht für die Einstufung von {n}?",
    )
    expects = (Names(rating),)
    if text.startswith(("Warum", "Was spricht")):
        expects = (*expects, AnyOf(tuple(points(item) for item in heavy)))  # type: ignore[assignment]
    return [
        Asked(
            text.format(n=m.say(ticker, r), w=word), page_of(r, ticker, other), expects, frozenset({ticker})
        )
    ]


@kind("German: effect of an item", german=True)
def effect_de(m: Market, r: random.Random) -> list[Asked]:
    ticker, other = two(m, r)
    item = r.choice([each for each in counted(m, ticker) if each.key in ITEMS_DE])
    said = r.choice(ITEMS_DE[item.key])
    text = pick(
        r,
        "Wie wirkt sich {i} auf die Einstufung von {n} aus?",
        "Wie viele Punkte bringt {i} bei {n}?",
        "Was macht {i} mit der Punktzahl von {n}?",
        "Spricht {i} für oder gegen {n}?",
    )
    return [
        Asked(
            text.format(i=said, n=m.say(ticker, r)),
            page_of(r, ticker, other),
            effect(item),
            frozenset({ticker}),
        )
    ]


@kind("German: without an item", german=True)
def without_de(m: Market, r: random.Random) -> list[Asked]:
    ticker = one(m, r)
    item = r.choice([each for each in counted(m, ticker) if each.key in ITEMS_DE and each.without])
    said = r.choice(ITEMS_DE[item.key])
    if item.without is None:
        raise LookupError(item.key)
    text = pick(
        r,
        "Wie wäre {n} ohne {i} eingestuft?",
        "Wie hoch wäre die Punktzahl von {n} ohne {i}?",
        "Und ohne {i}, wie stünde {n} da?",
    )
    expects = (
        Figure((item.without.score,), "points", "score without it"),
        Names(item.without.rating),
    )
    said = said.replace("der ", "den ", 1) if said.startswith("der ") else said
    return [Asked(text.format(i=said, n=m.say(ticker, r)), page_of(r, ticker), expects, frozenset({ticker}))]
