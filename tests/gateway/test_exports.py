"""What the web's generated files are made from."""

import json
import subprocess
import sys
from typing import get_args

from gateway.wire.client_frames import ClientFrame
from gateway.wire.close_codes import OTHERWISE, RETRY_RULES, Close
from gateway.wire.export_schema import frames_schema, protocol_facts

# The contract's table (§1), written again by hand.
STOP = {1003, 1007, 1009, 4400, 4403}
BACK_OFF = {1013, 4429}
RECONNECT = {4008, 4408, 4500}


def test_every_close_code_says_what_a_client_does() -> None:
    assert {code for code, rule in RETRY_RULES.items() if rule == "stop"} == STOP
    assert {code for code, rule in RETRY_RULES.items() if rule == "back_off"} == BACK_OFF
    assert {code for code, rule in RETRY_RULES.items() if rule == "reconnect"} == RECONNECT
    assert {code for code, rule in RETRY_RULES.items() if rule == "soon"} == {1012}
    assert {code for code, rule in RETRY_RULES.items() if rule == "refresh"} == {4401}
    assert OTHERWISE == "reconnect"
    assert {close.code for close in Close} <= set(RETRY_RULES)


def test_the_lists_name_every_frame_a_server_sends() -> None:
    facts = protocol_facts()
    tagged = {
        definition["properties"]["type"]["enum"][0]
        for definition in frames_schema()["$defs"].values()
        if "type" in definition.get("properties", {})
    }
    from_client = {frame.__struct_config__.tag for frame in get_args(ClientFrame)}
    assert sorted([*facts["sessionEvents"], *facts["socketFrames"]]) == sorted(tagged - from_client)


def test_the_http_description_needs_nothing_opened_and_names_what_the_web_reads() -> None:
    command = [sys.executable, "-m", "gateway.routes.export_http"]
    schema = json.loads(subprocess.run(command, check=True, capture_output=True, env={}).stdout)
    assert "get" in schema["paths"]["/api/analyses/{ticker}"]
    assert "summary" in schema["components"]["schemas"]["AnalysisStep"]["properties"]
    assert "id" in schema["components"]["schemas"]["PreviousRating"]["required"]
