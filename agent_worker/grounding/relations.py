"""Whether the sentence's own comparison holds: "from 26 to 27" with "rose", "27 is above the median of 25"."""

from collections.abc import Iterator

from agent_worker.grounding.agreement import SIGNED, VALUES
from agent_worker.grounding.claims import CLAUSES, NOTHING, Claim, Told
from agent_worker.grounding.comparing import (
    MOVES,
    PREPOSITIONS,
    WAYS,
    Found,
    Pair,
    comparable,
    is_wrong,
    judge_pair,
    may_compare,
    written_pairs,
)
from agent_worker.grounding.facts import Fact
from agent_worker.grounding.known import Facts
from agent_worker.grounding.mentions import Line, Mention
from agent_worker.grounding.reading import is_start
from agent_worker.grounding.standards import THAN, is_measure

NEAR, TAKEN = 7, 3


def contradicted(
    line: Line, claims: list[Claim], resolved: dict[int, Fact], facts: Facts, told: Told = NOTHING
) -> dict[int, bool]:
    """Numbers whose comparison is wrong, by place; True where the sentence leaves no doubt what is compared."""
    words = list(_words(line))
    if not resolved or line.has("negation") or not (words or told.way):
        return {}
    usable = {place: f for place, f in resolved.items() if f.role in (*VALUES, "median", "points")}
    written = list(written_pairs(usable))
    if not words:
        return _against_told(usable, facts, told)
    best: dict[Pair, Found] = {}
    for word, tag in words:
        pair = _nearest(line, word, tag, written) or _implied(
            line, word, tag, claims, usable, facts, told.facts
        )
        if pair is None or _is_taken(line, claims, resolved, (word, tag), *pair):
            continue
        found = pair[1]
        known = best.setdefault(pair[0], found)
        nearer, other = sorted((known, found), key=lambda each: each.distance)
        conflict = pair[0].kind == "company" and other.wrong and not nearer.wrong
        best[pair[0]] = other._replace(doubt=2) if conflict else nearer
    wrong: dict[int, bool] = {}
    for each, found in best.items():
        if found.wrong:
            wrong.update({place: wrong.get(place, False) or found.doubt < 2 for place in each.places})
    return wrong


def _words(line: Line) -> Iterator[tuple[Mention, str]]:
    for tag in ("up", "down", "above", "below"):
        for word in line.tags.get(tag, ()):
            if not (word.value == "lag" and line.german):
                yield word, tag
    if not line.has("above", "below"):
        for tag in ("dear", "cheap"):
            for word in line.tags.get(tag, ()):
                yield word, tag


def _nearest(line: Line, word: Mention, tag: str, written: list[Pair]) -> tuple[Pair, Found] | None:
    """The pair that the word compares: rather one that it points at than the one that stands nearer."""
    judged = [
        (pair, found)
        for pair in written
        if may_compare(line, word, tag, pair) and (found := judge_pair(line, word, tag, pair)) is not None
    ]
    return min(judged, key=lambda each: (each[1].doubt > 1, each[1].distance), default=None)


def _is_taken(
    line: Line,
    claims: list[Claim],
    resolved: dict[int, Fact],
    said: tuple[Mention, str],
    pair: Pair,
    found: Found,
) -> bool:
    """Whether the word is about something else: another metric just named, or a figure at its side."""
    word, tag = said
    metrics = [m for m in line.metrics if m.end <= word.start and not m.loose]
    clause = [m for m in metrics if not CLAUSES.intersection(line.between(m.end, word.start))]
    if clause and clause[-1].value not in (pair.one.metric, "rating") and tag in (*MOVES, "above", "below"):
        inside = [line.numbers[p] for p in pair.places]
        if not any(clause[-1].end <= n.start for n in inside if n.end <= word.start):
            return True
    for place, claim in enumerate(claims):
        if place in pair.places:
            continue
        number, fact = claim.number, resolved.get(place)
        if number.start >= word.end and THAN.issuperset(line.between(word.end, number.start)):
            return True  # "more than 3 %", "over 20"
        if (
            fact is None
            and found.doubt > 1
            and number.end <= word.start
            and not line.between(number.end, word.start)
        ):
            return True  # "17.5 % lower": judged with the step itself
        near = number.start >= word.end and len(line.between(word.end, number.start)) <= TAKEN
        near |= number.end <= word.start and len(line.between(number.end, word.start)) <= 1
        if near and fact is not None and (fact.metric in SIGNED or fact.role in ("points", "n")):
            return True
    return False


