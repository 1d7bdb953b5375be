"""What an answer must say. Each expectation looks at a reply and says what is wrong with it, or nothing.

Values come from the raw figures, with the tolerance of rounding; words are looked for in English and German alike.
"""

import datetime as dt
import re
from collections.abc import Iterable
from typing import NamedTuple, Protocol

from tests.eval.reading.numbers import stands_for
from tests.eval.reading.words import (
    AGREES,
    DECLINES,
    DENIES,
    HIGHER,
    LOWER,
    SAME,
    direction,
    ratings,
)
from tests.eval.reply import Reply


class Expectation(Protocol):
    """One thing an answer must say or must not say."""

    def wrong(self, reply: Reply) -> str | None:
        """What is wrong, in words; None when nothing is."""


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


class Says(NamedTuple):
    """The answer matches a pattern."""

    pattern: str
    what: str

    def wrong(self, reply: Reply) -> str | None:
        return None if re.search(self.pattern, reply.text, re.IGNORECASE) else f"does not say {self.what}"


class Names(NamedTuple):
    """The answer names this rating somewhere."""

    rating: str

    def wrong(self, reply: Reply) -> str | None:
        return None if self.rating in ratings(reply.nameless) else f"does not say {self.rating}"


class Never(NamedTuple):
    """The answer does not match a pattern."""

    pattern: str
    what: str

    def wrong(self, reply: Reply) -> str | None:
        found = re.search(self.pattern, reply.text, re.IGNORECASE)
        return f"says {self.what}: {found[0]!r}" if found else None


class Rated(NamedTuple):
    """The first rating that the answer names is this one (of several: each is named)."""

    ratings: tuple[str, ...]

    def wrong(self, reply: Reply) -> str | None:
        found = ratings(reply.nameless)
        if not found:
            return f"names no rating, expected {' and '.join(self.ratings)}"
        if len(self.ratings) == 1 and found[0] != self.ratings[0]:
            return f"says {found[0]}, expected {self.ratings[0]}"
        missing = [each for each in self.ratings if each not in found]
        return f"does not say {' and '.join(missing)}" if missing else None


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


class Winner(NamedTuple):
    """Of the companies compared, this one has the lowest (−1) or highest (+1) figure, in words of comparison."""

    ticker: str
    others: frozenset[str]
    sign: int

    def wrong(self, reply: Reply) -> str | None:
        said = False
        for word, sign in ((LOWER, -1), (HIGHER, 1)):
            for match in word.finditer(reply.nameless):
                begin, end = reply.sentence_of(match.start())
                before = [each.ticker for each in reply.named if begin <= each.start < match.start()]
                after = [each.ticker for each in reply.named if match.end() <= each.start < end]
                if "median" in reply.text[match.start() : match.end() + 30].lower() or not (before or after):
                    continue
                subject = (
                    before[0]
                    if before and not _is_of(reply.text[begin : match.start()])
                    else (after or before)[0]
                )
                rival = subject in self.others
                if subject != self.ticker and not rival:
                    continue
                if rival == (sign == self.sign) and len(self.others) == 1:
                    return f"says {subject} is {match[0]}"
                said = said or not rival or len(self.others) == 1
        return (
            None
            if said
            else f"does not say that {self.ticker} is the {'highest' if self.sign > 0 else 'lowest'}"
        )


def _is_of(text: str) -> bool:
    """ "Of Coca-Cola and Pepsi, the cheaper is …": the names before are the choice, not the subject."""
    return bool(re.match(r"\W*(?:of|between|among|von|zwischen|unter)\b", text, re.IGNORECASE))


class Lists(NamedTuple):
    """Names these companies and no others: at least `least` of them. `apart` may be named too."""

    tickers: frozenset[str]
    least: int
    apart: frozenset[str] = frozenset()

    def wrong(self, reply: Reply) -> str | None:
        found = {each.ticker for each in reply.named} - self.apart
        if strangers := found - self.tickers:
            return f"names {', '.join(sorted(strangers)[:5])}, which do not belong"
        if len(found) < self.least:
            return f"names {len(found)} companies, expected {self.least} of {', '.join(sorted(self.tickers)[:8])}"
        return None


class About(NamedTuple):
    """The answer names this company."""

    ticker: str

    def wrong(self, reply: Reply) -> str | None:
        return (
            None if self.ticker in {each.ticker for each in reply.named} else f"does not name {self.ticker}"
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


class Declines(NamedTuple):
    """Says in its first sentences that this is not there or cannot be said, and gives no date or figure as if it were."""

    first: int = 2

    def wrong(self, reply: Reply) -> str | None:
        return None if DECLINES.search(reply.at_first(self.first)) else "does not decline"


class Denies(NamedTuple):
    """Contradicts what the question takes for granted: does not begin by agreeing, and says so in words of denial."""

    in_words: bool = True

    def wrong(self, reply: Reply) -> str | None:
        if AGREES.search(reply.text):
            return "agrees"
        if not self.in_words:
            return None
        return None if DENIES.search(reply.at_first(2)) else "does not contradict"


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


class FirstNamed(NamedTuple):
    """The first company that the answer names is this one."""

    ticker: str

    def wrong(self, reply: Reply) -> str | None:
        named = {each.ticker for each in reply.named if each.start == reply.named[0].start}
        return None if self.ticker in named else f"does not name {self.ticker} first"


WORDS_MAX = 120


class Short(NamedTuple):
    """At most so many words; every question of the offline model asks for it."""

    most: int = WORDS_MAX

    def wrong(self, reply: Reply) -> str | None:
        count = len(reply.text.split())
        return f"{count} words, at most {self.most}" if count > self.most else None


def all_wrong(expectations: Iterable[Expectation], reply: Reply) -> list[str]:
    """Everything that is wrong with a reply."""
    return [said for each in expectations if (said := each.wrong(reply))]
