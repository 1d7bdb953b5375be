"""How the figures are called in questions, and the small steps that every kind takes."""

import datetime as dt
import itertools
import random
from collections.abc import Sequence

from tests.eval.expect import Figure
from tests.eval.market import Market

UNITS = {
    "price": "usd", "price_earnings": "ratio", "price_sales": "ratio", "price_book": "ratio", "cap_to_ebitda": "ratio",
    "earnings_per_share": "usd", "dividend_yield": "fraction", "payout": "fraction", "ebitda": "usd",
    "ebitda_margin": "fraction", "return_on_equity": "fraction", "return_20": "fraction", "week52_low": "usd",
    "week52_high": "usd", "market_cap": "usd", "score": "points", "earnings_change": "fraction", "week52_place": "fraction",
}  # fmt: skip
ENGLISH = {
    "price": ("price", "share price", "stock price"),
    "price_earnings": ("P/E", "P/E ratio", "price-to-earnings ratio", "PE", "earnings multiple"),
    "price_sales": ("P/S", "price-to-sales ratio", "P/S ratio"),
    "price_book": ("P/B", "price-to-book ratio", "P/B ratio"),
    "cap_to_ebitda": ("market cap to EBITDA", "market cap ÷ EBITDA", "ratio of market cap to EBITDA"),
    "earnings_per_share": ("EPS", "earnings per share"),
    "dividend_yield": ("dividend yield", "yield"),
    "payout": ("payout ratio", "payout"),
    "ebitda": ("EBITDA",),
    "ebitda_margin": ("EBITDA margin", "margin"),
    "return_on_equity": ("return on equity", "ROE"),
    "return_20": ("20-session return", "return over the last 20 sessions"),
    "week52_low": ("52-week low", "low of the last 52 weeks"),
    "week52_high": ("52-week high", "yearly high"),
    "market_cap": ("market cap", "market capitalization", "market value"),
    "score": ("score",),
}
GERMAN = {
    "price": ("der Kurs", "der Aktienkurs"),
    "price_earnings": ("das KGV", "das Kurs-Gewinn-Verhältnis"),
    "price_sales": ("das KUV", "das Kurs-Umsatz-Verhältnis"),
    "price_book": ("das KBV", "das Kurs-Buchwert-Verhältnis"),
    "earnings_per_share": ("der Gewinn je Aktie", "der Gewinn pro Aktie"),
    "dividend_yield": ("die Dividendenrendite",),
    "payout": ("die Ausschüttungsquote",),
    "ebitda_margin": ("die EBITDA-Marge",),
    "return_on_equity": ("die Eigenkapitalrendite",),
    "market_cap": ("die Marktkapitalisierung", "der Börsenwert"),
    "week52_high": ("das 52-Wochen-Hoch",),
    "week52_low": ("das 52-Wochen-Tief",),
}
ITEMS = {
    "price_earnings": ("P/E", "price-to-earnings ratio"),
    "price_sales": ("P/S", "price-to-sales ratio"),
    "price_book": ("P/B",),
    "cap_to_ebitda": ("market cap ÷ EBITDA",),
    "ebitda_margin": ("EBITDA margin",),
    "return_on_equity": ("return on equity",),
    "earnings_change": ("change in earnings per share", "change in EPS"),
    "dividend_yield": ("dividend yield", "dividend"),
    "return_20": ("20-session return",),
    "week52_place": ("place in the 52-week range", "52-week range"),
    "market_cap": ("market cap", "size"),
}
ITEMS_DE = {
    "price_earnings": ("das KGV",), "price_sales": ("das KUV",), "price_book": ("das KBV",),
    "ebitda_margin": ("die EBITDA-Marge",), "dividend_yield": ("die Dividendenrendite", "die Dividende"),
    "market_cap": ("die Marktkapitalisierung",), "return_20": ("die Rendite über 20 Sitzungen",),
}  # fmt: skip
RATING_DE = {"buy": "Kauf", "hold": "Halten", "sell": "Verkauf"}
COMPARED = (
    "price_earnings",
    "price_book",
    "price_sales",
    "dividend_yield",
    "ebitda_margin",
    "market_cap",
    "return_on_equity",
)


def figure(m: Market, ticker: str, key: str, back: int = 0, *, of: bool = False) -> Figure:
    """The company's figure as an expectation. Of earnings per share both that the analysis holds are right."""
    keys = (key, "earnings_per_share_snapshot") if key == "earnings_per_share" else (key,)
    values = tuple(value for each in keys if (value := m.value(ticker, each, back)) is not None)
    if not values or (key != "score" and m.value(ticker, key, back) is None):
        raise LookupError(key)
    return Figure(values, UNITS[key], key, ticker if of else None)


def two(m: Market, r: random.Random, count: int = 2) -> list[str]:
    """Companies, none twice."""
    return r.sample(list(m.steady), count)


def one(m: Market, r: random.Random) -> str:
    return r.choice(m.steady)


def word(r: random.Random, key: str) -> str:
    return r.choice(ENGLISH[key])


def said(r: random.Random, key: str) -> str:
    """Within a sentence: with an article where one belongs."""
    return f"the {word(r, key)}"


def day_en(day: dt.date, r: random.Random) -> str:
    """A date as one writes it in English."""
    return r.choice(
        [f"{day.day} {day:%b}", f"{day:%B} {day.day}", f"{day.day} {day:%B} {day.year}", f"{day}"]
    )


MONTHS_DE = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()  # noqa: SIM905


def day_de(day: dt.date, r: random.Random) -> str:
    """A date as one writes it in German."""
    return r.choice([f"{day.day}. {MONTHS_DE[day.month - 1]}", f"{day.day}.{day.month}.{day.year}"])


def page_of(r: random.Random, ticker: str, other: str | None = None) -> str | None:
    """Any page: the company's own, none, another's."""
    return r.choice([ticker, None, other])


def pick(r: random.Random, *phrasings: str) -> str:
    return r.choice(phrasings)


def clearly(values: Sequence[float], apart: float = 0.02) -> None:
    """`LookupError` unless the values differ by so much that rounding cannot hide which is larger."""
    ordered = sorted(values)
    for low, high in itertools.pairwise(ordered):
        if abs(high - low) <= apart * max(abs(high), abs(low)):
            raise LookupError("too close")
