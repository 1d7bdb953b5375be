"""A question as the agent sees it: its kind and its slots. `parse` reads one text; `carry` adds what it leaves out."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from deploy.offline_model.kinds import Kind, Seen, kind_of
from deploy.offline_model.language.dates import Clock, Moment
from deploy.offline_model.language.filters import Filter, Stated, conditions_of
from deploy.offline_model.language.metrics import GERMAN_METRICS
from deploy.offline_model.language.names import NameBook
from deploy.offline_model.language.normalise import word_set
from deploy.offline_model.language.numbers import Number
from deploy.offline_model.language.slots import FEATURE_BOOK, OUTSIDE_BOOK, Slot, slots_of
from deploy.offline_model.language.tokens import Token, tokens_of
from deploy.offline_model.language.words.ratings import ENGLISH, GERMAN
from deploy.offline_model.language.year import within_a_year

_INDEX = re.compile(r"\bS&P[\s-]*500\b", re.IGNORECASE)
_UMLAUTS = frozenset("äöüß")
PAGE_MARK = "[asked on the page of "


class Question(NamedTuple):
    """What was found in a text, and in those before it where this one leaves it out."""

    kind: Kind
    german: bool
    features: frozenset[str] = frozenset()
    metrics: tuple[str, ...] = ()
    moments: tuple[Moment, ...] = ()
    ratings: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    stated: tuple[Stated, ...] = ()
    bare: tuple[Number, ...] = ()
    outside: tuple[str, ...] = ()
    tickers: tuple[str, ...] = ()
    """Companies found in the text itself."""
    length: int = 0
    """Words."""
    starts_with_and: bool = False
    points_back: bool = False
    """It says "it", "that", "the two"."""
    words: tuple[str, ...] = ()

    @property
    def links_back(self) -> bool:
        """It begins as the second half of what was asked before."""
        said = [word for word in self.words if word not in _FILLERS]
        return said[:1] in (["and"], ["und"], ["but"], ["aber"]) or self.has("also")

    def has(self, *features: str) -> bool:
        """Whether any of the features was found."""
        return any(feature in self.features for feature in features)


def split_page(text: str) -> tuple[str, str]:
    """(ticker of the page it was asked on, question) of an earlier question; the ticker is empty if not said."""
    if not text.startswith(PAGE_MARK) or "] " not in text:
        return "", text
    mark, _, question = text.partition("] ")
    return mark.removeprefix(PAGE_MARK), question


def is_german(tokens: Sequence[Token]) -> bool | None:
    """By the words that only one language has; None if nothing tells."""
    german = sum(
        token.text in GERMAN or token.text in GERMAN_METRICS or bool(_UMLAUTS.intersection(token.raw.lower()))
        for token in tokens
    )
    english = sum(token.text in ENGLISH for token in tokens)
    return None if german == english else german > english


def parse(
    text: str, names: NameBook, clock: Clock, *, named: int = 0, german_before: bool = False
) -> Question:
    """Read one question. `named` is how many companies the resolver found in it."""
    tokens = tokens_of(_INDEX.sub("S&P", text))
    german = german_before if (said := is_german(tokens)) is None else said
    slots = slots_of(tokens, names, clock, german=german)
    forms = [slot.forms for slot in slots]
    features, outside = FEATURE_BOOK.features(forms), OUTSIDE_BOOK.features(forms)
    conditions = conditions_of(slots)
    tickers = _values(slots, "company")
    slots, year = within_a_year(slots, frozenset(features), clock)
    if year:
        features = {name: place for name, place in features.items() if not name.startswith("extreme")}
    metrics = year or _metrics(slots, frozenset(features))
    words = tuple(slot.forms[-1] for slot in slots)
    seen = Seen(
        features=frozenset(features),
        metrics=tuple(key for key in metrics if key not in ("score", "rating")),
        about_rating=tuple(key for key in metrics if key in ("score", "rating")),
        ratings=_values(slots, "rating"),
        sectors=_values(slots, "sector"),
        moments=sum(slot.kind == "date" for slot in slots),
        joined=bool({"and", "und", "plus", "sowie"}.intersection(words)),
        spans=sum(isinstance(slot.value, Moment) and slot.value.precision != "day" for slot in slots),
        filters=len(conditions.filters),
        stated=len(conditions.stated),
        bare=len(conditions.bare),
        companies=max(named, len(tickers)),
        outside=frozenset(outside),
        length=len(slots),
    )
    return Question(
        kind=kind_of(seen),
        german=german,
        features=seen.features,
        metrics=metrics,
        moments=tuple(slot.value for slot in slots if isinstance(slot.value, Moment)),
        ratings=seen.ratings,
        sectors=seen.sectors,
        filters=conditions.filters,
        stated=conditions.stated,
        bare=conditions.bare,
        outside=tuple(outside),
        tickers=tickers,
        length=seen.length,
        starts_with_and=bool(words) and next((word for word in words if word not in _FILLERS), "") in _LINKS,
        points_back=bool(_BACK.intersection(words)),
        words=words,
    )


def _metrics(slots: Sequence[Slot], features: frozenset[str]) -> tuple[str, ...]:
    """The metrics named; "what does it cost" and "what is it worth" mean the price, "how big is it" the market cap."""
    metrics = _values(slots, "metric")
    for feature, meant in (
        ("how_big", "market_cap"),
        ("pays_most", "dividend_yield"),
        ("growing", "earnings_change"),
    ):
        if not metrics and feature in features:
            return (meant,)
    if "costs" not in features or "points" in features:
        return metrics
    worth = metrics == ("market_cap",) and "worth" in forms_of(slots)
    return ("price",) if worth or not metrics else metrics


_LINKS = frozenset(
    {"and", "und", "or", "oder", "but", "aber", "then", "also", "what", "how", "same", "auch", "was", "wie"}
)
_FILLERS = word_set("ok okay so well now then dann gut na hm right alright yes ja nun")
_BACK = word_set(
    "it its it's that this they them their those these two both one same he she er sie es ihr ihre ihren ihrem sein seine "
    "seinen deren dessen beiden beide davon dazu da dort there then denn"
)


def forms_of(slots: Sequence[Slot]) -> frozenset[str]:
    """Every form that stands anywhere."""
    return frozenset(form for slot in slots for form in slot.forms)


def _values(slots: Sequence[Slot], kind: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(slot.value) for slot in slots if slot.kind == kind and slot.value))
