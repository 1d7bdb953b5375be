"""A question as it came over HTTP, made into the frame that a socket would send."""

from typing import Any, TypeVar
from uuid import UUID

import msgspec

from gateway.wire.client_frames import CONTENT_CHARS, UserMessage
from gateway.wire.close_codes import RefusedError

MAX_ID_CHARS = 256
"""Of a thread's or a message's name."""
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
