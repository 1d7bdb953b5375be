"""What a speaker works with: the question, whom it is about, and look-ups, asked for when they are first needed."""

import datetime as dt
from typing import Any

from deploy.offline_model.conversation import Conversation, key_of
from deploy.offline_model.language.dates import Clock
from deploy.offline_model.material.analysis import Analysis, analysis_of
from deploy.offline_model.material.lines import Lines, parse_lines
from deploy.offline_model.material.subjects import Company, Subjects
from deploy.offline_model.protocol import FunctionCall
from deploy.offline_model.question import Question

ROUNDS_MAX = 3
CALLS_MAX = 6
"""Look-ups that a turn may make: more is refused by the worker."""


class Context:
    """One question being answered. `wanted` are the look-ups that are still to be made."""

    def __init__(
        self,
        question: Question,
        about: tuple[Company, ...],
        subjects: Subjects,
        page: Analysis | None,
        talk: Conversation,
        tools: frozenset[str],
    ) -> None:
        self.question = question
        self.about = about
        self.subjects = subjects
        self.page = page
        self.wanted: list[FunctionCall] = []
        self._talk = talk
        self._tools = tools

    @property
    def german(self) -> bool:
        """Whether to answer in German."""
        return self.question.german

    @property
    def company(self) -> Company:
        """The (first) company that the question is about. `LookupError` if it is about none."""
        if not self.about:
            raise LookupError("the question is about no company")
        return self.about[0]

    @property
    def newest(self) -> dt.date:
        """The date of the newest data, as far as the request tells it."""
        page = self.page.date if self.page else ""
        known = self.subjects.newest or (dt.date.fromisoformat(page) if page else self.subjects.today)
        return known or dt.datetime.now(dt.UTC).date()

    @property
    def clock(self) -> Clock:
        """What relative dates count from."""
        return Clock(self.newest, self.subjects.today or self.newest)

    def say(self, texts: tuple[str, str], /, **slots: str) -> str:
        """The English or German of a pair of templates, with its slots filled."""
        return texts[self.german].format_map(slots)

    def look_up(self, name: str, **args: Any) -> Lines | None:
        """The result of a look-up; None if there is none (yet)."""
        given = {key: value for key, value in args.items() if value not in (None, (), [], "")}
        text = self._talk.results.get(key_of(name, given))
        if text is not None:
            return parse_lines(text)
        can = name in self._tools and self._talk.rounds < ROUNDS_MAX
        if can and len(self._talk.results) + len(self.wanted) < CALLS_MAX:
            call = FunctionCall(name, given, f"call-{len(self._talk.results) + len(self.wanted) + 1}")
            if all(key_of(each.name, each.args) != key_of(name, given) for each in self.wanted):
                self.wanted.append(call)
        return None

    def analysis(self, company: Company | None = None, *, as_of: dt.date | None = None) -> Analysis | None:
        """The analysis of a company: the page's if it is that one, else looked up."""
        company = company or self.company
        if as_of is None and self.page and self.page.company.ticker == company.ticker:
            return self.page
        lines = self.look_up("get_analysis", ticker=company.ticker, as_of=as_of and as_of.isoformat())
        return analysis_of(lines) if lines else None

    @property
    def text(self) -> str:
        """The question as it was written."""
        return self._talk.question

    def can_look_up(self, name: str) -> bool:
        """Whether the tool is declared."""
        return name in self._tools
