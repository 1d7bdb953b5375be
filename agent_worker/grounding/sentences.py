"""Cut a text into sentences while it streams: the same cuts, however the text arrives.

A sentence ends behind `.`, `!`, `?` or `…` when white space and the next word are there to judge by, and at
every line break: a list line and a row of a table are sentences of their own.
"""

import re

from agent_worker.grounding.phrases import word_set

END = re.compile(r"\n|[.!?…]+[)\]\"”“’'»*_`]*(?=\s)")
NEXT = re.compile(r"\s*[*_(\[\"“„'»]*([^\W\d_]+\.?|\d|\S)(\S?)")
HOLD = word_set(
    "no nr inc corp co ltd vs approx ca z.b e.g i.e u.s u.k bzw mr mrs ms dr st mio mrd bio resp incl excl usw etc"
    " jan feb mar apr jun jul aug sep sept oct okt nov dec dez avg est max min p.a d.h u.a i.d.r ggü evtl inkl"
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
        self._text = ""
        self._seen = 0
        self._waiting = False

    def feed(self, delta: str) -> list[str]:
        """The sentences that `delta` ended."""
        if not self._waiting and END.search(delta) is None and not self._may_join(delta):
            self._text += delta
            return []
        self._text += delta
        return self._cut(whole=False)

    def finish(self) -> list[str]:
        """What is left when the text has ended."""
        done = self._cut(whole=True)
        if self._text:
            done.append(self._text)
        self._text, self._seen, self._waiting = "", 0, False
        return done

    def _may_join(self, delta: str) -> bool:
        """Whether a terminator at the end of what came before is followed by white space only now."""
        return (
            bool(delta)
            and delta[0] in " \t\n\r)]\"”“’'»*_`"
            and bool(self._text)
            and not self._text[-1].isalnum()
        )

    def _cut(self, *, whole: bool) -> list[str]:
        done: list[str] = []
        start, text = 0, self._text
        self._waiting = False
        place = self._seen
        while (end := END.search(text, place)) is not None:
            if text[end.start()] != "\n":
                verdict = ends_here(text, end.start(), end.end(), whole=whole)
                if verdict is None:
                    self._waiting = True
                    break
                if not verdict:
                    place = end.end()
                    continue
            done.append(text[start : end.end()])
            start = place = end.end()
        self._text = text[start:]
        self._seen = (end.start() if end is not None else max(place, self._trailing(text))) - start
        return done

    @staticmethod
    def _trailing(text: str) -> int:
        """Where the signs at the very end begin: they may yet turn out to end a sentence."""
        return len(text.rstrip(".!?…)]\"”“’'»*_`"))


def ends_here(text: str, stop: int, after: int, *, whole: bool) -> bool | None:
    """Whether the signs `text[stop:after]` end a sentence; None while the next word is not there to tell."""
    following = NEXT.match(text, after)
    if following is None or (following[1][0].isalpha() and following.end(1) == len(text) and not whole):
        return whole or None
    word = following[1].rstrip(".")
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
    if not last.isdigit() and (last in HOLD or (len(last) == 1 and not _after_digit(text, stop))):
        return word in ENDERS
    if last.isdigit() and _line_marker(text, stop, last):
        return False
    return not word[0].islower()


ENDERS = word_set("The It Its This That In On At For And But Der Die Das Es Im Am Ein Eine")


def _decimal(text: str, stop: int, digits: str) -> bool:
    return text[: stop - len(digits)][-1:] in (".", ",")


def _after_digit(text: str, stop: int) -> bool:
    return stop > 1 and text[stop - 2].isdigit()


def _line_marker(text: str, stop: int, digits: str) -> bool:
    """Whether the number begins its line: "1. First"."""
    line = text.rfind("\n", 0, stop) + 1
    return not text[line : stop - len(digits)].strip(" \t>*_")
