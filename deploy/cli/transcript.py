"""What of a conversation goes to the terminal for good, in order, and never changes there. No I/O."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from deploy.client.conversation import Conversation
from deploy.client.turn import Turn
from shared.frames.turn_events import AiComplete


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


@dataclass(frozen=True)
class Restarted:
    """What was written of the answer does not hold; it begins again."""


@dataclass(frozen=True)
class Ended:
    """The turn is over."""

    turn: Turn


Piece = Asked | Said | Restarted | Ended


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
        self._current: UUID | None = None
        self._said = ""
        self._ticker = ticker

    def news(self) -> list[Piece]:
        """What has come since the last call."""
        pieces: list[Piece] = []
        if all(turn.turn_id != self._current for turn in self._conversation.turns):
            self._current, self._said = None, ""  # the gateway no longer knows of it
        for turn in self._conversation.turns:
            if turn.turn_id in self._done:
                continue
            if turn.stage == "sending" or (self._current not in (None, turn.turn_id)):
                break
            pieces += self._of(turn)
            if turn.stage != "ended":
                break
            self._done.add(turn.turn_id)
            self._current, self._said = None, ""
        return pieces

    def rest(self, turn: Turn) -> str:
        """What of the turn's text is not written yet; empty while a new attempt repeats what is."""
        if turn.turn_id != self._current:
            return turn.text
        return turn.text[len(self._said) :] if turn.text.startswith(self._said) else ""

    def _of(self, turn: Turn) -> list[Piece]:
        pieces: list[Piece] = []
        if self._current is None:
            pieces.append(Asked(turn, turn.ticker != self._ticker))
            self._current, self._ticker = turn.turn_id, turn.ticker
        complete = isinstance(turn.ending, AiComplete)
        if not turn.text.startswith(self._said) and (complete or not self._said.startswith(turn.text)):
            pieces.append(Restarted())
            self._said = ""
        end = len(turn.text) if turn.stage == "ended" else self._cut(turn.text)
        if end > len(self._said) and turn.text.startswith(self._said):
            pieces.append(Said(turn.text[len(self._said) : end], first=not self._said))
            self._said = turn.text[:end]
        if turn.stage == "ended":
            pieces.append(Ended(turn))
        return pieces


def whole_blocks(text: str) -> int:
    """How much of a growing markdown text stands: up to the last empty line that is in no code block."""
    end = text.rfind("\n\n")
    while end > 0 and text.count("```", 0, end) % 2:
        end = text.rfind("\n\n", 0, end)
    return end + 2 if end > 0 else 0
