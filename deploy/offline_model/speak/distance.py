"""How far a rating is from another, what would change it, and what would be without an item."""

from typing import NamedTuple

from deploy.offline_model.context import Context
from deploy.offline_model.language.metrics import key_of_label
from deploy.offline_model.language.numbers import read_number
from deploy.offline_model.language.tokens import tokens_of
from deploy.offline_model.material.analysis import Analysis, Reason, as_number
from deploy.offline_model.material.lines import Lines
from deploy.offline_model.speak.basics import dated, rated, unavailable
from deploy.offline_model.speak.words import listed, metric_name, rating_word
from shared.figure_words import number

RATINGS = ("buy", "hold", "sell")
_SHORT_OF = (
    "{company} is {points} points away from a {target}: its score is {score} ({date}), and this {rating} becomes a"
    " {target} at {line}.",
    "{company} ist {points} Punkte von {target} entfernt: Die Punktzahl ist {score} ({date}), und aus {rating} wird"
    " {target} bei {line}.",
)
_IS_ALREADY = (
    "{company} is a {rating} already, with a score of {score} ({date}).",
    "{company} ist bereits mit {rating} eingestuft, Punktzahl {score} ({date}).",
)
_TURNS = (
    "It would become a {target} at {line}, {points} points away.",
    "Zu {target} würde es bei {line}, {points} Punkte entfernt.",
)
_FIRST = (
    "Before a {target} it would have to become a {step}, at {line}.",
    "Vor {target} müsste es erst zu {step} werden, bei {line}.",
)
_NO_LINE = (
    "Where its lines are the analysis does not say.",
    "Wo die Grenzen liegen, sagt die Analyse nicht.",
)
_ONE_CHANGE = (
    "Any one of these could make {company} a {target}: {items}. It is a {rating} now, with a score of {score} ({date}).",
    "Jeder dieser Posten könnte {company} allein zu {target} machen: {items}. Jetzt ist es {rating}, Punktzahl {score} ({date}).",
)
_NO_CHANGE = (
    "No single item can make {company} a {target}: it is a {rating} with a score of {score} ({date}).",
    "Kein einzelner Posten kann {company} zu {target} machen: Es ist {rating} mit Punktzahl {score} ({date}).",
)
_CAN = ("{item} (now {points}, possible {possible})", "{item} (jetzt {points}, möglich {possible})")


class Line(NamedTuple):
    """A score at which the rating would become another one."""

    rating: str
    at: str


def lines_of(text: str) -> list[Line]:
    """The lines in words such as "buy at 62.0 and sell at 38.0": a rating, then the number after it."""
    found: list[Line] = []
    rating = ""
    for token in tokens_of(text):
        if token.text in RATINGS:
            rating = token.text
        elif token.kind == "number" and rating:
            found.append(Line(rating, token.raw))
            rating = ""
    return found


def turning_lines(ctx: Context, analysis: Analysis, looked_up: Lines | None) -> list[Line]:
    """Where this rating turns, from the sentence on it in the summary, else from the look-up."""
    _, found, after = analysis.summary.partition(f"this {analysis.rating} would become ")
    own = looked_up.fact("LINES").partition(" (")[0] if looked_up else ""
    lines = lines_of(after if found else own)
    return [line for line in dict.fromkeys(lines) if line.rating != analysis.rating][:2]


def turns_to(ctx: Context, analysis: Analysis, target: str) -> list[str]:
    """Where the rating would become the target, if the summary says it."""
    return [
        _turns(ctx, analysis, line) for line in turning_lines(ctx, analysis, None) if line.rating == target
    ]


def gap(score: str, line: str) -> str:
    """Points between a score and a line."""
    return number(abs(read_number(line, german=False)[0] - (as_number(score) or 0.0)), 1)


def _turns(ctx: Context, analysis: Analysis, line: Line) -> str:
    target = rating_word(line.rating, german=ctx.german)
    return ctx.say(_TURNS, target=target, line=line.at, points=gap(analysis.score, line.at))


