"""Find phrases of a table in a text: words as tokens, the longest phrase first, in one walk."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[^\w\s]|_")


class Token(NamedTuple):
    """A word, a number or a sign, in lower case, and where it stands."""

    word: str
    start: int
    end: int


class Found(NamedTuple):
    """A phrase: what it means (all its tags), and which tokens it covers."""

    tags: tuple[str, ...]
    first: int
    last: int


class Branch:
    """What may follow, by the next token; `tags` if a phrase ends here."""

    __slots__ = ("below", "tags")

    def __init__(self) -> None:
        self.below: dict[str, Branch] = {}
        self.tags: tuple[str, ...] = ()


def word_list(text: str) -> list[str]:
    """The words of a text."""
    return text.split()


def word_set(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


def tokens(text: str) -> list[Token]:
    """The tokens of a text in lower case; their places are those in `text`."""
    return [Token(match.group().lower(), match.start(), match.end()) for match in TOKEN.finditer(text)]


class PhraseBook:
    """Phrases with tags, as a tree of tokens."""

    def __init__(self, phrases: Iterable[tuple[str, str]], *, fold: bool = True) -> None:
        self._root = Branch()
        for phrase, tag in phrases:
            self._add([match.group() for match in TOKEN.finditer(phrase.lower() if fold else phrase)], tag)

    def _add(self, words: list[str], tag: str) -> None:
        branch = self._root
        for word in words:
            branch = branch.below.setdefault(word, Branch())
        if words and tag not in branch.tags:
            branch.tags = (*branch.tags, tag)

    def find(self, words: list[str]) -> Iterator[Found]:
        """Phrases from left to right, the longest at each place; they do not overlap."""
        place, count, root = 0, len(words), self._root.below
        while place < count:
            branch = root.get(words[place])
            best: Found | None = None
            reach = place
            while branch is not None:
                if branch.tags:
                    best = Found(branch.tags, place, reach)
                reach += 1
                branch = branch.below.get(words[reach]) if reach < count else None
            if best is None:
                place += 1
            else:
                yield best
                place = best.last + 1
