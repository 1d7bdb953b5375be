"""Read one sentence: its numbers, and the metrics, companies, dates and telling words that stand around them."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection
from typing import NamedTuple

from agent_worker.grounding.dates import Day, days
from agent_worker.grounding.names import UNKNOWN, CompanyNames
from agent_worker.grounding.numerals import WORDS, Numeral, numerals
from agent_worker.grounding.phrases import PhraseBook, Token, tokens, word_set
from agent_worker.grounding.strangers import unknown_names
from agent_worker.grounding.words import PHRASES
from shared.metric_words import METRIC_WORDS, synonyms

METRIC, LOOSE = "m:", "l:"
GERMAN = word_set(
    "der die das und ist liegt bei von mit auf für im am den dem des ein eine nicht sind war um seit beträgt hat"
    " über unter zum zur je pro vom lag stieg fiel punkte kgv kbv kuv"
)
SPANS = word_set("over über past")
TIMES = word_set(
    "day days session sessions week weeks month months quarter quarters year years period time tag tage tagen sitzung sitzungen"
    " woche wochen monat monate monaten quartal quartale jahr jahre jahren jahres zeit zeitraum handelstage handelstagen"
    " börsentage börsentagen handelstag"
)
SPAN_WORDS = word_set(
    "the a last past previous prior latest same whole full trading most recent few several couple of this that den die das der dem"
    " letzten vergangenen vorigen einen eine ein zurückliegenden ganzen gesamten hinweg half"
)
MARKUP = str.maketrans({"*": " ", "_": " ", "`": " ", "~": " "})


def _phrases() -> list[tuple[str, str]]:
    table = [(phrase, tag) for tag, phrases in PHRASES.items() for phrase in phrases.split(";")]
    for key, words in METRIC_WORDS.items():
        table += [(name, METRIC + key) for name in synonyms(words)]
        table += [(name, LOOSE + key) for name in words.loose]
    return table


BOOK = PhraseBook(_phrases())


class Mention(NamedTuple):
    """A metric, a company or a telling word; places in the sentence."""

    start: int
    end: int
    value: str
    loose: bool = False


class Line(NamedTuple):
    """A sentence as it was read. Places are those of `text`, where markdown signs are blanks."""

    text: str
    words: list[Token]
    numbers: list[Numeral]
    metrics: list[Mention]
    companies: list[Mention]
    days: list[Day]
    tags: dict[str, list[Mention]]
    german: bool
    starts: list[int]
    ends: list[int]
    """Of the words."""

    def has(self, *tags: str) -> bool:
        """Whether one of these tags is anywhere in the sentence."""
        return any(tag in self.tags for tag in tags)

    def between(self, start: int, end: int) -> list[str]:
        """The tokens that stand wholly between two places."""
        found = self.words[bisect_left(self.starts, start) : bisect_right(self.ends, end)]
        return [token.word for token in found]

    def crosses(self, start: int, end: int) -> bool:
        """Whether a number stands between two places."""
        return any(start <= number.start and number.end <= end for number in self.numbers)


def read(
    sentence: str,
    names: CompanyNames,
    groups: PhraseBook,
    known: Collection[str] = (),
    strangers: PhraseBook | None = None,
) -> Line:
    """Read a sentence. `groups` are the names of peer groups, which stand for the peers.

    A name of two companies is that of the one in `known`; `strangers` are names of none.
    """
    text = sentence.translate(MARKUP)
    toks = tokens(text)
    words = [token.word for token in toks]
    exact = [text[token.start : token.end] for token in toks]
    german = len(GERMAN.intersection(words)) >= 2
    peers = [Mention(toks[f.first].start, toks[f.last].end, "peers") for f in groups.find(words)]
    companies = [
        Mention(toks[f.first].start, toks[f.last].end, _choose(f.tags, known))
        for f in names.book.find(exact)
        if not any(each.start <= toks[f.first].start < each.end for each in peers)
    ]
    companies += _outside(toks, exact, companies, (names.strangers, strangers))
    labels = [(each.start, each.end) for each in (*companies, *peers)]
    metrics: list[Mention] = []
    tags: dict[str, list[Mention]] = {}
    for found in (*BOOK.find(words), *groups.find(words)):
        start, end = toks[found.first].start, toks[found.last].end
        if any(each.start < end and start < each.end for each in companies):
            continue
        labels.append((start, end))
        for tag in found.tags:
            if tag.startswith((METRIC, LOOSE)):
                metrics.append(Mention(start, end, tag[2:], tag.startswith(LOOSE)))
            else:
                if tag in ("above", "beyond") and words[found.first] in SPANS and _is_span(words, found.last):
                    continue
                tags.setdefault(tag, []).append(Mention(start, end, text[start:end].lower()))
    _add_before(tags, toks, companies)
    companies += [Mention(start, end, UNKNOWN) for start, end in unknown_names(text, labels, names)]
    dates = days(text)
    hidden = [(each.start, each.end) for each in dates]
    hidden += [(each.start, each.end) for each in (*companies, *metrics) if not each.loose]
    numbers = [n for n in numerals(text, toks, german=german) if not any(s <= n.start < e for s, e in hidden)]
    return Line(text, toks, numbers, sorted(metrics), sorted(companies), dates, tags, german,
                [token.start for token in toks], [token.end for token in toks])  # fmt: skip


def _outside(
    toks: list[Token], exact: list[str], companies: list[Mention], books: tuple[PhraseBook | None, ...]
) -> list[Mention]:
    """The names that are not in the data."""
    found = (f for book in books if book is not None for f in book.find(exact))
    places = {(toks[f.first].start, toks[f.last].end): f.tags[0] for f in found}
    return [
        Mention(start, end, tag)
        for (start, end), tag in places.items()
        if not any(each.start < end and start < each.end for each in companies)
    ]


def _add_before(tags: dict[str, list[Mention]], toks: list[Token], companies: list[Mention]) -> None:
    """German "vor" before a company or the median: ahead of it."""
    for place, token in enumerate(toks[:-1]):
        if token.word == "vor":
            start = toks[place + 1].start
            names = any(c.start <= start < c.end for c in companies)
            if names or any(m.start - start < 8 and m.start >= start for m in tags.get("median", ())):
                tags.setdefault("above", []).append(Mention(token.start, token.end, "vor"))


def _is_span(words: list[str], last: int) -> bool:
    """ "over the past 20 trading days": a time, and no comparison."""
    behind = words[last + 1 : last + 7]
    place = next((i for i, word in enumerate(behind) if word in TIMES), None)
    return place is not None and all(w in SPAN_WORDS or w.isdigit() or w in WORDS for w in behind[:place])


def _choose(tickers: tuple[str, ...], known: Collection[str]) -> str:
    return next((ticker for ticker in tickers if ticker in known), tickers[0])
