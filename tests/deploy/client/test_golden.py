"""The recordings that the browser's reducer is tested with, over the conversation of the terminal: whole, and cut
at every frame."""

import pytest

from deploy.client.connection import decode_frame
from deploy.client.conversation import Conversation, Frame
from gateway.wire.server_frames import Ready, Snapshot
from shared.frames.turn_events import AiChunk, AiComplete, AiError, AiLookup, SessionEvent
from tests.golden.checked import COMPARED, FIGURES, PEPSICO, YIELDS
from tests.golden.parts import opening
from tests.golden.sessions import FOLDER, SESSIONS


def recorded(name: str) -> list[tuple[Frame, int | None]]:
    frames = []
    for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        frame, seq = decode_frame(line)
        assert frame is not None, line
        frames.append((frame, seq))
    return frames


def followed(frames: list[tuple[Frame, int | None]]) -> Conversation:
    conversation = Conversation()
    for frame, seq in frames:
        conversation.apply(frame, seq)
    return conversation


@pytest.mark.parametrize("name", SESSIONS)
def test_each_turn_ends_as_it_was_told(name: str) -> None:
    frames = recorded(name)
    conversation = followed(frames)
    endings = {frame.turn_id: frame for frame, _ in frames if isinstance(frame, AiComplete | AiError)}
    ended = {turn.turn_id: turn for turn in conversation.turns if turn.stage == "ended"}
    assert endings.keys() <= ended.keys()
    for turn_id, ending in endings.items():
        turn = ended[turn_id]
        assert turn.ending == ending
        if isinstance(ending, AiComplete):
            assert (turn.text, turn.figures, turn.lookups) == (
                ending.full_message,
                ending.figures,
                ending.lookups,
            )


@pytest.mark.parametrize("name", SESSIONS)
def test_a_recording_cut_at_any_frame_and_resumed_comes_to_the_same(name: str) -> None:
    frames = recorded(name)
    whole = followed(frames)
    for cut in range(2, len(frames)):
        conversation = followed(frames[:cut])
        position = conversation.position
        assert position is not None
        conversation.apply(opening(recovered=True, seq=position.seq), None)
        for frame, seq in frames:
            if (
                isinstance(frame, SessionEvent) and seq is not None and seq > max(0, position.seq - 2)
            ):  # what was seen is told again now and then
                conversation.apply(frame, seq)
        assert [(turn.turn_id, turn.text, turn.figures, turn.lookups) for turn in conversation.turns] == [
            (turn.turn_id, turn.text, turn.figures, turn.lookups) for turn in whole.turns
        ], cut
        assert conversation.position == whole.position


def test_figures_and_look_ups_come_with_the_text_and_go_with_its_attempt() -> None:
    frames = recorded("checked")
    conversation = Conversation()
    states: list[list[str]] = []
    figures: list[int] = []
    for frame, seq in frames:
        conversation.apply(frame, seq)
        if isinstance(frame, Ready | Snapshot):
            continue
        (turn,) = conversation.turns
        if isinstance(frame, AiLookup):
            states.append([lookup.status for lookup in turn.lookups])
        if isinstance(frame, AiChunk):
            figures.append(len(turn.figures))
    running, done = "running", "ok"
    once = [[running], [running, running]]
    assert states == [*once, *once, [running, done], [done, done]]
    assert figures == [0, 3, 4, 4]


@pytest.mark.parametrize("name", ["checked", "rejoined"])
def test_what_was_found_out_before_the_end_is_what_is_stored(name: str) -> None:
    (turn,) = followed(recorded(name)[:-1]).turns
    assert (turn.stage, turn.text) == ("answering", COMPARED)
    assert (turn.figures, turn.lookups) == (FIGURES, [PEPSICO, YIELDS])
