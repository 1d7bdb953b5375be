"""What the real API refuses in a request."""

import itertools
from typing import Any

import msgspec
from aiohttp import web

from tests.fakes.gemini_calls import why_no_conversation
from tests.fakes.gemini_script import Script, error_body


def why_refused(contents: list[dict[str, Any]]) -> str | None:
    """Why the real API would refuse these contents, or do something odd with them; None if they are well formed."""
    try:
        roles = [content.get("role", "user") for content in contents]
        parts = [part for content in contents for part in content["parts"]]
    except (AttributeError, KeyError, TypeError):
        return "not a GenerateContentRequest"
    if not roles or roles[-1] != "user" or roles[0] != "user":
        return "contents must begin and end with the user"
    if any(one == other for one, other in itertools.pairwise(roles)):
        return "roles must alternate"
    if any(part.get("text") == "" and not part.get("thoughtSignature") for part in parts):
        return "empty text part"
    return why_no_conversation(contents)


def contents_in(body: bytes) -> list[dict[str, Any]]:
    """The conversation in a request; empty if it is none."""
    try:
        contents = msgspec.json.decode(body)["contents"]
    except (msgspec.DecodeError, KeyError, TypeError):
        return []
    return contents if isinstance(contents, list) else []


def refused(why: str) -> web.Response:
    """HTTP 400 as of the real API, with its reason."""
    return web.Response(
        status=400, body=error_body(Script(fail=400), why), reason=why, content_type="application/json"
    )
