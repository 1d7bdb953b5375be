"""Names that are no company of the data: a figure said of one is nobody's that is known, so nothing proves it.

Two kinds: names that the turn or a curated list calls outsiders, and what stands where only a company stands
("Foobar's P/E", "the yield of Foobar", "Foobar Inc.") and is neither known nor an ordinary word.
"""

import re
from collections.abc import Collection, Iterable, Sequence

from agent_worker.grounding.names import OUTSIDER, CompanyNames
from agent_worker.grounding.phrases import PhraseBook, word_set

POSSESSIVE = re.compile(r"(?<![\w&])([A-Z][\w&]*[a-z0-9][\w&]*)['’]s?(?=\s)")
LEGAL = re.compile(
    r"(?<![\w&])([A-Z][\w&]+)\s(?:Inc|Corp|Corporation|Ltd|Limited|plc|PLC|AG|SE|GmbH|SA|NV|Holdings)\b"
)
OF = re.compile(r"\b(?:of|for)\s([A-Z][\w&]*[a-z][\w&]*)(?=\s(?:is|was|are|stands|sits|comes|at)\b)")
ORDINARY = word_set(
    "it that this what here there let he she who how where when today yesterday tomorrow week month year quarter day monday"
    " tuesday wednesday thursday friday saturday sunday january february march april may june july august september october"
    " november december company companies firm firms stock stocks share shares business market markets street peer peers group"
    " sector industry rival rivals competitor competitors analysis page model rule score rating one everyone nobody investor"
    " investors analyst analysts management earnings dividend dividends price data snapshot table its their other others another"
    " america europe germany world country economy last next reader customers customer buyer buyers parent neighbour neighbor"
)


def outsiders(names: Iterable[str]) -> PhraseBook:
    """Finds these names as they are written."""
    return PhraseBook(((name, OUTSIDER) for name in names if len(name) > 1), fold=False)


def unknown_names(text: str, taken: Sequence[tuple[int, int]], names: CompanyNames) -> list[tuple[int, int]]:
    """Where a name stands that nobody knows. `taken` are the places of what is known."""
    if not names.names:
        return []  # no directory, so nothing is known to be none
    found = []
    for pattern in (POSSESSIVE, LEGAL, OF):
        for match in pattern.finditer(text):
            start, end = match.span(1)
            if _is_word(match[1], names.words) or any(s < end and start < e for s, e in taken):
                continue
            found.append((start, end))
    return found


def _is_word(word: str, known: Collection[str]) -> bool:
    plain = word.lower()
    return plain in ORDINARY or plain in known or plain.rstrip("s") in known
