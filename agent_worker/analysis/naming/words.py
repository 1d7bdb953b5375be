"""A question as words: what each is in plain form, how it is written, and what stands before it."""

import re
import unicodedata
from typing import NamedTuple

APOSTROPHES = "'’‘`´"

_WORD = re.compile(
    rf"[A-Za-z]/[A-Za-z]{{1,6}}(?![^\W_])|[^\W_]+(?:[{APOSTROPHES}](?:[^\W_]+|(?![^\W_])))*|[&+]", re.UNICODE
)
_POSSESSIVE = re.compile(rf"[{APOSTROPHES}][sS]?$")
_MARKS = re.compile(rf"[{APOSTROPHES}]")
_SENTENCE_END = re.compile(r"[.!?:;\n]\s*[\"“”»«(]*\s*$|\n")


class Word(NamedTuple):
    """One word. `key` is it in plain form ("estee", "lowes"), `stem` without a possessive, or None without one."""

    text: str
    key: str
    stem: str | None
    before: str
    """What stands between it and the word before: space, signs, or nothing."""
    starts: bool
    """Whether a sentence begins with it."""
    capital: bool
    upper: bool

    @property
    def whole(self) -> str:
        """The plain word without a possessive."""
        return self.stem if self.stem is not None else self.key


def plain(text: str) -> str:
    """In lower case, without accents and apostrophes: "Estée" is "estee", "O'Reilly" "oreilly"."""
    if text.isascii():
        return _MARKS.sub("", text).lower()
    letters = unicodedata.normalize("NFKD", text.casefold())
    return _MARKS.sub("", "".join(char for char in letters if not unicodedata.combining(char)))


def split(text: str) -> list[Word]:
    """The words of `text`, in order."""
    words: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        written, before = match.group(), text[end : match.start()]
        bare = _POSSESSIVE.sub("", written)
        words.append(
            Word(
                text=written,
                key=plain(written),
                stem=plain(bare) if bare != written and bare else None,
                before=before,
                starts=not words or _ends_sentence(words[-1], before),
                capital=bare[:1].isupper() or (bare[:1].isdigit() and bare.upper() == bare),
                upper=bare.isupper(),
            )
        )
        end = match.end()
    return words


def ending(text: str, words: list[Word]) -> str:
    """What stands after the last of `words`."""
    rest = len(text)
    for word in reversed(words):
        rest = text.rfind(word.text)
        return text[rest + len(word.text) :]
    return text


def _ends_sentence(last: Word, before: str) -> bool:
    """A full stop after an initial ("D. R. Horton") or a short form ("Dr. Pepper") ends nothing."""
    if not _SENTENCE_END.search(before):
        return False
    return not (
        before.startswith(".") and "\n" not in before and (len(last.key) < 2 or last.key in SHORTENED)
    )


SHORTENED = frozenset({"dr", "st", "mr", "mrs", "ms", "inc", "corp", "co", "bros", "ltd", "vs", "jr"})
