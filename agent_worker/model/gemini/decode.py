"""The events of a Gemini stream that this program reads itself: text, calls, usage, and how the answer ended.

Everything here is strict about what it knows. An event with any other key (inline data, grounding, code) does
not decode, and is left to the stock client, which knows it all. Gemini's words for an ending stay in this room.
"""

import json
from uuid import uuid4

import msgspec

from agent_worker.model.chunks import FinishReason, ModelChunk, ToolCall

_FINISH_REASONS: dict[str, FinishReason] = {
    "STOP": "stop",
    "MAX_TOKENS": "max_tokens",
    "SAFETY": "safety",
    "RECITATION": "safety",
    "LANGUAGE": "safety",
    "BLOCKLIST": "safety",
    "PROHIBITED_CONTENT": "safety",
    "SPII": "safety",
}


def finish_reason(word: str | None) -> FinishReason | None:
    """Gemini's word for an ending in ours. One that is not known (OTHER, MALFORMED_...) means that something broke."""
    return _FINISH_REASONS.get(word, "error") if word else None


_NOTHING = msgspec.Raw()
"""What was not there (msgspec does not read an optional Raw)."""


class _Known(msgspec.Struct, rename="camel", forbid_unknown_fields=True, omit_defaults=True):
    pass


class FunctionCall(_Known):
    """The model's call as it came. `args` is the untouched JSON."""

    name: str
    args: msgspec.Raw = _NOTHING
    id: str | None = None


class Part(_Known):
    """One part of the model's turn as it came; encoded again it is the same JSON object."""

    text: str | None = None
    thought: bool = False
    thought_signature: str | None = None
    function_call: FunctionCall | None = None


class _Content(_Known):
    parts: list[Part] = []
    role: str = "model"


class _Candidate(_Known):
    content: _Content | None = None
    finish_reason: str | None = None
    finish_message: str | None = None
    index: int = 0
    safety_ratings: msgspec.Raw = _NOTHING
    avg_logprobs: float | None = None


class _Usage(msgspec.Struct, rename="camel"):
    prompt_token_count: int = 0
    tool_use_prompt_token_count: int = 0
    candidates_token_count: int = 0
    thoughts_token_count: int = 0


class _PromptFeedback(msgspec.Struct, rename="camel"):
    block_reason: str | None = None


class _Chunk(_Known):
    candidates: list[_Candidate] = []
    usage_metadata: _Usage | None = None
    prompt_feedback: _PromptFeedback | None = None
    model_version: str | None = None
    model_status: msgspec.Raw = _NOTHING
    response_id: str | None = None
    create_time: str | None = None


class _AnyContent(msgspec.Struct):
    parts: list[dict[str, object]] = []


class _AnyCandidate(msgspec.Struct):
    content: _AnyContent | None = None


class _AnyChunk(msgspec.Struct):
    candidates: list[_AnyCandidate] = []


_NO_USAGE = _Usage()
_decoder = msgspec.json.Decoder(_Chunk)
_arguments = msgspec.json.Decoder(dict[str, object] | None)


def read_chunk(event: bytes) -> ModelChunk | None:
    """The chunk in an event's data; None if there is anything in it that only the stock client knows.

    Raises `msgspec.DecodeError` if it is not JSON at all.
    """
    try:
        chunk = _decoder.decode(event)
        usage = chunk.usage_metadata or _NO_USAGE
        text = ""
        said: str | None = None
        parts: tuple[Part, ...] = ()
        calls: tuple[ToolCall, ...] = ()
        if chunk.candidates:
            candidate = chunk.candidates[0]
            said = candidate.finish_reason
            if candidate.content:
                parts = tuple(candidate.content.parts)
                for part in parts:
                    if part.text and not part.thought:
                        text += part.text
                    if part.function_call:
                        calls += (_call(part.function_call),)
        elif chunk.prompt_feedback:
            said = chunk.prompt_feedback.block_reason
    except msgspec.ValidationError:
        return None
    return ModelChunk(
        text,
        (finish_reason(said) if chunk.candidates else "safety") if said else None,
        usage.prompt_token_count + usage.tool_use_prompt_token_count,
        usage.candidates_token_count + usage.thoughts_token_count,
        calls,
        parts,
        said or "",
    )


def parts_in(event: bytes) -> tuple[dict[str, object], ...]:
    """The parts of an event that `read_chunk` does not know, as they came. Raises `msgspec.DecodeError`."""
    candidates = msgspec.json.decode(event, type=_AnyChunk).candidates
    content = candidates[0].content if candidates else None
    return tuple(content.parts) if content else ()


def _call(call: FunctionCall) -> ToolCall:
    arguments = _arguments.decode(call.args) if call.args != _NOTHING else None
    return ToolCall(call.id or str(uuid4()), call.name, json.dumps(_whole(arguments or {})))


def _whole(value: object) -> object:
    """JSON has one kind of number, and Gemini may write a whole one as 3.0: an integer then, as the stock client says."""
    if isinstance(value, dict):
        return {key: _whole(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_whole(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
