"""What a question is about, by the words in it. English only, and literal: it finds, it does not understand."""

import re
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple


class Intent(Enum):
    """What kind of answer is asked for."""

    HELP = "help"
    FORECAST = "forecast"
    CHANGES = "changes"
    DATE = "date"
    SWING = "swing"  # what would change the rating
    MISSING = "missing"
    TOPICS = "topics"
    COMPARE = "compare"
    WHY = "why"
    RATING = "rating"
    UNKNOWN = "unknown"


class Topic(NamedTuple):
    """A subject: how people ask for it (in lower case), and how an analysis names it."""

    name: str
    asked: re.Pattern[str]
    named: re.Pattern[str]


def _topic(name: str, asked: str, named: str) -> Topic:
    return Topic(name, re.compile(asked), re.compile(named, re.IGNORECASE))


TOPICS = (
    _topic("dividend", r"\bdividends?\b|\byields?\b|\bpayout\b|\bpays? out\b", r"dividend|yield|payout"),
    _topic(
        "P/E",
        r"\bp\s?/\s?e\b|\bpe\b|\bprice[- ](to[- ])?earnings\b|\bearnings multiple\b",
        r"\bp/e\b|price[- ](to[- ])?earnings",
    ),
    _topic("P/S", r"\bp\s?/\s?s\b|\bprice[- ](to[- ])?sales\b", r"\bp/s\b|price[- ](to[- ])?sales"),
    _topic(
        "P/B", r"\bp\s?/\s?b\b|\bprice[- ](to[- ])?book\b|\bbook value\b", r"\bp/b\b|price[- ](to[- ])?book"
    ),
    _topic(
        "margin",
        r"\bmargins?\b|\bprofitab\w+|\broe\b|\breturn on equity\b",
        r"margin|\broe\b|return on equity",
    ),
    _topic("EBITDA", r"\bebitda\b(?! margin)|\bev/ebitda\b", r"ebitda(?! margin)"),
    _topic(
        "EPS",
        r"\beps\b|\bearnings per share\b|(?<!price )(?<!to )(?<!price-)(?<!to-)\bearnings\b(?! multiple)|\bprofits?\b|\bloss(es)?\b|\bgrow\w*",
        r"\beps\b|earnings per share|\bloss\b",
    ),
    _topic(
        "return",
        r"\breturns?\b(?! on equity)|\bmomentum\b|\bperform\w*|\b20[- ](session|day)s?\b",
        r"return(?! on equity)|momentum",
    ),
    _topic(
        "range",
        r"\b52[- ]?weeks?\b|\brange\b|\b(yearly|annual|year|its|the|from) (high|low)s?\b",
        r"52|range",
    ),
    _topic(
        "size",
        r"\bmarket[- ]cap\w*|\bsize\b|\bcapitali[sz]ation\b|\bhow (big|large)\b",
        r"market cap(?!.*ebitda)|size",
    ),
    _topic(
        "price",
        r"\bprice\b(?![- ](to[- ])?(earnings|sales|book))|\bcosts?\b|\btrad(es|ing) at\b",
        r"^(share |stock )?price\b(?![- ](to[- ])?(earnings|sales|book))",
    ),
)

VALUATION = ("P/E", "P/S", "P/B", "EBITDA")
_VALUATION = re.compile(r"\bvaluation\b|\bexpensive\b|\bcheap\w*|\b(over|under)valued\b")

_HELP = re.compile(r"^\W*(hi|hello|hey|help)\b|\bwhat can (you|i)\b|\bwho are you\b|\bwhat are you\b")
_FORECAST = re.compile(
    r"\bwill\b|\bforecast\w*|\bpredict\w*|\btarget\b|\bfuture\b|\bgoing to\b|\bexpect\w*|\bnext (day|week|month|quarter|year)\b"
)
_CHANGED = re.compile(r"\bchang\w+|\bsince\b|\b(what('s| is)|anything) new\b|\blast (analysis|week)\b")
_MOVED = re.compile(
    r"\bdiffer\w*|\bprevious\b|\blast time\b|\bfell\b|\bfall\w*|\bdropp?\w*|\brise\b|\brose\b|\brising\b|\bincreas\w+"
    r"|\bdecreas\w+|\bupgrad\w+|\bdowngrad\w+|\bwent (up|down)\b|\bmoved?\b"
)
_SWING = re.compile(r"\b(would|could|might|needs? to) (\w+ ){0,3}(change|flip|move|become|be)\b|\bwhat if\b")
_MISSING = re.compile(
    r"\b(not|isn't|aren't) (be(en|ing) )?(counted|used|included)\b|\bmissing\b|\bleft out\b"
)
_RATING = re.compile(
    r"\brat(ed|ings?|es?)\b|\bscored?s?\b|\breasons?\b|\bwhy\b|\bhold\b|\b(a|an|or|to|from|good|strong|should \w+) (buy|sell)\b|\b(buy|sell) (it|this|now)\b|\brecommend\w*|\bsummar\w+"
    r"|\bexplain\b|\boverview\b|\bverdict\b|\bopinion\b|\banalysis\b|\bstrengths?\b|\bweakness\w*|\brisks?\b|\bdrivers?\b|\bdated?\b"
)
_WHY = re.compile(r"\bwhy\b|\breasons?\b|\bexplain\b|\bstrengths?\b|\bweakness\w*|\brisks?\b|\bdrivers?\b")
_COMPARE = re.compile(r"\bcompar\w+|\bpeers?\b|\bmedians?\b|\bversus\b|\bvs\b|\bcompetitors?\b|\bsector\b")

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_ISO_DATE = re.compile(r"\b(\d{4})-(\d{2})(?:-(\d{2}))?\b")
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}\b")
_MONTH_DAY = re.compile(rf"\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)")
_IN_MONTH = re.compile(rf"\b(?:in|during|since|of|for|from|last|mid|early|late|end of)[- ]{_MONTH}\b")
_HISTORY = re.compile(r"\bhistory\b|\bover time\b|\btrend\w*|\bpreviously\b")
_WHO = re.compile(r"\b(who|whom|whose|when|where)\b")
_ABOUT_ALL = re.compile(r"\b(rat(ed|ing)|score|analysis|reasons?)\b")

