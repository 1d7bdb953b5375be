"""Scores answers: what is wrong with each, what bled, whether the answer came first."""

from collections.abc import Sequence
from typing import NamedTuple

from tests.eval.asked import Asked, Case
from tests.eval.bleed import bled
from tests.eval.expect import Expectation, Short, all_wrong
from tests.eval.market import Market
from tests.eval.reply import Given, Reply


class ScoredTurn(NamedTuple):
    """One answered question. `first` is whether the first sentence already holds what was asked."""

    asked: Asked
    given: Given
    wrong: list[str]
    bled: list[str]
    first: bool


class Scored(NamedTuple):
    """One conversation; it is right when all its answers are."""

    case: Case
    turns: list[ScoredTurn]

    @property
    def right(self) -> bool:
        return not any(turn.wrong or turn.bled for turn in self.turns)

    @property
    def bled(self) -> bool:
        return any(turn.bled for turn in self.turns)


def score(
    case: Case, given: Sequence[Given], known: Market, *, also: Sequence[Expectation] = (Short(),)
) -> Scored:
    """Score a conversation. `also` is expected of every answer."""
    turns, in_play = [], list[str]()
    for asked, answer in zip(case.turns, given, strict=True):
        if asked.page:
            in_play.append(asked.page)
        reply = Reply(answer.text, german=case.german)
        wrong = [answer.error] if answer.error else all_wrong((*asked.expects, *also), reply)
        bleeding = bled(reply, asked.text, asked.about, in_play, known)
        first = not asked.expects or asked.expects[0].wrong(Reply(reply.first, german=case.german)) is None
        turns.append(ScoredTurn(asked, answer, wrong, bleeding, first))
        in_play += sorted(asked.about)
    return Scored(case, turns)
