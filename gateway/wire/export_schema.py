"""`python -m gateway.wire.export_schema`: what the browser's generated files are made from.

JSON Schema of every frame; and, under `x-protocol`, what a client must know besides: the retry rule of every close
code, which frames are events, the limits, the lines between the ratings, and what the figures are called.
"""

import sys
from inspect import cleandoc
from typing import Any, get_args

import msgspec

from gateway.wire.client_frames import CONTENT_CHARS, MAX_FRAME_BYTES, MAX_TOKEN_BYTES, ClientFrame
from gateway.wire.close_codes import OTHERWISE, RETRY_RULES
from gateway.wire.server_frames import ServerFrame
from shared import points_rule
from shared.frames.turn_events import SessionEvent
from shared.metric_words import METRIC_WORDS


def frames_schema() -> dict[str, Any]:
    """One definition per frame under `$defs`. Session events have a `seq` here: the script that numbers them
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
    return {"title": "Frames", "$defs": components}


def protocol_facts() -> dict[str, Any]:
    """What is no type and still must be the same on both sides. Sizes in characters and bytes, lines in points."""
    return {
        "closeRules": {str(code): rule for code, rule in sorted(RETRY_RULES.items())},
        "closeRuleOtherwise": OTHERWISE,
        "sessionEvents": [_tag(frame) for frame in get_args(SessionEvent)],
        "socketFrames": [_tag(frame) for frame in get_args(ServerFrame)],
        "limits": {
            "contentChars": CONTENT_CHARS,
            "frameBytes": MAX_FRAME_BYTES,
            "tokenBytes": MAX_TOKEN_BYTES,
        },
        "ratingLines": {
            "neutral": points_rule.NEUTRAL,
            "buy": points_rule.BUY,
            "sell": points_rule.SELL,
            "margin": points_rule.MARGIN,
        },
        "metricLabels": {key: words.label for key, words in METRIC_WORDS.items()},
    }


def _tag(frame: type[msgspec.Struct]) -> str:
    return str(frame.__struct_config__.tag)


if __name__ == "__main__":
    sys.stdout.buffer.write(
        msgspec.json.format(msgspec.json.encode({**frames_schema(), "x-protocol": protocol_facts()})) + b"\n"
    )
