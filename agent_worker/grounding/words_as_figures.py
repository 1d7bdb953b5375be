"""Dates and ratings, which are figures in words."""

import datetime as dt

from agent_worker.grounding.agreement import objections
from agent_worker.grounding.claims import Claim, Context
from agent_worker.grounding.company_binding import bind_company
from agent_worker.grounding.dates import Day
from agent_worker.grounding.facts import Fact
from agent_worker.grounding.known import Facts
from agent_worker.grounding.mentions import Line, Mention
from agent_worker.grounding.numerals import Numeral
from agent_worker.grounding.phrases import word_set
from agent_worker.grounding.reading import claims_of
from agent_worker.grounding.verdicts import STATES, Judgement
from agent_worker.grounding.words import RATINGS

BEFORE_RATING = word_set(
    "of a an rated is was still as at to from rating ein eine eingestuft noch auf von als : ( remains stays be become stay"
    " the bleibt ist war mit mere plain clear from zu zum ' “ „ \" would"
)

NOT_THAT = word_set("statt instead now than anstatt currently today jetzt aktuell heute from")


def day_figures(
    line: Line, claims: list[Claim], judged: list[Judgement], facts: Facts, context: Context
) -> list[tuple[int, int, Judgement]]:
    """A date is as good as the numbers that are said to be of it; one alone is right if something known is of it."""
    found = []
    for day in line.days:
        mine = [j for c, j in zip(claims, judged, strict=True) if day in c.days and c.dated]
        found.append((day.start, day.end, _judge_day(day, mine, line, facts, context)))
    return found


def _judge_day(day: Day, mine: list[Judgement], line: Line, facts: Facts, context: Context) -> Judgement:
    bad = next((j for j in mine if j.label == "date"), None)
    if bad is not None:
        return Judgement(bad.verdict, says=bad.says, why=bad.why, label="date")
    good = next((j.fact for j in mine if j.fact is not None and STATES[j.verdict] == "verified"), None)
    if good is not None:
        return Judgement("matched", good)
    late = (
        not line.numbers and context.current and "as_of" in line.tags and not line.text.rstrip().endswith(":")
    )
    if late and not any(
        day.fits(date) or _is_close(day, date, line) for date in facts.current_dates(context.subject)
    ):
        return Judgement("unsure", why="The figures before are of another date.", label="date")
    known = sorted(date for date in facts.dates() if day.fits(date) or _is_close(day, date, line))
    if mine and not any(STATES[j.verdict] == "verified" for j in mine):
        return Judgement("unsure", why="No figure of that date fits.", label="date")
    if known:
        fact = next(
            (f for t in facts.tickers() for f in facts.of(t, "score", "value") if f.date == known[-1]), None
        )
        return Judgement("matched", fact)
    if any((g.month, g.day) == (day.month, day.day) for g in facts.given_days):
        return Judgement("given", why="It stands in the question.")
    return Judgement("unsure", why="Nothing known is of that date.")


def _is_close(day: Day, date: dt.date, line: Line) -> bool:
    return "close" in line.tags and day.fits(date - dt.timedelta(days=1))


def rating_figures(
    line: Line, facts: Facts, context: Context, *, quoted: bool
) -> list[tuple[int, int, Judgement]]:
    """The ratings named in a sentence about ratings."""
    found = []
    for rating in RATINGS:
        for mention in line.tags.get(rating, ()):
            if _is_rating(line, mention):
                judgement = (
                    Judgement("quoted") if quoted else _judge_rating(line, mention, rating, facts, context)
                )
                found.append((mention.start, mention.end, judgement))
    return found


def _is_rating(line: Line, mention: Mention) -> bool:
    before = line.between(0, mention.start)[-1:]
    if behind_company(line, mention):
        return True
    about = any(m.value in ("rating", "score") for m in line.metrics)
    behind = line.between(mention.end, len(line.text))[:1]
    return (
        (
            bool(before)
            and before[0] in BEFORE_RATING
            and (about or before[0] not in ("to", "the", "as", "at", "would"))
        )
        or (about and behind in ([], ["."], [","], [")"], ["rating"], ["with"], ["mit"], [";"]))
        or (not before and about)
    )


def behind_company(line: Line, mention: Mention) -> bool:
    """ "KO buy, 66.0 points"."""
    named = any(not line.between(c.end, mention.start) for c in line.companies if c.end <= mention.start)
    return named and line.between(mention.end, len(line.text))[:1] in (
        [],
        [","],
        [";"],
        ["."],
        [")"],
        ["("],
        ["at"],
        ["with"],
    )


def _judge_rating(line: Line, mention: Mention, rating: str, facts: Facts, context: Context) -> Judgement:
    stand_in = Numeral(mention.start, mention.end, "rating", ((0.0, 1.0),), 0, 0)
    wider = line._replace(numbers=sorted([*line.numbers, stand_in]))
    claim = next(c for c in claims_of(wider, context) if c.number is stand_in)
    company = bind_company(wider, stand_in, context)
    if line.has("without", "would", "line"):
        return _judge_conditional(line, mention, company.value, rating, facts, context)
    own = facts.of(company.value, "rating", "value")
    fits = [f for f in own if f.shown == rating and not _against(f, claim, wider, facts)]
    if fits:
        return Judgement("matched", fits[0])
    says = _says(own, claim, wider, facts)
    if not own or says is None or line.has("negation") or claim.part or company.hold in ("context", "far"):
        return Judgement("unsure", says=says, why="It is not clear whose rating, or of when, it is.")
    return Judgement("mislabelled", says=says, why=f"The rating is {says.shown}.", label="rating")


def _against(fact: Fact, claim: Claim, line: Line, facts: Facts) -> bool:
    return any(o.label in ("company", "date") for o in objections(fact, claim, line, facts))


def _says(own: list[Fact], claim: Claim, line: Line, facts: Facts) -> Fact | None:
    return next((f for f in own if not _against(f, claim, line, facts)), None)


def _judge_conditional(
    line: Line, mention: Mention, company: str | None, rating: str, facts: Facts, context: Context
) -> Judgement:
    """What the rating would be: without a named item, or past a line."""
    keys = [m.value for m in line.metrics] + list(context.metrics)
    for key in keys:
        for fact in facts.of(company, key, "without_rating"):
            if fact.shown == rating and facts.is_current(fact) and line.has("without", "would"):
                return Judgement("matched", fact)
    if any(facts.of(company, m.value, "without_rating") for m in line.metrics) and not line.has("line"):
        return Judgement("unsure", why="It is not clear when the rating would be that.")
    for fact in (*facts.of(company, "score", "line"), *facts.of(company, "rating", "value")):
        if facts.is_current(fact) and rating in (fact.label, fact.shown) and not line.has("without"):
            return Judgement("matched", fact)
    now = facts.current(company, "rating", "value")
    if now is not None and now.shown == rating and NOT_THAT.intersection(line.between(0, mention.start)[-3:]):
        return Judgement("matched", now)
    return Judgement("unsure", why="It is not clear when the rating would be that.")
