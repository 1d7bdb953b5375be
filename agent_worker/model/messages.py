"""A model's turn and the results of its calls, as messages of the conversation that goes back to a model.

LangChain's messages carry them, so that a graph need not know which provider answers. What the provider itself
sent rides along unread: some refuse a conversation in which their own turn comes back changed.
"""

import json
from typing import NamedTuple

from langchain_core.messages import AIMessage, InvalidToolCall, ToolMessage
from langchain_core.messages import ToolCall as ParsedCall

from agent_worker.model.chunks import ModelChunk, ToolCall

_TURN = "model_turn"


class ModelTurn(NamedTuple):
    """A turn as the model named `model` wrote it. `parts` mean something to that model's provider only."""

    model: str
    parts: tuple[object, ...]
    calls: tuple[ToolCall, ...]


def model_message(turn: ModelChunk) -> AIMessage:
    """A whole turn of the model: all chunks of one call, joined by `ModelChunk.then`."""
    parsed: list[ParsedCall] = []
    unreadable: list[InvalidToolCall] = []
    for call in turn.tool_calls:
        arguments = arguments_of(call)
        if arguments is None:
            unreadable.append(
                InvalidToolCall(
                    type="invalid_tool_call",
                    name=call.name,
                    args=call.arguments,
                    id=call.id,
                    error="no JSON object",
                )
            )
        else:
            parsed.append(ParsedCall(type="tool_call", name=call.name, args=arguments, id=call.id))
    return AIMessage(
        turn.text,
        tool_calls=parsed,
        invalid_tool_calls=unreadable,
        additional_kwargs={_TURN: ModelTurn(turn.model, turn.parts, turn.tool_calls)},
    )


def tool_message(call: ToolCall, result: str) -> ToolMessage:
    """What a call gave. The results of one turn follow it directly, one for each of its calls."""
    return ToolMessage(result, tool_call_id=call.id, name=call.name)


def turn_in(message: AIMessage) -> ModelTurn | None:
    """What the model itself sent, if this message was made of it; None for a plain text."""
    turn = message.additional_kwargs.get(_TURN)
    return turn if isinstance(turn, ModelTurn) else None


def arguments_of(call: ToolCall) -> dict[str, object] | None:
    """The arguments of a call; None if they are no JSON object."""
    try:
        value = json.loads(call.arguments)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None
