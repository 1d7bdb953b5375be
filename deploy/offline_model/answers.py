"""Answers put together from the sentences and figures of an analysis: nothing in, nothing out.

Pure. Every figure in an answer stands in the block, as it stands there.
"""

import datetime as dt
import re
from collections.abc import Sequence

from deploy.offline_model.block import Block, Row
from deploy.offline_model.questions import TOPICS, Intent, Moment, Question, understand

SAYS_NOT = "The analysis does not say. It covers price, earnings, valuation, dividend, size."
SIGNATURE = "Offline model: quotes the analysis, does not reason."
NONE = "—"
MEDIAN = "peers' median"


def answer(question: str, earlier: Sequence[str], block: Block) -> str:
    """The answer to `question`, in a conversation whose `earlier` questions come oldest first."""
    return f"{_said(understand(question, earlier, block.facts.get('COMPANY', '')), block)}\n\n*{SIGNATURE}*"


def _said(asked: Question, block: Block) -> str:
    if not block.has_analysis:
        return _no_analysis(block)
    if asked.unanswerable:
        about = _topics(asked.topics, block)
        return f"The analysis does not say that. What it says:\n\n{about}" if about else SAYS_NOT
    match asked.intent:
        case Intent.DATE:
            return _on_dates(asked, block)
        case Intent.TOPICS:
            return _topics(asked.topics, block) or SAYS_NOT
        case Intent.CHANGES:
            return _changes(asked.topics, block)
        case Intent.WHY:
            return _why(block)
        case Intent.RATING:
            return _rating(block)
        case Intent.COMPARE:
            return _compared(block)
        case Intent.SWING:
            return _swing(block)
        case Intent.MISSING:
            return _not_counted(block)
        case Intent.HELP:
            return _help(block)
        case Intent.FORECAST | Intent.UNKNOWN:
            return SAYS_NOT


def _no_analysis(block: Block) -> str:
    company = block.facts.get("COMPANY", "none")
    if company == "none":
        return "No company is open, so there is no analysis to quote. Open a company's page and ask again."
    reason = block.facts.get("NOT RATED NOW")
    return f"There is no analysis of {company}{f': {sentence(reason)}' if reason else '.'}"


def _heading(block: Block) -> str:
    """ "Coca-Cola Company (KO), analysis of 22 Aug 2026: hold, score 57.9." """
    facts = block.facts
    heading = f"{facts['COMPANY']}, analysis of {day(facts['DATE'])}: **{facts['RATING']}**, score {facts['SCORE']}."
    not_rated = facts.get("NOT RATED NOW")
    return f"Not rated now: {sentence(not_rated)} The last analysis: {heading}" if not_rated else heading


def _rating(block: Block) -> str:
    return f"{_heading(block)}\n\n{block.facts['SUMMARY']}"


def _why(block: Block) -> str:
    counted = sorted(filter(points, block.reasons), key=lambda row: -abs(points(row)))
    lines = [_rating(block)]
    if counted:
        lines += ["\nWhat counts most:\n", *(f"- {row['in words']}" for row in counted[:4])]
    if counted[4:]:
        lines.append(
            f"\nThe rest: {', '.join(' '.join((row['item'], row['points'])) for row in counted[4:])}."
        )
    return "\n".join(lines)


def _topics(names: Sequence[str], block: Block) -> str:
    """All that the analysis says about the topics; empty if it says nothing."""
    reasons = [row for row in block.reasons if _is_named(row["item"], names)]
    said = " ".join(row["in words"] for row in reasons)
    paragraphs = [_reason(row) for row in reasons]
    paragraphs += [
        _metric(row) for row in block.metrics if _is_named(row["figure"], names) and row["value"] not in said
    ]
    if not paragraphs:
        return ""
    return "\n\n".join(
        [
            *paragraphs,
            f"The rating is {block.facts['RATING']}, the score {block.facts['SCORE']}"
            f" (analysis of {day(block.facts['DATE'])}).",
        ]
    )


def _reason(row: Row) -> str:
    """The item's sentence, and those of its figures that the sentence leaves out."""
    words = row["in words"]
    extra = []
    if row["points"] != "not counted" and row["points"].lstrip("+−") not in words:
        extra.append(f"That counts {row['points']} points (of {row['possible']}).")
    if row["without it"] != NONE and row["without it"].split()[0] not in words:
        score, rating = row["without it"].split(" ", 1)
        extra.append(f"Without it the score would be {score}, the rating {rating}.")
    return " ".join([sentence(words), *extra])


def _metric(row: Row) -> str:
    if row["value"] == NONE:
        return sentence(f"{row['figure']}: missing{', ' if row['note'] else ''}{row['note']}")
    median = "" if row[MEDIAN] == NONE else f"; the peers' median is {row[MEDIAN]}"
    date = "" if row["as of"] == NONE else f" ({day(row['as of'])})"
    note = f"; {row['note']}" if row["note"] else ""
    return sentence(f"{row['figure']}: {row['value']}{date}{median}{note}")


