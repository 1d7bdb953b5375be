"""Figures, counts, dates, directions: by value, with the tolerance of rounding."""

import datetime as dt
import re
from typing import NamedTuple

from tests.eval.reading.numbers import stands_for
from tests.eval.reading.words import SAME, direction
from tests.eval.reply import Reply


class Figure(NamedTuple):
    """One of these figures stands in the answer; `of` is whose it is said to be, where several are named."""

    values: tuple[float, ...]
    unit: str
    what: str
    of: str | None = None

    def wrong(self, reply: Reply) -> str | None:
        found = [number for value in self.values for number in reply.figures(value, self.unit)]
        if not found:
            return f"no {self.what} {self.shown}"
        if self.of and not any(not (near := reply.near(number)) or self.of in near for number in found):
            return f"{self.what} {self.shown} is not said of {self.of}"
        return None

    @property
    def shown(self) -> str:
        return " or ".join(
            f"{value * 100:.4g} %" if self.unit == "fraction" else f"{value:.6g}" for value in self.values
        )


class Count(NamedTuple):
    """A bare number stands in the answer, or in words where it is none or one."""

    value: int

    def wrong(self, reply: Reply) -> str | None:
        if any(stands_for(number, self.value, "count") for number in reply.numbers):
            return None
        if self.value < 4 and re.search(
            (
                r"\b(?:no|none|nobody|kein\w*)\b",
                r"\b(?:one|only|ein\w*)\b",
                r"\b(?:two|both|zwei|beide)\b",
                r"\b(?:three|drei)\b",
            )[self.value],
            reply.text,
            re.IGNORECASE,
        ):
            return None
        return f"does not say {self.value}"


class Dated(NamedTuple):
    """The answer says this date, in whatever form."""

    day: dt.date

    def wrong(self, reply: Reply) -> str | None:
        month = (
            f"{self.day:%b}".replace("May", "Ma").replace("Oct", "O").replace("Dec", "De").replace("Mar", "M")
        )
        forms = rf"{self.day}|\b{self.day.day}(?:\.|st|nd|rd|th)? (?:of )?{month}|{month}[a-z]* {self.day.day}\b|\b{self.day.day}\.\s?0?{self.day.month}\."
        return None if re.search(forms, reply.text, re.IGNORECASE) else f"does not say the date {self.day}"


class Moved(NamedTuple):
    """Something went up (+1), down (−1) or stayed (0), said in the sentence with one of the figures or in the first."""

    sign: int
    values: tuple[tuple[float, str], ...] = ()

    def wrong(self, reply: Reply) -> str | None:
        places = [number.start for value, unit in self.values for number in reply.figures(value, unit)]
        said = [reply.nameless[slice(*reply.sentence_of(place))] for place in sorted(places)] or [
            reply.nameless_first
        ]
        if self.sign == 0:
            return (
                None
                if any(SAME.search(each) or direction(each) == 0 for each in said)
                else "says that it moved"
            )
        found = [way for each in said if (way := direction(each) or self._by_sign(each))]
        if not found:
            return "no word of direction"
        return (
            None
            if found[0] == self.sign
            else f"the direction is {'up' if self.sign > 0 else 'down'}, not the other"
        )

    @staticmethod
    def _by_sign(text: str) -> int:
        return next(
            (number.sign for number in Reply(text).numbers if number.sign and number.kind != "plain"), 0
        )
