"""Companies where a question names them: by ticker or by the first words of their name."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from deploy.offline_model.language.normalise import fold
from deploy.offline_model.language.tokens import Token, tokens_of
from deploy.offline_model.material.subjects import Company, Subjects

_EMPTY = frozenset({"the", "inc", "corp", "co", "company", "plc", "group", "holdings", "class", "and"})
_SHORTEST = 4


class _Name(NamedTuple):
    kind: Literal["company", "outside"]
    ticker: str
    words: tuple[str, ...]
    is_asked: bool


class NameBook:
    """Finds the companies that the subjects know. Those named in this question may be short or in lower case."""

    def __init__(self, subjects: Subjects, *, is_last: bool = True) -> None:
        """`is_last` is false for an earlier question, in which NAMED says nothing."""
        asked = {each.ticker for each in subjects.named} if is_last else set()
        self._names = [_name(each, each.ticker in asked) for each in subjects.known]
        self._names += [_Name("outside", "", _words(name), True) for name in subjects.not_in_data]

    def at(
        self, tokens: Sequence[Token], place: int
    ) -> tuple[Literal["company", "outside"], str, int] | None:
        """(kind, ticker, how many tokens) of the longest name that starts at `place`."""
        best: tuple[_Name, int] | None = None
        for name in self._names:
            length = _length(name, tokens, place)
            if length and (best is None or (length, name.is_asked) > (best[1], best[0].is_asked)):
                best = name, length
        return (best[0].kind, best[0].ticker, best[1]) if best else None


def _name(company: Company, is_asked: bool) -> _Name:
    return _Name("company", company.ticker, _words(company.name), is_asked)


def _words(name: str) -> tuple[str, ...]:
    words = [token.text for token in tokens_of(name) if token.kind == "word"]
    while words and words[0] == "the":
        words.pop(0)
    return tuple(words)


def _length(name: _Name, tokens: Sequence[Token], place: int) -> int:
    raw, text = tokens[place].raw.partition("'")[0], tokens[place].text
    if name.ticker and (
        raw == name.ticker or (name.is_asked and fold(name.ticker) == text and len(text) > 1)
    ):
        return 1
    length, steps = 0, 0
    while length < len(name.words) and place + steps < len(tokens):
        if length and tokens[place + steps].text == "-" and place + steps + 1 < len(tokens):
            steps += 1
        if tokens[place + steps].text != name.words[length]:
            break
        length, steps = length + 1, steps + 1
    whole = length == len(name.words) or all(word in _EMPTY for word in name.words[length:])
    if length and (
        whole or name.is_asked or (length == 1 and len(text) >= _SHORTEST and text == raw.lower() != raw)
    ):
        return steps
    if name.is_asked and len(text) >= _SHORTEST and name.words and name.words[0].startswith(text):
        return 1
    return 0
