"""Names and dates in sentences, English and German; figures stay as they are shown."""

import datetime as dt
from collections.abc import Sequence

from deploy.offline_model.material.analysis import as_number
from shared.metric_words import METRIC_WORDS

_MONTHS_DE = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip
_ARTICLES_DE = {
    "price": "der Kurs",
    "price_earnings": "das KGV",
    "price_sales": "das KUV",
    "price_book": "das KBV",
    "cap_to_ebitda": "die Marktkapitalisierung ÷ EBITDA",
    "earnings_per_share": "der Gewinn je Aktie",
    "earnings_change": "die Veränderung des Gewinns je Aktie",
    "dividend_yield": "die Dividendenrendite",
    "payout": "die Ausschüttungsquote",
    "ebitda": "das EBITDA",
    "ebitda_margin": "die EBITDA-Marge",
    "return_on_equity": "die Eigenkapitalrendite",
    "return_20": "die Rendite über 20 Sitzungen",
    "week52_low": "das 52-Wochen-Tief",
    "week52_high": "das 52-Wochen-Hoch",
    "week52_place": "der Platz in der 52-Wochen-Spanne",
    "market_cap": "die Marktkapitalisierung",
    "score": "die Punktzahl",
    "rating": "die Einstufung",
}
RATINGS_DE = {"buy": "Kaufen", "hold": "Halten", "sell": "Verkaufen"}
_VOWEL_FIRST = ("a", "e", "i", "o", "E")


def metric_name(key: str, *, german: bool) -> str:
    """ "dividend yield", "P/E"; "Dividendenrendite". A metric that no table knows keeps its label."""
    words = METRIC_WORDS.get(key)
    if words is None:
        return key
    if german:
        return words.label_de
    return words.label if words.label[:2].isupper() or words.label[1:2] == "/" else _small(words.label)


def the_metric(key: str, *, german: bool) -> str:
    """ "the dividend yield"; "die Dividendenrendite"."""
    if not german:
        return f"the {metric_name(key, german=False)}"
    return _ARTICLES_DE.get(key, metric_name(key, german=True))


def rating_word(rating: str, *, german: bool) -> str:
    """ "hold"; "Halten"."""
    return RATINGS_DE.get(rating, rating) if german else rating


def day(iso: str, *, german: bool) -> str:
    """ "22 Aug 2026"; "22. August 2026". What is no date stays as it is."""
    try:
        date = dt.date.fromisoformat(iso)
    except ValueError:
        return iso
    return (
        f"{date.day}. {_MONTHS_DE[date.month - 1]} {date.year}"
        if german
        else f"{date.day} {date:%b} {date.year}"
    )


def listed(parts: Sequence[str], *, german: bool, last: str = "") -> str:
    """ "a, b and c"."""
    word = last or ("und" if german else "and")
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def capital(text: str) -> str:
    """With a capital first letter."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """With a full stop, if there is any text."""
    text = text.strip()
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."


def unsigned(shown: str) -> str:
    """ "−7.1 %" is "7.1 %"."""
    return shown.lstrip("+−-")


def is_positive(shown: str) -> bool | None:
    """Whether a figure is above zero; None if it is zero or no figure."""
    value = as_number(shown)
    return None if not value else value > 0


def _small(label: str) -> str:
    return label[:1].lower() + label[1:]
