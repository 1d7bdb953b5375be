"""When the scripted model wrote a chunk, in the chunk's own text: nanoseconds of the monotonic clock, in letters.

Letters to its end, because digits would be figures, and so would those of a word that it cuts: this system reads the
figures of an answer, and the others beside it do not.
"""

import re
import time

_LETTERS, _DIGITS = "abcdefghij", "0123456789"
_TO_LETTERS = str.maketrans(_DIGITS, _LETTERS)
_TO_DIGITS = bytes.maketrans(_LETTERS.encode(), _DIGITS.encode())
_STAMP = re.compile(rb"@([a-j]{9,})z")


def stamp(nanoseconds: int | None = None) -> str:
    """`@<letters>z` for a time, by default now."""
    at = time.monotonic_ns() if nanoseconds is None else nanoseconds
    return f"@{str(at).translate(_TO_LETTERS)}z"


def stamps_in(payload: bytes) -> list[int]:
    """The times of all stamps in a frame, in order."""
    return [int(found.translate(_TO_DIGITS)) for found in _STAMP.findall(payload)]
