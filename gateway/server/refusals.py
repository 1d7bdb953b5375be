"""What is refused before the application hears of it, in the words of all errors: `{code, message}`."""

import json
from collections.abc import Iterable
from http import HTTPStatus

Header = tuple[bytes, bytes]


def error_body(code: str, message: str) -> bytes:
    """The body of an error."""
    return json.dumps({"code": code, "message": message}, separators=(",", ":")).encode()


def refusal(status: HTTPStatus, code: str, message: str, headers: Iterable[Header] = ()) -> bytes:
    """A whole answer, after which the connection is closed."""
    body = error_body(code, message)
    lines = [
        b"HTTP/1.1 %d %s" % (status, status.phrase.encode()),
        *(name + b": " + value for name, value in headers),
        b"cross-origin-resource-policy: same-origin",
        b"content-type: application/json",
        b"content-length: %d" % len(body),
        b"connection: close",
    ]
    return b"\r\n".join([*lines, b"", body])
