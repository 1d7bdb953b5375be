"""Where in a sentence only a company can stand: the evidence that a doubtful word is one."""

from collections.abc import Sequence
from functools import cache

from agent_worker.analysis.naming.data import common_words, place_words
from agent_worker.analysis.naming.words import Word, plain, split
from shared.metric_words import METRIC_WORDS, synonyms

DETERMINERS = place_words("determiners")
PREPOSITIONS = place_words("before a company")
"""Words after which a company may stand, if nothing follows that would make it a part of something else."""

FOLLOWERS = place_words("after a company")
MARKERS = place_words("before a symbol")
STOCK_WORDS = place_words("a share")
JOINTS = place_words("between companies")

GERMAN = place_words("signs of german")
ENGLISH = place_words("signs of english")
ARTICLES = frozenset({"a", "an", "ein", "eine"})
RATINGS = frozenset({"buy", "hold", "sell", "kauf", "halt", "verkauf", "good", "better", "safe", "strong"})
MOMENTS = frozenset({"time", "moment", "idea", "day", "zeitpunkt"})
DEEDS = place_words("what a company does next")
LEGAL_ENDS = place_words("what a company is in law") - {"the", "company", "companies", "se", "co", "sa"}
PEERS = frozenset(
    [
        "peers",
        "peer",
        "median",
        "sector",
        "average",
        "branche",
        "vergleichsgruppe",
        "konkurrenz",
        "industry",
        "rivals",
    ]
)
SHORT = 3
SHOUTED_LEAST = 3
NEAR = 4
"""A figure stands at most so many words after a possessive: "Target's latest quarterly P/E"."""


