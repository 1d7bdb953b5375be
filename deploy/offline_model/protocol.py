"""The part of Gemini's REST protocol that is spoken here: what a request holds, and how an answer is written."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

BYTES_PER_TOKEN = 4


class FunctionCall(msgspec.Struct, omit_defaults=True):
    """A look-up that the model asks for. `id` pairs it with its response."""

    name: str
    args: dict[str, Any] = {}
    id: str = ""


class FunctionResponse(msgspec.Struct):
    """What a look-up gave: `response` is {"result": text}."""

    name: str
    response: Any = None
    id: str = ""


class Part(msgspec.Struct, rename="camel"):
    """One part of a content; exactly one field is set in practice. Unknown kinds of parts are ignored."""

    text: str = ""
    thought: bool = False
    function_call: FunctionCall | None = None
    function_response: FunctionResponse | None = None


class Content(msgspec.Struct):
    """One message."""

    parts: list[Part] = []
    role: str = "user"

    @property
    def text(self) -> str:
        """The spoken text of all parts."""
        return "".join(part.text for part in self.parts if not part.thought)


class FunctionDeclaration(msgspec.Struct):
    """A tool that may be called; its parameters are known here by its name."""

    name: str


class Tool(msgspec.Struct, rename="camel"):
    """A group of tools."""

    function_declarations: list[FunctionDeclaration] = []


class Request(msgspec.Struct, rename="camel"):
    """A GenerateContentRequest."""

    contents: list[Content]
    system_instruction: Content = msgspec.field(default_factory=Content)
    tools: list[Tool] = []

    @property
    def tool_names(self) -> frozenset[str]:
        """The tools that are declared."""
        return frozenset(each.name for tool in self.tools for each in tool.function_declarations)


class Reply(NamedTuple):
    """Either a spoken answer, or the look-ups needed before there is one."""

    text: str = ""
    calls: Sequence[FunctionCall] = ()


def decode(body: bytes) -> Request:
    """The request in `body`. Raises `msgspec.DecodeError` if it is none or asks nothing."""
    request = msgspec.json.decode(body, type=Request)
    if not any(content.role == "user" for content in request.contents):
        raise msgspec.ValidationError("contents hold no question")
    return request


def words(text: str) -> Iterator[str]:
    """The pieces a text is streamed in: one word each with the space before it; they join to the text."""
    start = 0
    in_word = False
    for place, char in enumerate(text):
        if char.isspace() and in_word and text[place:].strip():
            yield text[start:place]
            start = place
        in_word = not char.isspace()
    if text:
        yield text[start:]


def events(reply: Reply, *, prompt_tokens: int) -> Iterator[bytes]:
    """The chunks of a streamed reply: one word each, or all calls at once; the last has its finish reason."""
    if reply.calls:
        yield _chunk(_call_parts(reply.calls), "STOP", prompt_tokens, len(reply.calls))
        return
    pieces = list(words(reply.text))
    for number, piece in enumerate(pieces, 1):
        yield _chunk([{"text": piece}], "STOP" if number == len(pieces) else None, prompt_tokens, number)


def whole(reply: Reply, *, prompt_tokens: int) -> bytes:
    """The reply as one response."""
    parts = _call_parts(reply.calls) if reply.calls else [{"text": reply.text}]
    return _chunk(parts, "STOP", prompt_tokens, len(reply.calls) or estimated_tokens(reply.text))


def refusal(error: msgspec.DecodeError) -> bytes:
    """Gemini's form of "that is no request"."""
    return msgspec.json.encode({"error": {"code": 400, "message": str(error), "status": "INVALID_ARGUMENT"}})


def estimated_tokens(text: str) -> int:
    """About how many tokens `text` is."""
    return len(text.encode()) // BYTES_PER_TOKEN + 1


def _call_parts(calls: Sequence[FunctionCall]) -> list[dict[str, object]]:
    return [{"functionCall": {"id": call.id, "name": call.name, "args": call.args}} for call in calls]


def _chunk(
    parts: Sequence[dict[str, object]] | list[dict[str, str]],
    finish_reason: str | None,
    prompt_tokens: int,
    answer_tokens: int,
) -> bytes:
    candidate: dict[str, object] = {"content": {"parts": parts, "role": "model"}, "index": 0}
    if finish_reason:
        candidate["finishReason"] = finish_reason
    usage = {
        "promptTokenCount": prompt_tokens,
        "candidatesTokenCount": answer_tokens,
        "totalTokenCount": prompt_tokens + answer_tokens,
    }
    return msgspec.json.encode({"candidates": [candidate], "usageMetadata": usage, "modelVersion": "offline"})
