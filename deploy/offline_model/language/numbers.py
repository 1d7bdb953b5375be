"""Numbers as people write them: "3 %", "$100bn", "1,5 Prozent", "three percent"."""

from typing import Literal, NamedTuple

from deploy.offline_model.language.tokens import Token

NumberUnit = Literal["", "percent", "dollars", "points", "times"]

_SCALES = {
    "k": 1e3, "thousand": 1e3, "tausend": 1e3,
    "m": 1e6, "mn": 1e6, "mio": 1e6, "million": 1e6, "millions": 1e6, "millionen": 1e6,
    "b": 1e9, "bn": 1e9, "billion": 1e9, "billions": 1e9, "mrd": 1e9, "milliarde": 1e9, "milliarden": 1e9,
    "t": 1e12, "tn": 1e12, "trn": 1e12, "trillion": 1e12, "trillions": 1e12, "billionen": 1e12,
}  # fmt: skip
_UNITS: dict[str, NumberUnit] = {
    "%": "percent", "percent": "percent", "pct": "percent", "per-cent": "percent", "prozent": "percent",
    "$": "dollars", "dollar": "dollars", "dollars": "dollars", "usd": "dollars",
    "points": "points", "point": "points", "punkte": "points", "punkten": "points", "punkt": "points",
    "x": "times", "times": "times", "mal": "times",
}  # fmt: skip
_WORDS = {
    word: value
    for value, words in enumerate(
        (
            "zero null", "one ein eine einen", "two zwei", "three drei", "four vier", "five fuenf",
            "six sechs", "seven sieben", "eight acht", "nine neun", "ten zehn", "eleven elf", "twelve zwoelf",
        )
    )
    for word in words.split()
} | {"fifteen": 15, "fuenfzehn": 15, "twenty": 20, "zwanzig": 20, "thirty": 30, "dreissig": 30,
     "fifty": 50, "fuenfzig": 50, "hundred": 100, "hundert": 100}  # fmt: skip
NUMBER_WORDS = frozenset(_WORDS)
_ARTICLES = frozenset({"one", "ein", "eine", "einen"})


class Number(NamedTuple):
    """A number with its unit; percent is not yet a fraction. `decimals` are those written."""

    value: float
    unit: NumberUnit
    decimals: int = 0
    written: str = ""


def number_at(tokens: list[Token], place: int, *, german: bool) -> tuple[Number, int] | None:
    """The number that starts at `place`, and how many tokens it takes."""
    start = place
    unit: NumberUnit = ""
    sign = 1.0
    while place < len(tokens) and tokens[place].text in ("$", "-", "+"):
        unit = "dollars" if tokens[place].text == "$" else unit
        sign = -sign if tokens[place].text == "-" else sign
        place += 1
    if place >= len(tokens):
        return None
    value, decimals = _value(tokens, place, german=german)
    if value is None:
        return None
    written = tokens[place].raw
    place += 1
    if place < len(tokens) and tokens[place].text in _SCALES and tokens[place - 1].kind == "number":
        value *= _scale(tokens[place].text, german=german)
        place += 1
    if place < len(tokens) and tokens[place].text in _UNITS and not (unit and tokens[place].text == "$"):
        unit = _UNITS[tokens[place].text]
        place += 1
    return Number(sign * value, unit, decimals, written), place - start


def _value(tokens: list[Token], place: int, *, german: bool) -> tuple[float | None, int]:
    token = tokens[place]
    if token.kind == "number":
        return read_number(token.text, german=german)
    value = _WORDS.get(token.text)
    follows = tokens[place + 1].text if place + 1 < len(tokens) else ""
    if value is None or (token.text in _ARTICLES and follows not in _UNITS):
        return None, 0
    return float(value), 0


def _scale(word: str, *, german: bool) -> float:
    return 1e12 if german and word == "billion" else _SCALES[word]


def read_number(text: str, *, german: bool) -> tuple[float, int]:
    """The value and its decimals. One comma or dot before three digits groups in English, or in German."""
    last = max(text.rfind(","), text.rfind("."))
    if last < 0:
        return float(text), 0
    whole, mark, rest = text[:last], text[last], text[last + 1 :]
    other_marks = any(char in whole for char in ",.")
    groups = mark == ("." if german else ",") and len(rest) == 3
    if groups or (other_marks and mark in whole):
        whole, rest = whole + rest, ""
    digits = whole.replace(",", "").replace(".", "")
    return float(f"{digits}.{rest or 0}"), len(rest)
