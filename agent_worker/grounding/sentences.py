"""Cut a text into sentences while it streams: the same cuts, however the text arrives.

A sentence ends behind `.`, `!`, `?` or `…` when white space and the next word are there to judge by, and at
every line break: a list line and a row of a table are sentences of their own.
"""

import re

from agent_worker.grounding.phrases import word_set

END = re.compile(r"\n|[.!?…]+[)\]\"”“’'»*_`]*(?=\s)")
SIGNS = re.compile(r"[\n.!?…]")
TRAILING = ".!?…)]\"”“’'»*_`"
NOTHING: list[str] = []
NEXT = re.compile(r"\s*[*_(\[\"“„'»]*([^\W\d_]+\.?|\d|\S)(\S?)")
HOLD = word_set(
    "no nr inc corp co ltd vs approx ca z.b e.g i.e u.s u.k bzw mr mrs ms dr st mio mrd bio resp incl excl usw etc"
    " jan feb mar apr jun jul aug sep sept oct okt nov dec dez avg est max min bros med chg rtg yr qtr vol pts p.a d.h u.a i.d.r ggü evtl inkl"
)
"""Abbreviations behind which a sentence goes on."""
MONTH_STARTS = (
    "jan",
    "feb",
    "mär",
    "mar",
    "apr",
    "mai",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "okt",
    "oct",
    "nov",
    "dez",
    "dec",
)
WORD_BEFORE = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]+$|\d+$")


class Splitter:
    """Fed with pieces of text, gives back the sentences that are whole; their concatenation is the text."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._seen = 0
        self._open = False
        """The text ends in signs, or in a word behind them, that may yet turn out to end a sentence."""

    def feed(self, delta: str) -> list[str]:
        """The sentences that `delta` ended."""
        self._parts.append(delta)
        if not self._open and SIGNS.search(delta) is None:
            return NOTHING
        return self._cut(whole=False)

    def finish(self) -> list[str]:
        """What is left when the text has ended."""
        done = self._cut(whole=True)
        rest = "".join(self._parts)
        self._parts, self._seen, self._open = [], 0, False
        return [*done, rest] if rest else done

    def _cut(self, *, whole: bool) -> list[str]:
        text = "".join(self._parts)
        done: list[str] = []
        start, place = 0, self._seen
        self._open = False
        while (end := END.search(text, place)) is not None:
            ends = text[end.start()] == "\n" or ends_here(text, end.start(), end.end(), whole=whole)
            if ends is None:
                self._open = True
                break
            if ends:
                done.append(text[start : end.end()])
                start = end.end()
            place = end.end()
        tail = len(text.rstrip(TRAILING))
        if end is None and tail < len(text):
            self._open = True
        self._parts = [text[start:]] if start < len(text) else []
        self._seen = (end.start() if end is not None else max(place, tail)) - start
        return done


def ends_here(text: str, stop: int, after: int, *, whole: bool) -> bool | None:
    """Whether the signs `text[stop:after]` end a sentence; None while the next word is not there to tell."""
    following = NEXT.match(text, after)
    if following is None or (following[1][0].isalpha() and following.end(1) == len(text) and not whole):
        return whole or None
    if text.startswith("|", text.rfind("\n", 0, stop) + 1):
        return False  # a row of a table ends with its line
    word = following[1].rstrip(".") or "."
    if text[stop] in "!?…" or text[stop:after].startswith(".."):
        return not word[0].islower()
    before = WORD_BEFORE.search(text, max(0, stop - 24), stop)
    last = before.group().lower() if before else ""
    if (
        last.isdigit()
        and len(last) <= 2
        and word.lower().startswith(MONTH_STARTS)
        and not _decimal(text, stop, last)
    ):
        return False
    if ")" not in text[stop:after] and _is_open(text, stop):
        return False
    if not last.isdigit() and (last in HOLD or (_is_initials(last) and not _after_digit(text, stop))):
        return word in ENDERS
    if last.isdigit() and _line_marker(text, stop, last):
        return False
    return not word[0].islower()


ENDERS = word_set("The It Its This That In On At For And But Der Die Das Es Im Am Ein Eine")


def _is_initials(word: str) -> bool:
    """ "J", "J.B", "U.S"."""
    return all(len(part) == 1 for part in word.split("."))


def _is_open(text: str, stop: int) -> bool:
    """Whether a bracket was opened shortly before, in the same line."""
    start = max(text.rfind("\n", 0, stop), stop - 40, 0)
    return text.rfind("(", start, stop) > text.rfind(")", start, stop)


def _decimal(text: str, stop: int, digits: str) -> bool:
    return text[: stop - len(digits)][-1:] in (".", ",")


def _after_digit(text: str, stop: int) -> bool:
    return stop > 1 and text[stop - 2].isdigit()


def _line_marker(text: str, stop: int, digits: str) -> bool:
    """Whether the number begins its line: "1. First"."""
    line = text.rfind("\n", 0, stop) + 1
    return not text[line : stop - len(digits)].strip(" \t>*_")
