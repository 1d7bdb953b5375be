"""What the scripted Gemini asks for, and what it does not take back."""

import copy
from typing import Any

import pytest

from tests.fakes.gemini_calls import (
    Round,
    ScriptedCall,
    chunks_of,
    question_in,
    rounds_in,
    why_changed,
)
from tests.fakes.gemini_rules import why_refused

ROUNDS = rounds_in("find(ticker:KO)+now;find(ticker:PEP)")
USER: dict[str, Any] = {"role": "user", "parts": [{"text": "Why?"}]}


def model(round: int) -> dict[str, Any]:
    parts = [part for parts in chunks_of("Why?", ROUNDS[round], round) for part in parts]
    return copy.deepcopy({"role": "model", "parts": parts})


def results(turn: dict[str, Any]) -> dict[str, Any]:
    calls = [part["functionCall"] for part in turn["parts"] if "functionCall" in part]
    return {
        "role": "user",
        "parts": [
            {"functionResponse": {"id": call["id"], "name": call["name"], "response": {"result": "r"}}}
            for call in calls
        ],
    }


def conversation() -> list[dict[str, Any]]:
    first, second = model(0), model(1)
    return [USER, first, results(first), second, results(second)]


def test_a_marker_names_rounds_and_parallel_calls() -> None:
    ko, now, pep = (
        ScriptedCall("find", {"ticker": "KO"}),
        ScriptedCall("now"),
        ScriptedCall("find", {"ticker": "PEP"}),
    )
    assert (Round((ko, now)), Round((pep,))) == ROUNDS


def test_each_round_has_its_own_ids_and_one_signature() -> None:
    first, second = model(0), model(1)
    parts = [*first["parts"], *second["parts"]]
    assert len({part["functionCall"]["id"] for part in parts}) == 3
    assert ["thoughtSignature" in part for part in parts] == [True, False, True]
    assert parts[0]["thoughtSignature"] != parts[2]["thoughtSignature"]


def test_what_comes_back_whole_is_taken() -> None:
    assert why_refused(conversation()) is None
    assert why_changed("Why?", ROUNDS, conversation()) is None
    assert question_in(conversation()) == "Why?"


@pytest.mark.parametrize(
    ("where", "change", "why"),
    [
        (1, lambda turn: turn["parts"][0].pop("thoughtSignature"), "thought_signature"),
        (3, lambda turn: turn["parts"][0].pop("thoughtSignature"), "thought_signature"),
        (2, lambda turn: turn["parts"].pop(), "function response parts"),
        (2, lambda turn: turn["parts"][0]["functionResponse"].update(id="call-0"), "function response parts"),
        (2, lambda turn: turn["parts"][0]["functionResponse"].update(name="now"), "function response parts"),
        (2, lambda turn: turn["parts"][0]["functionResponse"].update(response="r"), "an object"),
        (1, lambda turn: turn["parts"].pop(), "function response parts"),
        (1, lambda turn: turn["parts"][1].update({"text": ""}), "empty text"),
    ],
)
def test_what_gemini_refuses(where: int, change: Any, why: str) -> None:
    contents = conversation()
    change(contents[where])
    assert why in (why_refused(contents) or "")


def test_calls_of_earlier_questions_need_no_signature() -> None:
    contents = [
        *conversation(),
        {"role": "model", "parts": [{"text": "So."}]},
        {**USER, "parts": [{"text": "And?"}]},
    ]
    del contents[1]["parts"][0]["thoughtSignature"]
    assert why_refused(contents) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda part: part.update(thoughtSignature="Zm9yZ2Vk"),
        lambda part: part["functionCall"].update(args={"ticker": "PEP"}),
        lambda part: part["functionCall"]["args"].update(more=1),
    ],
)
def test_what_this_script_did_not_send_is_noticed(change: Any) -> None:
    contents = conversation()
    change(contents[1]["parts"][0])
    assert "round 0" in (why_changed("Why?", ROUNDS, contents) or "")
