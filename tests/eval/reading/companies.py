"""Where a text names companies: by symbol, by registered name, by short name."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple

from tests.eval.market import Market, market
from tests.eval.names import EVERYDAY, short_name

WORD = re.compile(r"[A-Za-zÀ-ÿ0-9&.'’-]+")
WORDS_TOO = frozenset({"A", "ALL", "IT", "ON", "O", "T", "C", "D", "F", "V", "L", "K", "NOW", "ARE", "SO", "KEY", "LOW", "COST", "EL", "ES", "MA", "MS", "DE", "AM", "DAY", "FAST", "POOL", "PM", "EG", "DG", "BY", "HAS", "WELL", "CAT", "A.", "TAP", "BEN", "CF", "EPS", "PE"})  # fmt: skip
"""Symbols that are words as well: they count in brackets and in cells of tables only."""

EVERYDAY_NAMES = resources.files("agent_worker.analysis.naming") / "everyday_names.toml"


class Named(NamedTuple):
    """A company named at a place of the text."""

    start: int
    end: int
    ticker: str


@cache
def _forms(known: Market) -> dict[str, list[tuple[str, str]]]:
    """By first word: (form, ticker), longest first. Of two classes of shares, both stand under the name."""
    everyday = tomllib.loads(EVERYDAY_NAMES.read_text("utf-8"))
    found: dict[str, list[tuple[str, str]]] = {}
    for ticker, company in known.companies.items():
        forms = {company.name, short_name(company.name), *EVERYDAY.get(ticker, ()), *everyday.get(ticker, ())}
        if ticker not in WORDS_TOO and len(ticker) > 1:
            forms.add(ticker)
        for form in forms:
            found.setdefault(_first(form), []).append((form, ticker))
    for each in found.values():
        each.sort(key=lambda pair: -len(pair[0]))
    return found


def _first(form: str) -> str:
    match = WORD.search(form)
    return _bare(match[0]) if match else form


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word.rstrip(".'’-"))


def named(text: str) -> list[Named]:
    """The companies that a text names, in order. Overlapping names: the longest; both of two classes of shares."""
    return list(_named(text, market()))


def _named(text: str, known: Market) -> Iterator[Named]:
    forms, end = _forms(known), 0
    for match in WORD.finditer(text):
        if match.start() < end:
            continue
        if (
            (symbol := _bare(match[0])) in WORDS_TOO
            and symbol in known.companies
            and _in_brackets(text, match)
        ):
            yield Named(match.start(), match.end(), symbol)
            continue
        best = 0
        for form, ticker in forms.get(_bare(match[0]), ()):
            if (
                len(form) >= best
                and text.startswith(form, match.start())
                and _ends(text, match.start() + len(form))
            ):
                best = len(form)
                yield Named(match.start(), match.start() + best, ticker)
        end = match.start() + best


def _in_brackets(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip()
    return before[-1:] in ("(", "|") and after[:1] in (")", "|")


def _ends(text: str, place: int) -> bool:
    return not text[place : place + 1].isalnum()


def tickers(text: str) -> set[str]:
    """Whom a text names."""
    return {each.ticker for each in named(text)}
