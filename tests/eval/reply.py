"""An answer as it is scored: its text read once."""

import re
from functools import cached_property
from typing import NamedTuple

from shared.frames.figures import Figure
from tests.eval.reading.companies import Named, named
from tests.eval.reading.numbers import Number, numbers, stands_for
from tests.eval.reading.words import sentences

CLOSE = 60
"""Characters behind a number within which a name may be whose it is: "27.36 for Coca-Cola"."""

LINK = re.compile(r"[\s*)]*(?:\w+\s+)?(?:for|of|at|by|is|bei|für|von|hat)\s+(?:the\s+)?\**", re.IGNORECASE)
"""What may stand between a figure and whose it is."""


class Given(NamedTuple):
    """What came back for one question. `look_ups` are the tools asked, `seconds` until the end."""

    text: str
    figures: list[Figure]
    look_ups: list[str]
    input_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0.0
    first_seconds: float = 0.0
    error: str = ""


class Reply:
    """Reads an answer's text when somebody asks what stands there."""

    def __init__(self, text: str, *, german: bool = False) -> None:
        self.text = text
        self.german = german

    @cached_property
    def numbers(self) -> list[Number]:
        return numbers(self.text, german=self.german)

    @cached_property
    def named(self) -> list[Named]:
        return named(self.text)

    @cached_property
    def nameless(self) -> str:
        """The text with the companies' names blanked: "Best Buy" is no rating, "Advanced Micro Devices" no direction."""
        chars = list(self.text)
        for each in self.named:
            chars[each.start : each.end] = " " * (each.end - each.start)
        return "".join(chars)

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        return sentences(self.text)

    @property
    def first(self) -> str:
        """The first sentence."""
        return self.text[slice(*self.sentences[0])] if self.sentences else ""

    @property
    def nameless_first(self) -> str:
        """The first sentence, names blanked."""
        return self.nameless[slice(*self.sentences[0])] if self.sentences else ""

    def at_first(self, count: int) -> str:
        """The first sentences, so many."""
        return self.text[: self.sentences[:count][-1][1]] if self.sentences else ""

    def sentence_of(self, place: int) -> tuple[int, int]:
        """The sentence that a place lies in."""
        return next(
            ((begin, end) for begin, end in self.sentences if begin <= place < end), (0, len(self.text))
        )

    def figures(self, value: float, unit: str) -> list[Number]:
        """The numbers that stand for a figure."""
        return [number for number in self.numbers if stands_for(number, value, unit)]

    def near(self, number: Number) -> set[str]:
        """Whom a number may be of, by where the names of its line stand; empty where the line names nobody.

        "A and B: 1 and 2" goes by order, else the name before it counts, and one that follows closely.
        """
        begin, end = self._line_of(number.start)
        names, rivals = self._run_before(number, begin)
        if len(names) > 1:
            return {names[rivals.index(number)]} if len(rivals) == len(names) else set(names)
        found = set(names[-1:])
        behind = [each for each in self.named if number.end <= each.start < min(end, number.end + CLOSE)]
        if behind and LINK.fullmatch(self.text[number.end : behind[0].start]):
            found |= {each.ticker for each in behind if each.start == behind[0].start}
        return found

    def _line_of(self, place: int) -> tuple[int, int]:
        end = self.text.find("\n", place)
        return self.text.rfind("\n", 0, place) + 1, len(self.text) if end < 0 else end

    def _run_before(self, number: Number, begin: int) -> tuple[list[str], list[Number]]:
        """The names that follow each other last before a number, and the numbers of its kind that follow those."""
        before = [each for each in self.named if begin <= each.start < number.start]
        if not before:
            return [], []
        like = [each for each in self.numbers if each.kind == number.kind and each.start >= begin]
        last = [each.start for each in like if each.start < before[-1].start]
        names = [each for each in before if not last or each.start > last[-1]]
        _, sentence_end = self.sentence_of(number.start)
        limit = next((each.start for each in self.named if each.start > number.start), sentence_end)
        run = [each for each in like if before[-1].start < each.start < limit]
        starts = {each.start: each.ticker for each in names}
        return list(dict.fromkeys(starts.values())), run

    def sentence_names(self, number: Number) -> set[str]:
        """The companies that the number's sentence names."""
        begin, end = self.sentence_of(number.start)
        return {each.ticker for each in self.named if begin <= each.start < end}
