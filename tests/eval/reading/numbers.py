"""Numbers of a text, in English and German notation: value, size of the last digit shown, and what they are of.

Written for the evaluation alone, apart from the product's own reading, so that neither hides a mistake of the other.
"""

import re
from typing import NamedTuple

DIGITS = r"\d{1,3}(?:[,.'  ]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
BEHIND = (
    r"\s?%|\s?percent(?:age points?)?\b|\s?per cent\b|\s?Prozent(?:punkte?n?)?\b|\s?pp\b|[TBM](?![A-Za-z])|\s?[Tt]rillion\b|\s?[Bb]illion(?:en)?\b"
    r"|\s?[Mm]illion(?:en)?\b|\s?Mrd\b\.?|\s?Milliarden\b|\s?Mio\b\.?|\s?bn\b|\s?[×x](?![A-Za-z])|\s?times\b|-?\s?fach\w*|\s?(?:percentage )?points?\b|\s?Punkten?\b|\s?Punkt\b"
)
NUMBER = re.compile(
    rf"(?<![\w.,])(?P<sign>[−–+-]\s?)?(?P<usd>(?:US)?\$\s?[−-]?)?(?P<digits>{DIGITS})(?P<behind>{BEHIND})?(?P<size>\s?(?:Mrd\b\.?|Milliarden|Billionen|billion|million|trillion))?"
    r"(?P<money>\s?(?:USD|US-Dollar|[Dd]ollars?|\$))?"
)
MONTH = r"(?:Jan|Feb|Mar|Mär|Apr|May|Mai|Jun|Jul|Aug|Sep|Oct|Okt|Nov|Dec|Dez)[a-zäö]*\.?"
DATE = re.compile(
    rf"\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}\.?\s(?:of )?{MONTH}(?:,? \d{{4}})?|\b{MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?\b|\b\d{{1,2}}\.\s?\d{{1,2}}\.\s?20\d\d\b|(?<=\b(?:am|em|om) )\d{{1,2}}\.\d{{1,2}}\."
    r"|\b20[12]\d\b|\b52[- ](?:[Ww]eek|Wochen|w)|\b20[- ](?:session|trading|day|Sitzungen|Tage)|\b10-for-1|\b[1-9]\d?[-:](?:for[- ])?\d+\b(?![.,]\d)"
)  # fmt: skip
SIZES = (("trillion", 1e12), ("Billion", 1e12), ("billion", 1e9), ("bn", 1e9), ("Mrd", 1e9), ("Milliard", 1e9),
         ("illion", 1e6), ("Mio", 1e6), ("T", 1e12), ("B", 1e9), ("M", 1e6))  # fmt: skip
FINEST = {"usd": 0.01, "fraction": 0.0001, "ratio": 0.01, "points": 0.1, "count": 1.0}
ROUGHEST = 0.05
"""A figure may be rounded until its last digit shown is so much of it."""


class Number(NamedTuple):
    """A number as written. `readings` are (value, size of the last digit): "1,234" has two."""

    start: int
    end: int
    text: str
    kind: str
    """percent, money, large, times, points, plain"""
    readings: tuple[tuple[float, float], ...]
    sign: int

    @property
    def digits(self) -> int:
        """How many digits it shows behind leading zeros."""
        return len(re.sub(r"\D", "", self.text).lstrip("0"))


def numbers(text: str, *, german: bool = False) -> list[Number]:
    """The numbers of a text in order, dates left out."""
    taken = [match.span() for match in DATE.finditer(text)]
    found = []
    for match in NUMBER.finditer(text):
        start, end = match.span("digits")
        if any(begin < end and start < stop for begin, stop in taken):
            continue
        behind = (match["behind"] or "").strip() or (match["size"] or "").strip()
        scale = _scale(behind, german=german)
        readings = tuple((value * scale, step * scale) for value, step in _readings(match["digits"]))
        sign = (
            -1
            if re.search("[−–-]", (match["sign"] or "") + (match["usd"] or ""))
            else 1
            if match["sign"]
            else 0
        )
        kind = _kind(behind, money=bool(match["usd"] or match["money"]), scaled=scale != 1.0)
        found.append(Number(match.start(), match.end(), match[0], kind, readings, sign))
    return found


def _readings(digits: str) -> list[tuple[float, float]]:
    marks = [char for char in digits if not char.isdigit()]
    if not marks:
        return [(float(digits), 1.0)]
    last = marks[-1]
    behind = len(digits) - digits.rindex(last) - 1
    whole = float(re.sub(r"\D", "", digits))
    found = []
    if last in ",." and (len(marks) == 1 or last not in marks[:-1]):
        found.append((whole / 10**behind, 10.0**-behind))
    if behind == 3 and len(set(marks)) == 1:
        found.append((whole, 1.0))
    return found or [(whole, 1.0)]


def _scale(behind: str, *, german: bool) -> float:
    if german and behind.lower().startswith("billion"):
        return 1e12
    if behind.startswith("billion") or behind == "Billion":
        return 1e9
    return next(
        (size for word, size in SIZES if behind.startswith(word) or behind.endswith(word + ".")),
        _million(behind),
    )


def _million(behind: str) -> float:
    return 1e6 if behind.lower().startswith("million") else 1.0


def _kind(behind: str, *, money: bool, scaled: bool) -> str:
    if behind == "%" or re.match(r"per ?cent|Prozent|pp", behind):
        return "percent"
    if scaled:
        return "large"
    if money:
        return "money"
    if behind in ("×", "x", "times") or "fach" in behind:
        return "times"
    return "points" if re.match(r"(?:percentage )?point|Punkt", behind) else "plain"


KINDS = {
    "usd": ("money", "large", "plain"), "fraction": ("percent",), "ratio": ("plain", "times"),
    "points": ("plain", "points"), "count": ("plain",),
}  # fmt: skip


def stands_for(number: Number, value: float, unit: str) -> bool:
    """Whether the number is this figure, rounded to what it shows and not rounded away. Signs are not looked at."""
    if number.kind not in KINDS[unit] or (unit == "usd" and value >= 1e6 and number.kind != "large"):
        return False
    scale = 0.01 if number.kind == "percent" else 1.0
    for written, step in number.readings:
        written, step = written * scale, step * scale
        fine = written == abs(value) or step <= FINEST[unit] * 1.01 or step <= ROUGHEST * abs(value)
        if fine and abs(abs(value) - written) <= step * 0.5 * 1.02 + abs(value) * 1e-9:
            return True
    return False
