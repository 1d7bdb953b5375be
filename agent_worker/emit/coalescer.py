"""What gathers while a step is under way, in order: text, with the figures of its sentences, and look-ups between."""

from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

from shared.frames.figures import Figure, Lookup


class Piece(NamedTuple):
    """A stretch of text and the figures of the sentences that it ends."""

    text: str
    figures: list[Figure]


class Coalescer:
    """Pure. Holds everything the model wrote in this attempt; `published` is how many bytes of its text were taken."""

    def __init__(self) -> None:
        self.published = 0
        self._written: list[str] = []
        self._figures: list[Figure] = []
        self._lookups: dict[int, Lookup] = {}
        self._texts: list[str] = []
        self._waiting: deque[Piece | Lookup] = deque()

    def add(self, text: str, figures: Sequence[Figure] = ()) -> None:
        """Take the next delta."""
        self._written.append(text)
        self._texts.append(text)
        self._figures += figures
        if figures:
            self._close_piece(list(figures))

    def add_lookup(self, lookup: Lookup) -> None:
        """Take a look-up's new state."""
        self._close_piece([])
        self._lookups[lookup.n] = lookup
        self._waiting.append(lookup)

    def take(self) -> Piece | Lookup:
        """What comes next, as much of it as belongs together; it counts as published from now on."""
        self._close_piece([])
        piece = self._waiting.popleft()
        if isinstance(piece, Piece):
            while self._waiting and isinstance(following := self._waiting[0], Piece):
                piece = Piece(piece.text + following.text, piece.figures + following.figures)
                self._waiting.popleft()
            self.published += len(piece.text.encode())
        return piece

    def take_all(self) -> Piece:
        """All text and figures as one piece, for an attempt that is published again from the start; the look-ups so
        far are in `lookups`."""
        self._texts.clear()
        self._waiting.clear()
        whole = self.text
        self.published = len(whole.encode())
        return Piece(whole, self.figures)

    @property
    def text(self) -> str:
        """Everything written so far."""
        return "".join(self._written)

    @property
    def figures(self) -> list[Figure]:
        """All figures so far."""
        return list(self._figures)

    @property
    def lookups(self) -> list[Lookup]:
        """All look-ups so far, each in its last state."""
        return list(self._lookups.values())

    @property
    def waiting(self) -> bool:
        """Whether something waits to be published."""
        return bool(self._texts or self._waiting)

    def _close_piece(self, figures: list[Figure]) -> None:
        if self._texts or figures:
            self._waiting.append(Piece("".join(self._texts), figures))
            self._texts.clear()
