"""The same in German."""

import random
from collections.abc import Callable

from tests.eval.asked import Asked, kind
from tests.eval.expect import (
    AnyOf,
    Count,
    Dated,
    Declines,
    Denies,
    Expectation,
    Figure,
    Lists,
    Moved,
    Names,
    Never,
    Says,
    Winner,
)
from tests.eval.kinds.absent import OUTSIDE
from tests.eval.kinds.reasons import counted, effect, points, reason
from tests.eval.kinds.several import median
from tests.eval.kinds.wording import (
    GERMAN,
    ITEMS_DE,
    RATING_DE,
    UNITS,
    clearly,
    day_de,
    figure,
    one,
    page_of,
    pick,
    two,
)
from tests.eval.market import Market


def _word(r: random.Random, key: str) -> tuple[str, str]:
    """A figure with its article, and without."""
    said = r.choice(GERMAN[key])
    return said, said.split(" ", 1)[1]


@kind("German: figure", german=True)
def figure_de(m: Market, r: random.Random) -> list[Asked]:
    ticker, other = two(m, r)
    key = r.choice(list(GERMAN))
    said, bare = _word(r, key)
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
    said, bare = _word(r, key)
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


@kind("German: two companies", german=True)
def compare_de(m: Market, r: random.Random) -> list[Asked]:
    a, b, other = two(m, r, 3)
    key = r.choice(("price_earnings", "dividend_yield", "market_cap", "price_book"))
    said, bare = _word(r, key)
    text = pick(
        r,
        "Wie hoch ist {s} von {a} im Vergleich zu {b}?",
        "{b_} von {a} und {b}?",
        "Vergleiche {s} von {a} und {b}.",
        "{a} gegen {b}: {b_}?",
    )
    expects = (figure(m, a, key, of=True), figure(m, b, key, of=True))
    return [
        Asked(
            text.format(s=said, b_=bare, a=m.say(a, r), b=m.say(b, r)),
            r.choice([a, other, None]),
            expects,
            frozenset({a, b}),
        )
    ]


WHICH = (
    ("price_earnings", -1, "Welche Aktie hat das niedrigere KGV, {a} oder {b}?"), ("dividend_yield", 1, "Wer hat die höhere Dividendenrendite, {a} oder {b}?"),
    ("market_cap", 1, "Was ist größer, {a} oder {b}?"), ("price_earnings", -1, "Ist {a} oder {b} nach dem KGV günstiger?"),
    ("price_earnings", 1, "Wer ist nach dem KGV teurer: {a} oder {b}?"),
)  # fmt: skip


@kind("German: which of two", german=True)
def which_de(m: Market, r: random.Random) -> list[Asked]:
    a, b = two(m, r)
    key, sign, text = r.choice(WHICH)
    values = {ticker: m.known(ticker, key) for ticker in (a, b)}
    clearly(list(values.values()))
    best = max(values, key=lambda ticker: sign * values[ticker])
    expects = (
        figure(m, a, key, of=True),
        figure(m, b, key, of=True),
        Winner(best, frozenset({a, b} - {best}), sign),
    )
    return [Asked(text.format(a=m.say(a, r), b=m.say(b, r)), r.choice([a, None]), expects, frozenset({a, b}))]


SCREENS: tuple[tuple[str, Callable[[float, float], bool], tuple[float, ...], tuple[str, ...]], ...] = (
    ("dividend_yield", lambda v, x: v > x / 100, (4, 5, 6), ("einer Dividendenrendite über {x} %", "mehr als {x} Prozent Dividendenrendite")),
    ("price_earnings", lambda v, x: v < x, (8, 10, 12), ("einem KGV unter {x}", "einem KGV von weniger als {x}")),
    ("market_cap", lambda v, x: v > x * 1e9, (300, 500), ("einer Marktkapitalisierung über {x} Milliarden Dollar",)),
)  # fmt: skip


@kind("German: screen", german=True)
def screen_de(m: Market, r: random.Random) -> list[Asked]:
    key, meets, bounds, words = r.choice(SCREENS)
    bound = r.choice(bounds)
    found = frozenset(t for t in m.rated if (v := m.value(t, key)) is not None and meets(v, bound))
    text = pick(
        r,
        "Welche Unternehmen haben {c}?",
        "Zeig mir Aktien mit {c}.",
        "Welche Aktien gibt es mit {c}?",
        "Wie viele Unternehmen gibt es mit {c}?",
    )
    said = r.choice(words)
    said = said.format(x=bound)
    if "haben" in text:
        said = said.replace("einer ", "eine ", 1).replace("einem ", "ein ", 1)
    expects = (
        (Count(len(found)),)
        if text.startswith("Wie viele")
        else (Lists(found, min(3, len(found))), Count(len(found)))
    )
    return [Asked(text.format(c=said), r.choice([None, one(m, r)]), expects)]


