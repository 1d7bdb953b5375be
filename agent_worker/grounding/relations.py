"""Whether the sentence's own comparison holds: "from 26 to 27" with "rose", "27 is above the median of 25"."""

import datetime as dt
from collections.abc import Iterator

from agent_worker.grounding.agreement import VALUES
from agent_worker.grounding.claims import CLAUSES, Claim
from agent_worker.grounding.facts import Fact
from agent_worker.grounding.known import Facts
from agent_worker.grounding.mentions import Line, Mention
from agent_worker.grounding.reading import is_start

NEAR = 7
PASSIVE = frozenset(("exceeded", "topped", "surpassed", "übertroffen", "beaten"))


def contradicted(line: Line, claims: list[Claim], resolved: dict[int, Fact], facts: Facts) -> dict[int, bool]:
    """Numbers whose comparison is wrong, by place; True where the sentence leaves no doubt what is compared."""
    if line.has("negation"):
        return {}
    found: dict[int, bool] = {}
    for places, plain in (*_moves(line, claims, resolved, facts), *_comparisons(line, resolved, facts)):
        for place in places:
            found[place] = found.get(place, False) or plain
    return found


def _moves(
    line: Line, claims: list[Claim], resolved: dict[int, Fact], facts: Facts
) -> Iterator[tuple[tuple[int, ...], bool]]:
    """Directions of "from … to …", and of "rose to …"."""
    for place, claim in enumerate(claims):
        fact = resolved.get(place)
        if fact is None or fact.role not in (*VALUES, "median", "points") or not line.has("up", "down"):
            continue
        before = next(
            (
                p
                for p in range(len(claims))
                if p != place and claims[p].part == "from" and abs(p - place) <= 2 and p in resolved
            ),
            None,
        )
        if claim.part == "from" or claim.direction == 0:
            continue
        if before is not None and _same(fact, resolved[before]):
            if _is_wrong(fact.value - resolved[before].value, _way(line, claim)):
                yield (before, place), True
        elif claim.part == "to" and fact.date is not None and not _has_step(claims, resolved, place):
            older = _start(line, fact, facts)
            if older is not None and _is_wrong(fact.value - older.value, _way(line, claim)):
                yield (place,), bool(line.days)


def _has_step(claims: list[Claim], resolved: dict[int, Fact], place: int) -> bool:
    """Whether the number before says by how much, and so has been checked for its direction."""
    return place > 0 and place - 1 not in resolved and claims[place - 1].direction != 0


def _start(line: Line, fact: Fact, facts: Facts) -> Fact | None:
    """What the fact moved from: that of the day named as the start, else the one before."""
    for day in line.days:
        if is_start(line, day):
            return next(
                (f for f in facts.of(fact.ticker, fact.metric, fact.role) if f.date and day.fits(f.date)),
                None,
            )
    return facts.previous(fact.ticker, fact.metric, fact.role, fact.date or dt.date.min)


def _way(line: Line, claim: Claim) -> int:
    ups, downs = line.tags.get("up", []), line.tags.get("down", [])
    if bool(ups) != bool(downs):
        return 1 if ups else -1
    nearest = max((m for m in (*ups, *downs) if m.end <= claim.number.start), default=None)
    return 0 if nearest is None else 1 if nearest in ups else -1


def _same(one: Fact, two: Fact) -> bool:
    return (
        (one.ticker, one.metric) == (two.ticker, two.metric)
        and one.date != two.date
        and one.split == two.split
    )


def _is_wrong(difference: float, way: int) -> bool:
    return bool(way) and abs(difference) > 1e-9 and (difference > 0) != (way > 0)


def _comparisons(
    line: Line, resolved: dict[int, Fact], facts: Facts
) -> Iterator[tuple[tuple[int, ...], bool]]:
    """ "A above B", where B is a number, the median behind the word, or another company's figure."""
    words = [("above", 1), ("below", -1)]
    if line.has("median", "peers") and not line.has("above", "below"):
        words += [("dear", 1), ("cheap", -1)]
    for tag, way in words:
        for word in line.tags.get(tag, ()):
            sides = _sides(line, word, resolved, facts)
            turned = (
                -way
                if word.value in PASSIVE
                and line.between(word.end, len(line.text))[:1] in (["by"], ["vom"], ["von"])
                else way
            )
            if sides is not None and _is_wrong(sides[0].value - sides[1].value, turned):
                yield sides[2], True


def _sides(
    line: Line, word: Mention, resolved: dict[int, Fact], facts: Facts
) -> tuple[Fact, Fact, tuple[int, ...]] | None:
    numbers = line.numbers
    left = [
        p
        for p in resolved
        if numbers[p].end <= word.start and not CLAUSES.intersection(line.between(numbers[p].end, word.start))
    ]
    right = [
        p
        for p in resolved
        if numbers[p].start >= word.end and not CLAUSES.intersection(line.between(word.end, numbers[p].start))
    ]
    middle = _median_behind(line, word)
    if line.between(word.end, len(line.text))[:3] in (
        ["of", "the", "two"],
        ["der", "beiden", "."],
        ["der", "beiden", ";"],
    ):
        every = [p for p in resolved if resolved[p].role in VALUES]
        if len(every) == 2 and _same_kind(resolved[every[0]], resolved[every[1]]):
            return resolved[every[0]], resolved[every[1]], (every[0], every[1])
    ahead = [p for p in right if resolved[p].role in VALUES]
    if not left and len(ahead) == 2 and not middle and _same_kind(resolved[ahead[0]], resolved[ahead[1]]):
        one, two = ahead if "than" not in line.between(word.end, numbers[ahead[0]].start) else ahead[::-1]
        return resolved[one], resolved[two], (one, two)
    own = [p for p in left if resolved[p].role in VALUES] or [
        p for p in right if middle and resolved[p].role in VALUES
    ]
    if not own:
        return None
    mine = own[-1] if left else own[0]
    a = resolved[mine]
    for place in right:
        b = resolved[place]
        if (
            place != mine
            and b.metric == a.metric
            and b.unit == a.unit
            and (b.role, b.ticker) != (a.role, a.ticker)
        ):
            return a, b, (mine, place)
    middle = middle or word in (*line.tags.get("dear", ()), *line.tags.get("cheap", ()))
    if middle:
        other = next((f for f in facts.of(a.ticker, a.metric, "median") if f.date == a.date), None)
        if other is not None:
            return a, other, (mine,)
    return None


def _median_behind(line: Line, word: Mention) -> bool:
    return any(
        m.start >= word.end
        and len(line.between(word.end, m.start)) <= NEAR
        and not CLAUSES.intersection(line.between(word.end, m.start))
        for tag in ("median", "peers")
        for m in line.tags.get(tag, ())
    )


def _same_kind(one: Fact, two: Fact) -> bool:
    return one.metric == two.metric and one.ticker != two.ticker
