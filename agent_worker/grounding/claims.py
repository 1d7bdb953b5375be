"""What a sentence says a number is: of which metric, company and date, whose median, which way.

A label binds to a number where it stands directly before ("a P/E of 27.36") or behind it ("27.36 times earnings",
"27.36 for Coke"); failing that the nearest before, failing that the nearest behind, failing that the context.
"""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from agent_worker.grounding.dates import Day
from agent_worker.grounding.facts import Fact
from agent_worker.grounding.matching import EXACT, Hedge
from agent_worker.grounding.mentions import Line, Mention
from agent_worker.grounding.numerals import Numeral
from agent_worker.grounding.phrases import word_set
from agent_worker.grounding.words import AFTER
from shared.metric_words import METRIC_WORDS

Hold = Literal["near", "sole", "far", "context", "none"]
"""Directly at the number; the only one of the sentence; elsewhere in it; from before; nowhere."""
BREAKS = word_set(", ; while but whereas und während aber and sowie | ) :")
CLAUSES = word_set("; while but whereas während aber |")
REACH = 9
UNITS = {
    "percent": ("fraction",),
    "pp": ("fraction",),
    "usd": ("usd",),
    "times": ("ratio",),
    "points": ("points",),
}


class Bound(NamedTuple):
    """The label of a number and how it holds. `others`: labels of the sentence that it might have as well."""

    value: str | None
    hold: Hold
    others: tuple[str, ...] = ()


class Told(NamedTuple):
    """What the sentences before said of figures: those of the last one, and which way a comparison without any pointed."""

    facts: tuple[Fact, ...] = ()
    way: int = 0
    """1: above its peers, −1: below them."""
    metrics: tuple[str, ...] = ()
    """What that was said of; none: what it costs."""


NOTHING = Told()


@dataclass
class Context:
    """What the sentences before leave behind for the next one."""

    subject: str | None
    metrics: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    days: tuple[Day, ...] = ()
    roles: frozenset[str] = frozenset()
    header: tuple[str, ...] = ()
    told: Told = NOTHING
    current: bool = False
    """Figures without a date have been told, and taken for the newest."""


@dataclass(slots=True)
class Claim:
    """All that is said of one number."""

    number: Numeral
    metric: Bound
    company: Bound
    days: tuple[Day, ...] = ()
    """The dates it may be of; none said: the current one."""
    dated: bool = False
    """A date stands directly at the number."""
    ago: str = ""
    """week_ago or previous: a date by its distance."""
    median: bool = False
    hedge: Hedge = EXACT
    direction: int = 0
    """Which way the words at it point: up or above 1, down or below −1."""
    part: str = ""
    """Whether a change begins at it or leads to it: from, to."""
    counted: bool = False
    told: tuple[Day, ...] = ()
    """The days that the sentences before were about."""
    items: tuple[str, ...] = ()
    """The items of the score that the sentence is about, its own or those of the one before."""
    tags: frozenset[str] = field(default_factory=frozenset)


def bind(line: Line, number: Numeral, mentions: list[Mention], kind: str) -> Bound:
    """The label of one kind that belongs to the number."""
    if not mentions:
        return Bound(None, "none")
    paired = _paired(line, number, mentions)
    others = tuple(dict.fromkeys(m.value for m in mentions))
    if paired is not None:
        return Bound(paired.value, "near", others)
    before = [m for m in mentions if m.end <= number.start]
    after = [m for m in mentions if m.start >= number.end - 1 or number.start <= m.start < number.end]
    near = before[-1] if before and _is_near(line, before[-1].end, number.start) else None
    joined = after[0] if after and attaches(line, number, after[0], kind) else None
    if near and joined and kind == "metric" and not _can_be(number, near) and _can_be(number, joined):
        near = None
    if near or joined:
        return Bound((near or joined or mentions[0]).value, "near", others)
    within = [m for m in before if not CLAUSES.intersection(line.between(m.end, number.start))]
    chosen = within[-1] if within else before[-1] if before else after[0] if after else None
    if chosen is None:
        return Bound(None, "none")
    sole = len(others) == 1 and chosen.end <= number.start
    return Bound(chosen.value, "sole" if sole else "far", others)


def _can_be(number: Numeral, mention: Mention) -> bool:
    """Whether the metric is of the number's unit."""
    units = UNITS.get(number.kind, ())
    return not units or METRIC_WORDS[mention.value].unit in units


def _is_near(line: Line, start: int, end: int) -> bool:
    """Whether nothing but words of the same clause stands between a label and the number behind it."""
    between = line.between(start, end)
    return (
        len(between) <= REACH
        and not BREAKS.difference((":", ")")).intersection(between)
        and not line.crosses(start, end)
    )


def attaches(line: Line, number: Numeral, mention: Mention | Day, kind: str) -> bool:
    """Whether only joining words stand between a number and the label behind it."""
    between = line.between(number.end, mention.start)
    if kind != "metric":
        between = [
            token.word
            for token in line.words
            if number.end <= token.start
            and token.end <= mention.start
            and not any(m.start <= token.start < m.end for m in line.metrics)
        ]
    if len(between) > 5 or line.crosses(number.end, mention.start):
        return False
    return all(word in AFTER[kind] or word in ("points", "punkte", "%") for word in between)


def _paired(line: Line, number: Numeral, mentions: list[Mention]) -> Mention | None:
    """The label in the same place of a list: "the P/E and P/B are 27.36 and 10.84"."""
    place = line.numbers.index(number)
    for first in range(len(mentions)):
        group = _run(line, mentions, first)
        if len(group) < 2:
            continue
        begin, end = group[0].start, group[-1].end
        ahead = [i for i, n in enumerate(line.numbers) if n.start >= end]
        limit = next((m.start for m in mentions if m.start > end), len(line.text) + 1)
        run = [i for i in ahead if line.numbers[i].start < limit]
        if len(run) == len(group) and place in run and _is_near(line, end, line.numbers[run[0]].start):
            return group[run.index(place)]
        behind = [i for i, n in enumerate(line.numbers) if n.end <= begin + 1]
        floor = max((m.end for m in mentions if m.end < begin), default=-1)
        run = [i for i in behind if line.numbers[i].start > floor]
        if (
            len(run) == len(group)
            and place in run
            and attaches(line, line.numbers[run[-1]], group[0], "company")
        ):
            return group[run.index(place)]
    return None


def _run(line: Line, mentions: list[Mention], first: int) -> list[Mention]:
    """Labels in a row, joined by commas and "and" alone."""
    group = [mentions[first]]
    for mention in mentions[first + 1 :]:
        between = set(line.between(group[-1].end, mention.start))
        if line.crosses(group[-1].end, mention.start) or not between <= JOINERS or not between:
            break
        group.append(mention)
    return group if len({m.value for m in group}) == len(group) else []


JOINERS = word_set(", and und & / the its der die das sowie as well")
