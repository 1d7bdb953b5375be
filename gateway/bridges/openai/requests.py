"""What a Chat Completions request says, as far as it is believed: the last question, its page and its ids."""

from typing import Any

import msgspec

from gateway.bridges.port.names import Names, names_of
from gateway.bridges.port.question import Said, digest, last_of_the_user, make_question, text_of
from gateway.wire.client_frames import UserMessage
from gateway.wire.close_codes import RefusedError

MODEL = "tickertalk"
"""Followed by a colon and a ticker it is the page too: `tickertalk:KO`."""


class StreamOptions(msgspec.Struct, frozen=True):
    """What a stream brings beside its text."""

    include_usage: bool = False


class ChatRequest(msgspec.Struct, frozen=True):
    """The body. Sampling parameters and offered tools are passed over: what answers has its own."""

    model: str
    messages: list[Said]
    stream: bool | None = False
    stream_options: StreamOptions | None = None
    n: int | None = 1
    tool_choice: Any = None
    response_format: dict[str, Any] | None = None
    modalities: list[str] | None = None
    metadata: dict[str, str] | None = None


def names_in(request: ChatRequest, *, thread: str | None, key: str | None) -> Names:
    """Where the question belongs; `thread` and `key` are those of the headers. Raises `RefusedError`.

    Without a thread a request is a conversation of its own. Without a message id or a key, the same messages in the
    same thread are the same question.
    """
    given = request.metadata or {}
    message = given.get("message_id") or key or digest(request.messages)
    return names_of(given.get("thread_id") or thread or key, message)


def question_in(request: ChatRequest, names: Names) -> UserMessage:
    """The question of a request. Raises `RefusedError`."""
    _check_supported(request)
    content = text_of(last_of_the_user(request.messages).content)
    return make_question(content, names.turn, _ticker(request))


def _ticker(request: ChatRequest) -> str | msgspec.UnsetType:
    name, _, ticker = request.model.partition(":")
    if name != MODEL or request.model.endswith(":"):
        raise RefusedError("unknown_ticker", f"There is no such model; there are {MODEL} and {MODEL}:TICKER.")
    named = (request.metadata or {}).get("ticker", "")
    if ticker and named and ticker != named:
        raise RefusedError("invalid", "The model and metadata.ticker name two companies.")
    return ticker or named or msgspec.UNSET


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
