"""The figures of an answer and what was found out about each, and what the agent looked up (contract §1a)."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Literal

import msgspec

Verdict = Literal["quoted", "matched", "derived", "given", "mislabelled", "unsupported", "unsure"]
State = Literal["verified", "flagged", "unsure"]
LookupStatus = Literal["running", "ok", "failed"]


class Source(msgspec.Struct, frozen=True):
    """Where a figure stands: an analysis in one of its revisions, a place in it, and the figure as it is shown there."""

    ticker: str
    analysis_id: int | None
    revision: int
    as_of: dt.date | None
    where: str
    shown: str


class Figure(msgspec.Struct, frozen=True, omit_defaults=True):
    """One figure of an answer. `start` and `end` count UTF-16 code units of the whole text; `text` is what stands there.

    `source` proves it, or `formula` over `operands` does; `says` is what the analysis says instead, `why` one sentence.
    """

    start: int
    end: int
    text: str
    verdict: Verdict
    state: State
    source: Source | None = None
    formula: str | None = None
    operands: list[Source] = []
    says: Source | None = None
    why: str | None = None


class Table(msgspec.Struct, frozen=True):
    """A result as a table or a series, for the reader's app to draw; cells as they are shown."""

    columns: list[str]
    rows: list[list[str]]


class Lookup(msgspec.Struct, frozen=True, omit_defaults=True):
    """One look-up of the agent in its last state, as it is stored; `n` counts those of a turn from 1."""

    n: int
    tool: str
    words: str
    status: LookupStatus
    sources: list[Source]
    result: Table | None = None


def read_figures(stored: str | None) -> list[Figure]:
    """The column `chat_messages.figures`."""
    return msgspec.json.decode(stored, type=list[Figure]) if stored else []


def read_lookups(stored: str | None) -> list[Lookup]:
    """The column `chat_messages.lookups`."""
    return msgspec.json.decode(stored, type=list[Lookup]) if stored else []


def encode(parts: Sequence[Any]) -> str | None:
    """What a column holds; nothing where there is none."""
    return msgspec.json.encode(parts).decode() if parts else None
