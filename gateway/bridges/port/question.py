"""A question as it came over HTTP, made into the frame that a socket would send."""

import hashlib
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from gateway.wire.client_frames import CONTENT_CHARS, UserMessage
from gateway.wire.close_codes import RefusedError

MAX_BODY_BYTES = 1024 * 1024
"""Room for a history that nobody here reads."""

T = TypeVar("T")


def read_body(body: bytes, shape: type[T]) -> T:
    """A body in a protocol's shape. Raises `RefusedError` (invalid)."""
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.ValidationError as error:
        raise RefusedError("invalid", f"Not valid: {error}") from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise RefusedError("invalid", "The body is not JSON.") from None
    except RecursionError:
        raise RefusedError("invalid", "The body nests too deep.") from None


class Part(msgspec.Struct, frozen=True):
    """One part of a content that is a list."""

    type: str
    text: str = ""


class Said(msgspec.Struct, frozen=True):
    """One message of a client's history, in the shape that most protocols have. Only a question's content is read."""

    role: str
    content: msgspec.Raw = msgspec.Raw(b"null")
    id: str | None = None


def last_of_the_user(messages: list[Said], role: str = "user") -> Said:
    """The only message that is believed. Raises `RefusedError` (invalid) if there is none."""
    for message in reversed(messages):
        if message.role == role:
            return message
    raise RefusedError("invalid", "There is no message of the user's.")


def text_of(content: msgspec.Raw) -> str:
    """A text, or the texts of a list of parts. Raises `RefusedError` (invalid)."""
    try:
        read = msgspec.json.decode(content, type=str | list[Part])
    except msgspec.ValidationError:
        raise RefusedError("invalid", "A question is a text, or a list of texts.") from None
    return read if isinstance(read, str) else text_of_parts(read)


def text_of_parts(parts: list[Part]) -> str:
    """The texts, a line each. Raises `RefusedError` (invalid) for what is no text."""
    if any(part.type != "text" for part in parts):
        raise RefusedError("invalid", "Only texts are read here: no images, audio or files.")
    return "\n".join(part.text for part in parts)


def digest(messages: list[Said]) -> str:
    """A name for these very messages, where a protocol has none."""
    return hashlib.sha256(msgspec.json.encode(messages)).hexdigest()


def make_question(
    content: str, turn: UUID, ticker: str | msgspec.UnsetType | None, *, analysis_id: int | None = None
) -> UserMessage:
    """The frame. Raises `RefusedError` (invalid) for what a socket would refuse too."""
    fields: dict[str, Any] = {"type": "user_message", "content": content, "turn_id": turn}
    if not isinstance(ticker, msgspec.UnsetType):
        fields["context_ticker"] = ticker
    if analysis_id is not None:
        fields["analysis_id"] = analysis_id
    try:
        return msgspec.convert(fields, UserMessage)
    except msgspec.ValidationError:
        raise RefusedError(
            "invalid",
            f"A question has 1 to {CONTENT_CHARS} characters, no NUL and no half of a surrogate pair.",
        ) from None
