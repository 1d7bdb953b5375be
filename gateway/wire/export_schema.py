"""`python -m gateway.wire.export_schema`: JSON Schema of every frame, from which the browser's types are made, and what
a client does after each close code."""

import sys
from inspect import cleandoc
from typing import Any, get_args

import msgspec

from gateway.wire.client_frames import ClientFrame
from gateway.wire.close_codes import Retry, retry_rules
from gateway.wire.server_frames import ServerFrame
from shared.frames.turn_events import SessionEvent


def frames_schema() -> dict[str, Any]:
    """One definition per frame under `$defs`; under `x-close-codes` the retry rule of every code. Session events have a `seq` here: the script that numbers them
    adds it, so the Python types do not hold it."""
    events = get_args(SessionEvent)
    _, components = msgspec.json.schema_components(
        [*get_args(ClientFrame), *get_args(ServerFrame), *events], ref_template="#/$defs/{name}"
    )
    for definition in components.values():
        if "description" in definition:
            definition["description"] = cleandoc(definition["description"])  # as Python 3.13 does by itself
    for event in events:
        definition = components[event.__name__]
        definition["properties"]["seq"] = {"type": "integer"}
        definition["required"].append("seq")
    closes = {
        "codes": {str(code): retry for code, retry in sorted(retry_rules().items())},
        "other": "reconnect",
        "rules": list(get_args(Retry)),
    }
    return {"title": "Frames", "$defs": components, "x-close-codes": closes}


if __name__ == "__main__":
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(frames_schema())) + b"\n")
