"""What the fast read knows, and what it leaves to the stock client."""

import msgspec
import pytest

from agent_worker.model.chunks import ModelChunk, ToolCall, read_chunk


def event(**fields: object) -> bytes:
    return msgspec.json.encode(fields)


def candidate(*parts: dict[str, object], **fields: object) -> list[dict[str, object]]:
    return [{"content": {"parts": parts, "role": "model"}, "index": 0, **fields}]


def test_text_usage_and_ending_are_read() -> None:
    usage = {"promptTokenCount": 7, "candidatesTokenCount": 2, "thoughtsTokenCount": 3, "totalTokenCount": 12}
    chunk = read_chunk(
        event(
            candidates=candidate({"text": "P/E "}, {"text": "€5"}, finishReason="STOP"), usageMetadata=usage
        )
    )
    assert chunk == ModelChunk("P/E €5", finish_reason="STOP", input_tokens=7, output_tokens=5)


def test_thinking_is_not_part_of_the_text() -> None:
    parts: list[dict[str, object]] = [
        {"text": "Let me see", "thought": True},
        {"text": "So.", "thoughtSignature": "c2ln"},
    ]
    assert read_chunk(event(candidates=candidate(*parts))) == ModelChunk("So.")


def test_a_refused_prompt_is_told() -> None:
    feedback = {"blockReason": "PROHIBITED_CONTENT", "safetyRatings": []}
    assert read_chunk(event(promptFeedback=feedback)) == ModelChunk(block_reason="PROHIBITED_CONTENT")


@pytest.mark.parametrize(
    "chunk",
    [
        event(candidates=candidate({"functionCall": {"name": "find", "args": {}}})),
        event(candidates=candidate({"text": "a", "inlineData": {}})),
        event(candidates=candidate({"text": "a"}, groundingMetadata={})),
        event(error={"code": 503}),
        event(somethingNew=1),
        event(candidates="?"),
    ],
)
def test_anything_else_is_left_to_the_stock_client(chunk: bytes) -> None:
    assert read_chunk(chunk) is None


def test_what_is_no_json_is_an_error() -> None:
    with pytest.raises(msgspec.DecodeError):
        read_chunk(b'{"candidates": [')


def test_chunks_add_up() -> None:
    first = ModelChunk("a", input_tokens=5, output_tokens=1)
    last = ModelChunk("b", "STOP", None, 0, 4, (ToolCall("f", "{}"),))
    assert first.then(last) == ModelChunk("ab", "STOP", None, 5, 4, (ToolCall("f", "{}"),))
