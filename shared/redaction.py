"""What may be logged: of an exception its type and where it was raised, of a text no secret.

The text of an exception may hold anything (a URL with its password, a question, a row), so it is never written.
"""

import re
import traceback
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

FRAMES = 6
MASK = "[redacted]"
SHORTEST_SECRET = 8
"""A shorter text stands in too many innocent places to be masked wherever it does."""

_SHAPES = (
    (re.compile(r"\b(\w+://[^\s:/@]*):[^\s@]+@"), rf"\1:{MASK}@"),  # the password in a URL
    (re.compile(r"\beyJ[\w-]+\.[\w-]+\.[\w-]*"), MASK),  # a JWT
    (re.compile(r"\bAIza[\w-]{20,}"), MASK),  # a Google API key
    (re.compile(r"(?i)\b((?:bearer|basic)\s+)[\w.+/=~-]{8,}"), rf"\1{MASK}"),
    (re.compile(r"(?i)\b((?:api[_-]?key|key|token|password|secret)=)[^\s&'\"]+"), rf"\1{MASK}"),
)


def where(error: BaseException) -> dict[str, str]:
    """`error` (its type, then those of its causes) and `at` (the innermost frames, the last one raised it)."""
    chain: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in chain:
        chain.append(cause)
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    at = " > ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames)
    return {"error": " from ".join(map(_kind, chain)), "at": at}


def _kind(error: BaseException) -> str:
    name = type(error).__name__
    if isinstance(error, BaseExceptionGroup):
        return f"{name}({', '.join(map(_kind, error.exceptions))})"
    return name


class Redactor:
    """Masks what looks like a secret, and the secrets of this process wherever they stand."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        known = {secret for secret in secrets if len(secret) >= SHORTEST_SECRET}
        longest_first = sorted(known, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first))) if known else None

    def __call__(self, text: str) -> str:
        """`text` without secrets."""
        if self._known is not None:
            text = self._known.sub(MASK, text)
        for shape, instead in _SHAPES:
            text = shape.sub(instead, text)
        return text


def password_in(url: str) -> list[str]:
    """The password that a URL holds, as it is written there and as it is meant."""
    written = urlsplit(url).netloc.rpartition("@")[0].partition(":")[2]
    return [written, unquote(written)] if written else []
