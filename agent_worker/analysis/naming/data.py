"""The curated lists beside this file, read once: everyday names, well-known outsiders, common words."""

import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

from agent_worker.analysis.naming.words import plain


class CommonWords(NamedTuple):
    """Words in plain form that are seldom a company. `german` are among `all`."""

    all: frozenset[str]
    german: frozenset[str]
    english: frozenset[str]
    well_known: frozenset[str]
    """Common, but in talk of stocks a company when written with a capital ("Apple", "Visa")."""

    accented: frozenset[str]
    """Common words as they are written with accents: "über" is not Uber."""

    never_alone: frozenset[str]
    phrases: frozenset[str]
    """Names of common words, in one, that are said for other things too: "best buy"."""

    def hold(self, key: str) -> bool:
        """Whether `key` is a common word, also in the plural."""
        return key in self.all or (key.endswith("s") and key[:-1] in self.all)


def everyday_names() -> dict[str, list[str]]:
    """By ticker."""
    return tomllib.loads(_text("everyday_names.toml"))


def outsiders() -> list[list[str]]:
    """For each company that is usually not in the data: the name to say, then other names."""
    lines = (line for line in _text("outsiders.txt").splitlines() if line and not line.startswith("#"))
    return [[name.strip() for name in line.split(";")] for line in lines]


@cache
def common_words() -> CommonWords:
    """The lists of `common_words.txt`, by section."""
    sections = _sections("common_words.txt")
    phrases = frozenset(sections.pop("phrases"))
    return CommonWords(
        frozenset().union(*sections.values()),
        frozenset(sections["german"] - sections["english"]),
        frozenset(sections["english"]),
        frozenset(sections["well known"]),
        frozenset(word for word in _text("common_words.txt").lower().split() if not word.isascii()),
        frozenset(sections["never alone"]),
        phrases,
    )


def place_words(section: str) -> frozenset[str]:
    """The words of a section of `place_words.txt`."""
    return frozenset(_sections("place_words.txt")[section])


def _sections(name: str) -> dict[str, set[str]]:
    sections: dict[str, set[str]] = {}
    section: set[str] = set()
    for line in _text(name).splitlines():
        if line.startswith("["):
            section = sections.setdefault(line.strip("[]"), set())
        elif not line.startswith("#"):
            section.update(map(plain, line.split()))
    return sections


def _text(name: str) -> str:
    return (resources.files(__package__) / name).read_text("utf-8")
