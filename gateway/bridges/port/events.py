"""One server-sent event as bytes."""

import msgspec


def event(data: object) -> bytes:
    """One event without a name: its data is JSON on one line."""
    return b"data: " + msgspec.json.encode(data) + b"\n\n"


def named_event(name: str, data: object) -> bytes:
    """One event with a name."""
    return b"event: " + name.encode() + b"\n" + event(data)


DONE = b"data: [DONE]\n\n"
