"""Frames of one short conversation, as a gateway would tell them."""

import datetime as dt
from uuid import UUID

import msgspec

from gateway.wire.server_frames import Limits, Message, PageContext, Ready, Snapshot
from shared.frames.turn_events import AiChunk, AiComplete, AiReset, AiStart, AnalysisRef, Usage, UserEcho

SESSION = UUID(int=7)
DAY = dt.date(2026, 8, 22)
KO = AnalysisRef("KO", 12, DAY)
PIECES = ("The yield", " is **2.34 %**.", "\n\n- It takes", " 4 points.", "\n\nThe rating is hold.")
ANSWER = "".join(PIECES)


def ready(seq: int = 0, *, epoch: str = "e1", recovered: bool = False) -> Ready:
    limits = Limits(content_chars=100, queue=8, message_rate=60)
    return Ready(
        SESSION, epoch, seq, recovered, PageContext("KO", 12, DAY), None, "offline", 2_000_000_000, limits
    )


def snapshot(seq: int = 0, *messages: Message) -> Snapshot:
    return Snapshot(seq, list(messages), False, [])


def echo(turn: UUID, content: str = "Why?") -> UserEcho:
    return UserEcho(turn, content, "KO")


def start(turn: UUID, attempt: int = 1) -> AiStart:
    return AiStart(turn, attempt, KO, "offline")


def chunk(turn: UUID, content: str, attempt: int = 1) -> AiChunk:
    return AiChunk(content, turn, attempt)


def reset(turn: UUID, attempt: int) -> AiReset:
    return AiReset(turn, attempt, "worker lost")


def complete(turn: UUID, text: str = ANSWER) -> AiComplete:
    return AiComplete(text, turn, 1, "stop", Usage(10, 5), KO, "offline")


def stored(turn: UUID, role: str, content: str) -> Message:
    fields = {
        "id": 1, "turn_id": turn, "role": role, "content": content, "finish_reason": None, "context_ticker": "KO",
        "analysis_id": 12, "as_of": DAY, "model": "offline", "usage": None, "created_at": dt.datetime.now(dt.UTC),
    }  # fmt: skip
    return msgspec.convert(fields, Message)


def on_the_wire(frame: msgspec.Struct, seq: int | None = None) -> str:
    """The frame's text, numbered if it is a session event."""
    text = msgspec.json.encode(frame).decode()
    return text if seq is None else f'{text[:-1]},"seq":{seq}}}'
