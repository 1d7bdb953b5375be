"""The decoder of client frames against anything; the schema that the browser's types are made from."""

import json
from uuid import uuid4

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from gateway.wire.client_frames import UserMessage
from gateway.wire.close_codes import RETRY_RULES
from gateway.wire.codec import decode_frame, ends
from gateway.wire.export_schema import frames_schema
from shared.frames.turn_events import AiChunk, AiComplete, AiError, Usage, open_frame

TYPES = ("hello", "user_message", "set_context", "cancel", "auth_refresh", "ping", "ai_complete", "")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FIELDS = ("content", "turn_id", "context_ticker", "on_busy", "ticker", "token", "resume", "t", "role")
FRAMES = st.builds(
    lambda kind, fields: json.dumps({"type": kind, **fields}),
    st.sampled_from(TYPES),
    st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=4),
)


@given(st.text() | FRAMES | JSON.map(json.dumps))
def test_anything_is_a_frame_or_a_value_error(text: str) -> None:
    try:
        frame = decode_frame(text)
    except ValueError:
        return
    assert msgspec.json.encode(frame)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=4000))
def test_every_text_without_nul_and_surrogates_is_content(content: str) -> None:
    for ascii_only in (True, False):
        text = json.dumps({"type": "user_message", "content": content}, ensure_ascii=ascii_only)
        frame = decode_frame(text)
        assert isinstance(frame, UserMessage)
        assert frame.content == content


def test_the_schema_names_every_frame_and_events_have_a_number() -> None:
    definitions = frames_schema()["$defs"]
    assert {"Hello", "UserMessage", "Ready", "Snapshot", "Error", "AiChunk", "Context"} <= definitions.keys()
    chunk = definitions["AiChunk"]
    assert next(iter(chunk["properties"])) == "type"
    assert chunk["required"][-1] == "seq"
    assert "seq" in definitions["Ready"]["required"]
    assert msgspec.json.encode(definitions)


def test_every_close_code_says_what_the_client_does() -> None:
    """The table of the contract, §1."""
    stop = dict.fromkeys((1003, 1007, 1009, 4400, 4403), "stop")
    again = dict.fromkeys((4008, 4408, 4500), "reconnect")
    late = dict.fromkeys((1013, 4429), "back_off")
    assert {**stop, **again, **late, 1012: "soon", 4401: "refresh"} == RETRY_RULES


def test_an_ending_is_told_from_a_text_that_quotes_one() -> None:
    mine, other = uuid4(), uuid4()

    def frame(event: AiComplete | AiError | AiChunk) -> str:
        return open_frame(event).decode() + ',"seq":1}'

    def complete(text: str) -> str:
        return frame(AiComplete(text, mine, 1, "stop", Usage(), None, "model"))

    assert ends(complete("So."), mine)
    assert ends(frame(AiError(mine, "failed", "No.", retryable=False)), mine)
    assert not ends(frame(AiChunk("So.", mine, 1)), mine)
    assert not ends(complete(f'"turn_id":"{other}"'), other)
