"""German: what is not there, false premises, conversations, terms."""

import random

from tests.eval.asked import Asked, kind
from tests.eval.expect import (
    Dated,
    Declines,
    Denies,
    Expectation,
    Names,
    Never,
    Says,
)
from tests.eval.kinds.absent import OUTSIDE
from tests.eval.kinds.german import german_word
from tests.eval.kinds.reasons import reason
from tests.eval.kinds.wording import (
    RATING_DE,
    figure,
    one,
    page_of,
    pick,
    two,
)
from tests.eval.market import Market


@kind("German: not in the data", german=True)
def absent_de(m: Market, r: random.Random) -> list[Asked]:
    ticker = one(m, r)
    text = pick(
        r, "Wer ist der Chef von {n}?", "Gibt es Neuigkeiten zu {n}?", "Wird {n} nächsten Monat steigen?", "Wie viele Mitarbeiter hat {n}?", "Wer sind die Konkurrenten von {n}?",
        "Was wird die Aktie von {n} in einem Jahr kosten?", "Wann legt {n} Zahlen vor?",
    )  # fmt: skip
    return [Asked(text.format(n=m.say(ticker, r)), page_of(r, ticker), (Declines(),), frozenset({ticker}))]


@kind("German: company outside the data", german=True)
def outside_de(m: Market, r: random.Random) -> list[Asked]:
    name = r.choice(OUTSIDE)
    text = pick(
        r,
        "Wie hoch ist das KGV von {n}?",
        "Ist {n} ein Kauf?",
        "Was kostet eine Aktie von {n}?",
        "Wie ist {n} eingestuft?",
    )
    return [
        Asked(
            text.format(n=name),
            r.choice([None, one(m, r)]),
            (Declines(), Says(name, name), Never(r"\d+[.,]\d+|\$\d", "a figure")),
        )
    ]


@kind("German: false premise", german=True)
def premise_de(m: Market, r: random.Random) -> list[Asked]:
    ticker = one(m, r)
    rating = m.analysis(ticker).rating
    wrong = r.choice([each for each in RATING_DE if each != rating])
    text = pick(
        r,
        "Warum ist {n} mit {w} eingestuft?",
        "{n} ist doch mit {w} eingestuft, oder?",
        "Bestätige, dass {n} mit {w} eingestuft ist.",
        "Warum steht {n} auf {w}?",
    )
    word = {"buy": "Kaufen", "hold": "Halten", "sell": "Verkaufen"}[wrong]
    return [
        Asked(
            text.format(n=m.say(ticker, r), w=word),
            page_of(r, ticker),
            (Denies(in_words=False), Names(rating)),
            frozenset({ticker}),
        )
    ]


@kind("German: missing figure", german=True)
def missing_de(m: Market, r: random.Random) -> list[Asked]:
    key = r.choice(["price_earnings", "dividend_yield", "payout", "ebitda_margin", "return_on_equity"])
    ticker = r.choice([t for t in m.steady if m.value(t, key) is None])
    said, _ = german_word(r, key)
    note = m.metric(ticker, key).note or ""
    text = pick(r, "Wie hoch ist {s} von {n}?", "Was ist {s} von {n}?")
    return [
        Asked(
            text.format(s=said, n=m.say(ticker, r)),
            page_of(r, ticker),
            (Says(reason(note), f"the reason: {note}"),),
            frozenset({ticker}),
        )
    ]


@kind("German: follow-up", german=True)
def follow_de(m: Market, r: random.Random) -> list[Asked]:
    a, b = two(m, r)
    key, second = r.sample(("price_earnings", "dividend_yield", "market_cap", "price"), 2)
    first, _ = german_word(r, key)
    said, _ = german_word(r, second)
    page = r.choice([None, a])
    return [
        Asked(f"Wie hoch ist {first} von {m.say(a, r)}?", page, (figure(m, a, key),), frozenset({a})),
        Asked(
            pick(r, "Und {n}?", "Und bei {n}?", "Und von {n}?", "Wie sieht es bei {n} aus?").format(
                n=m.say(b, r)
            ),
            page,
            (figure(m, b, key),),
            frozenset({b}),
        ),
        Asked(
            pick(r, "Und {s} von {n}?", "Wie hoch ist {s} von {n}?").format(s=said, n=m.say(b, r)),
            page,
            (figure(m, b, second),),
            frozenset({b}),
        ),
    ]


@kind("German: terms and age", german=True)
def product_de(m: Market, r: random.Random) -> list[Asked]:
    page = one(m, r)
    choices: list[tuple[str, tuple[Expectation, ...]]] = [
        ("Was bedeutet KGV?", (Says("kurs|preis|price", "price"), Says("gewinn|earnings", "earnings"))),
        ("Was ist eine Ausschüttungsquote?", (Says("dividende|dividend|ausgeschüttet|paid", "dividend"), Says("gewinn|earnings", "earnings"))),
        ("Wie alt sind die Daten?", (Dated(m.newest),)), ("Von wann ist diese Analyse?", (Dated(m.newest),)),
        ("Wie kommt die Punktzahl zustande?", (Says(r"\b50\b", "50"),)), ("Ab wie vielen Punkten ist es ein Kauf?", (Says(r"\b60\b", "60"),)),
    ]  # fmt: skip
    text, expects = r.choice(choices)
    return [Asked(text, page, expects, frozenset({page}))]
