"""What the recorded conversations are made of."""

import datetime as dt
from uuid import UUID

from gateway.wire.server_frames import Ack, Limits, PageContext, Ready, ServerFrame
from shared.frames.turn_events import AiChunk, AiComplete, AnalysisRef, SessionEvent, Usage, UserEcho

SESSION = UUID("0d2c8a52-2f0a-4d0e-9d5e-6a1b1f0c7e11")
DAY = dt.date(2026, 8, 22)
KO = AnalysisRef("KO", 4711, DAY)
MSFT = AnalysisRef("MSFT", 4712, DAY)
MODEL = "gemini-2.5-flash"
DIVIDEND = "How does the latest dividend yield affect this rating?"
ANSWER = (
    "The dividend **takes away 4.0 points** (−4 to +10): 2.34 %, 1.14 points below the median 3.48 % of 20 "
    "payers. At $68.12 a share, without it the score would be 61.9 instead of 57.9: still *hold*. Ünïcode 📈."
)

Frames = list[ServerFrame | SessionEvent]


def turn(number: int) -> UUID:
    """The id of the conversation's n-th question."""
    return UUID(f"00000000-0000-4000-8000-{number:012d}")


def opening(*, recovered: bool = False, seq: int = 0, active: UUID | None = None) -> Ready:
    """The first frame of a full-level socket."""
    return Ready(
        session_id=SESSION,
        epoch="e1",
        seq=seq,
        recovered=recovered,
        context=PageContext("KO", KO.analysis_id, KO.as_of),
        active_turn=active,
        model=MODEL,
        expires_at=1_787_400_000,
        limits=Limits(content_chars=4000, queue=8, message_rate=30),
    )


def asked(number: int, content: str, ticker: str | None = "KO", *, before: int = 0) -> Frames:
    """A question and its acceptance."""
    ack = Ack(turn(number), "queued" if before else "accepted", before)
    return [UserEcho(turn(number), content, ticker), ack]


def chunks(number: int, text: str, attempt: int = 1, size: int = 9) -> Frames:
    """The text in pieces, as a model gives it."""
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    return [AiChunk(piece, turn(number), attempt) for piece in pieces]


def completed(number: int, text: str, source: AnalysisRef | None = KO, reason: str = "stop") -> AiComplete:
    """The end of an answer."""
    return AiComplete(
        full_message=text,
        turn_id=turn(number),
        message_id=2 * number,
        finish_reason=reason,  # type: ignore[arg-type]  # one of the literals, in these recordings
        usage=Usage(1200, len(text) // 4),
        context=source,
        model=MODEL,
    )