_FILLER = frozenset(
    re.findall(
        r"\w+",
        """
        a about actually affect affects again also am an and any are as at be been being better
        big but by can change compare compared compares comparison contribute could count did
        do does done each effect else explain far for from get give go good had has have high
        higher how i if impact in influence into is isn it its just know large latest less like
        low lower make many matter matters me mean means median more most much my no not of on
        one ones or other our out peers please points rated rating s same say score see share
        shares should show so some stock emit than that the their them then there these they
        this those to too us vs was we well were what when which why with without worse would
        yes you your
        """,
    )
)
"""Words that add nothing to what is asked."""


class Moment(NamedTuple):
    """A date as people name it: any part may be left open."""

    year: int | None
    month: int
    day: int | None


class Question(NamedTuple):
    """What was found in a question."""

    intent: Intent
    topics: tuple[str, ...] = ()
    moments: tuple[Moment, ...] = ()
    unanswerable: bool = False
    """It asks who, when or where, or for the future: the analysis has figures only."""


def understand(text: str, earlier: Sequence[str] = (), company: str = "") -> Question:
    """What `text` asks for. `company` is the name of the one whose page it is.

    A question that only points back ("And its effect?") is about the topic of the `earlier` ones.
    """
    text = text.lower()
    strange = unknown_words(text) - unknown_words(company.lower())
    topics = topics_in(text)
    if not topics and not strange and not _ABOUT_ALL.search(text):
        topics = next((found for past in reversed(earlier) if (found := topics_in(past))), ())
    moments = moments_in(text)
    unanswerable = bool(_WHO.search(text)) and not moments
    intent = _intent(text, topics, moments, strange)
    return Question(intent, topics, moments, unanswerable or bool(_FORECAST.search(text)))


def topics_in(text: str) -> tuple[str, ...]:
    """The names of the topics that `text` asks for, in the order of `TOPICS`."""
    text = text.lower()
    found = tuple(topic.name for topic in TOPICS if topic.asked.search(text))
    return found or (VALUATION if _VALUATION.search(text) else ())


def moments_in(text: str) -> tuple[Moment, ...]:
    """The dates and months in `text`."""
    found = [Moment(int(y), int(m), int(d) if d else None) for y, m, d in _ISO_DATE.findall(text)]
    found += [Moment(None, _month(m), int(d)) for d, m in _DAY_MONTH.findall(text)]
    found += [Moment(None, _month(m), int(d)) for m, d in _MONTH_DAY.findall(text)]
    return tuple(found or [Moment(None, _month(m), None) for m in _IN_MONTH.findall(text)])


def unknown_words(text: str) -> set[str]:
    """The words of `text`, which is in lower case, that carry a meaning nothing here knows."""
    for pattern in _KNOWN:
        text = pattern.sub(" ", text)
    return {word for word in re.findall(r"[^\W\d_]+", text) if word not in _FILLER}


def _intent(text: str, topics: tuple[str, ...], moments: tuple[Moment, ...], strange: set[str]) -> Intent:
    if moments or _HISTORY.search(text):
        return Intent.DATE
    if _CHANGED.search(text) and not _SWING.search(text):
        return Intent.CHANGES
    if topics:
        return Intent.TOPICS
    if _MISSING.search(text):
        return Intent.MISSING
    if _HELP.search(text):
        return Intent.HELP
    if strange:
        return Intent.UNKNOWN
    for intent, pattern in _BY_WORDS.items():
        if pattern.search(text):
            return intent
    return Intent.UNKNOWN


def _month(word: str) -> int:
    return _MONTHS.index(word[:3]) + 1


_BY_WORDS = {
    Intent.SWING: _SWING,
    Intent.FORECAST: _FORECAST,
    Intent.CHANGES: _MOVED,
    Intent.COMPARE: _COMPARE,
    Intent.WHY: _WHY,
    Intent.RATING: _RATING,
}
_KNOWN = (*(topic.asked for topic in TOPICS), _CHANGED, _MOVED, _RATING, _COMPARE, _SWING)
