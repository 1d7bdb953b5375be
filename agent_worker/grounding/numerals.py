"""Numbers as people write them: what they are worth, in which unit, and how exactly they are given."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from agent_worker.grounding.phrases import Token, word_list, word_set

UNITS = {
    "pp": "percentage points;percentage point;percent points;percentage-point;percentage-points;pp;ppts;ppt;pps;"
    "prozentpunkte;prozentpunkten;prozentpunkt;pct points;pct pts;%-points;%-punkte;% points;p.p.",
    "bp": "basis points;basis point;bps;bp;basispunkte;basispunkten;basispunkt",
    "percent": "%;percent;per cent;pct;prozent;v. h.;-percent;prozentige;prozentigen;prozentiger",
    "points": "points;point;pts;pt;punkte;punkten;punkt;points'",
    "times": "times;×;x;-fold;fold;mal;-fache;-fachen;-faches;-facher;-fach;fache;fachen;faches;facher;-mal",
    "usd": "us-dollar;us dollars;us dollar;dollars;dollar;usd;us$;$;bucks",
}
"""What may stand behind a number, and the kind of figure that makes it."""

SCALES = {
    1e3: "thousand;tausend;k",
    1e6: "million;millions;millionen;mio;mio.;mn;mln;m",
    1e9: "billion;billions;milliarden;milliarde;mrd;mrd.;bn;b",
    1e12: "trillion;trillions;billionen;bio;bio.;tn;t",
}
GERMAN_SCALES = {"billion": 1e12, "billionen": 1e12}

WORDS = {
    word: value
    for value, words in enumerate(
        word_list(
            "zero|null one|eins|ein|einen two|zwei three|drei four|vier five|fünf six|sechs seven|sieben eight|acht"
            " nine|neun ten|zehn eleven|elf twelve|zwölf"
        )
    )
    for word in words.split("|")
}
MULTIPLES = {
    "doubled": 2, "doubling": 2, "double": 2, "twice": 2, "tripled": 3, "triple": 3, "trebled": 3, "thrice": 3,
    "quadrupled": 4, "quadruple": 4, "halved": 0.5, "half": 0.5, "halving": 0.5,
    "verdoppelt": 2, "verdoppelte": 2, "doppelt": 2, "doppelte": 2, "doppelten": 2, "verdreifacht": 3,
    "verdreifachte": 3, "dreifache": 3, "dreimal": 3, "zweimal": 2, "halbiert": 0.5, "halbierte": 0.5, "hälfte": 0.5,
    "halb": 0.5, "halben": 0.5, "vervierfacht": 4, "viermal": 4, "fünfmal": 5,
}  # fmt: skip
MOVES = word_set(
    "doubled doubling tripled trebled quadrupled halved halving verdoppelt verdoppelte verdreifacht verdreifachte"
    " halbiert halbierte vervierfacht"
)
"""Multiples that say that something changed."""


def _table(groups: dict[str, str]) -> tuple[str, dict[str, str]]:
    names = {name: kind for kind, words in groups.items() for name in words.split(";")}
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)), names


UNIT_PATTERN, UNIT_KINDS = _table(UNITS)
SCALE_PATTERN, _scales = _table({str(size): words for size, words in SCALES.items()})
SCALE_SIZES = {name: float(size) for name, size in _scales.items()}
MULTIPLE, SPELLED = "|".join(MULTIPLES), "|".join(WORDS)
DIGITS = re.compile(
    r"(?<![\w.])\d{1,3}(?:[,.’\u202f\u00a0]\d{3})+(?!\d)(?:[.,]\d+)?|(?<!\w)\d+(?:[.,]\d+)?|(?<![\w.])\.\d+"
)
BEFORE = re.compile(
    r"(?P<sign>(?<!\w)(?:−\s?|[-–+±](?=\S|\Z))|\b(?:minus|plus)\s)?"
    r"(?:(?P<money>(?:us)?\$\s?|\busd\s?|€\s?)(?P<inner>[-−+])?)?\Z",
    re.IGNORECASE,
)
BEHIND = re.compile(
    rf"(?:\s?(?P<scale>{SCALE_PATTERN})(?![^\W_]))?(?:[\s\u202f\u00a0]?[-‑]?(?P<unit>%(?=x)|(?:{UNIT_PATTERN})(?![^\W_])))?",
    re.IGNORECASE,
)
PART_OF_WORD = re.compile(r"[-‑](?!\d)[^\W\d_]|[^\W\d_]|/(?!100\b)\d")
ORDINAL = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)
CURRENCIES = frozenset("€")


class Numeral(NamedTuple):
    """A number in a sentence. `values` are its possible readings with the worth of one unit of the last digit."""

    start: int
    end: int
    kind: str
    """percent, pp, usd, times, points, plain, multiple."""
    values: tuple[tuple[float, float], ...]
    sign: int
    """−1 or 1 where a sign is written, else 0."""
    decimals: int
    ordinal: bool = False
    word: str = ""
    foreign: bool = False
    """In a currency that no analysis is in."""

    @property
    def whole(self) -> bool:
        """A bare whole number, which may count anything."""
        return self.kind == "plain" and self.decimals == 0


def numerals(text: str, words: Iterable[Token], *, german: bool) -> list[Numeral]:
    """All numbers of a sentence from left to right; those inside a word ("Q2", "20-session") are none."""
    found = [_numeral(text, match.start(), match.end(), german=german) for match in DIGITS.finditer(text)]
    for word, start, end in words:
        if word in MULTIPLES:
            worth = MULTIPLES[word]
            found.append(Numeral(start, end, "multiple", ((worth, worth / 10),), 0, 1, word=word))
        elif word in WORDS:
            spelled = _numeral(text, start, end, german=german)
            found.append(spelled if spelled is not None and spelled.kind != "plain" else None)
    return sorted(numeral for numeral in found if numeral is not None)


def _numeral(text: str, start: int, end: int, *, german: bool) -> Numeral | None:
    """The number whose digits stand at these places, with what belongs to it before and behind."""
    digits = text[start:end].lower()
    before, behind = BEFORE.search(text, max(0, start - 8), start), BEHIND.match(text, end)
    if before is None or behind is None:
        return None
    unit, scale = ((behind[name] or "").lower() for name in ("unit", "scale"))
    money = (before["money"] or "").strip()
    ordinal = not behind.group() and ORDINAL.match(text, end) is not None
    if not ordinal and not behind.group() and not money and PART_OF_WORD.match(text, end):
        return None
    kind = "usd" if money or UNIT_KINDS.get(unit) == "usd" else UNIT_KINDS.get(unit, "plain")
    size = (GERMAN_SCALES.get(scale) if german else None) or SCALE_SIZES.get(scale, 1.0)
    if kind == "plain" and scale:
        kind = "usd"
    if kind == "bp":
        kind, size = "pp", 0.01
    readings = _readings(digits, german=german)
    written = (before["sign"] or "").strip()
    signed = not written.isalpha()
    place = before.start() if signed else before.start("money") if money else start
    return Numeral(
        start=place,
        end=behind.end(),
        kind=kind,
        values=tuple((value * size, step * size) for value, step, _ in readings),
        sign=_sign(written.lower() + (before["inner"] or "")),
        decimals=readings[0][2],
        ordinal=ordinal,
        foreign=money in CURRENCIES and bool(money),
    )


def _sign(written: str) -> int:
    if any(mark in written for mark in ("-", "−", "–", "minus")):
        return -1
    return 1 if "+" in written or "plus" in written else 0


def _readings(digits: str, *, german: bool) -> list[tuple[float, float, int]]:
    """Value, worth of the last digit, decimals; the likelier reading first where commas and points leave two."""
    if digits in WORDS:
        return [(float(WORDS[digits]), 1.0, 0)]
    marks = [char for char in digits if char in ".,"]
    plain = digits.translate({ord(char): None for char in "’\u202f\u00a0"})
    if not marks:
        return [_reading(plain, "")]
    if len(set(marks)) == 2:
        return [_reading(plain, marks[-1])]
    if len(marks) > 1:
        return [_reading(plain, "")]
    behind = len(plain) - plain.index(marks[0]) - 1
    grouped = behind == 3 and not plain.startswith(("0", marks[0])) and plain.index(marks[0]) <= 3
    if not grouped:
        return [_reading(plain, marks[0])]
    thousands, fraction = _reading(plain, ""), _reading(plain, marks[0])
    usual = "." if german else ","
    return (
        [thousands]
        if marks[0] == usual == ","
        else [thousands, fraction]
        if marks[0] == usual
        else [fraction]
    )


def _reading(digits: str, mark: str) -> tuple[float, float, int]:
    whole, _, rest = digits.rpartition(mark) if mark else (digits, "", "")
    clean = whole.replace(",", "").replace(".", "")
    return float(f"{clean or 0}.{rest or 0}"), 10.0 ** -len(rest), len(rest)
