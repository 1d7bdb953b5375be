"""Which of two figures a word of comparison is said of, and which is what it is measured by.

"27.36 is above 25.43", "the median of 25.43 is lower than Coke's 27.36", "against Pepsi's 18.80, Coke is higher":
what stands behind "than", "against" or the preposition itself is the measure; failing that, the word is said of what
stands nearest before it.
"""

from typing import NamedTuple

from agent_worker.grounding.claims import CLAUSES
from agent_worker.grounding.facts import Fact
from agent_worker.grounding.mentions import Line, Mention
from agent_worker.grounding.phrases import word_set

THAN = word_set("than als")
MEASURES = word_set("than als versus vs against gegenüber gegen unlike")
BEFORE_TO = word_set(
    "compared relative premium discount next superior inferior contrast comparison vergleich relation aufschlag abschlag"
)
BEFORE_WITH = word_set("compared comparison verglichen vergleich")
TO, WITH = word_set("to zu zum zur"), word_set("with mit")
SUBJECTS = word_set("at with mit bei showing posting")
"""What stands before a figure that is said of the subject: "is higher at 27.36"."""
LINKS = word_set(
    "the a an its their of that those what which one is in for on s ’ ' ( \" “ typical typische typischen der die das des dem den"
    " ein eine eines einer von vom beim im für seine seinen seiner ihre ihrer ihren . , by um only just level wert value figure"
)
TRANSITIVE = word_set(
    "above over exceeds exceed exceeding exceeded topped surpassed surpasses tops topping beats outperformed outperforms beyond"
    " über oberhalb übersteigt übertrifft überschreitet überragt vor below under beneath trails trailing lags lag behind"
    " underperformed underperforms undercuts unter unterhalb hinter unterschreitet unterbietet ahead premium discount aufschlag"
    " abschlag bewertungsaufschlag bewertungsabschlag"
)
PASSIVE = word_set("exceeded topped surpassed übertroffen beaten outperformed")
PRONOUNS = word_set("it stock share shares company sie es aktie er papier")
BY = word_set("by vom von durch")
REACH = 10


class Side(NamedTuple):
    """One of the two figures, and all that stands for it in the sentence (start, end)."""

    fact: Fact
    spots: tuple[tuple[int, int], ...]


class Order(NamedTuple):
    """Whether the word is said of the first side, whether it is turned round, and how it is known: 0 by a word that
    says so behind the comparison, 1 by one elsewhere, 2 by place only."""

    first: bool
    turned: bool
    doubt: int


def order(line: Line, word: Mention, one: Side, two: Side) -> Order | None:
    """Of which side the word is said. None: there is nothing to tell by."""
    spots = sorted([(*spot, True) for spot in one.spots] + [(*spot, False) for spot in two.spots])
    behind = [spot for spot in spots if spot[0] >= word.end]
    passive = word.value in PASSIVE and bool(BY.intersection(line.between(word.end, len(line.text))[:1]))
    measure = _measure_behind(line, word, behind)
    if measure is not None:
        return Order(not measure, passive, 0)
    held = {first for start, _, first in spots if is_measure(line, start)}
    if len(held) == 1:
        return Order(not held.pop(), passive, 1)
    before = [spot for spot in spots if spot[1] <= word.start]
    clause = [spot for spot in before if not CLAUSES.intersection(line.between(spot[1], word.start))]
    after = max((spot[1] for spot in before), default=word.start)
    dated = (one.fact.ticker, one.fact.role) == (two.fact.ticker, two.fact.role)
    if before and not dated and PRONOUNS.intersection(line.between(after, word.start)):
        return Order(_told_of(one, two, spots), passive, 2)
    nearest = max(clause, key=lambda spot: spot[1], default=None) or next(iter(behind or before[-1:]), None)
    return Order(nearest[2], passive, 2) if nearest is not None else None


def _told_of(one: Side, two: Side, spots: list[tuple[int, int, bool]]) -> bool:
    """Whom "it" means: the company itself, not its peers; of two companies the one named first."""
    if one.fact.role != two.fact.role:
        return one.fact.role != "median"
    return spots[0][2]


def _measure_behind(line: Line, word: Mention, behind: list[tuple[int, int, bool]]) -> bool | None:
    """Which side the word itself is held against: the one behind its "than", or behind a preposition."""
    for start, _, first in behind:
        between = line.between(word.end, start)
        if not between and line.words[_place(line, start)].word in THAN:
            return first  # "than most"
        if len(between) > REACH + 4 or CLAUSES.intersection(between):
            return None
        if THAN.intersection(between):
            return first if is_measure(line, start) else None
        if word.value in TRANSITIVE and len(between) <= REACH:
            if SUBJECTS.isdisjoint(between) and ":" not in between:
                return first
            if is_measure(line, start):
                return first
            if governor(line, start) not in SUBJECTS and ":" not in between:
                return first
    return None


def is_measure(line: Line, start: int) -> bool:
    """Whether "than", "against" or the like holds what begins at `start`."""
    return governor(line, start) in MEASURES


def governor(line: Line, start: int) -> str:
    """The word that governs what begins at `start`, over articles and the name of the metric; "than" for all that
    compares ("compared to", "im Vergleich zum")."""
    place = _place(line, start) - 1
    while place >= 0:
        token = line.words[place]
        word = token.word
        if word in MEASURES:
            return "than"
        earlier = {each.word for each in line.words[max(0, place - 3) : place]}
        if (word in TO and BEFORE_TO & earlier) or (word in WITH and BEFORE_WITH & earlier):
            return "than"
        if word not in LINKS and not _is_label(line, token.start):
            return word
        place -= 1
    return ""


def _place(line: Line, start: int) -> int:
    return next((i for i, token in enumerate(line.words) if token.start >= start), len(line.words))


def _is_label(line: Line, start: int) -> bool:
    labels = (*line.metrics, *line.tags.get("median", ()), *line.tags.get("peers", ()))
    return any(m.start <= start < m.end for m in labels)


def label_spots(line: Line, fact: Fact, other: Fact) -> list[tuple[int, int]]:
    """Where the sentence names what sets this figure off from the other: its company, the median, its day."""
    if fact.ticker != other.ticker:
        return [(m.start, m.end) for m in line.companies if m.value == fact.ticker]
    middles = [*line.tags.get("median", ()), *line.tags.get("peers", ())]
    if fact.role != other.role:
        if fact.role == "median":
            return [(m.start, m.end) for m in middles]
        named = [m for m in line.companies if m.value == fact.ticker and not _owns(line, m, middles)]
        return [(m.start, m.end) for m in (*named, *line.tags.get("own", ()))]
    days = [(d.start, d.end) for d in line.days if fact.date is not None and d.fits(fact.date)]
    newer = fact.date is not None and other.date is not None and fact.date > other.date
    return days + ([(m.start, m.end) for m in line.tags.get("now", ())] if newer else [])


def _owns(line: Line, company: Mention, middles: list[Mention]) -> bool:
    """ "Coke's peers": the name stands for the peers there."""
    return any(
        m.start >= company.end and all(w in ("'", "’", "s") for w in line.between(company.end, m.start))
        for m in middles
    )
