"""From what one socket hears to one turn's answer without a hole: the pure part of the port."""

import re
from typing import Any
from uuid import UUID

import msgspec

from gateway.wire.server_frames import Ack, ActiveTurn, Error, QueuedTurn
from shared.frames.figures import Figure
from shared.frames.turn_events import AiChunk, AiComplete, AiError, AiLookup, AiReset, AiStart

AnswerFrame = AiStart | AiChunk | AiLookup | AiReset | AiComplete | AiError
"""What an answer is told in. `AiComplete` or `AiError` is the last one."""


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """What matters here of the frame of that name."""

    model: str | None = None
    active_turn: UUID | None = None


class Snapshot(msgspec.Struct, frozen=True, tag="snapshot"):
    """What matters here of the frame of that name."""

    queued: list[QueuedTurn]
    active: ActiveTurn | None = None


Heard = AnswerFrame | Ready | Snapshot | Ack | Error

_decoder: msgspec.json.Decoder[Heard] = msgspec.json.Decoder(Heard)
_HEARD = re.compile(
    r'\{"type":"(?:ai_start|ai_chunk|ai_lookup|ai_reset|ai_complete|ai_error|ready|snapshot|ack|error)"'
)


def read_frame(text: str) -> Heard | None:
    """A frame as a full-level socket receives it; None for one that says nothing of an answer."""
    return _decoder.decode(text) if _HEARD.match(text) else None


class AnswerReader:
    """Pure. The frames of one turn, from wherever the socket came in.

    What is read out is whole: after the last `AiReset` the chunks are the `full_message`, byte for byte, whether the
    text came live, in a snapshot or with the ending. An `AiReset` is read out only if there is something to drop.
    """

    def __init__(self, turn: UUID) -> None:
        self.turn = turn
        self.text = ""
        self._attempt = 0
        self._figures = 0
        self._lookups: dict[int, AiLookup] = {}
        self._model = ""

    def read(self, frame: Heard) -> list[AnswerFrame]:
        """What this frame says of the answer."""
        match frame:
            case Ready(model):
                self._model = model or self._model
            case Snapshot(active=ActiveTurn(turn_id=turn) as active) if turn == self.turn:
                return self._from_snapshot(active)
            case AiStart(turn_id=turn) if turn == self.turn:
                return [*self._begin(frame.attempt), frame]
            case AiReset(turn_id=turn) if turn == self.turn:
                return self._begin(frame.attempt)
            case AiChunk(turn_id=turn) if turn == self.turn:
                return [*self._begin(frame.attempt), self._say(frame)]
            case AiLookup(turn_id=turn) if turn == self.turn:
                return [*self._begin(frame.attempt), *self._look_up(frame)]
            case AiComplete(turn_id=turn) if turn == self.turn:
                return self._complete(frame)
            case AiError(turn_id=turn) if turn == self.turn:
                return [frame]
        return []

    def _begin(self, attempt: int) -> list[AnswerFrame]:
        """Move to this attempt; nothing if it is the one at hand."""
        if attempt == self._attempt:
            return []
        shown = self.text or self._lookups
        self._attempt, self.text, self._figures, self._lookups = attempt, "", 0, {}
        return [AiReset(self.turn, attempt, "another_attempt")] if shown else []

    def _say(self, chunk: AiChunk) -> AiChunk:
        self.text += chunk.content
        self._figures += len(chunk.figures)
        return chunk

    def _look_up(self, lookup: AiLookup) -> list[AnswerFrame]:
        if self._lookups.get(lookup.n) == lookup:
            return []
        self._lookups[lookup.n] = lookup
        return [lookup]

    def _from_snapshot(self, active: ActiveTurn) -> list[AnswerFrame]:
        """Everything so far, of which what was read out before is left out."""
        dropped = self._begin(active.attempt)
        if not active.text.startswith(self.text):
            dropped = self._start_again(active.attempt)
        fresh = not self.text and not self._lookups
        began = [AiStart(self.turn, active.attempt, None, self._model)] if fresh else []
        looked_up: list[AnswerFrame] = []
        for lookup in active.lookups:
            fields: dict[str, Any] = msgspec.structs.asdict(lookup)
            looked_up += self._look_up(AiLookup(self.turn, active.attempt, **fields))
        return [*dropped, *began, *looked_up, *self._rest(active.text, active.figures)]

    def _complete(self, ending: AiComplete) -> list[AnswerFrame]:
        dropped = [] if ending.full_message.startswith(self.text) else self._start_again(self._attempt + 1)
        looked_up: list[AnswerFrame] = []
        for lookup in ending.lookups:
            fields: dict[str, Any] = msgspec.structs.asdict(lookup)
            looked_up += self._look_up(AiLookup(self.turn, self._attempt, **fields))
        return [*dropped, *looked_up, *self._rest(ending.full_message, ending.figures), ending]

    def _start_again(self, attempt: int) -> list[AnswerFrame]:
        self._attempt = 0
        return self._begin(attempt)

    def _rest(self, text: str, figures: list[Figure]) -> list[AnswerFrame]:
        """The end of the text that was not read out yet, with its figures."""
        rest, news = text[len(self.text) :], figures[self._figures :]
        return [self._say(AiChunk(rest, self.turn, self._attempt, news))] if rest or news else []
