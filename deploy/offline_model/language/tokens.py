"""A text as tokens: words in one spelling, numbers, and the few signs that carry a meaning."""

import re
from typing import Literal, NamedTuple

from deploy.offline_model.language.normalise import fold, split_contraction

Kind = Literal["word", "number", "sign"]

LONGEST = 2_000
"""Characters read of a question; what follows is a paste, not a question."""

_NUMBER = r"\d+(?:[.,]\d+)*"
_WORD = r"[^\W\d_]+(?:[/&'.][^\W\d_]+)*"
_SIGN = r"[%$€<>=≥≤+?-]"
_TOKEN = re.compile(f"({_NUMBER})|({_WORD})|({_SIGN})")


class Token(NamedTuple):
    """`text` is folded; `raw` is as written."""

    text: str
    raw: str
    kind: Kind


def tokens_of(text: str) -> list[Token]:
    """The tokens of `text`, in order."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text[:LONGEST].replace("’", "'")):
        number, word, _sign = match.groups()
        raw = match.group()
        if number:
            found.append(Token(number, raw, "number"))
        elif word:
            found += [Token(part, raw, "word") for part in split_contraction(fold(word)) if part]
        else:
            found.append(Token(fold(raw), raw, "sign"))
    return found
