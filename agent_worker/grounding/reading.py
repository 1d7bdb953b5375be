"""Turn a sentence into claims: every number with its labels, its date, its direction and its hedge."""

from itertools import pairwise

from agent_worker.grounding.claims import CLAUSES, Claim, Context, attaches
from agent_worker.grounding.company_binding import bind_company
from agent_worker.grounding.dates import Day
from agent_worker.grounding.matching import EXACT, Hedge
from agent_worker.grounding.medians import counts, medians
from agent_worker.grounding.mentions import Line, Mention
from agent_worker.grounding.metric_binding import bind_metric
from agent_worker.grounding.numerals import Numeral
from agent_worker.grounding.phrases import word_set

TOTALS = frozenset(("score", "rating"))
CHANGES = ("up", "down")
COMPARISONS = ("above", "below")
POINTS = ("adds", "takes")
FORWARDS = word_set("up above adds")
SINCE = word_set("since seit against versus vs compared gegenüber verglichen vergleich seitdem")
MADE_FROM = word_set("snapshot analysis data reading close analyse schnappschuss stand session")
FROM, TO = word_set("from von vom"), word_set("to auf → -> bis")
SKIPPED = word_set(
    "$ about around roughly a the rund etwa ca . approximately nearly almost just over under s only € us"
)
SPANS = (["to"], ["bis"], ["–"], ["-"], ["until"], ["through"], ["→"], ["bis", "zum"], ["to", "the"])
SPAN_WORDS = word_set("between zwischen")
WHEN = word_set("when where as als wo damals")
NEAR_WORDS = 3


def claims_of(line: Line, context: Context) -> list[Claim]:
    """One claim for each number of the sentence, in order."""
    middle = medians(line)
    attached = {id(day) for number in line.numbers for day in _attached_days(line, number)}
    items = (
        tuple(dict.fromkeys(m.value for m in line.metrics if not m.loose and m.value not in TOTALS))
        or context.items
    )
    claims = []
    for place, number in enumerate(line.numbers):
        claim = Claim(
            number,
            bind_metric(line, number, context),
            bind_company(line, number, context, median=place in middle),
            median=place in middle or ("median" in context.roles and not line.has("own")),
            hedge=hedge(line, number),
            part=_part(line, place),
            counted=counts(line, number),
            tags=frozenset(line.tags) | context.roles,
            items=items,
            told=context.days,
        )
        claim.direction = direction(line, number)
        claim.ago = _ago(line, number)
        _date(line, claim, attached, context)
        claims.append(claim)
    return claims


def direction(line: Line, number: Numeral) -> int:
    """1 or −1 for the telling word that belongs to the number: close behind it, before it, or further behind."""
    tags = (*CHANGES, *COMPARISONS, *(POINTS if number.kind in ("points", "plain") else ()))
    mine = sorted((m.start, m.end, tag) for tag in tags for m in line.tags.get(tag, ()))
    mine = [m for m in mine if not _is_hedge(line, m, mine)]
    behind = [m for m in mine if m[0] >= number.end and not line.crosses(number.end, m[0])]
    before = [m for m in mine if m[1] <= number.start]
    close = [
        m
        for m in behind
        if _gap(line, number.end, m[0]) <= NEAR_WORDS and _same_clause(line, number.end, m[0])
    ]
    direct = [
        m for m in before if not line.crosses(m[1], number.start) and _same_clause(line, m[1], number.start)
    ]
    if close and (
        not direct or _gap(line, number.end, close[0][0]) <= min(1, _gap(line, direct[-1][1], number.start))
    ):
        return _sign(close[0][2])
    if direct:
        return _sign(direct[-1][2])
    if close or behind:
        chosen = (close or [m for m in behind if _same_clause(line, number.end, m[0])])[:1]
        if chosen:
            return _sign(chosen[0][2])
    crossing = [m for m in before if _same_clause(line, m[1], number.start, CLAUSES)]
    return _sign(crossing[-1][2]) if crossing else 0


def _is_hedge(line: Line, word: tuple[int, int, str], words: list[tuple[int, int, str]]) -> bool:
    """ "fell more than 3 %": another word says which way."""
    if word[2] not in COMPARISONS or not any(0 <= n.start - word[1] <= 2 for n in line.numbers):
        return False
    return any(other[2] in CHANGES and 0 <= word[0] - other[1] <= 4 for other in words)


def _sign(tag: str) -> int:
    return 1 if tag in FORWARDS else -1


def _gap(line: Line, start: int, end: int) -> int:
    return len(line.between(start, end))


def _same_clause(
    line: Line, start: int, end: int, breaks: frozenset[str] = CLAUSES | {",", "and", "und"}
) -> bool:
    return not breaks.intersection(line.between(start, end))


def hedge(line: Line, number: Numeral) -> Hedge:
    """Whether "about", "over" or "nearly" stands directly before the number ("or so" behind it)."""
    found = EXACT
    for tag, loose in (("about", Hedge(about=True)), ("beyond", Hedge(side=1)), ("nearly", Hedge(side=-1))):
        for mention in line.tags.get(tag, ()):
            if mention.end <= number.start and not line.between(mention.end, number.start):
                found = Hedge(found.about or loose.about, found.side or loose.side)
            elif tag == "about" and mention.value == "or so" and not line.between(number.end, mention.start):
                found = Hedge(about=True)
    return found