@kind("German: since a date", german=True)
def since_de(m: Market, r: random.Random) -> list[Asked]:
    ticker, other = two(m, r)
    key, back = r.choice(("price", "price_earnings", "market_cap")), r.randrange(1, len(m.analyses[ticker]))
    then, now = m.known(ticker, key, back), m.known(ticker, key)
    clearly([then, now], 0.01)
    said, _ = _word(r, key)
    text = pick(
        r,
        "Wie hat sich {s} von {n} seit dem {d} verändert?",
        "Ist {s} von {n} seit dem {d} gestiegen oder gefallen?",
        "Was ist mit {s} von {n} seit dem {d} passiert?",
    )
    said = (
        said
        if "mit {s}" not in text
        else said.replace("der ", "dem ", 1).replace("das ", "dem ", 1).replace("die ", "der ", 1)
    )
    expects = (
        figure(m, ticker, key, back),
        figure(m, ticker, key),
        Moved(1 if now > then else -1, ((then, UNITS[key]), (now, UNITS[key]))),
    )
    return [
        Asked(
            text.format(s=said, n=m.say(ticker, r), d=day_de(m.analysis(ticker, back).as_of, r)),
            page_of(r, ticker, other),
            expects,
            frozenset({ticker}),
        )
    ]


@kind("German: figure on a date", german=True)
def dated_de(m: Market, r: random.Random) -> list[Asked]:
    ticker = one(m, r)
    key, back = (
        r.choice(("price", "price_earnings", "dividend_yield")),
        r.randrange(1, len(m.analyses[ticker])),
    )
    then = figure(m, ticker, key, back)
    if then.shown == figure(m, ticker, key).shown:
        raise LookupError("the same today")
    said, _ = _word(r, key)
    day = m.analysis(ticker, back).as_of
    text = pick(
        r,
        "Wie hoch war {s} von {n} am {d}?",
        "Was war {s} von {n} am {d}?",
        "Am {d}, wie hoch war da {s} von {n}?",
    )
    return [
        Asked(
            text.format(s=said, n=m.say(ticker, r), d=day_de(day, r)),
            page_of(r, ticker),
            (then, Dated(day)),
            frozenset({ticker}),
        )
    ]


@kind("German: peers", german=True)
def peers_de(m: Market, r: random.Random) -> list[Asked]:
    ticker, other = two(m, r)
    key = r.choice(("price_earnings", "dividend_yield", "price_book", "ebitda_margin"))
    said, bare = _word(r, key)
    text = pick(
        r,
        "Wie hoch ist {s} von {n} im Vergleich zur Branche?",
        "Was ist der Median der Branche von {n} beim {b}?",
        "Liegt {s} von {n} über oder unter dem Median der Vergleichsgruppe?",
    )
    if "beim" in text and not said.startswith("das "):
        text = text.replace("beim", "bei der")
    return [
        Asked(
            text.format(s=said, b=bare, n=m.say(ticker, r)),
            page_of(r, ticker, other),
            (median(m, ticker, key),),
            frozenset({ticker}),
        )
    ]


@kind("German: distance", german=True)
def distance_de(m: Market, r: random.Random) -> list[Asked]:
    ticker = r.choice([t for t in m.steady if m.analysis(t).rating == "hold"])
    score = m.analysis(ticker).score
    wanted = r.choice(["buy", "sell"])
    near, far = (60.0, 62.0) if wanted == "buy" else (40.0, 38.0)
    text = pick(
        r,
        "Wie weit ist {n} von einem {w} entfernt?",
        "Wie viele Punkte fehlen {n} bis zum {w}?",
        "Wie viel fehlt bei {n} zum {w}?",
    )
    away = Figure((round(abs(far - score), 1), round(abs(near - score), 1)), "points", "distance")
    return [
        Asked(
            text.format(n=m.say(ticker, r), w=RATING_DE[wanted]),
            page_of(r, ticker),
            (away,),
            frozenset({ticker}),
        )
    ]


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
    said, _ = _word(r, key)
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
    first, _ = _word(r, key)
    said, _ = _word(r, second)
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
