"""What the chat says about the figures of an answer and its look-ups. No I/O."""

from collections.abc import Sequence
from typing import NamedTuple

from deploy.cli.checked.marks import DERIVED, FLAGGED, sign
from shared.figure_words import day
from shared.frames.figures import Figure, Lookup, Source
from shared.metric_words import METRIC_WORDS

MARKS = f"A figure with {FLAGGED} is not in the analysis, one with {DERIVED} is worked out from it."
NOTHING_ANSWERED = "Nothing was answered yet."
NO_FIGURES = "The last answer has no figures."
GIVEN = "as in the question"
UNSURE = "not checked: more than one reading is left"

ROLES = {
    "median": "peers' median",
    "n": "number of peers",
    "low": "fewest points",
    "high": "most points",
    "without": "without it",
}


class Line(NamedTuple):
    """One line of an answer's sources: how the figure is written, empty for a further line of it, and what is said."""

    figure: str
    said: str


def count(figures: Sequence[Figure]) -> str:
    """ "9 figures · 8 verified · 1 not found"; empty where there is none."""
    if not figures:
        return ""
    states = [figure.state for figure in figures]
    said = [f"{len(figures)} figure{'s' if len(figures) > 1 else ''}", f"{states.count('verified')} verified"]
    flagged = states.count("flagged")
    return " · ".join([*said, f"{flagged} not found"] if flagged else said)


def reasons(figures: Sequence[Figure]) -> list[str]:
    """ "! 8.03: The analysis has no such figure." for each flagged figure; what was said of one is not said again."""
    said = (f"{FLAGGED} {figure.text}: {_why(figure)}" for figure in figures if figure.state == "flagged")
    return list(dict.fromkeys(said))


def notes(figures: Sequence[Figure]) -> list[str]:
    """Of every figure that has a mark, what the mark would say: for a text that is left as it is."""
    derived = [figure for figure in figures if sign(figure) == DERIVED]
    said = (f"{DERIVED} {figure.text}: {figure.formula or 'worked out'}" for figure in derived)
    return [*reasons(figures), *dict.fromkeys(said)]


def sources(figures: Sequence[Figure]) -> list[Line]:
    """Where each figure of an answer stands; for one that is worked out the formula, then its operands."""
    told: list[Line] = []
    for figure in figures:
        first, *further = _said(figure)
        told += [Line(figure.text + sign(figure), first), *(Line("", line) for line in further)]
    return told


def lookup(state: Lookup) -> str:
    """ "Looking up PepsiCo, 22 Aug…" while it runs; without the dots when it is done."""
    words = state.words.rstrip("…")
    match state.status:
        case "running":
            return f"{words}…"
        case "failed":
            return f"{words}: that failed"
        case "ok":
            return words


def place(source: Source) -> str:
    """ "Dividend yield, peers' median · KO · 22 Aug: 2.61 %"."""
    _, _, where = source.where.partition("/")
    key, _, role = (where or source.where).partition("/")
    label = METRIC_WORDS[key].label if key in METRIC_WORDS else key.replace("_", " ").capitalize()
    metric = f"{label}, {ROLES[role]}" if role in ROLES else label
    date = day(source.as_of) if source.as_of else ""
    revised = f"revision {source.revision}" if source.revision > 1 else ""
    return f"{' · '.join(part for part in (metric, source.ticker, date, revised) if part)}: {source.shown}"


def _said(figure: Figure) -> list[str]:
    if figure.state == "flagged":
        return [_why(figure), *([place(figure.says)] if figure.says else [])]
    if figure.formula or figure.operands:
        return [f"worked out: {figure.formula or ''}".rstrip(": "), *map(place, figure.operands)]
    if figure.source:
        return [place(figure.source)]
    return [GIVEN if figure.verdict == "given" else UNSURE]


def _why(figure: Figure) -> str:
    if figure.why:
        return figure.why
    if figure.verdict == "mislabelled":
        return "The analysis has this figure for something else."
    return "The analysis has no such figure."
