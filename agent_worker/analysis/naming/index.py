"""All that companies are called, ready to be looked up: names, short names, everyday names, symbols."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import NamedTuple

from agent_worker.analysis.naming.data import (
    CommonWords,
    common_words,
    everyday_names,
    outsiders,
    place_words,
)
from agent_worker.analysis.naming.words import plain, split


class Care(IntEnum):
    """How much must speak for a company before a name is taken for one."""

    FREE = 0  # nobody says it for anything else: "pepsico"
    PHRASE = 1  # without "the" or "a" before it: "dollar general"
    CAPITAL = 2  # a capital will do: "Visa"
    PLACE = 3  # it must stand where only a company can: "Target", "Match"


class Listed(NamedTuple):
    """A company of the data. `ticker` is empty for an outsider, which is known by name only."""

    ticker: str
    name: str


class Form(NamedTuple):
    """One way to call a company, or several that share it ("Google"); `words` are how many it may be written as."""

    companies: tuple[Listed, ...]
    care: Care
    words: frozenset[int]


class Rank(IntEnum):
    """Which of two companies a name belongs to: whose real name it is, before whose short one."""

    NAME = 0
    EVERYDAY = 1
    SHORT = 2
    FIRST_WORD = 3
    OUTSIDER = 4


LEGAL = place_words("what a company is in law")
"""Ends of a name that say what a company is in law."""

KINDS = place_words("what a company does")
"""Ends of a name that say what it does; without them it is the short name."""

_BRACKET = re.compile(r"\s*\(([^)]*)\)")
FIRST_WORD_LEAST = 5
CAPITAL_LEAST = 4
AMPERSANDS = frozenset({"&", "+", "and", "und"})


class CompanyIndex:
    """Looks up names and symbols. Built of the table of companies; never changed."""

    def __init__(self, companies: Iterable[Listed], words: CommonWords | None = None) -> None:
        self.words = words or common_words()
        self.companies = {company.ticker: company for company in companies}
        self.symbols: dict[str, Listed] = {}
        self.forms: dict[str, Form] = {}
        self._ranks: dict[str, Rank] = {}
        self._taken: set[str] = set()
        for company in self.companies.values():
            self.symbols[symbol_key(company.ticker)] = company
        self._add_all()
        self.prefixes = frozenset(key[:end] for key in self.forms for end in range(1, len(key) + 1))
        self.in_data = frozenset(key for key, form in self.forms.items() if form.companies[0].ticker)
        """The names of companies that are in the data."""

    def __contains__(self, ticker: str) -> bool:
        return ticker in self.companies

    def _add_all(self) -> None:
        for company in self.companies.values():
            for name in full_names(company.name):
                self._add(name, company, Rank.NAME)
        for ticker, names in everyday_names().items():
            if listed := self.companies.get(ticker):
                for name in names:
                    self._add(name, listed, Rank.EVERYDAY)
        for company in self.companies.values():
            if short := short_name(company.name):
                self._add(short, company, Rank.SHORT)
        firsts = Counter(first for c in self.companies.values() if (first := first_word(c.name)))
        for company in self.companies.values():
            first = first_word(company.name)
            if first and firsts[first] == 1 and not self.words.hold(plain(first)):
                self._add(first, company, Rank.FIRST_WORD)
        for name, *others in outsiders():
            known = Listed("", name)
            for called in (name, *others):
                if called.isupper() and called.isalpha() and len(called) <= 5:
                    self.symbols.setdefault(symbol_key(called), known)
                else:
                    self._add(called, known, Rank.OUTSIDER)

    def _add(self, name: str, company: Listed, rank: Rank) -> None:
        parts = [word.key for word in split(name)]
        if len(parts) == 1 and parts[0] in self.words.never_alone:
            return
        for key in {join(parts), "".join(parts)} - {""}:
            known = self._ranks.setdefault(key, rank)
            form = self.forms.get(key)
            if rank > known and (form is None or company not in form.companies):
                continue
            companies = dict.fromkeys((*(form.companies if form else ()), company))
            written = (form.words if form else frozenset()) | {len(parts)}
            care = min(self._care(parts, key, rank), form.care if form else Care.PLACE)
            self.forms[key] = Form(tuple(companies), care, written)

    def _care(self, parts: Sequence[str], key: str, rank: Rank) -> Care:
        letters = key.replace("&", "")
        if key[0].isdigit():
            return Care.PLACE
        if "&" in key or (rank is Rank.NAME and len(parts) == 1 and not self.words.hold(key)):
            return Care.FREE
        if len(letters) < CAPITAL_LEAST:
            return Care.PLACE
        if all(self.words.hold(part) or len(part) < 2 for part in parts):
            if len(parts) > 1 and key not in self.words.phrases:
                return Care.PHRASE
            known = key in self.words.well_known or len(parts) > 1
            return Care.CAPITAL if known else Care.PLACE
        return Care.CAPITAL if rank is Rank.FIRST_WORD else Care.FREE


def symbol_key(ticker: str) -> str:
    """A symbol without its signs, in lower case: "BRK.B" and "BRK-B" are "brkb"."""
    return "".join(char for char in ticker if char.isalnum()).lower()


def join(parts: Sequence[str]) -> str:
    """The words of a name as one: a sign between longer ones says nothing, between letters it is the name."""
    bare = [part for part in parts if part not in AMPERSANDS]
    if all(len(part) > 2 for part in bare) or "&" not in parts:
        return "".join(bare)
    return "".join(parts)


def full_names(name: str) -> set[str]:
    """A company's name as the table has it and as it is said: "Lilly (Eli)" is "Eli Lilly" and "Lilly" too."""
    names = {_BRACKET.sub("", name)}
    for bracket in _BRACKET.findall(name):
        bare = _BRACKET.sub("", name)
        names.add(f"{without_legal(bare)} {bracket}")
        if bracket.lower() != "the" and not bracket.lower().startswith("class"):
            names.add(f"{bracket} {bare}")
    return names | {without_legal(each) for each in names if "class" not in each.lower()}


def without_legal(name: str) -> str:
    """The name without "Inc.", "Corporation", "& Co." at its end."""
    parts = _BRACKET.sub("", name).split()
    while len(parts) > 1 and (plain(parts[-1].strip(".,")) in LEGAL or parts[-1] == "&"):
        parts.pop()
    return " ".join(parts).rstrip(",")


def short_name(name: str) -> str | None:
    """The name without what it says of the trade: "Duke" of "Duke Energy"; None if there is nothing to leave out."""
    parts = without_legal(name).split()
    length = len(parts)
    while len(parts) > 1 and (plain(parts[-1].strip(".,")) in KINDS | LEGAL or parts[-1] == "&"):
        parts.pop()
    if len(parts) == length or len("".join(parts)) < CAPITAL_LEAST:
        return None
    return " ".join(parts).rstrip(",")


def first_word(name: str) -> str | None:
    """The first word of a longer name, if it is long enough to be one by itself."""
    parts = without_legal(name).split()
    first = parts[0].rstrip(",")
    return first if len(parts) > 1 and len(first) >= FIRST_WORD_LEAST else None
