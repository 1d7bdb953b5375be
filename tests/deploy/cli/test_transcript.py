"""What of a conversation is written for good."""

from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deploy.cli.transcript import Asked, Piece, Said, Transcript, whole_blocks
from deploy.client.conversation import Conversation, Frame
from deploy.client.events import Ended, Restarted
from gateway.wire.server_frames import ActiveTurn, Snapshot
from tests.deploy.client.frames import (
    ANSWER,
    PIECES,
    chunk,
    complete,
    echo,
    ready,
    reset,
    snapshot,
    start,
    stored,
)
from tests.deploy.client.told import opened, tell


def written(pieces: list[Piece]) -> str:
    """What a reader has of the answer in the end: what was said since it began (again)."""
    text = ""
    for piece in pieces:
        if isinstance(piece, Restarted):
            text = ""
        elif isinstance(piece, Said):
            text += piece.text
    return text


@settings(deadline=None)
@given(lost=st.integers(1, 8), overlap=st.integers(0, 3), by_block=st.booleans(), recovered=st.booleans())
def test_a_cut_anywhere_leaves_no_mark_in_what_is_written(
    lost: int, overlap: int, by_block: bool, recovered: bool
) -> None:
    conversation = opened()
    turn = conversation.ask("Why?", "KO")
    events: list[Frame] = [echo(turn.turn_id), start(turn.turn_id)]
    events += [*(chunk(turn.turn_id, piece) for piece in PIECES), complete(turn.turn_id)]
    transcript = Transcript(conversation, "KO", whole_blocks if by_block else len)
    pieces: list[Piece] = []
    for seq, event in enumerate(events[:lost], 1):
        conversation.apply(event, seq)
        pieces += transcript.news()
    if recovered:
        conversation.apply(ready(len(events), recovered=True), None)
        again = range(max(1, lost - overlap), len(events) + 1)
    else:
        conversation.apply(ready(lost, epoch="e2"), None)
        active = ActiveTurn(turn.turn_id, 1, turn.text) if 1 < lost < len(events) else None
        conversation.apply(Snapshot(lost, [stored(turn.turn_id, "user", "Why?")], False, [], active), None)
        again = range(lost + 1, len(events) + 1)
    for seq in again:
        conversation.apply(events[seq - 1], seq)
        pieces += transcript.news()
    assert not any(isinstance(piece, Restarted) for piece in pieces)
    assert written(pieces) == ANSWER
    assert isinstance(pieces[0], Asked)
    assert isinstance(pieces[-1], Ended)
    assert sum(isinstance(piece, Ended) for piece in pieces) == 1


@pytest.mark.parametrize(("second", "restarts"), [("The yield is high.", 0), ("Something else.", 1)])
def test_only_an_attempt_that_says_something_else_begins_again(second: str, restarts: int) -> None:
    conversation = opened()
    turn = conversation.ask("Why?", "KO")
    transcript = Transcript(conversation, "KO")
    pieces: list[Piece] = []
    tell(conversation, echo(turn.turn_id), start(turn.turn_id), chunk(turn.turn_id, "The yield is"))
    pieces += transcript.news()
    tell(conversation, reset(turn.turn_id, 2), start(turn.turn_id, 2), after=3)
    pieces += transcript.news()
    for seq, character in enumerate(second, 6):
        conversation.apply(chunk(turn.turn_id, character, attempt=2), seq)
        pieces += transcript.news()
    tell(conversation, complete(turn.turn_id, second), after=5 + len(second))
    pieces += transcript.news()
    assert sum(isinstance(piece, Restarted) for piece in pieces) == restarts
    assert written(pieces) == second


def test_turns_are_written_one_after_the_other_and_old_ones_not_at_all() -> None:
    conversation = Conversation()
    conversation.apply(ready(), None)
    old = uuid4()
    conversation.apply(snapshot(0, stored(old, "user", "Old?"), stored(old, "assistant", "Yes.")), None)
    transcript = Transcript(conversation, "KO")
    first, second = conversation.ask("First?", "KO"), conversation.ask("Second?", "MSFT")
    tell(conversation, echo(first.turn_id), echo(second.turn_id), start(first.turn_id))
    assert transcript.news() == [Asked(first, moved=False)]
    tell(conversation, complete(first.turn_id), start(second.turn_id), after=3)
    assert transcript.news() == [Said(ANSWER, first=True), Ended(first), Asked(second, moved=True)]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("", 0),
        ("a growing line", 0),
        ("done\n\ngrowing", 6),
        ("done\n\n", 6),
        ("text\n\n```\ncode\n\nmore", 6),
        ("```\ncode\n\nmore\n```\n\nnext", 20),
    ],
)
def test_a_block_stands_when_an_empty_line_has_ended_it(text: str, whole: int) -> None:
    assert whole_blocks(text) == whole
