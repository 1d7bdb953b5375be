"""What an expectation is, and how several are one."""

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from tests.eval.reply import Reply


class Expectation(Protocol):
    """One thing an answer must say or must not say."""

    def wrong(self, reply: Reply) -> str | None:
        """What is wrong, in words; None when nothing is."""


def all_wrong(expectations: Iterable[Expectation], reply: Reply) -> list[str]:
    """Everything that is wrong with a reply."""
    return [said for each in expectations if (said := each.wrong(reply))]


class AnyOf(NamedTuple):
    """One of several expectations is met."""

    choices: tuple[Expectation, ...]

    def wrong(self, reply: Reply) -> str | None:
        found = [choice.wrong(reply) for choice in self.choices]
        return None if None in found else "; ".join(each for each in found if each)


class AllOf(NamedTuple):
    """Several expectations as one, for a choice between such."""

    parts: tuple[Expectation, ...]

    def wrong(self, reply: Reply) -> str | None:
        return "; ".join(all_wrong(self.parts, reply)) or None
