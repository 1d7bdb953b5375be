"""Check an answer: whole, or sentence by sentence while it streams; both give the same figures."""

import re

from agent_worker.grounding.claims import Context
from agent_worker.grounding.dates import MONTH
from agent_worker.grounding.known import Facts
from agent_worker.grounding.lines import check_line
from agent_worker.grounding.numerals import MULTIPLE, SPELLED
from agent_worker.grounding.sentences import Splitter
from shared.frames.figures import Figure

FIGURES_MAX = 200
SENTENCE_MAX, NUMBERS_MAX = 2_000, 48
"""Characters and numbers. What goes beyond is no sentence a person would read: its figures stay without a mark, for
the time it would take belongs to everybody's answers."""
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
MAYBE = re.compile(
    rf"\d|\b(?:buys?|hold|sell|halten|kaufen|verkaufen|(?:{MULTIPLE}|{SPELLED}|{MONTH})\b)", re.IGNORECASE
)
"""What a sentence with a figure has; the others are read only if a later one needs to know what they were about."""


def check(text: str, facts: Facts) -> list[Figure]:
    """The figures of a text, in order, at most `FIGURES_MAX`."""
    checker = Checker(facts)
    return [*checker.feed(text), *checker.finish()]


class Checker:
    """Fed with an answer piece by piece; returns the figures of each sentence when it has ended."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._splitter = Splitter()
        self._context = Context(facts.subject)
        self._offset = 0
        self._left = FIGURES_MAX
        self._plain: list[str] = []

    def feed(self, delta: str) -> list[Figure]:
        """The figures of the sentences that `delta` ended."""
        ended = self._splitter.feed(delta)
        return self._check(ended) if ended else []

    def finish(self) -> list[Figure]:
        """The figures of the sentence that the text ended in."""
        return self._check(self._splitter.finish())

    def _check(self, sentences: list[str]) -> list[Figure]:
        found: list[Figure] = []
        for sentence in sentences:
            if len(sentence) > SENTENCE_MAX or len(NUMBER.findall(sentence)) > NUMBERS_MAX:
                self._plain.clear()
            elif self._left > 0 and MAYBE.search(sentence) is not None:
                self._catch_up()
                figures = check_line(sentence, self._facts, self._context, self._offset)[: self._left]
                self._left -= len(figures)
                found += figures
            else:
                self._plain.append(sentence)
            self._offset += utf16(sentence)
        return found

    def _catch_up(self) -> None:
        """Read the sentences without figures, for what they were about."""
        for sentence in self._plain:
            check_line(sentence, self._facts, self._context, 0)
        self._plain.clear()


def utf16(text: str) -> int:
    """The length in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
