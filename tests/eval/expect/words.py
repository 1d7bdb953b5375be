"""Words: what is said and never said, ratings, refusals, contradiction, length."""

import re
from typing import NamedTuple

from tests.eval.reading.words import AGREES, DECLINES, DENIES, ratings
from tests.eval.reply import Reply


class Says(NamedTuple):
    """The answer matches a pattern."""

    pattern: str
    what: str

    def wrong(self, reply: Reply) -> str | None:
        return None if re.search(self.pattern, reply.text, re.IGNORECASE) else f"does not say {self.what}"


class Never(NamedTuple):
    """The answer does not match a pattern."""

    pattern: str
    what: str

    def wrong(self, reply: Reply) -> str | None:
        found = re.search(self.pattern, reply.text, re.IGNORECASE)
        return f"says {self.what}: {found[0]!r}" if found else None


class Names(NamedTuple):
    """The answer names this rating somewhere."""

    rating: str

    def wrong(self, reply: Reply) -> str | None:
        return None if self.rating in ratings(reply.nameless) else f"does not say {self.rating}"


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


WORDS_MAX = 120


class Short(NamedTuple):
    """At most so many words; every question of the offline model asks for it."""

    most: int = WORDS_MAX

    def wrong(self, reply: Reply) -> str | None:
        count = len(reply.text.split())
        return f"{count} words, at most {self.most}" if count > self.most else None
