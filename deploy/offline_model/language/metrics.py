"""Metrics by the words people have for them, and by the labels that analyses give them."""

from functools import lru_cache

from deploy.offline_model.language.normalise import fold, word_set
from deploy.offline_model.language.phrases import Phrase, PhraseBook
from deploy.offline_model.language.tokens import tokens_of
from shared.metric_words import METRIC_WORDS, synonyms

FRACTIONS = word_set(
    "earnings_change dividend_yield payout ebitda_margin return_on_equity return_20 week52_place"
)
"""Given to the tools as fractions: 0.03 is 3 %."""

VALUATION = ("price_earnings", "price_sales", "price_book", "cap_to_ebitda")
"""What "cheap" and "expensive" are about."""

SCORE, RATING = "score", "rating"

_NOT_ALONE = frozenset({"price", "score", "week52_low", "week52_high"})
"""Metrics whose loose words ("share", "high") mean something else in most questions."""


_OTHERWISE = frozenset({"wert"})
"""Words that mean any figure in most questions."""


def _steps(words: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokens_of(words) if token.text != "-")


def _phrases() -> list[Phrase]:
    found = []
    for key, words in METRIC_WORDS.items():
        named = synonyms(words, loose=key not in _NOT_ALONE)
        found += [
            Phrase(key, steps)
            for name in named
            if "×" not in name and name not in _OTHERWISE and (steps := _steps(name))
        ]
    return found


GERMAN_METRICS = frozenset(
    fold(name)
    for words in METRIC_WORDS.values()
    for name in words.de
    if name.isalpha() and name not in words.en
) - {"ebitda", "scores"}
"""Words for metrics that only German has."""

METRIC_BOOK = PhraseBook(_phrases())
"""Finds metrics, the score and the rating among tokens without hyphens."""


@lru_cache(maxsize=4096)
def key_of_label(label: str) -> str:
    """The key of a metric or item by its label; what no table knows is its own key, in lower case."""
    own = label.partition(" (")[0]
    steps = _steps(own)
    found = METRIC_BOOK.longest([(step,) for step in steps], 0) if steps else None
    return found[0] if found and found[1] == len(steps) else fold(own).strip()
