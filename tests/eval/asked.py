"""A question with what its answer must say, and the register of the kinds of questions."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.eval.expect import Expectation
from tests.eval.market import Market


@dataclass(frozen=True)
class Asked:
    """One question on a page (or on none). `about` are the companies asked about: others' figures are not theirs.

    `back` is which of the page's analyses is on the screen: 0 the newest.
    """

    text: str
    page: str | None
    expects: tuple[Expectation, ...]
    about: frozenset[str] = frozenset()
    back: int = 0


@dataclass(frozen=True)
class Case:
    """A conversation of one or more questions, of one kind."""

    kind: str
    turns: tuple[Asked, ...]
    german: bool = False

    @property
    def words(self) -> str:
        """The questions, for a report."""
        return " → ".join(f"[{turn.page or 'no page'}] {turn.text}" for turn in self.turns)


Make = Callable[[Market, random.Random], Sequence[Asked]]
"""Makes the questions of one conversation. Raises `LookupError` where these companies do not lend themselves to it."""


@dataclass(frozen=True)
class Kind:
    """A kind of question."""

    name: str
    make: Make
    german: bool = False


KINDS: dict[str, Kind] = {}


def kind(name: str, *, german: bool = False) -> Callable[[Make], Make]:
    """Register a kind under its name."""

    def register(make: Make) -> Make:
        KINDS[name] = Kind(name, make, german)
        return make

    return register
