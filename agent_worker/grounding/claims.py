"""What a sentence says a number is: of which metric, company and date, whose median, which way.

A label binds to a number where it stands directly before ("a P/E of 27.36") or behind it ("27.36 times earnings",
"27.36 for Coke"); failing that the nearest before, failing that the nearest behind, failing that the context.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from agent_worker.grounding.dates import Day
from agent_worker.grounding.matching import EXACT, Hedge
from agent_worker.grounding.mentions import Line, Mention
from agent_worker.grounding.numerals import Numeral
from agent_worker.grounding.phrases import word_set
from agent_worker.grounding.words import AFTER
from shared.metric_words import METRIC_WORDS

Hold = Literal["near", "far", "context", "none"]
BREAKS = word_set(", ; while but whereas und während aber and sowie | ) :")
CLAUSES = word_set("; while but whereas während aber |")
PREPOSITIONS = word_set("of for in among at des für bei von zum im under with on per to vs against the")
ARTICLES = word_set("the its their a an his der die das ein eine sein ihr")
FORWARD_STOPS = word_set("; while but whereas während aber und and with at mit than als")
BACK = word_set(
    "for the ( is as of its , a at among in being bei im der die das ist für den dem sind - – s ’ ' what was would be"
    " beim median an to auf one"
)
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


@dataclass
class Context:
    """What the sentences before leave behind for the next one."""

    subject: str | None
    metrics: tuple[str, ...] = ()
    days: tuple[Day, ...] = ()
    roles: frozenset[str] = frozenset()


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
    part: Literal["", "from", "to"] = ""
    counted: bool = False
    tags: frozenset[str] = field(default_factory=frozenset)


def bind_metric(line: Line, number: Numeral, context: Context) -> Bound:
    """The metric of a number. Loose words count only where their unit can be the number's."""
    units = UNITS.get(number.kind, ())
    points = number.kind == "points"
    usable = [
        m for m in line.metrics
        if not m.loose or points or METRIC_WORDS[m.value].unit in units
        or (number.kind == "plain" and METRIC_WORDS[m.value].unit in ("ratio", "points") )
    ]  # fmt: skip
    strict = [m for m in usable if not m.loose]
    bound = bind(line, number, strict, "metric")
    if bound.hold != "near":
        loose = bind(line, number, usable, "metric")
        if loose.hold == "near" or bound.value is None:
            bound = loose
    if bound.value is None and context.metrics:
        return Bound(context.metrics[-1], "context", context.metrics[:-1])
    return bound


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
    if before and _is_near(line, before[-1].end, number.start):
        return Bound(before[-1].value, "near", others)
    if after and attaches(line, number, after[0], kind):
        return Bound(after[0].value, "near", others)
    within = [m for m in before if not CLAUSES.intersection(line.between(m.end, number.start))]
    chosen = within[-1] if within else before[-1] if before else after[0] if after else None
    if chosen is None:
        return Bound(None, "none")
    return Bound(chosen.value, "near" if len(others) == 1 else "far", others)


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


def bind_company(line: Line, number: Numeral, context: Context) -> Bound:
    """Whose the number is."""
    bound = bind(line, number, line.companies, "company")
    return Bound(context.subject, "context") if bound.value is None else bound


def medians(line: Line) -> set[int]:
    """The places, among the numbers, of those that the sentence calls the peers' median."""
    found: set[int] = set()
    for mention in (*line.tags.get("median", ()), *line.tags.get("peers", ())):
        ahead = next(
            (i for i, n in enumerate(line.numbers) if n.start >= mention.end and not counts(line, n)), None
        )
        if ahead is not None and _leads(line, mention, line.numbers[ahead]):
            found.add(ahead)
            if mention.value.endswith(("medians", "mediane")):
                found.update(range(ahead, len(line.numbers)))
            continue
        back = next(
            (i for i in reversed(range(len(line.numbers))) if line.numbers[i].end <= mention.start), None
        )
        if back is not None and BACK.issuperset(_without_labels(line, line.numbers[back].end, mention.start)):
            found.add(back)
    return found


def _leads(line: Line, mention: Mention, number: Numeral) -> bool:
    """Whether the words from "median" to the number keep to the median."""
    if any(mention.end <= c.start < number.start for c in line.companies):
        return False
    crossed = [n for n in line.numbers if mention.end <= n.start < number.start]
    if any(not counts(line, n) for n in crossed):
        return False
    between = line.between(mention.end, number.start)
    if "median" in between and not mention.value.startswith("median"):
        return False
    for place, word in enumerate(between):
        last = place == len(between) - 1
        if word in FORWARD_STOPS and not last:
            return False
        if word == "," and not last and between[place + 1] not in ("at", "which"):
            return False
        if (
            word in ARTICLES
            and (place == 0 or between[place - 1] not in PREPOSITIONS)
            and _metric_follows(line, mention, place)
        ):
            return False
    return len(between) <= 12 and not any(
        mention.end <= each.start < number.start
        for tag in ("above", "below", "up", "down", "own")
        for each in line.tags.get(tag, ())
    )


def _metric_follows(line: Line, mention: Mention, place: int) -> bool:
    ahead = [token for token in line.words if token.start >= mention.end]
    follows = ahead[place + 1].start if place + 1 < len(ahead) else -1
    return any(m.start == follows and not m.loose for m in line.metrics)


def _without_labels(line: Line, start: int, end: int) -> list[str]:
    labels = [*line.metrics, *line.tags.get("peers", ()), *line.tags.get("median", ())]
    return [
        token.word
        for token in line.words
        if start <= token.start
        and token.end <= end
        and not any(m.start <= token.start < m.end for m in labels)
    ]


def counts(line: Line, number: Numeral) -> bool:
    """Whether a bare whole number counts companies: "16 profitable companies", "(n = 16)", "20 in Food"."""
    if not number.whole:
        return False
    if line.between(0, number.start)[-2:] in (["n", "="], ["n", ":"]):
        return True
    for mention in line.tags.get("counted", ()):
        if mention.start >= number.end:
            between = line.between(number.end, mention.start)
            return (
                len(between) <= 3
                and not line.crosses(number.end, mention.start)
                and not BREAKS.intersection(between)
            )
    return any(
        mention.start >= number.end
        and line.between(number.end, mention.start) in ([], ["in"], ["aus"], ["of", "the"], ["from"])
        for mention in line.tags.get("peers", ())
    )
