"""What becomes known of an answer, piece by piece. No I/O.

Pieces are told from what the conversation knows, not from single frames: a socket that was lost, a snapshot in place
of what was missed, and an attempt that begins again look the same to whoever reads them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from deploy.client.turn import Turn
from shared.frames.figures import Figure, Lookup
from shared.frames.turn_events import AiComplete


@dataclass(frozen=True)
class LookedUp:
    """What the agent looks up, in its newest state: `running`, then `ok` or `failed`."""

    lookup: Lookup


@dataclass(frozen=True)
class Restarted:
    """What was told of the answer's text does not hold; it begins again."""


@dataclass(frozen=True)
class Added:
    """The next piece of the answer. `start`: how many characters of it came before."""

    text: str
    start: int


@dataclass(frozen=True)
class Checked:
    """What was found out about figures of the text so far; they may lie in earlier pieces."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Ended:
    """The turn is over. Its `ending` says how, its `text`, `figures` and `lookups` are what is stored."""

    turn: Turn


Event = LookedUp | Restarted | Added | Checked | Ended


class Follower:
    """Tells one turn from its beginning on. `cut` says how much of a growing text is told already."""

    def __init__(self, turn: Turn, cut: Callable[[str], int] = len) -> None:
        self.turn = turn
        self._cut = cut
        self._told = ""
        self._lookups: dict[int, Lookup] = {}
        self._figures: list[Figure] = []
        self.ended = False
        """Whether `Ended` was told."""

    @property
    def rest(self) -> str:
        """What of the text is not told yet; empty while a new attempt repeats what is."""
        return self.turn.text[len(self._told) :] if self.turn.text.startswith(self._told) else ""

    @property
    def told(self) -> int:
        """How many characters of the answer are told."""
        return len(self._told)

    def news(self) -> list[Event]:
        """What has come since the last call; `Ended` is the last of all."""
        if self.ended:
            return []
        self.ended = self.turn.stage == "ended"
        events: list[Event] = [*self._looked_up(), *self._added(), *self._checked()]
        return [*events, Ended(self.turn)] if self.ended else events

    def _looked_up(self) -> list[Event]:
        new = [lookup for lookup in self.turn.lookups if self._lookups.get(lookup.n) != lookup]
        self._lookups = {lookup.n: lookup for lookup in self.turn.lookups}
        return [LookedUp(lookup) for lookup in new]

    def _added(self) -> list[Event]:
        """The text's next piece. A new attempt that says the same words goes on where the one before was."""
        events: list[Event] = []
        text, told = self.turn.text, self._told
        complete = isinstance(self.turn.ending, AiComplete)
        if not text.startswith(told) and (complete or not told.startswith(text)):
            events.append(Restarted())
            told = ""
        end = len(text) if self.ended else self._cut(text)
        if end > len(told) and text.startswith(told):
            events.append(Added(text[len(told) : end], len(told)))
            told = text[:end]
        self._told = told
        return events

    def _checked(self) -> list[Event]:
        figures, known = self.turn.figures, len(self._figures)
        new = figures[known:] if figures[:known] == self._figures else figures
        self._figures = list(figures)
        return [Checked(tuple(new))] if new else []
