"""Everything that stood before the model in one turn: facts by whose and what they are and by size, texts, the question."""

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from copy import copy

from agent_worker.grounding.dates import Day, days
from agent_worker.grounding.facts import Fact
from agent_worker.grounding.matching import ACCEPTS, EXACT, Hedge, stands_for
from agent_worker.grounding.names import NOBODY, CompanyNames
from agent_worker.grounding.numerals import Numeral, numerals
from agent_worker.grounding.phrases import PhraseBook, tokens
from agent_worker.grounding.strangers import outsiders

QUOTE_LEAST = 24
NONE = PhraseBook(())
SPACES = re.compile(r"[\s*_`]+")


class Facts:
    """The facts of a turn. Built once; `add` and `quote` extend it with what tools give.

    `subject` is the company asked about where a sentence names none. `names` finds companies in text; without it
    no name is known, and every figure is taken for the subject's.
    """

    def __init__(
        self,
        facts: Iterable[Fact] = (),
        *,
        texts: Iterable[str] = (),
        question: str = "",
        subject: str | None = None,
        names: CompanyNames = NOBODY,
    ) -> None:
        self.subject = subject
        self.names = names
        self.strangers = NONE
        self.groups = NONE
        self._found: dict[tuple[str, str], list[Fact]] = {}
        self._sized: dict[str, list[tuple[float, int]]] = {}
        self._all: list[Fact] = []
        self._dates: dict[str, set[dt.date]] = {}
        self._newest: dict[tuple[str, str], dt.date] = {}
        self._page: dict[str, dt.date] = {}
        self._texts: list[str] = []
        self._ask(question)
        self.add(facts)
        for text in texts:
            self.quote(text)

    def of_turn(
        self, question: str, *, subject: str | None, names: CompanyNames, strangers: Collection[str] = ()
    ) -> "Facts":
        """The same facts for one turn, which may extend them: far cheaper than building them again.

        `strangers` are names that are not in the data: what is said of them is never proven by somebody else's figures.
        """
        self._by_size("")  # sorted once, for all turns
        turn = copy(self)
        turn.subject, turn.names = subject, names
        turn.strangers = outsiders(strangers) if strangers else NONE
        turn._found = {key: list(facts) for key, facts in self._found.items()}
        turn._dates = {ticker: set(dates) for ticker, dates in self._dates.items()}
        turn._all, turn._texts = list(self._all), list(self._texts)
        turn._newest, turn._page = dict(self._newest), dict(self._page)
        turn._ask(question)
        return turn

    def _ask(self, question: str) -> None:
        german = re.search(r"\b(?:der|die|das|ist|und|wie|hat)\b", question) is not None
        self.given_days: list[Day] = days(question)
        self._given: list[Numeral] = numerals(question, tokens(question), german=german)

    def add(self, facts: Iterable[Fact]) -> None:
        """More facts, those of the page first: their date is one that needs not be said."""
        more = list(facts)
        self._all += more
        self._sized = {}
        for fact in more:
            self._found.setdefault((fact.ticker, fact.metric), []).append(fact)
            if fact.date is not None:
                self._page.setdefault(fact.ticker, fact.date)
                self._dates.setdefault(fact.ticker, set()).add(fact.date)
                key = (fact.ticker, fact.metric)
                self._newest[key] = max(fact.date, self._newest.get(key, fact.date))
        groups = {fact.label for fact in more if fact.role == "n" and len(fact.label) > 3}
        if groups:
            self.groups = PhraseBook((group, "peers") for group in groups | set(self._group_names()))

    def quote(self, text: str) -> None:
        """A text whose sentences may be quoted."""
        self._texts.append(_plain(text))

    def _group_names(self) -> set[str]:
        return {fact.label for fact in self._all if fact.role == "n" and len(fact.label) > 3}

    def quotes(self, sentence: str) -> bool:
        """Whether the sentence stands word for word in a text."""
        plain = _plain(sentence).lstrip("-•> ").strip()
        return len(plain) >= QUOTE_LEAST and any(plain in text for text in self._texts)

    def of(self, ticker: str | None, metric: str, *roles: str) -> list[Fact]:
        """A company's facts of a metric in these roles (all roles if none is named), as they were added."""
        found = self._found.get((ticker or "", metric), [])
        return [fact for fact in found if fact.role in roles] if roles else found

    def tickers(self) -> Collection[str]:
        """The companies of which something is known."""
        return self._page.keys()

    def dates(self, ticker: str | None = None) -> set[dt.date]:
        """All dates of a company's facts, or of everybody's."""
        return self._dates.get(ticker, set()) if ticker else set().union(*self._dates.values())

    def is_current(self, fact: Fact) -> bool:
        """Whether the fact needs no date: the newest known of its kind, or the page's."""
        newest = self._newest.get((fact.ticker, fact.metric))
        return fact.date is None or fact.date in (newest, self._page.get(fact.ticker))

    def current_dates(self, ticker: str | None) -> set[dt.date]:
        """The page's date of a company, and the newest of its figures."""
        page = self._page.get(ticker or "")
        return {date for (whose, _), date in self._newest.items() if whose == ticker} | (
            {page} if page else set()
        )

    def current(self, ticker: str | None, metric: str, role: str) -> Fact | None:
        """The current fact of a kind."""
        return next((fact for fact in self.of(ticker, metric, role) if self.is_current(fact)), None)

    def previous(self, ticker: str | None, metric: str, role: str, before: dt.date) -> Fact | None:
        """The newest fact of a kind that is older than `before`."""
        older = [
            fact for fact in self.of(ticker, metric, role) if fact.date is not None and fact.date < before
        ]
        return max(older, key=lambda fact: fact.date or dt.date.min, default=None)

    def near(self, numeral: Numeral, hedge: Hedge = EXACT) -> Iterator[Fact]:
        """All facts that the number can stand for, whoever's and whatever they are."""
        for unit, worth in ACCEPTS[numeral.kind]:
            sized = self._by_size(unit)
            for value, step in numeral.values:
                low, high = (value - step * 1.05) * worth, (value + step * 1.05) * worth
                place = bisect_left(sized, (low - abs(low) * 1e-9, -1))
                while place < len(sized) and sized[place][0] <= high + abs(high) * 1e-9:
                    fact = self._all[sized[place][1]]
                    if stands_for(numeral, fact, hedge):
                        yield fact
                    place += 1

    def _by_size(self, unit: str) -> list[tuple[float, int]]:
        if not self._sized:
            for index, fact in enumerate(self._all):
                self._sized.setdefault(fact.unit, []).append((abs(fact.value), index))
            for sized in self._sized.values():
                sized.sort()
        return self._sized.get(unit, [])

    def was_given(self, numeral: Numeral) -> bool:
        """Whether the question holds the same number in the same unit."""
        return any(
            given.kind == numeral.kind and given.values[0] == numeral.values[0] for given in self._given
        )


def _plain(text: str) -> str:
    return SPACES.sub(" ", text).strip()
