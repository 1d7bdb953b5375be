"""Events come out the same wherever the network cuts the bytes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_worker.model.gemini.sse import EventSplitter

STREAM = (
    b'data: {"a": "\xe2\x82\xac"}\r\n\r\n: a comment\nevent: x\ndata:{"b": 1}\n\ndata: {\ndata: "c": 2}\n\n'
    b'\r\ndata: {"d": 3}\r\n'
)
EVENTS = [b'{"a": "\xe2\x82\xac"}', b'{"b": 1}', b'{\n"c": 2}', b'{"d": 3}']


@given(st.lists(st.integers(0, len(STREAM)), max_size=12))
def test_every_cut_gives_the_same_events(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(STREAM)]
    splitter = EventSplitter()
    events = [event for start, end in pairwise(edges) for event in splitter.feed(STREAM[start:end])]
    assert [*events, *splitter.end()] == EVENTS


def test_an_event_is_not_told_before_its_empty_line() -> None:
    splitter = EventSplitter()
    assert splitter.feed(b"data: 1\n") == []
    assert splitter.feed(b"\n") == [b"1"]
    assert splitter.end() == []


def test_what_is_no_stream_of_events_is_refused() -> None:
    with pytest.raises(ValueError, match="not a stream"):
        EventSplitter().feed(b"<html>\n")
