"""What a Chat Completions request says, as far as it is believed: the last question, its page and its ids."""

import hashlib
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import msgspec

from gateway.bridges.port.names import session_of, turn_of
from gateway.bridges.port.question import MAX_ID_CHARS, make_question
from gateway.wire.client_frames import UserMessage
from gateway.wire.close_codes import RefusedError

MODEL = "tickertalk"
"""Followed by a colon and a ticker it is the page too: `tickertalk:KO`."""


class Part(msgspec.Struct, frozen=True):
    """One part of a content that is a list."""

    type: str
    text: str = ""


class ChatMessage(msgspec.Struct, frozen=True):
    """One message of the client's history. Only a question's content is read."""

    role: str
    content: msgspec.Raw = msgspec.Raw(b"null")


class StreamOptions(msgspec.Struct, frozen=True):
    """What a stream brings beside its text."""

    include_usage: bool = False


class ChatRequest(msgspec.Struct, frozen=True):
    """The body. Sampling parameters and offered tools are passed over: what answers has its own."""

    model: str
    messages: list[ChatMessage]
    stream: bool | None = False
    stream_options: StreamOptions | None = None
    n: int | None = 1
    tool_choice: Any = None
    response_format: dict[str, Any] | None = None
    modalities: list[str] | None = None
    metadata: dict[str, str] | None = None


class Asked(NamedTuple):
    """A session, and what is asked in it."""

    session: UUID
    question: UserMessage


def asked_in(request: ChatRequest, *, thread: str | None, key: str | None) -> Asked:
    """The question of a request; `thread` and `key` are those of its headers. Raises `RefusedError`.

    Without a thread a request is a conversation of its own. Without a message id or a key, the same messages in the
    same thread are the same question.
    """
    _check_supported(request)
    given = request.metadata or {}
    thread = given.get("thread_id") or thread or key
    message = given.get("message_id") or key or _digest(request.messages)
    for name in filter(None, (thread, message)):
        if len(name) > MAX_ID_CHARS:
            raise RefusedError("invalid", f"An id has at most {MAX_ID_CHARS} characters.")
    session = session_of(thread) if thread else uuid4()
    content = _last_question(request.messages)
    return Asked(session, make_question(content, turn_of(session, message), _ticker(request)))


def _ticker(request: ChatRequest) -> str | msgspec.UnsetType:
    name, _, ticker = request.model.partition(":")
    if name != MODEL or request.model.endswith(":"):
        raise RefusedError("unknown_ticker", f"There is no such model; there are {MODEL} and {MODEL}:TICKER.")
    named = (request.metadata or {}).get("ticker", "")
    if ticker and named and ticker != named:
        raise RefusedError("invalid", "The model and metadata.ticker name two companies.")
    return ticker or named or msgspec.UNSET


def _last_question(messages: list[ChatMessage]) -> str:
    for message in reversed(messages):
        if message.role == "user":
            return _text(message.content)
    raise RefusedError("invalid", "There is no message of the user's.")


def _text(content: msgspec.Raw) -> str:
    try:
        read = msgspec.json.decode(content, type=str | list[Part])
    except msgspec.ValidationError:
        raise RefusedError("invalid", "A question is a text, or a list of texts.") from None
    if isinstance(read, str):
        return read
    if any(part.type != "text" for part in read):
        raise RefusedError("invalid", "Only texts are read here: no images, audio or files.")
    return "\n".join(part.text for part in read)


def _check_supported(request: ChatRequest) -> None:
    """What would have to be obeyed and is not known here is refused, rather than passed over."""
    if request.n not in (None, 1):
        raise RefusedError("invalid", "n: there is one answer.")
    if request.tool_choice not in (None, "auto", "none"):
        raise RefusedError("invalid", "tool_choice: tools of the client's are never called here.")
    if (request.response_format or {}).get("type", "text") != "text":
        raise RefusedError("invalid", "response_format: answers are text.")
    if set(request.modalities or ["text"]) != {"text"}:
        raise RefusedError("invalid", "modalities: answers are text.")


def _digest(messages: list[ChatMessage]) -> str:
    return hashlib.sha256(msgspec.json.encode(messages)).hexdigest()
