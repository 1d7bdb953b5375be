"""Where the figures of an answer get a mark. No I/O.

A figure that stands in the analysis, or in the question, is text like any other; so is one of which nothing could be
found out.
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from shared.frames.figures import Figure

FLAGGED, DERIVED = "!", "≈"


class Mark(NamedTuple):
    """A sign behind the character `at - 1` of a text."""

    at: int
    sign: str


def sign(figure: Figure) -> str:
    """What is put behind a figure; empty for most."""
    if figure.state == "flagged":
        return FLAGGED
    return DERIVED if figure.state == "verified" and figure.verdict == "derived" else ""


def marks_in(text: str, figures: Iterable[Figure], start: int, end: int) -> tuple[Mark, ...]:
    """The marks of `text[start:end]`, counted from `start`, in order.

    A place that does not show the figure's very characters gets none: better no mark than one on another figure.
    The number of a list's item gets none either: with a sign behind it, it would number nothing.
    """
    shown = [figure for figure in figures if sign(figure)]
    if not shown:
        return ()
    place = {units: at for at, units in enumerate(accumulate(map(_units, text), initial=0))}
    marks = set()
    for figure in shown:
        first, last = place.get(figure.start, -1), place.get(figure.end, -1)
        if (
            start <= first < last <= end
            and text[first:last] == figure.text
            and not _numbers(text, first, last)
        ):
            marks.add(Mark(last - start, sign(figure)))
    return tuple(sorted(marks))


def with_marks(text: str, marks: Sequence[Mark], signs: dict[str, str] | None = None) -> str:
    """The text with its marks; `signs` says what is written for each."""
    parts, done = [], 0
    for at, mark in marks:
        parts += [text[done:at], (signs or {}).get(mark, mark)]
        done = at
    return "".join([*parts, text[done:]])


def _units(character: str) -> int:
    """How many UTF-16 code units a character takes."""
    return 2 if character > "\uffff" else 1


def _numbers(text: str, first: int, last: int) -> bool:
    """Whether the figure is the number of a list's item."""
    line = text[text.rfind("\n", 0, first) + 1 : first]
    return (
        not line.strip(" \t>")
        and text[last : last + 1] in (".", ")")
        and text[last + 1 : last + 2] in (" ", "\t")
    )
