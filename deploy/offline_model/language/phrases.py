"""Phrases of a table, made ready to be found among tokens or slots."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from deploy.offline_model.language.normalise import fold
from deploy.offline_model.language.tokens import tokens_of

GAP = ".."
STEM = 2
"""Letters that the first step of a phrase with `*` is filed under."""

GAP_MOST = 5
"""Words that a gap may span."""


Forms = Sequence[tuple[str, ...]]
"""What stands at each place, each as it may be matched: a word, or "<metric>" and the word that it is."""


class Phrase(NamedTuple):
    """One phrase of a feature. A step is a word, `word*`, a `<slot>` or the gap."""

    feature: str
    steps: tuple[str, ...]


def phrases_of(table: Mapping[str, str]) -> Iterator[Phrase]:
    """All phrases of a table, `a/b` spelled out."""
    for feature, written in table.items():
        for phrase in written.split(" | "):
            choices = [_choices(step) for step in phrase.split()]
            for steps in product(*choices):
                yield Phrase(feature, tuple(word for step in steps for word in step))


def _choices(step: str) -> list[tuple[str, ...]]:
    if step == GAP or step.startswith("<"):
        return [(step,)]
    return [_words(each) for each in step.split("/") if each] or [(step,)]


def _words(text: str) -> tuple[str, ...]:
    """The words that the tokens of `text` would be."""
    star = "*" if text.endswith("*") else ""
    found = [token.text for token in tokens_of(fold(text.removesuffix("*")))]
    return (*found[:-1], found[-1] + star) if found else (text,)


class PhraseBook:
    """Finds phrases; each is looked for only where its first step stands."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._by_first: dict[str, list[Phrase]] = {}
        self._starred: dict[str, list[Phrase]] = {}
        for phrase in phrases:
            if phrase.steps[0].endswith("*"):
                self._starred.setdefault(phrase.steps[0][:STEM], []).append(phrase)
            else:
                self._by_first.setdefault(phrase.steps[0], []).append(phrase)
        self.words = frozenset(
            step for phrase in phrases for step in phrase.steps if step.isalpha() and len(step) > 3
        )

    def at(self, forms: Forms, place: int) -> Iterator[tuple[Phrase, int]]:
        """The phrases that start at `place`, each with the place behind its end."""
        for form in forms[place]:
            for phrase in self._by_first.get(form, ()):
                if end := _end(forms, place, phrase.steps):
                    yield phrase, end
        starred = (phrase for form in forms[place] for phrase in self._starred.get(form[:STEM], ()))
        for phrase in starred:
            if end := _end(forms, place, phrase.steps):
                yield phrase, end

    def features(self, forms: Forms) -> dict[str, int]:
        """Every feature that is found anywhere, with the place of its first phrase."""
        found: dict[str, int] = {}
        for place in range(len(forms)):
            for phrase, _ in self.at(forms, place):
                found.setdefault(phrase.feature, place)
        return found

    def longest(self, forms: Forms, place: int) -> tuple[str, int] | None:
        """The feature of the longest phrase at `place`, and how many tokens it takes."""
        best = max(self.at(forms, place), key=lambda match: match[1], default=None)
        return (best[0].feature, best[1] - place) if best else None


def _end(forms: Forms, place: int, steps: Sequence[str]) -> int:
    """Behind the last step if all steps follow from `place` on; else 0."""
    for number, step in enumerate(steps):
        if step == GAP:
            rest = steps[number + 1 :]
            for skip in range(GAP_MOST + 1):
                if place + skip < len(forms) and (end := _end(forms, place + skip, rest)):
                    return end
            return 0
        if place >= len(forms) or not _fits(forms[place], step):
            return 0
        place += 1
    return place


def _fits(forms: tuple[str, ...], step: str) -> bool:
    if step.endswith("*"):
        return any(form.startswith(step[:-1]) for form in forms)
    return step in forms
