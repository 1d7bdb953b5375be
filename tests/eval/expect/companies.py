"""Companies: who is named, who is first, who of several has more or less."""

import re
from typing import NamedTuple

from tests.eval.reading.words import HIGHER, LOWER
from tests.eval.reply import Reply


class About(NamedTuple):
    """The answer names this company."""

    ticker: str

    def wrong(self, reply: Reply) -> str | None:
        return (
            None if self.ticker in {each.ticker for each in reply.named} else f"does not name {self.ticker}"
        )


class FirstNamed(NamedTuple):
    """The first company that the answer names is this one."""

    ticker: str

    def wrong(self, reply: Reply) -> str | None:
        named = {each.ticker for each in reply.named if each.start == reply.named[0].start}
        return None if self.ticker in named else f"does not name {self.ticker} first"


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
