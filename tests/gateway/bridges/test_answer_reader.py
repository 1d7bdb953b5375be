"""Whatever part of a conversation a socket hears, an answer is read out whole."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.bridges.port.answer_reader import AnswerFrame, AnswerReader, read_frame
from shared.frames.figures import Figure
from shared.frames.turn_events import AiChunk, AiComplete, AiError, AiLookup, AiReset, AiStart
from tests.golden.sessions import SESSIONS, lines

RECORDED = {name: list(lines(frames)) for name, frames in SESSIONS.items()}
TURNS = [
    (name, frame.turn_id)
    for name, frames in SESSIONS.items()
    for frame in frames
    if isinstance(frame, AiComplete | AiError)
]


def read_out(texts: list[str], turn: UUID) -> list[AnswerFrame]:
    reader = AnswerReader(turn)
    heard = [frame for text in texts if (frame := read_frame(text)) is not None]
    return [said for frame in heard for said in reader.read(frame)]


def check(said: list[AnswerFrame], turn: UUID) -> None:
    """The text that a client is left with is the stored one; so are figures and look-ups."""
    text, figures, lookups = "", list[Figure](), dict[int, AiLookup]()
    for frame in said:
        assert frame.turn_id == turn
        match frame:
            case AiReset():
                assert text or lookups, "nothing was there to drop"
                text, figures, lookups = "", [], {}
            case AiChunk():
                text += frame.content
                figures += frame.figures
            case AiLookup():
                lookups[frame.n] = frame
    ending = said[-1]
    if isinstance(ending, AiComplete):
        assert (text, len(figures)) == (ending.full_message, len(ending.figures))
        assert sorted(lookups) == sorted(lookup.n for lookup in ending.lookups)


@pytest.mark.parametrize(("name", "turn"), TURNS)
def test_a_recording_is_read_out_whole(name: str, turn: UUID) -> None:
    said = read_out(RECORDED[name], turn)
    check(said, turn)
    assert [type(frame) for frame in said].count(type(said[-1])) == 1


@given(st.data())
def test_what_was_missed_is_made_up_for_at_the_end(data: st.DataObject) -> None:
    name, turn = data.draw(st.sampled_from(TURNS))
    heard = [
        text
        for text in RECORDED[name]
        if text.startswith(('{"type":"ai_complete"', '{"type":"ai_error"')) or data.draw(st.booleans())
    ]
    check(read_out(heard, turn), turn)


def test_what_came_in_a_snapshot_is_not_said_twice() -> None:
    turn = UUID("00000000-0000-4000-8000-000000000003")
    (snapshot,) = [text for text in RECORDED["returned"] if text.startswith('{"type":"snapshot"')]
    once = read_out([snapshot], turn)
    assert [type(frame) for frame in once] == [AiStart, AiChunk]
    assert read_out([snapshot, snapshot], turn) == once


def test_a_frame_of_the_future_is_passed_over() -> None:
    assert read_frame('{"type":"ai_something","turn_id":7}') is None
    assert read_frame('{"type":"analyses_changed","as_of":null,"tickers":null}') is None