def speak_distance(ctx: Context) -> str:
    """How many points the score is from another rating."""
    analysis = ctx.analysis()
    looked_up = ctx.look_up("what_if", ticker=ctx.company.ticker)
    missing = unavailable(ctx, analysis)
    if missing or analysis is None:
        return missing
    lines = turning_lines(ctx, analysis, looked_up)
    target = next((each for each in ctx.question.ratings if each != analysis.rating), "")
    rating = rating_word(analysis.rating, german=ctx.german)
    line = next((each for each in lines if each.rating == target), None)
    facts = {"company": analysis.company.shown, "score": analysis.score, "date": dated(ctx, analysis.date)}
    if line:
        named = rating_word(target, german=ctx.german)
        return ctx.say(
            _SHORT_OF, rating=rating, target=named, line=line.at, points=gap(analysis.score, line.at), **facts
        )
    first = (
        ctx.say(_IS_ALREADY, rating=rating, **facts)
        if ctx.question.ratings and not target
        else rated(ctx, analysis)
    )
    said = [first, *(_turns(ctx, analysis, each) for each in lines)]
    if target and lines:
        words = [rating_word(each, german=ctx.german) for each in (target, lines[0].rating)]
        said.insert(1, ctx.say(_FIRST, target=words[0], step=words[1], line=lines[0].at))
        said[2:] = []
    return " ".join(said if lines else [*said, ctx.say(_NO_LINE)])


def speak_single_change(ctx: Context) -> str:
    """Which single item could switch the rating."""
    analysis = ctx.analysis()
    looked_up = ctx.look_up("what_if", ticker=ctx.company.ticker)
    missing = unavailable(ctx, analysis)
    if missing or analysis is None:
        return missing
    asked = [each for each in ctx.question.ratings if each != analysis.rating]
    lines = turning_lines(ctx, analysis, looked_up)
    target = asked[0] if asked else (lines[0].rating if lines else "buy")
    if ctx.question.ratings and not asked:
        return speak_distance(ctx)
    if lines and target not in [line.rating for line in lines]:
        return speak_distance(ctx)
    line = next((each for each in lines if each.rating == target), None)
    items = _from_ranges(ctx, analysis, line)
    if line is None and looked_up:
        items = _from_look_up(ctx, analysis, looked_up, target)
    said = ctx.say(
        _ONE_CHANGE if items else _NO_CHANGE,
        company=analysis.company.shown,
        rating=rating_word(analysis.rating, german=ctx.german),
        score=analysis.score,
        date=dated(ctx, analysis.date),
        target=rating_word(target, german=ctx.german),
        items=listed(items[:5], german=ctx.german, last="oder" if ctx.german else "or"),
    )
    turning = [line for line in lines if line.rating == target]
    return " ".join([said, *(_turns(ctx, analysis, line) for line in turning)])


def _from_look_up(ctx: Context, analysis: Analysis, looked_up: Lines, target: str) -> list[str]:
    """Items that can have the points that it takes."""
    rows = looked_up.table(f"TO {target.upper()}")
    able = [row for row in rows if not row.get("possible", "").startswith("no")]
    keys = [key_of_label(row.get("item", "")) for row in able]
    return [_can(ctx, reason) for key in keys if (reason := analysis.reason(key)) and reason.points]


def _from_ranges(ctx: Context, analysis: Analysis, line: Line | None) -> list[str]:
    """Items whose own range reaches over the line."""
    if line is None:
        return []
    needed = read_number(line.at, german=False)[0] - (as_number(analysis.score) or 0.0)
    return [_can(ctx, each) for each in analysis.counted if reaches(each, needed)]


def _can(ctx: Context, reason: Reason) -> str:
    """An item, the points it has, and those it could have."""
    name = metric_name(reason.key, german=ctx.german)
    possible = reason.possible.replace(" to ", " bis ") if ctx.german else reason.possible
    return ctx.say(_CAN, item=name, points=reason.points, possible=possible)


def reaches(reason: Reason, needed: float) -> bool:
    """Whether an item could still move by as many points as needed (negative: down)."""
    end = reason.highest if needed > 0 else reason.lowest
    if end is None:
        return False
    return end - reason.weight >= needed if needed > 0 else end - reason.weight <= needed