def _part(line: Line, place: int) -> str:
    """Whether the number is where a change begins or ends."""
    number = line.numbers[place]
    start = line.numbers[place - 1].end if place else 0
    before = [word for word in line.between(start, number.start) if word not in SKIPPED][-1:]
    ahead = line.numbers[place + 1].start if place + 1 < len(line.numbers) else len(line.text)
    if "→" in line.between(number.end, ahead)[:2] or "->" in line.text[number.end : ahead]:
        return "from"
    if before and (
        before[0] in ("→", ">")
        or (before[0] in TO and line.has("up", "down", "change", "from", "adds", "takes"))
    ):
        return "to"
    if before and before[0] in FROM:
        behind = [word for word in line.between(number.end, ahead) if word not in SKIPPED][:3]
        leads = bool(TO.intersection(behind)) and not {",", "and", "und", ";"}.intersection(behind)
        return "from" if leads or (before[0] == "from" and line.has("up", "down", "change")) else ""
    return ""


def _attached_days(line: Line, number: Numeral) -> list[Day]:
    day = next((day for day in line.days if day.start >= number.end), None)
    if day is None or not attaches(line, number, day, "date"):
        return []
    between = set(line.between(number.end, day.start))
    behind = line.between(day.end, len(line.text))
    if "," in between and (
        any(n.start >= day.end for n in line.numbers) or any(d.end <= number.start for d in line.days)
    ):
        return []
    if behind[:1] == [":"] and any(n.start >= day.end for n in line.numbers):
        return []
    if between & SINCE or ("from" in between and not between & MADE_FROM):
        return []
    return [day]


def is_start(line: Line, day: Day) -> bool:
    """Whether the day is where a span begins ("since 15 Aug")."""
    before = line.between(max(0, day.start - 30), day.start)[-4:]
    moved = line.has("up", "down", "change", "difference") or span(line) is not None
    return bool(SINCE.intersection(before)) or (moved and before[-1:] in (["from"], ["von"], ["vom"], ["ab"]))


def span(line: Line) -> tuple[Day, Day] | None:
    """Two days that are said to be the ends of a span: "8 Aug to 22 Aug", "between 8 and 22 Aug"."""
    for one, two in pairwise(line.days):
        between = line.between(one.end, two.start)
        if between in SPANS or (
            between in (["and"], ["und"]) and SPAN_WORDS.intersection(line.between(0, one.start)[-3:])
        ):
            return one, two
    return None


def _date(line: Line, claim: Claim, attached: set[int], context: Context) -> None:
    """Find the dates that the number may be of."""
    number = claim.number
    ends = span(line)
    own = _attached_days(line, number)
    starts = [day for day in line.days if is_start(line, day)]
    free = [day for day in line.days if id(day) not in attached and day not in starts]
    before = [day for day in free if day.end <= number.start and not _now_between(line, day, number)]
    if ends and (claim.part or ends[0] in (*own, *before, *starts)):
        claim.days, claim.dated = (ends[0] if claim.part == "from" else ends[1],), True
    elif own:
        claim.days, claim.dated = tuple(own), True
    elif starts and (claim.part == "from" or _is_told_of(line, starts[0], number)):
        claim.days, claim.dated = (starts[0],), True
    elif before:
        claim.days, claim.dated = (before[-1],), True
    elif claim.ago or claim.part == "from":
        return
    elif len(free) == 1 and len(line.days) == 1 and not any(n.start >= free[0].end for n in line.numbers):
        claim.days, claim.dated = tuple(free), not line.has("now")
    elif not line.days:
        claim.days = context.days[-1:]


def _is_told_of(line: Line, start: Day, number: Numeral) -> bool:
    """Whether the number is what stood on the first day: "compared with 8 Aug, when it was 26.14"."""
    between = line.between(start.end, number.start)
    return (
        start.end <= number.start
        and not line.crosses(start.end, number.start)
        and bool(between)
        and (between == ["("] or (len(between) <= 6 and bool(WHEN.intersection(between))))
    )


def _ago(line: Line, number: Numeral) -> str:
    """A date by its distance that stands at the number."""
    for tag in ("week_ago", "previous"):
        for mention in line.tags.get(tag, ()):
            if mention.start >= number.end:
                if _gap(line, number.end, mention.start) <= 4 and not line.crosses(number.end, mention.start):
                    return tag
            elif (
                not line.crosses(mention.end, number.start)
                and not _taken(line, mention)
                and not _now_between(line, mention, number)
            ):
                return tag
    return ""


def _taken(line: Line, mention: Mention) -> bool:
    """Whether the number before the words has them already."""
    before = [n for n in line.numbers if n.end <= mention.start]
    return bool(before) and _gap(line, before[-1].end, mention.start) <= 4


def _now_between(line: Line, mention: Mention | Day, number: Numeral) -> bool:
    return any(mention.end <= now.start < number.start for now in line.tags.get("now", ()))
