"""The check of one answer's figures, which begins when the first sentence ends: until then the words are out already."""

from collections.abc import Callable, Sequence

import structlog

from agent_worker.grounding.checker import Checker
from agent_worker.grounding.facts import Fact
from agent_worker.grounding.known import Facts
from shared.frames.figures import Figure

log = structlog.get_logger(__name__)

ENDS = frozenset(".!?:\n…")


class AnswerCheck:
    """Fed with an answer as it is written. `known` makes the facts of the page, when they are first needed."""

    def __init__(self, known: Callable[[], Facts]) -> None:
        self._known = known
        self._checker: Checker | None = None
        self._facts: Facts | None = None
        self._early: list[str] = []
        self._later: list[tuple[Sequence[Fact], str]] = []
        self._broken = False
        self.figures: list[Figure] = []

    def learn(self, facts: Sequence[Fact], text: str) -> None:
        """What a look-up gave stands before the model from now on."""
        if self._facts is None:
            self._later.append((facts, text))
        else:
            self._facts.add(facts)
            self._facts.quote(text)

    def feed(self, delta: str) -> list[Figure]:
        """The figures of the sentences that `delta` ended."""
        if self._checker is None:
            self._early.append(delta)
            if ENDS.isdisjoint(delta):
                return []
            delta = "".join(self._early)
        return self._check(lambda: self._open().feed(delta))

    def finish(self) -> list[Figure]:
        """All figures of the answer, with those of the sentence it ended in."""
        if self._checker is None and self._early:
            self._check(lambda: self._open().feed("".join(self._early)))
        self._check(lambda: self._open().finish())
        return self.figures

    def _check(self, step: Callable[[], list[Figure]]) -> list[Figure]:
        """A check that fails costs the answer its marks from there on, not its words: unmarked, nothing looks verified."""
        if self._broken:
            return []
        try:
            figures = step()
        except Exception:
            log.exception("figures not checked")
            self._broken = True
            return []
        self.figures += figures
        return figures

    def _open(self) -> Checker:
        if self._checker is None:
            self._facts = self._known()
            for facts, text in self._later:
                self._facts.add(facts)
                self._facts.quote(text)
            self._checker = Checker(self._facts)
        return self._checker
