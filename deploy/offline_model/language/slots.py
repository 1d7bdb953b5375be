"""Tokens grouped into what they stand for: companies, dates, metrics, ratings, sectors, numbers, words."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from deploy.offline_model.language.dates import Clock, Moment, moment_at
from deploy.offline_model.language.metrics import METRIC_BOOK
from deploy.offline_model.language.names import NameBook
from deploy.offline_model.language.normalise import word_set
from deploy.offline_model.language.numbers import NUMBER_WORDS, Number, number_at
from deploy.offline_model.language.phrases import PhraseBook, phrases_of
from deploy.offline_model.language.tokens import Token
from deploy.offline_model.language.words.asking import ASKING
from deploy.offline_model.language.words.months import MONTHS
from deploy.offline_model.language.words.ratings import (
    AFTER_NUMBER,
    COMMON,
    COMPARATORS,
    ENGLISH,
    GERMAN,
    RATINGS,
)
from deploy.offline_model.language.words.sectors import SECTORS
from deploy.offline_model.language.words.talk import OUTSIDE, TALK

SlotKind = Literal["word", "company", "outside", "date", "metric", "rating", "sector", "number", "compare"]

RATING_BOOK = PhraseBook(list(phrases_of(RATINGS)))
SECTOR_BOOK = PhraseBook(list(phrases_of(SECTORS)))
COMPARE_BOOK = PhraseBook(list(phrases_of(COMPARATORS)))
AFTER_BOOK = PhraseBook(list(phrases_of(AFTER_NUMBER)))
FEATURE_BOOK = PhraseBook([*phrases_of(ASKING), *phrases_of(TALK)])
OUTSIDE_BOOK = PhraseBook(list(phrases_of(OUTSIDE)))

_NOUNS: tuple[tuple[SlotKind, PhraseBook], ...] = (
    ("metric", METRIC_BOOK),
    ("rating", RATING_BOOK),
    ("sector", SECTOR_BOOK),
)
_BOOKS = (METRIC_BOOK, RATING_BOOK, SECTOR_BOOK, COMPARE_BOOK, FEATURE_BOOK, OUTSIDE_BOOK)
_VOCABULARY = sorted(
    {*MONTHS, *(word for book in _BOOKS for word in book.words)} - {"ones", "code", "wessen", "whose"}
)
_KNOWN = frozenset(_VOCABULARY) | GERMAN | ENGLISH | COMMON | NUMBER_WORDS
_SHORTEST_MISSPELT = 5
_LONG = 9
_BEFORE_NEGATIVE = word_set("is of at below under above over than to by von unter ueber als auf bei um ist")
WINDOW = 14
"""Tokens that the longest name of a metric may take."""


class Slot(NamedTuple):
    """`forms` are what phrases are matched with; `value` what was found, by kind."""

    kind: SlotKind
    forms: tuple[str, ...]
    value: str | Number | Moment | None = None


def slots_of(tokens: Sequence[Token], names: NameBook, clock: Clock, *, german: bool) -> list[Slot]:
    """The slots of a question, in order."""
    found: list[Slot] = []
    plain = [corrected(token) for token in tokens]
    place = 0
    while place < len(plain):
        named = names.at(tokens, place)
        if named:
            kind, ticker, length = named
            found.append(Slot(kind, (f"<{kind}>", "<company>"), ticker))
        elif moment := moment_at(plain, place, clock):
            found.append(Slot("date", ("<date>",), moment[0]))
            length = moment[1]
        else:
            slot, length = _noun(plain, place, german=german)
            found += [slot] if slot else []
        place += length
    return found


def _noun(tokens: list[Token], place: int, *, german: bool) -> tuple[Slot | None, int]:
    """What stands at `place`, and how many tokens it takes; a hyphen is nothing."""
    text = tokens[place].text
    if text == "-" and not (0 < place < len(tokens) - 1 and tokens[place - 1].text in _BEFORE_NEGATIVE):
        return None, 1
    window = [
        (token.text, step) for step, token in enumerate(tokens[place : place + WINDOW]) if token.text != "-"
    ]
    forms = [(form,) for form, _ in window]
    for kind, book in _NOUNS:
        found = book.longest(forms, 0) if text != "-" else None
        if found:
            length = window[found[1] - 1][1] + 1
            return Slot(kind, (f"<{kind}>", *([text] if length == 1 else [])), found[0]), length
    number = number_at(tokens, place, german=german)
    if number:
        return Slot("number", ("<number>", text), number[0]), number[1]
    return (Slot("word", (text,)) if text != "-" else None), 1


def corrected(token: Token) -> Token:
    """The token, or what it is a misspelling of."""
    if token.kind != "word" or len(token.text) < _SHORTEST_MISSPELT or token.text in _KNOWN:
        return token
    word = _nearest(token.text)
    return token._replace(text=word) if word else token


@lru_cache(maxsize=4096)
def _nearest(text: str) -> str | None:
    if any(book.longest([(text,)], 0) for book in _BOOKS):
        return None
    most = 2 if len(text) >= _LONG else 1
    best = process.extractOne(text, _VOCABULARY, scorer=OSA.distance, score_cutoff=most)
    return best[0] if best and best[0][0] == text[0] and len(best[0]) >= _SHORTEST_MISSPELT - 1 else None
