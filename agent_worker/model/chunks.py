"""The chunks of a Gemini stream that this program reads itself: text, usage, and how the answer ended.

Everything here is strict about what it knows. A chunk with any other key (a function call, inline data,
grounding) does not decode, and is left to the stock client, which knows it all.
"""

from typing import NamedTuple

import msgspec


class ToolCall(NamedTuple):
    """The model asks for a function: its name, and its arguments as JSON."""

    name: str
    arguments: str


class ModelChunk(NamedTuple):
    """What one read of the stream brought. Token counts are totals so far, 0 where nothing was said.

    `finish_reason` is Gemini's word (STOP, MAX_TOKENS, SAFETY, ...); `block_reason` says that the prompt was
    refused. Text that is the model's thinking is not part of `text`.
    """

    text: str = ""
    finish_reason: str | None = None
    block_reason: str | None = None
    input_tokens: int = 0
    output_tokens: int = 0
    tool_calls: tuple[ToolCall, ...] = ()

    def then(self, later: "ModelChunk") -> "ModelChunk":
        """Both as one."""
        return ModelChunk(
            self.text + later.text,
            later.finish_reason or self.finish_reason,
            later.block_reason or self.block_reason,
            later.input_tokens or self.input_tokens,
            later.output_tokens or self.output_tokens,
            self.tool_calls + later.tool_calls,
        )


class _Known(msgspec.Struct, rename="camel", forbid_unknown_fields=True):
    pass


class _Part(_Known):
    text: str
    thought: bool = False
    thought_signature: str | None = None


class _Content(_Known):
    parts: list[_Part] = []
    role: str = "model"


class _Candidate(_Known):
    content: _Content | None = None
    finish_reason: str | None = None
    finish_message: str | None = None
    index: int = 0
    safety_ratings: msgspec.Raw | None = None
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
    model_status: msgspec.Raw | None = None
    response_id: str | None = None
    create_time: str | None = None


_NO_USAGE = _Usage()
_decoder = msgspec.json.Decoder(_Chunk)


def read_chunk(event: bytes) -> ModelChunk | None:
    """The chunk in an event's data; None if there is anything in it that only the stock client knows.

    Raises `msgspec.DecodeError` if it is not JSON at all.
    """
    try:
        chunk = _decoder.decode(event)
    except msgspec.ValidationError:
        return None
    usage = chunk.usage_metadata or _NO_USAGE
    text, finish_reason = "", None
    if chunk.candidates:
        candidate = chunk.candidates[0]
        finish_reason = candidate.finish_reason
        if candidate.content:
            text = "".join(part.text for part in candidate.content.parts if not part.thought)
    return ModelChunk(
        text,
        finish_reason,
        chunk.prompt_feedback.block_reason if chunk.prompt_feedback and not chunk.candidates else None,
        usage.prompt_token_count + usage.tool_use_prompt_token_count,
        usage.candidates_token_count + usage.thoughts_token_count,
    )