def _changes(names: Sequence[str], block: Block) -> str:
    if not block.changes:
        return f"There is no earlier analysis to compare with. {_heading(block)}"
    sentences = _changes_of(names, block) if names else block.changes
    if not sentences:
        return _topics(names, block) or SAYS_NOT
    listed = "\n".join(f"- {text}" for text in sentences)
    return f"Since the analysis of {day(block.changes_since)}:\n\n{listed}\n\n{_heading(block)}"


def _changes_of(names: Sequence[str], block: Block) -> list[str]:
    """The changes of some topics, out of all: an item's own sentence, or its part of the list of the unmoved."""
    found = []
    for text in block.changes:
        label, _, words = text.partition(": ")
        if _is_named(label, names):
            found.append(text)
        else:
            parts = [part for part in _UNMOVED.split(words.rstrip(".")) if _is_named(part, names)]
            found += [f"{label}: {part}." for part in parts]
    return found


_UNMOVED = re.compile(r"(?<=\)), ")


def _on_dates(asked: Question, block: Block) -> str:
    rows = [
        row for row in block.history if not asked.moments or any(_is(row["date"], at) for at in asked.moments)
    ]
    if not block.history:
        return SAYS_NOT
    if not rows:
        known = f"{day(block.history[-1]['date'])} to {day(block.history[0]['date'])}"
        return f"The analysis does not say: its history has the dates from {known} only."
    if asked.moments and all(at.day for at in asked.moments) and not asked.topics:
        return "\n".join(_on_date(row) for row in rows)
    columns = _columns(asked.topics, block)
    if asked.topics and not columns:
        return f"The history by date does not hold that. {_topics(asked.topics, block) or SAYS_NOT}"
    lines = [
        f"- {day(row['date'])}: {', '.join(_cell(column, row) for column in columns or ['score', 'rating'])}"
        for row in rows
    ]
    return "From the history of analyses:\n\n" + "\n".join(lines)


def _on_date(row: Row) -> str:
    figures = ", ".join(_cell(column, row) for column in row if column not in ("date", "rating", "score"))
    return f"On {day(row['date'])}: rating {row['rating']}, score {row['score']}; {figures}."


def _cell(column: str, row: Row) -> str:
    return f"{column} {row[column]}" if row[column] != NONE else f"{column} missing"


def _columns(names: Sequence[str], block: Block) -> list[str]:
    return [column for column in block.history[0] if _is_named(column, names)]


def _compared(block: Block) -> str:
    lines = [
        f"- {row['figure']}: {row['value']}, peers' median {row[MEDIAN]}"
        for row in block.metrics
        if row[MEDIAN] != NONE and row["value"] != NONE
    ]
    return "\n".join([f"{_heading(block)} Beside its peers:\n", *lines]) if lines else SAYS_NOT


def _swing(block: Block) -> str:
    rating = block.facts["RATING"]
    deciding = [
        row for row in block.reasons if row["without it"] != NONE and not row["without it"].endswith(rating)
    ]
    if not deciding:
        none = f"No single item decides it: without any one of them it would still be {rating}."
        return f"{_heading(block)} {none}\n\n{block.facts['SUMMARY']}"
    return "\n".join(
        [
            _heading(block),
            "\nThe rating would be another one without:\n",
            *(f"- {row['in words']}" for row in deciding),
        ]
    )


def _not_counted(block: Block) -> str:
    left_out = [row["in words"] for row in block.reasons if row["points"] == "not counted"]
    if not left_out:
        return f"{_heading(block)} Every item was counted."
    return "\n".join(["Not counted:\n", *(f"- {text}" for text in left_out)])


def _help(block: Block) -> str:
    items = ", ".join(row["item"] for row in block.reasons)
    return (
        f"{_heading(block)} I can quote why it is rated so, what changed since the last analysis, its score on"
        f" earlier dates, and what it says about: {items}."
    )


def _is_named(label: str, names: Sequence[str]) -> bool:
    """Whether `label`, without what it says in brackets, is of one of the topics."""
    return any(topic.name in names and topic.named.search(label.partition(" (")[0]) for topic in TOPICS)


def points(row: Row) -> float:
    """The points of a reason; 0 if it was not counted."""
    return 0.0 if row["points"] == "not counted" else float(row["points"].replace("−", "-"))


def sentence(text: str) -> str:
    """With a full stop."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def day(iso: str) -> str:
    """ "2026-08-22" is "22 Aug 2026"."""
    date = dt.date.fromisoformat(iso)
    return f"{date.day} {date:%b %Y}"


def _is(iso: str, at: Moment) -> bool:
    date = dt.date.fromisoformat(iso)
    return date.month == at.month and at.day in (None, date.day) and at.year in (None, date.year)
