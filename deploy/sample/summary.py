"""The short text of an analysis: what it says, what weighs most, what it leaves out, and who made it."""

import datetime as dt

from deploy.sample.facts import Facts
from deploy.sample.figures import Company
from shared.analysis import Rating, RationaleItem
from shared.figure_words import number, signed, snapshot
from shared.points_rule import BUY, MARGIN, RULE, SELL, rate, turning_points

MADE_BY = f'Made by the rule "{RULE}"'


def summarise(
    company: Company,
    as_of: dt.date,
    score: float,
    rating: Rating,
    previous: Rating | None,
    items: list[RationaleItem],
    facts: Facts,
) -> str:
    """Some sentences; the last says that the rule made it, and from which day."""
    parts = [
        f"{company.name} ({company.ticker}) is rated {rating} with {number(score, 1)} points.",
        *_weighing("Most in favour", [item for item in items if item.points > 0]),
        *_weighing("Most against", [item for item in items if item.points < 0]),
        *_left_out(items),
        *_kept(score, rating, previous),
        _lines(rating),
        *([_capital(f"{facts['price'].note}.")] if facts["price"].note else []),
        f"{MADE_BY} from the {snapshot(as_of)}; whether it predicts anything is untested.",
    ]
    return " ".join(parts)


def _weighing(words: str, items: list[RationaleItem]) -> list[str]:
    heaviest = sorted(items, key=lambda item: -abs(item.points))[:2]
    named = [f"{item.label} ({signed(item.points)})" for item in heaviest]
    return [f"{words}: {', '.join(named)}."] if named else []


def _left_out(items: list[RationaleItem]) -> list[str]:
    labels = [item.label for item in items if not item.counted]
    return [f"Not counted: {', '.join(labels)}."] if labels else []


def _kept(score: float, rating: Rating, previous: Rating | None) -> list[str]:
    plain = rate(score)
    if previous is None or plain == rating:
        return []
    return [
        f"By the lines alone it would be {plain}, but a rating is kept until the score is"
        f" {MARGIN:.0f} points past a line."
    ]


def _lines(rating: Rating) -> str:
    turns = " and ".join(f"{other} at {number(score, 1)}" for other, score in turning_points(rating))
    return f"Buy starts at {BUY:.0f} points and sell below {SELL:.0f}; this {rating} would become {turns}."


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
