"""Messages between the services read as they were written."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.frames.control import LookAtTurn
from shared.frames.live import Live


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_a_control_message_names_any_user(user: str) -> None:
    message = LookAtTurn(user, uuid4(), uuid4())
    assert LookAtTurn.read(message.write().encode()) == message


@pytest.mark.parametrize("payload", [b"", b"alice", b"alice x y", b"alice  ", b"\xff a b"])
def test_other_control_messages_are_refused(payload: bytes) -> None:
    with pytest.raises(ValueError):
        LookAtTurn.read(payload)


def test_a_live_event_keeps_the_spaces_of_its_frame() -> None:
    assert Live.read(b'e1 12 {"type": "ai_chunk"}') == Live("e1", 12, '{"type": "ai_chunk"}')
