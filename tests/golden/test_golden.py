"""The recordings that the browser's tests read are what the Python frames encode to today."""

import msgspec
import pytest

from gateway.wire.server_frames import ServerFrame
from shared.frames.turn_events import AiChunk, AiComplete, SessionEvent
from tests.golden.sessions import FOLDER, SESSIONS, text


@pytest.mark.parametrize("name", SESSIONS)
def test_a_recording_is_current(name: str) -> None:
    assert (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8") == text(name), (
        "run: python -m tests.golden.sessions"
    )


@pytest.mark.parametrize("name", SESSIONS)
def test_every_line_is_a_frame_and_events_count_up(name: str) -> None:
    decode = msgspec.json.Decoder(ServerFrame | SessionEvent).decode
    seqs = []
    for line in (FOLDER / f"{name}.jsonl").read_bytes().splitlines():
        frame = decode(line)
        assert line.startswith(b'{"type":')
        if isinstance(frame, SessionEvent):
            seqs.append(msgspec.json.decode(line)["seq"])
    assert seqs == list(range(seqs[0], seqs[0] + len(seqs)))


def test_chunks_of_the_last_attempt_are_the_full_message() -> None:
    said: dict[tuple[object, int], str] = {}
    for frame in SESSIONS["restarted"]:
        if isinstance(frame, AiChunk):
            key = (frame.turn_id, frame.attempt)
            said[key] = said.get(key, "") + frame.content
    (full,) = [frame.full_message for frame in SESSIONS["restarted"] if isinstance(frame, AiComplete)]
    assert said[max(said, key=lambda key: key[1])] == full
