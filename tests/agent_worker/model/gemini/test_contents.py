"""What goes back to Gemini: its own turns as they came, the results of its calls, and turns that others wrote."""

from typing import Any

import msgspec
import pytest
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, RemoveMessage, ToolMessage

from agent_worker.model.chunks import ModelChunk, ToolCall
from agent_worker.model.gemini.contents import UNSIGNED, conversation
from agent_worker.model.gemini.decode import parts_in, read_chunk
from agent_worker.model.messages import model_message, tool_message

MODEL = "gemini-3.8-flash"
SIGNED: dict[str, Any] = {
    "functionCall": {"id": "c1", "name": "find", "args": {"n": 3.0}},
    "thoughtSignature": "c2ln",
}
SECOND: dict[str, Any] = {"functionCall": {"id": "c2", "name": "now"}}
NAMELESS: dict[str, Any] = {"functionCall": {"name": "find", "args": {}}}


def turn(*parts: dict[str, Any], model: str = MODEL) -> ModelChunk:
    """The turn that these parts make when they arrive one by one."""
    whole = ModelChunk(model=model)
    for part in parts:
        event = msgspec.json.encode({"candidates": [{"content": {"parts": [part], "role": "model"}}]})
        chunk = read_chunk(event) or ModelChunk("", parts=parts_in(event))
        whole = whole.then(chunk)
    return whole


def sent(*messages: BaseMessage, model: str = MODEL) -> list[dict[str, Any]]:
    contents = conversation([HumanMessage("Why?"), *messages], model).contents
    decoded: list[dict[str, Any]] = msgspec.json.decode(msgspec.json.encode(contents))
    assert decoded[0] == {"parts": [{"text": "Why?"}], "role": "user"}
    return decoded[1:]


def answered(asked: ModelChunk) -> list[BaseMessage]:
    return [model_message(asked), *(tool_message(call, f"r {call.name}") for call in asked.tool_calls)]


def test_a_turn_comes_back_as_it_came_and_results_stand_together() -> None:
    said = {"text": "Let me look. "}
    model, user = sent(*answered(turn(said, SIGNED, SECOND)))
    assert model == {"parts": [said, SIGNED, SECOND], "role": "model"}
    responses = [part["functionResponse"] for part in user["parts"]]
    assert responses == [
        {"id": "c1", "name": "find", "response": {"result": "r find"}},
        {"id": "c2", "name": "now", "response": {"result": "r now"}},
    ]


def test_signatures_stay_where_they_were_and_empty_parts_go() -> None:
    parts = [
        {"text": "a", "thoughtSignature": "dA=="},
        {"text": ""},
        {"text": "", "thoughtSignature": "dQ=="},
        SIGNED,
        {"thoughtSignature": "dg=="},
        {},
    ]
    model, _ = sent(*answered(turn(*parts)))
    assert model["parts"] == [parts[0], parts[2], SIGNED, parts[4]]


def test_rounds_follow_each_other() -> None:
    second = {**SECOND, "thoughtSignature": "c2lnMg=="}
    contents = sent(*answered(turn(SIGNED)), *answered(turn(second)))
    assert [content["role"] for content in contents] == ["model", "user"] * 2
    assert contents[2]["parts"] == [second]


def test_a_call_without_an_id_is_answered_without_one() -> None:
    first, second = (
        part["functionResponse"] for part in sent(*answered(turn(NAMELESS, NAMELESS)))[1]["parts"]
    )
    assert first == second == {"name": "find", "response": {"result": "r find"}}


def test_results_may_come_in_any_order() -> None:
    asked = turn(SIGNED, SECOND)
    message, first, second = answered(asked)
    responses = [part["functionResponse"]["id"] for part in sent(message, second, first)[1]["parts"]]
    assert responses == ["c2", "c1"]


def test_what_only_the_stock_client_knows_comes_back_whole() -> None:
    strange = {"text": "a", "partMetadata": {"x": 1}}
    assert sent(model_message(turn(strange)))[0]["parts"] == [strange]


@pytest.mark.parametrize(("model", "signature"), [(MODEL, UNSIGNED), ("gemini-2.5-flash", None)])
def test_a_turn_of_another_model_is_told_in_geminis_words(model: str, signature: str | None) -> None:
    calls = (ToolCall("x1", "find", '{"n": 3.0}'), ToolCall("x2", "now", "{}"))
    other = ModelChunk("Hm.", "tool_calls", tool_calls=calls, parts=(object(),), model="other")
    parts, responses = (content["parts"] for content in sent(*answered(other), model=model))
    first = {"functionCall": {"id": "x1", "name": "find", "args": {"n": 3.0}}}
    if signature:
        first["thoughtSignature"] = signature  # type: ignore[assignment]
    assert parts == [{"text": "Hm."}, first, {"functionCall": {"id": "x2", "name": "now", "args": {}}}]
    assert [part["functionResponse"]["id"] for part in responses] == ["x1", "x2"]


def test_a_turn_of_another_model_with_broken_arguments_can_still_be_told() -> None:
    calls = (ToolCall("x1", "find", '{"n": '), ToolCall("x2", "find", "[1]"))
    other = ModelChunk("", "tool_calls", tool_calls=calls, model="other")
    parts = sent(*answered(other))[0]["parts"]
    assert [part["functionCall"]["args"] for part in parts] == [{}, {}]


def test_results_that_do_not_fit_are_refused() -> None:
    asked = turn(SIGNED, SECOND)
    message, first, second = answered(asked)
    with pytest.raises(ValueError, match="without a result: now"):
        sent(message, first)
    with pytest.raises(ValueError, match="without a result: find"):
        sent(message, second, HumanMessage("And?"))
    with pytest.raises(ValueError, match="did not make"):
        sent(message, first, second, second)
    with pytest.raises(ValueError, match="did not make"):
        sent(ToolMessage("r", tool_call_id="c1"))


@pytest.mark.parametrize(
    "message",
    [AIMessage([{"type": "text", "text": "a"}]), RemoveMessage("id")],
    ids=["blocks", "another kind"],
)
def test_what_has_no_place_is_refused(message: BaseMessage) -> None:
    with pytest.raises(TypeError):
        sent(message)
