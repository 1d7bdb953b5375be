"""Whom a question is about: the companies it names, the page's, those talked about before, those that are not there."""

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from agent_worker.analysis.naming.candidates import Mention
from agent_worker.analysis.naming.index import CompanyIndex, Listed
from agent_worker.analysis.naming.mentions import find_mentions
from agent_worker.analysis.naming.places import Sentence
from agent_worker.analysis.naming.strangers import find_strangers
from agent_worker.analysis.naming.typing_errors import Corrector
from agent_worker.analysis.naming.words import split

TALKED_MAX = 5
"""Companies of the conversation that are kept in mind."""

TURNS_MAX = 6
ANSWERED_MAX = 3
"""An answer that names more companies than so many is a list, and is about none of them."""

NAMED_MAX = 12
REMEMBERED = 512
"""Texts whose companies are kept."""

NOBODY = "none"


class Turn(NamedTuple):
    """One question and answer of the conversation, and the page it was asked on."""

    question: str
    answer: str
    ticker: str | None


class Found(NamedTuple):
    """What one text names: companies of the data, and names that are not in it."""

    named: tuple[Listed, ...]
    not_in_data: tuple[str, ...]


class Subjects(NamedTuple):
    """Whom a question may be about."""

    page: Listed | None
    named: tuple[Listed, ...] = ()
    talked_about: tuple[Listed, ...] = ()
    """Newest first."""
    not_in_data: tuple[str, ...] = ()
    today: dt.date | None = None
    newest_data: dt.date | None = None

    @property
    def about(self) -> tuple[Listed, ...]:
        """Whom it is about: those named; else the page's; else the one last talked about.

        Empty when it names only companies that are not in the data, or nobody at all.
        """
        if self.named or self.not_in_data:
            return self.named
        if self.page:
            return (self.page,)
        return self.talked_about[:1]


class CompanyFinder:
    """Finds companies in texts. Pure: knows what it was given, reads nothing."""

    def __init__(
        self,
        index: CompanyIndex,
        groups: Iterable[str] = (),
        newest: dt.date | None = None,
        sectors: Iterable[str] = (),
    ) -> None:
        """`groups` are names of sectors and industries; `newest` is the date of the newest analysis."""
        self.group_names = frozenset(groups)
        self.sectors = frozenset(sectors)
        self.index = index
        self.newest = newest
        self._corrector = Corrector(index)
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._find)
        self._groups = frozenset(word.whole for group in self.group_names for word in split(group))

    def find(self, text: str) -> Found:
        """The companies that `text` names, in order, each once. The conversation's texts come again and again."""
        return self._remembered(text)

    def _find(self, text: str) -> Found:
        sentence = Sentence(text)
        mentions = find_mentions(sentence, self.index, self._corrector)
        companies = dict.fromkeys(company for mention in mentions for company in mention.companies)
        strangers = find_strangers(sentence, mentions, self.index.words, self._groups)
        outside = [company.name for company in companies if not company.ticker]
        return Found(
            tuple(company for company in companies if company.ticker)[:NAMED_MAX],
            tuple(dict.fromkeys((*outside, *strangers)))[:NAMED_MAX],
        )

    def mentions(self, text: str) -> list[Mention]:
        """Where `text` names companies, by words."""
        return find_mentions(Sentence(text), self.index, self._corrector)

    def subjects(self, question: str, page: str | None, turns: Sequence[Turn], today: dt.date) -> Subjects:
        """Whom `question` may be about. `page` is a ticker; `turns` are oldest first."""
        found = self.find(question)
        return Subjects(
            page=self.index.companies.get(page, Listed(page, page)) if page else None,
            named=found.named,
            talked_about=self._talked_about(turns),
            not_in_data=found.not_in_data,
            today=today,
            newest_data=self.newest,
        )

    def _talked_about(self, turns: Sequence[Turn]) -> tuple[Listed, ...]:
        found: dict[Listed, None] = {}
        for turn in reversed(turns[-TURNS_MAX:]):
            found.update(dict.fromkeys(self._of_turn(turn)))
            if len(found) >= TALKED_MAX:
                break
        return tuple(found)[:TALKED_MAX]

    def _of_turn(self, turn: Turn) -> tuple[Listed, ...]:
        if asked := self.find(turn.question).named:
            return asked
        answered = self.find(turn.answer).named
        if 0 < len(answered) <= ANSWERED_MAX:
            return answered
        return (
            (self.index.companies.get(turn.ticker, Listed(turn.ticker, turn.ticker)),) if turn.ticker else ()
        )


def render(subjects: Subjects) -> str:
    """The block that goes before the model, ahead of the analysis of the page."""
    lines = [
        f"PAGE: {_listed([subjects.page] if subjects.page else [])}",
        f"NAMED: {_listed(subjects.named)}",
        f"TALKED ABOUT: {_listed(subjects.talked_about)}",
        f"NOT IN THE DATA: {'; '.join(map(_one_line, subjects.not_in_data)) or NOBODY}",
        f"TODAY: {subjects.today or NOBODY}",
        f"NEWEST DATA: {subjects.newest_data or NOBODY}",
    ]
    return "\n".join(["<subjects>", *lines, "</subjects>"])


def _listed(companies: Iterable[Listed]) -> str:
    return "; ".join(f"{_one_line(each.ticker)} {_one_line(each.name)}" for each in companies) or NOBODY


def _one_line(text: str) -> str:
    """Without what structures the block: a name comes from an import, or from whoever asks."""
    words = " ".join(text.translate(_SIGNS).split())
    return "".join(char for char in words if char.isprintable())


_SIGNS = str.maketrans({"<": "‹", ">": "›", "|": "¦", ";": ","})
