"""What a snapshot holds of a long conversation."""

import datetime as dt
from typing import Literal
from uuid import UUID, uuid4

from gateway.session.replay import without_answer
from gateway.store.conversations import History, fit_snapshot
from gateway.wire.server_frames import Message

NOW = dt.datetime(2026, 8, 22, tzinfo=dt.UTC)


def message(id: int, role: Literal["user", "assistant"], turn: UUID, size: int = 10) -> Message:
    return Message(id, turn, role, "x" * size, None, None, None, None, None, None, NOW)


def test_the_oldest_go_until_the_rest_fits() -> None:
    turn = uuid4()
    history = History([message(n, "user", turn, 100_000) for n in range(5)], has_more=False)
    fitted = fit_snapshot(history, most_bytes=256 * 1024)
    assert [each.id for each in fitted.messages] == [3, 4]
    assert fitted.has_more
    assert fit_snapshot(History(history.messages[:2], has_more=False)) == History(
        history.messages[:2], has_more=False
    )
    assert fit_snapshot(History([], has_more=True)) == History([], has_more=True)


def test_an_answer_that_is_still_to_come_as_an_event_is_left_out() -> None:
    done, running = uuid4(), uuid4()
    messages = [
        message(0, "user", done),
        message(1, "assistant", done),
        message(2, "user", running),
        message(3, "assistant", running),
    ]
    history = History(messages, has_more=False)
    assert without_answer(history, running).messages == messages[:3]
    assert without_answer(history, None).messages == messages
