"""What of a conversation goes to the terminal for good, in order, and never changes there. No I/O."""

from collections.abc import Callable
from dataclasses import dataclass

from deploy.cli.checked.marks import Mark, marks_in
from deploy.client.conversation import Conversation
from deploy.client.events import Added, Ended, Follower, LookedUp, Restarted
from deploy.client.turn import Turn
from shared.frames.figures import Lookup


@dataclass(frozen=True)
class Asked:
    """A question. `moved`: it is about another company than the one before."""

    turn: Turn
    moved: bool


@dataclass(frozen=True)
class Said:
    """The next piece of the answer; `first` if nothing of it was written yet."""

    text: str
    first: bool
    marks: tuple[Mark, ...] = ()
    """Behind figures of `text`; of a sentence that has not ended none are known yet."""


Piece = Asked | LookedUp | Said | Restarted | Ended


class Transcript:
    """Follows a conversation, a turn at a time; what ended before it began is left out.

    `cut` says how much of a growing text may be written for good; `ticker` is what is in view at the beginning.
    """

    def __init__(
        self, conversation: Conversation, ticker: str | None, cut: Callable[[str], int] = len
    ) -> None:
        self._conversation = conversation
        self._cut = cut
        self._done = {turn.turn_id for turn in conversation.turns if turn.stage == "ended"}
        self._current: Follower | None = None
        self._looked_up: set[str] = set()
        self._ticker = ticker

    def news(self) -> list[Piece]:
        """What has come since the last call."""
        pieces: list[Piece] = []
        if self._current and all(turn is not self._current.turn for turn in self._conversation.turns):
            self._current = None  # the gateway no longer knows of it
        for turn in self._conversation.turns:
            if turn.turn_id in self._done:
                continue
            if turn.stage == "sending" or (self._current and self._current.turn is not turn):
                break
            pieces += self._of(turn)
            if turn.stage != "ended":
                break
            self._done.add(turn.turn_id)
            self._current = None
        return pieces

    def rest(self, turn: Turn) -> Said:
        """What of the turn's text is not written yet; empty while a new attempt repeats what is."""
        if self._current is None or self._current.turn is not turn:
            return said_of(turn)
        return said_of(turn, self._current.told) if self._current.rest else Said("", first=False)

    def _of(self, turn: Turn) -> list[Piece]:
        pieces: list[Piece] = []
        if self._current is None:
            pieces.append(Asked(turn, turn.ticker != self._ticker))
            self._current, self._ticker = Follower(turn, self._cut), turn.ticker
            self._looked_up.clear()
        for event in self._current.news():
            match event:
                case LookedUp(lookup):
                    pieces += self._lookup(lookup)
                case Added(text, start):
                    pieces.append(said_of(turn, start, start + len(text)))
                case Restarted() | Ended():
                    pieces.append(event)
        return pieces

    def _lookup(self, lookup: Lookup) -> list[Piece]:
        """One that is done. What a new attempt looks up again is not written again."""
        if lookup.status == "running" or lookup.words in self._looked_up:
            return []
        self._looked_up.add(lookup.words)
        return [LookedUp(lookup)]


def said_of(turn: Turn, start: int = 0, end: int | None = None) -> Said:
    """A stretch of an answer with its marks."""
    end = len(turn.text) if end is None else end
    return Said(turn.text[start:end], not start, marks_in(turn.text, turn.figures, start, end))


def whole(turn: Turn) -> list[Piece]:
    """All of a turn that has ended."""
    looked_up = [LookedUp(lookup) for lookup in turn.lookups]
    return [Asked(turn, moved=False), *looked_up, said_of(turn), Ended(turn)]


def whole_blocks(text: str) -> int:
    """How much of a growing markdown text stands: up to the last empty line that is in no code block."""
    end = text.rfind("\n\n")
    while end > 0 and text.count("```", 0, end) % 2:
        end = text.rfind("\n\n", 0, end)
    return end + 2 if end > 0 else 0