def _implied(
    line: Line,
    word: Mention,
    tag: str,
    claims: list[Claim],
    usable: dict[int, Fact],
    facts: Facts,
    told: tuple[Fact, ...],
) -> tuple[Pair, Found] | None:
    """A pair of which one figure is only named here, or was told in the sentence before."""
    found: list[tuple[Pair, Found]] = []
    for place, fact in usable.items():
        if any(comparable(fact, other) for p, other in usable.items() if p != place):
            continue
        others = [(f, True) for f in told if comparable(fact, f)]
        others += [] if others else list(_named(line, word, tag, claims[place], fact, facts))
        for other, plain in others:
            pair = Pair(fact, other, (place,))
            judged = judge_pair(line, word, tag, pair) if may_compare(line, word, tag, pair) else None
            if judged is not None:
                found.append((pair, judged if plain else judged._replace(doubt=2)))
    return min(found, key=lambda each: each[1].distance, default=None)


def _named(
    line: Line, word: Mention, tag: str, claim: Claim, fact: Fact, facts: Facts
) -> Iterator[tuple[Fact, bool]]:
    """What the figure is set against by name: the median, another company, the day where the move began."""
    if tag in MOVES:
        starts = [day for day in line.days if is_start(line, day)]
        series = facts.of(fact.ticker, fact.metric, fact.role)
        older = [f for day in starts for f in series if f.date and day.fits(f.date) and f.date != fact.date]
        if older:
            yield older[0], True
        elif claim.part == "to" and not line.days and fact.date is not None:
            previous = facts.previous(fact.ticker, fact.metric, fact.role, fact.date)
            if previous is not None:
                yield previous, False
        return
    if fact.role not in VALUES:
        return
    if _middle_near(line, word) or tag in ("dear", "cheap"):
        yield from ((f, True) for f in facts.of(fact.ticker, fact.metric, "median") if f.date == fact.date)
    for ticker in {m.value for m in line.companies} - {fact.ticker}:
        other = facts.current(ticker, fact.metric, "value")
        if other is not None and facts.is_current(fact):
            yield other, True


def _middle_near(line: Line, word: Mention) -> bool:
    for tag in ("median", "peers"):
        for m in line.tags.get(tag, ()):
            start, end = (word.end, m.start) if m.start >= word.end else (m.end, word.start)
            between = line.between(start, end)
            if len(between) <= NEAR and not CLAUSES.intersection(between):
                return True
    return False


def _against_told(usable: dict[int, Fact], facts: Facts, told: Told) -> dict[int, bool]:
    """ "It is dearer than its peers. Its P/E is 27.36": the first figure that the words before can be about."""
    for place, fact in sorted(usable.items()):
        meant = fact.metric in told.metrics if told.metrics else fact.unit == "ratio"
        if not meant or fact.role not in VALUES or not facts.is_current(fact):
            continue
        middle = next((f for f in facts.of(fact.ticker, fact.metric, "median") if f.date == fact.date), None)
        if middle is not None and is_wrong(fact.value - middle.value, told.way):
            same = [p for p, f in usable.items() if (f.ticker, f.metric, f.role) == middle[:3]]
            return dict.fromkeys([place, *same], False)
        return {}
    return {}


def way_of(line: Line) -> int:
    """Which way a sentence without figures compares with the peers: 1 above, −1 below, 0 neither or unclear."""
    middles = [*line.tags.get("peers", ()), *line.tags.get("median", ())]
    words = list(_words(line)) if middles and not line.has("negation", "up", "down") else []
    words = [each for each in words if each[0].value not in PREPOSITIONS]
    ways = {WAYS[tag] for _, tag in words}
    if len(ways) != 1 or "?" in line.text:
        return 0
    own = all(m.start >= words[0][0].end or is_measure(line, m.start) for m in middles)
    return ways.pop() if own else 0
