"""Names with a slip of the keyboard: "Microsft", "Starbuks". Only long ones, and never a word that is one."""

from rapidfuzz import process
from rapidfuzz.distance import OSA

from agent_worker.analysis.naming.candidates import Candidate, Mention
from agent_worker.analysis.naming.index import Care, CompanyIndex, Listed
from agent_worker.analysis.naming.places import Sentence, figure_words
from agent_worker.analysis.naming.words import Word

LEAST = 6
"""Letters of a name that is corrected."""

TWO_SLIPS = 10
"""From so many letters on two slips are corrected."""

MOST_WORDS = 3
KNOWN_MAX = 4096


class Corrector:
    """Finds the one name that a wrong one was meant to be."""

    def __init__(self, index: CompanyIndex) -> None:
        self._words = index.words
        self._forms = index.forms
        self._by_start: dict[str, list[str]] = {}
        for key, form in index.forms.items():
            if len(key) >= LEAST and form.care is not Care.PLACE and key.isalpha():
                self._by_start.setdefault(key[0], []).append(key)
        self._known: dict[str, tuple[Listed, ...] | None] = {}

    def candidate(self, sentence: Sentence, place: int) -> Candidate | None:
        """The company whose wrongly written name begins at `place`."""
        first = sentence.words[place]
        if not self._strange(first) and not (first.capital and sentence.cased):
            return None
        for end in range(min(place + MOST_WORDS, len(sentence.words)), place, -1):
            words = sentence.words[place:end]
            if self._may_be_wrong(words) and self._may_stand(sentence, place, end):
                joined = "".join(word.key for word in words[:-1]) + words[-1].whole
                if companies := self._meant(joined):
                    return Candidate(Mention(place, end, companies), certain=True, listable=True)
        return None

    def _may_be_wrong(self, words: list[Word]) -> bool:
        if any(word.starts or (not word.before.isspace() and word.before != "-") for word in words[1:]):
            return False
        length = sum(len(word.whole) for word in words)
        strange = map(self._strange, words)
        return length >= LEAST and (all(strange) if len(words) == 1 else any(strange))

    def _strange(self, word: Word) -> bool:
        """Whether it is no word that is known."""
        key = word.whole
        return len(key) > 2 and key.isalpha() and key not in figure_words() and not self._words.hold(key)

    def _may_stand(self, sentence: Sentence, start: int, end: int) -> bool:
        if sentence.words[start].capital and sentence.cased and (not sentence.german or end > start + 1):
            return True
        return (
            sentence.owns_figure(end)
            or sentence.figure_follows(end)
            or sentence.asked_for(start, end)
            or sentence.alone(start, end)
        )

    def _meant(self, joined: str) -> tuple[Listed, ...] | None:
        if joined not in self._known:
            if len(self._known) >= KNOWN_MAX:
                self._known.clear()
            self._known[joined] = self._nearest(joined)
        return self._known[joined]

    def _nearest(self, joined: str) -> tuple[Listed, ...] | None:
        slips = 2 if len(joined) >= TWO_SLIPS else 1
        near = process.extract(
            joined, self._by_start.get(joined[:1], ()), scorer=OSA.distance, score_cutoff=slips, limit=None
        )
        if not near:
            return None
        best = min(distance for _, distance, _ in near)
        meant = {self._forms[key].companies for key, distance, _ in near if distance == best}
        return meant.pop() if len(meant) == 1 else None
