"""Rounds of tool calls against a Gemini that refuses what comes back changed."""

from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

from agent_worker.model.chunks import ModelChunk
from agent_worker.model.errors import ModelError
from agent_worker.model.gemini.gemini_model import GeminiModel, open_gemini
from agent_worker.model.messages import model_message, tool_message
from tests.fakes.gemini_script import Script, answer_text
from tests.fakes.gemini_server import GeminiServer

TOOLS: list[dict[str, Any]] = [
    {
        "name": name,
        "description": name,
        "parameters": {"type": "object", "properties": {"ticker": {"type": "string"}}},
    }
    for name in ("get_analysis", "peers")
]
KO = {"name": "get_analysis", "args": {"ticker": "KO", "n": 3}}
PEP = {"name": "get_analysis", "args": {"ticker": "PEP"}}
PEERS = {"name": "peers", "args": {}}

ROUNDS: dict[str, list[dict[str, Any]]] = {
    "one call": [{"calls": [KO]}],
    "parallel calls": [{"calls": [KO, PEP, PEERS]}],
    "parallel calls in several chunks": [{"calls": [KO, PEP], "apart": True}],
    "sequential calls": [{"calls": [KO]}, {"calls": [PEP]}, {"calls": [PEERS]}],
    "both": [{"calls": [KO, PEP]}, {"calls": [PEERS]}],
    "text before calls": [{"calls": [KO], "text": "Let me look, "}, {"calls": [PEP], "text": "and there. "}],
}


@pytest.fixture
async def gemini() -> AsyncIterator[GeminiServer]:
    async with GeminiServer() as server:
        yield server


@pytest.fixture
async def model(gemini: GeminiServer) -> AsyncIterator[GeminiModel]:
    async with open_gemini(
        model="gemini-3.8-flash", api_key="k", base_url=gemini.url, first_token_timeout=15, idle_timeout=10
    ) as opened:
        yield opened


async def one_round(model: GeminiModel, messages: list[BaseMessage]) -> ModelChunk:
    whole = ModelChunk()
    async for chunk in model.stream(messages, TOOLS):
        whole = whole.then(chunk)
    return whole


async def converse(model: GeminiModel, question: str) -> list[ModelChunk]:
    """Ask, and give results until there are no more calls."""
    messages: list[BaseMessage] = [HumanMessage(question)]
    turns = [await one_round(model, messages)]
    while turns[-1].tool_calls:
        messages.append(model_message(turns[-1]))
        messages += [tool_message(call, f"TOOL: {call.name}") for call in turns[-1].tool_calls]
        turns.append(await one_round(model, messages))
    return turns


@pytest.mark.parametrize("name", ROUNDS)
@pytest.mark.parametrize("delay", [0, 0.01], ids=["at once", "one by one"])
async def test_rounds_lead_to_an_answer(
    name: str, delay: float, gemini: GeminiServer, model: GeminiModel
) -> None:
    rounds = ROUNDS[name]
    gemini.script(rounds=rounds, delay=delay)
    *asked, answer = await converse(model, "Why?")
    assert [[call.name for call in turn.tool_calls] for turn in asked] == [
        [call["name"] for call in round["calls"]] for round in rounds
    ]
    assert [turn.text for turn in asked] == [round.get("text", "") for round in rounds]
    assert [msgspec.json.decode(call.arguments) for turn in asked for call in turn.tool_calls] == [
        call["args"] for round in rounds for call in round["calls"]
    ]
    assert {turn.finish_reason for turn in asked} == {"tool_calls"}
    assert (answer.text, answer.finish_reason, answer.model) == (
        answer_text("Why?", Script()), "stop", "gemini-3.8-flash",
    )  # fmt: skip
    assert all(turn.input_tokens and turn.output_tokens for turn in [*asked, answer])
    assert all(b"functionDeclarations" in bytes(request) for request in gemini.requests)


async def test_rounds_can_be_asked_for_in_the_question(model: GeminiModel) -> None:
    asked, again, answer = await converse(
        model, "Why? [[calls=get_analysis(ticker:KO)+peers;peers chunks=2]]"
    )
    assert [(call.name, call.arguments) for call in asked.tool_calls] == [
        ("get_analysis", '{"ticker": "KO"}'),
        ("peers", "{}"),
    ]
    assert [call.name for call in again.tool_calls] == ["peers"]
    assert answer.finish_reason == "stop"


async def test_an_earlier_turn_with_calls_is_no_obstacle_to_the_next_question(model: GeminiModel) -> None:
    asked, answer = await converse(model, "Why? [[calls=peers]]")
    messages: list[BaseMessage] = [HumanMessage("Why? [[calls=peers]]"), model_message(asked)]
    messages += [tool_message(call, "r") for call in asked.tool_calls]
    messages += [model_message(answer), HumanMessage("And then?")]
    assert (await one_round(model, messages)).text == answer_text("And then?")


def without_its_signature(turn: ModelChunk) -> AIMessage:
    return model_message(turn._replace(parts=tuple(_bare(part) for part in turn.parts)))


def _bare(part: object) -> dict[str, Any]:
    fields: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(part))
    fields.pop("thoughtSignature", None)
    return fields


def with_other_arguments(turn: ModelChunk) -> AIMessage:
    parts: list[dict[str, Any]] = [msgspec.json.decode(msgspec.json.encode(part)) for part in turn.parts]
    parts[0]["functionCall"]["args"] = {"ticker": "PEP"}
    return model_message(turn._replace(parts=tuple(parts)))


def with_a_forged_signature(turn: ModelChunk) -> AIMessage:
    parts: list[dict[str, Any]] = [msgspec.json.decode(msgspec.json.encode(part)) for part in turn.parts]
    parts[0]["thoughtSignature"] = "Zm9yZ2Vk"
    return model_message(turn._replace(parts=tuple(parts)))


@pytest.mark.parametrize("change", [without_its_signature, with_other_arguments, with_a_forged_signature])
async def test_what_comes_back_changed_is_a_400(change: Any, model: GeminiModel) -> None:
    question = HumanMessage("Why? [[calls=get_analysis(ticker:KO)+peers]]")
    turn = await one_round(model, [question])
    results = [tool_message(call, "r") for call in turn.tool_calls]
    with pytest.raises(ModelError, match="400") as caught:
        await one_round(model, [question, change(turn), *results])
    assert not caught.value.retryable


async def test_trouble_can_wait_for_a_round(gemini: GeminiServer, model: GeminiModel) -> None:
    gemini.script(calls="peers", fail=400, in_round=1)
    turn = await one_round(model, [HumanMessage("Why?")])
    assert turn.finish_reason == "tool_calls"
    with pytest.raises(ModelError, match="400"):
        await converse(model, "Why?")
