"""A conversation as Gemini's `contents`: texts, the model's own turns as they came, the results of its calls."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from langchain_core.messages import AIMessage, BaseMessage, ToolMessage

from agent_worker.model.gemini.decode import Part
from agent_worker.model.messages import ModelTurn, arguments_of, turn_in

GEMINI_3_ON = re.compile(r"(models/)?gemini-([3-9]|\d\d)")

UNSIGNED = "skip_thought_signature_validator"
"""What Gemini from 3 on takes for a signature on a call that another model made."""

Json = dict[str, object]


class Conversation(NamedTuple):
    """The two fields of a request that differ from turn to turn."""

    system: list[Json]
    contents: list[Json]


class _Asked(NamedTuple):
    """A call as Gemini knows it: the id is None if it gave none."""

    id: str | None
    name: str


def conversation(messages: Sequence[BaseMessage], model: str) -> Conversation:
    """`messages` as the model named `model` is to be sent them.

    Raises `TypeError` for a message that is not plain text, and `ValueError` for results that do not answer the
    turn before them one by one: Gemini would refuse the request.
    """
    system: list[Json] = []
    contents: list[Json] = []
    asked: dict[str, _Asked] = {}
    results: list[Json] = []
    for message in messages:
        if not isinstance(message.content, str):
            raise TypeError(f"a {message.type} message that is not plain text")
        if isinstance(message, ToolMessage):
            if not results:
                contents.append({"parts": results, "role": "user"})
            results.append(_result(message, asked))
            continue
        _all_answered(asked)
        results = []
        turn = turn_in(message) if isinstance(message, AIMessage) else None
        if message.type == "system":
            system.append({"text": message.content})
        elif turn:
            parts, asked = _model_turn(turn, message.content, model)
            contents.append({"parts": parts, "role": "model"})
        elif message.type in ("human", "ai"):
            role = "user" if message.type == "human" else "model"
            contents.append({"parts": [{"text": message.content}], "role": role})
        else:
            raise TypeError(f"a {message.type} message has no place in a conversation with Gemini")
    _all_answered(asked)
    return Conversation(system, contents)


def _result(message: ToolMessage, asked: dict[str, _Asked]) -> Json:
    call = asked.pop(message.tool_call_id, None)
    if call is None:
        raise ValueError(f"a result of a call that the turn before did not make: {message.name}")
    result: Json = {"name": call.name, "response": {"result": message.content}}
    if call.id is not None:
        result["id"] = call.id
    return {"functionResponse": result}


def _all_answered(asked: dict[str, _Asked]) -> None:
    if asked:
        raise ValueError(f"calls without a result: {', '.join(call.name for call in asked.values())}")


def _model_turn(turn: ModelTurn, text: str, model: str) -> tuple[list[object], dict[str, _Asked]]:
    """Its parts, and its calls by the ids that results are given under."""
    parts = list(_own(turn) if turn.model == model else _foreign(turn, text, model))
    found = [call for part in parts if (call := _call_in(part))]
    if len(found) != len(turn.calls):
        raise ValueError("a turn whose calls are not those of its parts")
    return parts, {call.id: asked for call, asked in zip(turn.calls, found, strict=True)}


def _own(turn: ModelTurn) -> Iterator[object]:
    """As they came; only a part that says nothing at all is left out, for Gemini does not take it back."""
    for part in turn.parts:
        if isinstance(part, Part):
            says = bool(part.text or part.thought_signature or part.function_call)
        else:
            says = part not in ({}, {"text": ""})
        if says:
            yield part


def _foreign(turn: ModelTurn, text: str, model: str) -> Iterator[object]:
    """A turn that another model wrote, as this one could have."""
    if text:
        yield {"text": text}
    for number, call in enumerate(turn.calls):
        part: Json = {"functionCall": {"id": call.id, "name": call.name, "args": arguments_of(call) or {}}}
        if number == 0 and GEMINI_3_ON.match(model):
            part["thoughtSignature"] = UNSIGNED
        yield part


def _call_in(part: object) -> _Asked | None:
    if isinstance(part, Part):
        return _Asked(part.function_call.id, part.function_call.name) if part.function_call else None
    if isinstance(part, dict) and isinstance(call := part.get("functionCall"), dict):
        return _Asked(call.get("id"), call.get("name", ""))
    return None
