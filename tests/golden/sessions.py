"""Recorded conversations as a browser receives them, made from the Python frames themselves.

`python -m tests.golden.sessions` writes them beside this file, one frame a line; pytest checks that they are
current, vitest runs the browser's reducer over them, whole and cut at every frame.
"""

import datetime as dt
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from gateway.wire.codec import encode_frame
from gateway.wire.server_frames import ActiveTurn, Error, Message, QueuedTurn, Ready, ServerFrame, Snapshot
from shared.frames.analyses_changed import AnalysesChanged
from shared.frames.turn_events import AiChunk, AiError, AiReset, AiStart, Context, Usage, open_frame
from tests.golden.checked import checked, rejoined
from tests.golden.parts import (
    ANSWER,
    DIVIDEND,
    KO,
    MODEL,
    MSFT,
    Frames,
    asked,
    chunks,
    completed,
    opening,
    turn,
)  # fmt: skip

FOLDER = Path(__file__).parent


def answered() -> Frames:
    """One question, answered word by word."""
    return [
        opening(),
        Snapshot(seq=0, messages=[], has_more=False, queued=[]),
        *asked(1, DIVIDEND),
        AiStart(turn(1), 1, KO, MODEL),
        *chunks(1, ANSWER),
        completed(1, ANSWER),
    ]


def restarted() -> Frames:
    """The worker died in mid-answer; the second attempt says something else."""
    return [
        opening(),
        Snapshot(seq=0, messages=[], has_more=False, queued=[]),
        *asked(1, DIVIDEND),
        AiStart(turn(1), 1, KO, MODEL),
        *chunks(1, "The dividend yield is lower than that of the pe"),
        AiReset(turn(1), 2, "worker_lost"),
        AiStart(turn(1), 2, KO, MODEL),
        *chunks(1, ANSWER, attempt=2),
        completed(1, ANSWER),
    ]


def queued() -> Frames:
    """Three questions at once, the page changes; one is stopped while it is written, one before it began."""
    return [
        opening(),
        Snapshot(seq=0, messages=[], has_more=False, queued=[]),
        *asked(1, DIVIDEND),
        AiStart(turn(1), 1, KO, MODEL),
        *asked(2, "And the P/E?", before=1),
        AiChunk(ANSWER[:40], turn(1), 1),
        Context("MSFT", MSFT.analysis_id, MSFT.as_of),
        *asked(3, "How does Microsoft compare?", "MSFT", before=2),
        AiChunk(ANSWER[40:], turn(1), 1),
        completed(1, ANSWER),
        AiStart(turn(2), 1, KO, MODEL),
        AiChunk("The P/E is ", turn(2), 1),
        completed(2, "The P/E is ", reason="cancelled"),
        completed(3, "", MSFT, reason="cancelled"),
    ]


def failed() -> Frames:
    """A refusal at the door, a turn given up, and the next one answered from no analysis."""
    return [
        opening(),
        Snapshot(seq=0, messages=[], has_more=False, queued=[]),
        Error("rate_limited", "Too many questions; wait a little.", retryable=True, retry_after_ms=12_000),
        *asked(1, DIVIDEND),
        AiStart(turn(1), 1, KO, MODEL),
        AiChunk("The div", turn(1), 1),
        AiError(turn(1), "model_error", "The model could not answer.", retryable=True),
        *asked(2, "Who are you?", None),
        AiStart(turn(2), 1, None, MODEL),
        *chunks(2, "I answer from the analysis on the page.", size=20),
        completed(2, "I answer from the analysis on the page.", None, reason="max_tokens"),
    ]


def returned() -> Frames:
    """A tab opened in mid-answer: earlier messages, the text so far, a question that waits, and on; imports land."""
    at = dt.datetime(2026, 8, 23, 9, 30, tzinfo=dt.UTC)

    def row(id_: int, number: int, role: str, content: str) -> Message:
        is_answer = role == "assistant"
        return Message(
            id=id_,
            turn_id=turn(number),
            role=role,  # type: ignore[arg-type]  # one of the literals, in these recordings
            content=content,
            finish_reason="stop" if is_answer else None,
            context_ticker="KO",
            analysis_id=KO.analysis_id if is_answer else None,
            as_of=KO.as_of if is_answer else None,
            model=MODEL if is_answer else None,
            usage=Usage(900, 12) if is_answer else None,
            created_at=at,
        )

    return [
        opening(seq=40, active=turn(3)),
        Snapshot(
            seq=40,
            messages=[
                row(11, 1, "user", "Why is it rated so?"),
                row(12, 1, "assistant", "Because of its margin."),
                row(13, 2, "user", "A question that failed"),
                row(14, 3, "user", DIVIDEND),
            ],
            has_more=True,
            queued=[QueuedTurn(turn(4), "And the P/E?")],
            active=ActiveTurn(turn(3), 1, ANSWER[:50]),
        ),
        *chunks(3, ANSWER[50:]),
        AnalysesChanged(dt.date(2026, 8, 29), ["KO", "PEP"]),
        completed(3, ANSWER),
        AnalysesChanged(dt.date(2026, 8, 29), None),
        AiStart(turn(4), 1, KO, MODEL),
        *chunks(4, "25.3, beside a median of 18.9."),
        completed(4, "25.3, beside a median of 18.9."),
    ]


SESSIONS = {
    "answered": answered(),
    "restarted": restarted(),
    "queued": queued(),
    "failed": failed(),
    "returned": returned(),
    "checked": checked(),
    "rejoined": rejoined(),
}


def lines(frames: Frames) -> Iterator[str]:
    """The frames as the socket carries them: events numbered after the last `ready`'s seq."""
    numbers = count(1)
    for frame in frames:
        if isinstance(frame, ServerFrame):
            if isinstance(frame, Ready):
                numbers = count(frame.seq + 1)
            yield encode_frame(frame)
        else:
            yield f'{open_frame(frame).decode()},"seq":{next(numbers)}}}'


def text(name: str) -> str:
    """The file of one recording."""
    return "".join(f"{line}\n" for line in lines(SESSIONS[name]))


if __name__ == "__main__":
    for name in SESSIONS:
        (FOLDER / f"{name}.jsonl").write_text(text(name), encoding="utf-8")
