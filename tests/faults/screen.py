"""What one tab shows: a pure fold of frames, which notes everything that must never be seen."""

import time
from dataclasses import dataclass, field

from tests.support.chat_client import Frame

SESSION_EVENTS = {
    "user_echo",
    "ai_start",
    "ai_chunk",
    "ai_lookup",
    "ai_reset",
    "ai_complete",
    "ai_error",
    "context",
}


@dataclass
class ShownTurn:
    """One turn as it is on the screen."""

    turn_id: str
    question: str | None = None
    attempt: int = 0
    text: str = ""
    lookups: dict[int, Frame] = field(default_factory=dict)  # of this attempt, each in its latest state
    lost: bool = False
    """By the last snapshot it neither waits nor has ended, and nothing of it is there: Redis lost it. If nothing more of
    it comes, its ending brings it whole: a snapshot replaces what was shown, and `full_message` is the truth."""
    attempts: list[int] = field(default_factory=list)  # as `ai_start` named them
    acks: list[str] = field(default_factory=list)
    ending: Frame | None = None
    endings: int = 0
    errors: list[str] = field(default_factory=list)  # codes of plain `error` frames
    began: dict[int, float] = field(default_factory=dict)  # when the first chunk of an attempt was seen
    spoke: dict[int, float] = field(default_factory=dict)  # and its latest chunk

    @property
    def first_chunk_at(self) -> float:
        """When the first word was seen; 0 if none was."""
        return min(self.began.values(), default=0.0)

    @property
    def last_chunk_at(self) -> float:
        """When the last word was seen; 0 if none was."""
        return max(self.spoke.values(), default=0.0)

    @property
    def outcome(self) -> str:
        """`ai_complete`, the code of its `ai_error`, or `open`."""
        if self.ending is None:
            return "open"
        return str(self.ending.get("code") or self.ending["type"])


class Screen:
    """The turns of one session, as a reader sees them, and where the reader is in the session's numbers."""

    def __init__(self) -> None:
        self.turns: dict[str, ShownTurn] = {}
        self.wrong: list[str] = []
        """What must never be seen: gaps, doubles, text of an attempt that is over."""
        self.epoch, self.seq = "", 0
        self.snapshots = 0
        self.frames = 0
        self.alive: set[str] = set()
        """What the latest snapshot named as running or waiting."""

    def take(self, frame: Frame) -> None:
        """Show one frame."""
        self.frames += 1
        kind = frame["type"]
        if kind in SESSION_EVENTS:
            if frame["seq"] != self.seq + 1:
                self.wrong.append(f"{kind} has seq {frame['seq']} after {self.seq}")
            self.seq = frame["seq"]
        match kind:
            case "ready":
                self._ready(frame)
            case "snapshot":
                self._snapshot(frame)
            case "ack":
                self.turn(frame["turn_id"]).acks.append(frame["status"])
            case "error" if "turn_id" in frame:
                self._refused(frame)
            case "user_echo":
                self.turn(frame["turn_id"]).question = frame["content"]
            case "ai_start" | "ai_reset":
                self._begun(frame)
            case "ai_chunk":
                self._chunk(frame)
            case "ai_lookup":
                self._looked_up(frame)
            case "ai_complete" | "ai_error":
                self._ended(frame)

    def _ready(self, frame: Frame) -> None:
        if frame["recovered"] and frame["epoch"] != self.epoch:
            self.wrong.append("recovered, but of another epoch")
        self.epoch = frame["epoch"]

    def _snapshot(self, frame: Frame) -> None:
        self.snapshots += 1
        self.seq = frame["seq"]
        for turn in self.turns.values():
            if turn.ending is None:
                turn.text, turn.lookups = "", {}
        for message in frame["messages"]:
            turn = self.turn(message["turn_id"])
            if message["role"] == "user":
                turn.question = message["content"]
                continue
            if turn.ending is not None and turn.ending.get("full_message") != message["content"]:
                self.wrong.append("a snapshot changed an answer that was over")
            turn.text, turn.endings = message["content"], max(turn.endings, 1)
            turn.lookups = {lookup["n"]: lookup for lookup in message["lookups"]}
            turn.ending = {"type": "ai_complete", "full_message": message["content"], **message}
        self.alive = {queued["turn_id"] for queued in frame["queued"]}
        for turn in self.turns.values():
            turn.lost = turn.ending is None and turn.turn_id not in self.alive
        if active := frame.get("active"):
            turn = self.turn(active["turn_id"])
            turn.attempt, turn.text, turn.lost = active["attempt"], active["text"], False
            turn.lookups = {lookup["n"]: lookup for lookup in active["lookups"]}
            self.alive.add(turn.turn_id)
            if turn.ending is not None:
                self.wrong.append("an answer that was over is active again")

    def _refused(self, frame: Frame) -> None:
        self.turn(frame["turn_id"]).errors.append(frame["code"])

    def _begun(self, frame: Frame) -> None:
        turn = self.turn(frame["turn_id"])
        if frame["attempt"] < turn.attempt or turn.ending is not None:
            self.wrong.append(
                f"{frame['type']} of attempt {frame['attempt']} after {turn.attempt}, {turn.outcome}"
            )
        if frame["type"] == "ai_start":
            turn.attempts.append(frame["attempt"])
        turn.attempt, turn.text, turn.lookups, turn.lost = frame["attempt"], "", {}, False

    def _chunk(self, frame: Frame) -> None:
        turn = self.turn(frame["turn_id"])
        if frame["attempt"] != turn.attempt or turn.ending is not None:
            self.wrong.append(
                f"a chunk of attempt {frame['attempt']} in attempt {turn.attempt}, {turn.outcome}"
            )
            return
        turn.text, turn.lost = turn.text + frame["content"], False
        turn.spoke[turn.attempt] = time.monotonic()
        turn.began.setdefault(turn.attempt, turn.spoke[turn.attempt])

    def _looked_up(self, frame: Frame) -> None:
        turn = self.turn(frame["turn_id"])
        if frame["attempt"] != turn.attempt or turn.ending is not None:
            self.wrong.append(
                f"a look-up of attempt {frame['attempt']} in attempt {turn.attempt}, {turn.outcome}"
            )
        turn.lookups[frame["n"]], turn.lost = frame, False

    def _ended(self, frame: Frame) -> None:
        turn = self.turn(frame["turn_id"])
        turn.endings += 1
        if turn.lost and turn.ending is None and frame["type"] == "ai_complete":
            turn.text, turn.lookups = frame["full_message"], {each["n"]: each for each in frame["lookups"]}
        if turn.ending is None and frame["type"] == "ai_complete" and frame["full_message"] != turn.text:
            self.wrong.append(f"shown {turn.text!r:.80}, but it ended as {frame['full_message']!r:.80}")
        if turn.ending is None and frame["type"] == "ai_complete":
            shown, told = list(map(_of, turn.lookups.values())), list(map(_of, frame["lookups"]))
            if shown != told:
                self.wrong.append(f"looked up {shown}, but it ended with {told}")
        if turn.ending is not None and turn.ending.get("full_message") != frame.get("full_message"):
            self.wrong.append("a turn ended twice, and differently")
        turn.ending = frame

    def turn(self, turn_id: str) -> ShownTurn:
        """A turn by its id, known or not yet."""
        return self.turns.setdefault(turn_id, ShownTurn(turn_id))


def _of(lookup: Frame) -> tuple[object, ...]:
    """What of a look-up is alike while it is shown and when it is stored."""
    return lookup["n"], lookup["tool"], lookup["status"], lookup["sources"]
