"""What the fast read knows, and what it leaves to the stock client."""

import msgspec
import pytest

from agent_worker.model.chunks import ModelChunk, ToolCall
from agent_worker.model.gemini.decode import Part, finish_reason, parts_in, read_chunk


def event(**fields: object) -> bytes:
    return msgspec.json.encode(fields)


def candidate(*parts: dict[str, object], **fields: object) -> list[dict[str, object]]:
    return [{"content": {"parts": parts, "role": "model"}, "index": 0, **fields}]


def read(*parts: dict[str, object], **fields: object) -> ModelChunk:
    chunk = read_chunk(event(candidates=candidate(*parts, **fields)))
    assert chunk is not None
    return chunk


def test_text_usage_and_ending_are_read() -> None:
    usage = {"promptTokenCount": 7, "candidatesTokenCount": 2, "thoughtsTokenCount": 3, "totalTokenCount": 12}
    chunk = read_chunk(
        event(
            candidates=candidate({"text": "P/E "}, {"text": "€5"}, finishReason="STOP"), usageMetadata=usage
        )
    )
    parts = (Part(text="P/E "), Part(text="€5"))
    assert chunk == ModelChunk("P/E €5", "stop", 7, 5, parts=parts, said="STOP")


def test_thinking_is_not_part_of_the_text() -> None:
    assert (
        read({"text": "Let me see", "thought": True}, {"text": "So.", "thoughtSignature": "c2ln"}).text
        == "So."
    )


def test_a_refused_prompt_is_told() -> None:
    feedback = {"blockReason": "PROHIBITED_CONTENT", "safetyRatings": []}
    assert read_chunk(event(promptFeedback=feedback)) == ModelChunk("", "safety", said="PROHIBITED_CONTENT")


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("STOP", "stop"),
        ("MAX_TOKENS", "max_tokens"),
        ("SPII", "safety"),
        ("OTHER", "error"),
        ("NEW", "error"),
    ],
)
def test_every_ending_has_a_neutral_word(word: str, reason: str) -> None:
    assert finish_reason(word) == reason
    assert finish_reason(None) is None


def test_calls_are_read_with_their_ids() -> None:
    call: dict[str, object] = {
        "id": "c1",
        "name": "find",
        "args": {"ticker": "KO", "n": 3.0, "x": [0.5, {"y": 2.0}]},
    }
    chunk = read({"functionCall": call, "thoughtSignature": "c2ln"}, {"functionCall": {"name": "now"}})
    first, second = chunk.tool_calls
    assert first == ToolCall("c1", "find", '{"ticker": "KO", "n": 3, "x": [0.5, {"y": 2}]}')
    assert (second.name, second.arguments) == ("now", "{}")
    assert second.id


@pytest.mark.parametrize(
    "part",
    [
        {"text": "a"},
        {"text": "", "thoughtSignature": "c2ln"},
        {"thoughtSignature": "c2ln"},
        {"text": "hm", "thought": True},
        {
            "functionCall": {"id": "c", "name": "f", "args": {"n": 3.0, "big": 12345678901234567890}},
            "thoughtSignature": "s",
        },
        {"functionCall": {"name": "f"}},
    ],
)
def test_parts_come_out_as_they_came_in(part: dict[str, object]) -> None:
    (kept,) = read(part).parts
    assert msgspec.json.decode(msgspec.json.encode(kept)) == part


@pytest.mark.parametrize(
    "chunk",
    [
        event(candidates=candidate({"functionCall": {"name": "find", "args": [1]}})),
        event(candidates=candidate({"functionCall": {"name": "find", "willContinue": True}})),
        event(candidates=candidate({"functionCall": {"id": "no name"}})),
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


def test_parts_of_what_only_the_stock_client_knows_are_kept_whole() -> None:
    parts: tuple[dict[str, object], ...] = (
        {"text": "a", "inlineData": {"data": "x"}},
        {"executableCode": {"code": "1"}},
    )
    assert parts_in(event(candidates=candidate(*parts))) == parts
    assert parts_in(event(promptFeedback={})) == ()
