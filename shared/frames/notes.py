"""What Redis keeps of a running answer beside its text: how it began, its look-ups, its figures, in the order they came.

The worker writes them; a snapshot reads them, and so does the worker that ends an answer which another one began.
"""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from shared.frames.figures import Figure, Lookup
from shared.frames.turn_events import AnalysisRef


class StartNote(msgspec.Struct, frozen=True, tag="start"):
    """The answer began from this analysis, by this model."""

    context: AnalysisRef | None
    model: str


class LookupNote(msgspec.Struct, frozen=True, tag="lookup"):
    """A look-up's state; the newest of its `n` counts."""

    lookup: Lookup


class FiguresNote(msgspec.Struct, frozen=True, tag="figures"):
    """Figures of the sentences that ended since the last such note."""

    figures: list[Figure]


class Notes(NamedTuple):
    """All notes of an answer together."""

    context: AnalysisRef | None
    model: str
    figures: list[Figure]
    lookups: list[Lookup]


_decoder = msgspec.json.Decoder(StartNote | LookupNote | FiguresNote)


def write_note(note: StartNote | LookupNote | FiguresNote) -> bytes:
    """A note as it is kept."""
    return msgspec.json.encode(note)


def read_notes(notes: Iterable[bytes]) -> Notes:
    """The notes as `catch_up` and `adopt` return them."""
    start, figures, lookups = StartNote(None, ""), list[Figure](), dict[int, Lookup]()
    for note in map(_decoder.decode, notes):
        match note:
            case StartNote():
                start = note
            case LookupNote(lookup):
                lookups[lookup.n] = lookup
            case FiguresNote(more):
                figures += more
    return Notes(start.context, start.model, figures, list(lookups.values()))
