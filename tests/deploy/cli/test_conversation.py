"""What is known of a conversation, and what of it is written for good."""

from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deploy.cli.transcript import Asked, Piece, Said, Transcript, whole_blocks
from deploy.client.conversation import Conversation, Frame, GapError
from deploy.client.events import Ended, Restarted
from gateway.wire.server_frames import Ack, ActiveTurn, Error, QueuedTurn, Snapshot
from shared.frames.turn_events import AiError
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


def opened() -> Conversation:
    conversation = Conversation()
    conversation.apply(ready(), None)
    conversation.apply(snapshot(), None)
    return conversation


def tell(conversation: Conversation, *events: Frame, after: int = 0) -> None:
    for seq, event in enumerate(events, after + 1):
        conversation.apply(event, seq)


def test_an_accepted_question_stands_above_those_on_their_way() -> None:
    conversation = opened()
    first, second = conversation.ask("First?", "KO"), conversation.ask("Second?", "KO")
    tell(conversation, echo(second.turn_id))
    assert conversation.turns == [second, first]
    conversation.apply(Ack(first.turn_id, "queued", 1), None)
    assert [turn.stage for turn in conversation.turns] == ["waiting", "waiting"]
    assert first.position == 1
    tell(conversation, start(second.turn_id), complete(second.turn_id), after=1)
    assert first.position == 0


def test_what_an_earlier_attempt_still_says_is_not_heard() -> None:
    conversation = opened()
    turn = conversation.ask("Why?", "KO")
    tell(conversation, echo(turn.turn_id), start(turn.turn_id), chunk(turn.turn_id, "old"))
    tell(conversation, reset(turn.turn_id, 2), chunk(turn.turn_id, "older", attempt=1), after=3)
    assert (turn.text, turn.restarted) == ("", True)
    tell(conversation, start(turn.turn_id, 2), chunk(turn.turn_id, "new", attempt=2), after=5)
    assert turn.text == "new"


def test_an_event_counts_once_and_a_missing_one_is_noticed() -> None:
    conversation = opened()
    turn = conversation.ask("Why?", "KO")
    tell(conversation, echo(turn.turn_id), start(turn.turn_id), chunk(turn.turn_id, "once"))
    conversation.apply(chunk(turn.turn_id, "once"), 3)
    assert turn.text == "once"
    with pytest.raises(GapError):
        conversation.apply(chunk(turn.turn_id, "too far"), 5)
    position = conversation.position
    assert position is not None
    assert position.seq == 3


def test_an_ending_told_again_ends_only_a_turn_that_waits_for_it() -> None:
    conversation = opened()
    turn = conversation.ask("Why?", "KO")
    tell(conversation, complete(uuid4(), "of long ago"), complete(turn.turn_id))
    assert [known.text for known in conversation.turns] == [ANSWER]
    tell(conversation, AiError(turn.turn_id, "failed", "No.", True), after=2)
    assert turn.text == ANSWER


def test_a_snapshot_ends_what_ended_and_asks_again_for_what_it_does_not_show() -> None:
    conversation = opened()
    answered, lost = conversation.ask("Answered?", "KO"), conversation.ask("Lost?", "KO")
    running, queued = conversation.ask("Running?", "KO"), uuid4()
    tell(conversation, *(echo(turn.turn_id) for turn in (answered, lost, running)))
    conversation.apply(ready(epoch="e2"), None)
    assert conversation.position is None
    rows = [
        stored(answered.turn_id, "user", "Answered?"),
        stored(answered.turn_id, "assistant", ANSWER),
        stored(running.turn_id, "user", "Running?"),
    ]
    active = ActiveTurn(running.turn_id, 2, "so far")
    conversation.apply(Snapshot(3, rows, False, [QueuedTurn(queued, "Queued?")], active), None)
    stages = {turn.question: turn.stage for turn in conversation.turns}
    assert stages == {"Answered?": "ended", "Running?": "answering", "Queued?": "waiting", "Lost?": "sending"}
    assert running.text == "so far"


def test_a_refusal_for_now_keeps_the_question_and_one_for_good_ends_it() -> None:
    conversation = opened()
    later, never = conversation.ask("Later?", "KO"), conversation.ask("Never?", "XX")
    conversation.apply(Error("rate_limited", "Wait.", True, 1000, later.turn_id), None)
    conversation.apply(Error("unknown_ticker", "No.", False, None, never.turn_id), None)
    assert later.stage == "sending"
    assert later.refusal is not None
    assert never.stage == "ended"
    conversation.apply(Ack(later.turn_id, "accepted", 0), None)
    assert later.refusal is None


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
