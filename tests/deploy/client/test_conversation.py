"""What is known of a conversation."""

from uuid import uuid4

import pytest

from deploy.client.conversation import GapError
from gateway.wire.server_frames import Ack, ActiveTurn, Error, QueuedTurn, Snapshot
from shared.frames.turn_events import AiError
from tests.deploy.client.frames import (
    ANSWER,
    chunk,
    complete,
    echo,
    ready,
    reset,
    start,
    stored,
)
from tests.deploy.client.told import opened, tell


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