class Sentence:
    """The words of one text, and what their writing says."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = split(text)
        keys = [word.whole for word in self.words]
        self.german = sum(key in GERMAN for key in keys) > sum(key in ENGLISH for key in keys)
        long = [word for word in self.words if len(word.whole) > 1 and word.whole.isalpha()]
        self.shouted = len(long) >= SHOUTED_LEAST and all(word.upper for word in long)
        inner = [word for word in long if not word.starts and (word.whole in ENGLISH or word.whole in GERMAN)]
        self.titled = len(inner) >= 2 and all(word.capital for word in inner)

    @property
    def cased(self) -> bool:
        """Whether capitals say anything."""
        return not self.shouted and not self.titled

    def before(self, place: int) -> Word | None:
        """The word before the one at `place`, if it is of the same sentence."""
        return self.words[place - 1] if place and not self.words[place].starts else None

    def after(self, end: int) -> Word | None:
        """The word at `end`, which stands after a name, if it is of the same sentence."""
        return self.words[end] if end < len(self.words) and not self.words[end].starts else None

    def determined(self, start: int) -> bool:
        """Whether "the", "a", "no" … makes a common thing of the word at `start`."""
        word = self.before(start)
        if word is not None and word.key == "that" and self.cased and self.words[start].capital:
            return False  # "is it true that Target's P/E is 20": no thing, but what is said
        return word is not None and word.key in DETERMINERS

    def marked(self, start: int, end: int) -> bool:
        """Whether it is written as a symbol or a share: "$ALL", "ticker ALL", "(ALL)", "ALL-Aktie"."""
        before, after = self.before(start), self.after(end)
        sign = self.words[start].before
        if sign.endswith("$") or (before is not None and before.key in MARKERS):
            return True
        if after is not None and after.before == "-" and after.key in STOCK_WORDS:
            return True
        closing = after.before if after else self.text[self._end_of(end - 1) :]
        return sign.endswith("(") and closing.startswith(")")

    def owns_figure(self, end: int) -> bool:
        """Whether the word before `end` is a possessive and a figure follows: "Target's P/E"."""
        if self.words[end - 1].stem is None:
            return False
        following = self.words[end : end + NEAR]
        return any(word.key in figure_words() or word.key in STOCK_WORDS for word in following)

    def figure_follows(self, end: int) -> bool:
        """Whether a figure or the share is named next: "visa yield"."""
        after = self.after(end)
        return after is not None and "," not in after.before and (
            after.key in figure_words() or after.key in STOCK_WORDS
        )  # fmt: skip

    def asked_for(self, start: int, end: int) -> bool:
        """Whether it is the whole of what "of", "about", "compare" … asks for: "the yield of Target?"."""
        before = self.before(start)
        if before is None or before.key not in PREPOSITIONS:
            return False
        after = self.after(end)
        if after is not None and after.key in ARTICLES:  # "Is KO a buy?"
            rating = self.after(end + 1)
            thing = self.after(end + 2)
            return (
                rating is not None and rating.key in RATINGS and (thing is None or thing.key not in MOMENTS)
            )
        return after is None or after.key in FOLLOWERS or any(sign in after.before for sign in ",;)–—/")

    def acts(self, start: int, end: int) -> bool:
        """Whether it begins the sentence and does what companies do: "Target raised its dividend"."""
        after = self.after(end)
        return self.words[start].starts and after is not None and after.key in DEEDS

    def asks_in_short(self, start: int, end: int) -> bool:
        """Whether the text is a name and a figure: "target p/e". A "target price" is something else."""
        return start == 0 and end < len(self.words) <= end + SHORT and all(
            word.key in figure_words() and word.key not in ("price", "kurs") for word in self.words[end:]
        )  # fmt: skip

    def legal_end(self, end: int) -> bool:
        """Whether "Inc", "Corp", "AG" … follows: nothing but a company has that behind its name."""
        after = self.after(end)
        return after is not None and after.whole in LEGAL_ENDS and not set(after.before) & set("()/;")

    def held_against(self, start: int, end: int) -> bool:
        """Whether it is one side of a comparison: "ball vs its peers", "… or the median"."""
        before, after = self.before(start), self.after(end)
        if any(word is not None and word.key in ("vs", "versus") for word in (before, after)):
            return True
        rest = self.words[end + 1 : end + 4]
        return after is not None and after.key in JOINTS and any(word.key in PEERS for word in rest)

    def taken_up(self, start: int, end: int) -> bool:
        """Whether the question goes on to it: "and apple?"."""
        return (
            start == 1 and end == len(self.words) and self.words[0].key in ("and", "und", "or", "oder", "so")
        )

    def alone(self, start: int, end: int) -> bool:
        """Whether nothing else is said."""
        return start == 0 and end == len(self.words)

    def joined(self, end: int, start: int) -> bool:
        """Whether what ends at `end` and what begins at `start` are parts of one list: "KO, PEP and MCD"."""
        between = self.words[end:start]
        if len(between) > 2 or any(word.key not in JOINTS for word in between):
            return False
        signs = "".join(word.before for word in self.words[end : start + 1]).strip()
        return set(signs) <= set(",;/&+$( )") and (bool(between) or bool(signs))

    def _end_of(self, place: int) -> int:
        """Where in the text the word at `place` ends."""
        position = 0
        for word in self.words[: place + 1]:
            position += len(word.before) + len(word.text)
        return position


@cache
def figure_words() -> frozenset[str]:
    """Every word that is part of what a figure is called, but the common ones among several."""
    found: set[str] = set()
    for words in METRIC_WORDS.values():
        for name in synonyms(words, loose=True):
            parts = [word.key for word in split(name)]
            if len(parts) == 1:
                found.update(parts)
    firsts = {
        plain(part)
        for part in [
            "dividend",
            "market",
            "earnings",
            "52",
            "20",
            "ebitda",
            "payout",
            "peers",
            "peer",
            "rank",
        ]
    }
    return frozenset(found | firsts)


def is_common(words: Sequence[Word]) -> bool:
    """Whether all are common words."""
    known = common_words()
    return all(known.hold(word.whole) for word in words)
