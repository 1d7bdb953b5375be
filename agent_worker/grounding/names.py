"""Companies by the names people use: ticker, full name, name without its legal form, and a first word that is nobody else's.

Why a second finder beside `agent_worker.analysis.naming`: that one reads questions, where "apple" and "microsfot" are
meant as companies and a miss costs the answer; it weighs typing errors, places and lists, at a hundred times this cost.
This one reads what a model wrote, sentence by sentence within a millisecond: names as they are spelled, capitals and
all, where a false find costs a right figure its mark. Both are built of the same table and the same curated lists.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from agent_worker.grounding.phrases import PhraseBook, word_set

LEGAL = re.compile(
    r"(?:,?\s+(?:inc|corp|corporation|company|companies|co|ltd|limited|plc|n\.?v|s\.?a|group|holdings?|the|lp|trust|&)\.?)+$",
    re.IGNORECASE,
)
BRACKETS = re.compile(r"\s*\([^)]*\)")
COMMON = word_set(
    """american general united international first best target gap match news state public national southern western
    north south east west applied advanced global home regions principal prudential progressive universal consolidated
    standard old new royal martin dollar air delta west digital capital host extra church live open steel union everest
    constellation texas virginia realty electronic automatic intuitive monolithic hartford simon stanley jack block key
    fair fifth bank discover world charles marsh lamb hormel johnson morgan molson quest quanta loews smith weyerhaeuser
    international analog arch howmet marathon trade estee monster boston cardinal federal norfolk las expand verisign
    paramount packaging realty mid real"""
)
"""First words that say too little, or mean something else at the start of a sentence."""
OUTSIDER, UNKNOWN = "?outside", "?unknown"
"""Stand for a ticker where a name has none."""
SAFE_TICKER = re.compile(r"[A-Z][A-Z.]{1,4}$")
NO_TICKERS = word_set(
    "EPS ROE PE PB PS IT ALL ON ARE A SO NOW ANY HAS CAN BE OR DAY FAST KEY COST LOW WELL BIG USD"
)
"""Tickers that are words or metrics; recognised in brackets or behind "$" only."""


class CompanyNames:
    """Finds companies in text. Built once from (ticker, name); `also` adds everyday names ("Coke")."""

    def __init__(
        self,
        companies: Iterable[tuple[str, str]],
        also: Mapping[str, Sequence[str]] | None = None,
        outside: Iterable[str] = (),
    ) -> None:
        self.names = dict(companies)
        self.words = frozenset(
            word.lower() for name in self.names.values() for word in re.findall(r"[^\W\d_]+", name)
        )
        """All words of all names: none of them alone is a stranger."""
        plain = {ticker: short_name(name) for ticker, name in self.names.items()}
        firsts = Counter(name.split()[0] for name in plain.values() if name)
        phrases: list[tuple[str, str]] = []
        for ticker, name in self.names.items():
            phrases += [
                (each, ticker)
                for each in (BRACKETS.sub("", name), plain[ticker])
                if len(each) > 2 or (each.isupper() and each not in NO_TICKERS)
            ]
            first = plain[ticker].split()[0] if plain[ticker] else ""
            if firsts[first] == 1 and len(first) >= 4 and first.lower() not in COMMON:
                phrases.append((first, ticker))
            if SAFE_TICKER.match(ticker) and ticker not in NO_TICKERS:
                phrases += [(ticker, ticker)]
            if len(ticker) == 1 or ticker in NO_TICKERS:
                phrases.append((f"{ticker}:", ticker))
            phrases += [(f"({ticker})", ticker), (f"${ticker}", ticker), (f"**{ticker}**", ticker)]
            phrases += [(each, ticker) for each in (also or {}).get(ticker, ())]
        self.book = PhraseBook(phrases, fold=False)
        known = {phrase for phrase, _ in phrases}
        others = {name for name in outside if name not in known}
        self.strangers = PhraseBook(((name, OUTSIDER) for name in others), fold=False) if others else None
        """Finds companies that are known not to be among them."""


def short_name(name: str) -> str:
    """Without brackets and legal form: "Coca-Cola Company (The)" is "Coca-Cola"."""
    bare = BRACKETS.sub("", name).strip()
    short = LEGAL.sub("", bare).strip(" ,&")
    return short or bare


NOBODY = CompanyNames(())
