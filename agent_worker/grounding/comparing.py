"""Two figures that a word may compare, and whether what it says of them is right."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from agent_worker.grounding.agreement import VALUES
from agent_worker.grounding.claims import CLAUSES
from agent_worker.grounding.facts import Fact
from agent_worker.grounding.mentions import Line, Mention
from agent_worker.grounding.phrases import word_set
from agent_worker.grounding.standards import THAN, Side, label_spots, order

CLAUSE_COST = 60
"""What a clause between a word and a figure counts, in characters."""
BARE = word_set("more less mehr weniger further")
"""Compare only with "than" or behind a figure."""
PREPOSITIONS = word_set("over über past beyond under unter off short")
"""Compare only what directly follows."""
GRADES = word_set("better worse besser schlechter poorer")
"""Say nothing of a multiple: nobody knows which way it would be better."""
WAYS = {"up": 1, "down": -1, "above": 1, "below": -1, "dear": 1, "cheap": -1}
MOVES = ("up", "down")


class Pair(NamedTuple):
    """Two figures of one metric that differ in company, date or role; `places` are those written in this sentence."""

    one: Fact
    two: Fact
    places: tuple[int, ...]

    @property
    def kind(self) -> str:
        """company, median or date: what sets them apart."""
        return (
            "company" if self.one.ticker != self.two.ticker
            else "median" if self.one.role != self.two.role else "date"
        )  # fmt: skip


class Found(NamedTuple):
    """A word that compares a pair: whether what it says is wrong, and how far it stands from it."""

    wrong: bool
    distance: int
    doubt: int
    """0 and 1: the sentence says what is compared; 2: it is told by place."""


def written_pairs(usable: dict[int, Fact]) -> Iterator[Pair]:
    """The pairs of which both figures stand in the sentence."""
    places = sorted(usable)
    for i, first in enumerate(places):
        for second in places[i + 1 :]:
            if comparable(usable[first], usable[second]):
                yield Pair(usable[first], usable[second], (first, second))


def comparable(one: Fact, two: Fact) -> bool:
    if one.metric != two.metric or one.unit != two.unit or abs(one.value - two.value) < 1e-9:
        return False
    if one.ticker != two.ticker:
        return one.role in VALUES and two.role in VALUES
    if one.role in VALUES and two.role in VALUES:
        return one.date != two.date and one.split == two.split
    if one.role == two.role:
        return one.date != two.date
    return "points" not in (one.role, two.role) and (one.role in VALUES or two.role in VALUES)


def may_compare(line: Line, word: Mention, tag: str, pair: Pair) -> bool:
    """Whether a word of this kind compares such a pair."""
    if tag in MOVES:
        return pair.kind == "date"
    if tag in ("dear", "cheap"):
        return pair.kind != "date" and pair.one.unit == "ratio"
    return not (word.value in GRADES and pair.one.unit == "ratio")


def judge_pair(line: Line, word: Mention, tag: str, pair: Pair) -> Found | None:
    """Whether the word is right about the pair."""
    way = WAYS[tag]
    distance = sum(_distance(line, word, place) for place in pair.places) + _own_cost(line, word, pair)
    if tag in MOVES:
        newer, older = (pair.one, pair.two) if _day(pair.one) > _day(pair.two) else (pair.two, pair.one)
        return Found(is_wrong(newer.value - older.value, way), distance, 0)
    sides = [
        Side(fact, (*label_spots(line, fact, other), *_number_spots(line, fact, pair)))
        for fact, other in ((pair.one, pair.two), (pair.two, pair.one))
    ]
    said = order(line, word, *sides)
    if said is None or (said.doubt and not _is_full(line, word)):
        return None
    apart = pair.one.value - pair.two.value
    signed = way * (1 if said.first else -1) * (-1 if said.turned else 1)
    return Found(is_wrong(apart, signed), distance, said.doubt)


def _number_spots(line: Line, fact: Fact, pair: Pair) -> list[tuple[int, int]]:
    facts = (pair.one, pair.two) if len(pair.places) == 2 else (pair.one,)
    return [
        (line.numbers[place].start, line.numbers[place].end)
        for place, each in zip(pair.places, facts, strict=True)
        if each is fact
    ]


def _is_full(line: Line, word: Mention) -> bool:
    """Whether the word compares without anything behind it."""
    if word.value in PREPOSITIONS:
        return False
    if word.value in BARE:
        return bool(THAN.intersection(line.between(word.end, len(line.text))[:4]))
    return True


def _distance(line: Line, word: Mention, place: int) -> int:
    number = line.numbers[place]
    start, end = (number.end, word.start) if number.end <= word.start else (word.end, number.start)
    return max(0, end - start) + CLAUSE_COST * len(CLAUSES.intersection(line.between(start, end)))


def _own_cost(line: Line, word: Mention, pair: Pair) -> int:
    """A word that has a figure of its own ("a decrease of 4.4 %") is rather about that one."""
    own = next((p for p, n in enumerate(line.numbers) if n.start >= word.end), None)
    near = own is not None and len(line.between(word.end, line.numbers[own].start)) <= 1
    return CLAUSE_COST if near and own not in pair.places else 0


def _day(fact: Fact) -> dt.date:
    return fact.date or dt.date.max


def is_wrong(difference: float, way: int) -> bool:
    return abs(difference) > 1e-9 and (difference > 0) != (way > 0)
