"""German: several companies, dates, peers."""

import random
from collections.abc import Callable

from tests.eval.asked import Asked, kind
from tests.eval.expect import (
    Count,
    Dated,
    Figure,
    Lists,
    Moved,
    Winner,
)
from tests.eval.kinds.german import german_word
from tests.eval.kinds.several import median
from tests.eval.kinds.wording import (
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


@kind("German: two companies", german=True)
def compare_de(m: Market, r: random.Random) -> list[Asked]:
    a, b, other = two(m, r, 3)
    key = r.choice(("price_earnings", "dividend_yield", "market_cap", "price_book"))
    said, bare = german_word(r, key)
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
    said, _ = german_word(r, key)
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
    said, _ = german_word(r, key)
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
    said, bare = german_word(r, key)
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
