"""What the blanks of a phrasing are filled with: true figures of real analyses, in English and German notation."""

import datetime as dt
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from shared.analysis import Analysis, Metric, RationaleItem
from shared.figure_words import MINUS
from shared.metric_words import METRIC_WORDS

RATINGS_DE = {"buy": "kaufen", "hold": "halten", "sell": "verkaufen"}
GROUPS = {
    "ratio": ("price_earnings", "price_sales", "price_book", "cap_to_ebitda"),
    "fraction": ("dividend_yield", "payout", "ebitda_margin", "return_on_equity"),
    "usd": ("price", "earnings_per_share", "market_cap", "ebitda"),
    "signed": ("return_20", "earnings_change"),
    "item": ("price_earnings", "price_sales", "price_book", "cap_to_ebitda", "dividend_yield", "ebitda_margin",
             "return_20", "week52_place", "market_cap", "earnings_change"),
    "moving": ("price", "price_earnings", "price_book", "market_cap"),
    "yields": ("dividend_yield", "ebitda_margin", "payout"),
}  # fmt: skip
MONTHS_DE = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"


class Blank(Exception):
    """This company has nothing to fill a blank with."""


@dataclass(frozen=True)
class Piece:
    """A filled blank: its text and what kind of thing it is. `again` makes the same blank for another world."""

    text: str
    kind: str = "word"
    """number, date, rating, company, label, direction, word."""
    derived: bool = False
    metric: str = ""
    other: str = ""
    exact: float = 0.0
    """What was rounded, in the written scale."""
    """For a direction: the opposite word."""


@dataclass
class World:
    """Whom and what one text is about."""

    companies: list[tuple[str, str]]
    analyses: Mapping[str, Sequence[Analysis]]
    metrics: dict[str, str]
    old: int
    german: bool
    chance: random.Random
    style: int = 0
    labels: dict[str, str] = field(default_factory=dict)
    exact: float = 0.0
    """The figure written last, unrounded."""

    def analysis(self, company: int = 0, back: int = 0) -> Analysis:
        found = self.analyses[self.companies[company][0]]
        if back >= len(found):
            raise Blank
        return found[back]

    def metric(self, name: str, company: int = 0, back: int = 0) -> Metric:
        key = self.metrics[name]
        found = next((m for m in self.analysis(company, back).metrics if m.key == key), None)
        if found is None or found.value is None:
            raise Blank
        return found

    def value(self, name: str, company: int = 0, back: int = 0) -> float:
        value = self.metric(name, company, back).value
        if value is None:
            raise Blank
        return value

    def median(self, name: str, company: int = 0) -> float:
        peers = self.metric(name, company).peers
        if peers is None or peers.median is None:
            raise Blank
        return peers.median

    def item(self, name: str) -> RationaleItem:
        found = next((i for i in self.analysis().rationale if i.key == self.metrics[name]), None)
        if found is None or not found.counted or found.without is None or abs(found.points) < 0.1:
            raise Blank
        return found

    def unit(self, name: str) -> str:
        return METRIC_WORDS[self.metrics[name]].unit


def decimal(value: float, places: int, german: bool) -> str:
    text = f"{abs(value):,.{places}f}"
    return text.translate(str.maketrans(",.", ".,")) if german else text


def shown(world: World, value: float, unit: str, places: int | None = None) -> str:
    """A figure as people write it."""
    minus = MINUS if value < 0 else ""
    world.exact = abs(value) * (100 if unit == "fraction" else 1)
    if unit == "usd":
        for size, en, de in ((1e12, "T", "Billionen"), (1e9, "B", "Mrd."), (1e6, "M", "Mio.")):
            if abs(value) >= size:
                world.exact = abs(value) / size
                text = decimal(value / size, 2 if places is None else places, world.german)
                return f"{minus}{text} {de} $" if world.german else f"{minus}${text}{en}"
        text = decimal(value, 2 if places is None else places, world.german)
        return f"{minus}{text} $" if world.german else f"{minus}${text}"
    if unit == "fraction":
        gap = " " if world.style % 2 == 0 or world.german else ""
        return f"{minus}{decimal(value * 100, 2 if places is None else places, world.german)}{gap}%"
    return minus + decimal(value, (1 if unit == "points" else 2) if places is None else places, world.german)


def written_day(world: World, day: dt.date, style: int) -> str:
    if world.german:
        name = MONTHS_DE.split()[day.month - 1]
        return (
            f"{day.day}. {name}",
            f"{day.day}. {name} {day.year}",
            f"{day:%d.%m.%Y}",
            f"{day.day}. {day:%b}",
        )[style % 3]
    return (
        f"{day.day} {day:%b}",
        f"{day:%b} {day.day}",
        f"{day.day} {day:%B} {day.year}",
        f"{day}",
        f"{day:%B} {day.day}",
    )[style % 5]


def _round(value: float, unit: str) -> float:
    """To the digits that are shown: people calculate with what they see."""
    return round(value, 4) if unit == "fraction" else round(value, 2)


def number(world: World, role: str, name: str) -> Piece:
    """A blank with a number in it."""
    unit = world.unit(name) if name else "points"
    made: dict[str, Callable[[], str]] = {
        "v": lambda: shown(world, world.value(name), unit),
        "v1": lambda: shown(world, world.value(name), unit, 1),
        "v2": lambda: shown(world, world.value(name, 1), unit),
        "u": lambda: shown(world, abs(world.value(name)), unit),
        "m": lambda: shown(world, world.median(name), unit),
        "mb": lambda: shown(world, world.median(name, 1), unit),
        "o": lambda: shown(world, world.value(name, 0, world.old), unit),
        "n": lambda: str(_peers(world, name)),
        "p": lambda: shown(world, abs(world.item(name).points), "points"),
        "s": lambda: ("+" if world.item(name).points > 0 else MINUS) + shown(world, abs(world.item(name).points), "points"),
        "lo": lambda: MINUS + str(int(abs(world.item(name).low))),
        "hi": lambda: "+" + str(int(world.item(name).high)),
        "w": lambda: shown(world, world.item(name).without.score, "points"),  # type: ignore[union-attr]
        "S": lambda: shown(world, world.analysis().score, "points"),
        "S2": lambda: shown(world, world.analysis(1).score, "points"),
        "So": lambda: shown(world, world.analysis(0, world.old).score, "points"),
        "Sd": lambda: _apart(world, world.analysis().score, world.analysis(0, world.old).score),
        "c": lambda: _percent(world, world.value(name), world.value(name, 0, world.old)),
        "q": lambda: _percent(world, world.value(name), world.median(name)),
        "z": lambda: _points(world, world.value(name), world.median(name)),
        "zo": lambda: _points(world, world.value(name), world.value(name, 0, world.old)),
        "t": lambda: _times(world, world.value(name), world.median(name)),
        "k": lambda: _percent(world, world.value(name), world.value(name, 1)),
        "kz": lambda: _points(world, world.value(name), world.value(name, 1)),
        "hq": lambda: _percent(world, _edge(world, "price"), _edge(world, "week52_high")),
        "lq": lambda: _percent(world, _edge(world, "price"), _edge(world, "week52_low")),
        "cov": lambda: decimal(1 / _edge(world, "payout"), 1, world.german),
    }  # fmt: skip
    derived = role in ("c", "q", "z", "zo", "t", "k", "kz", "hq", "lq", "cov", "Sd")
    text = made[role]()
    return Piece(text, "number", derived, world.metrics.get(name, ""), exact=world.exact)


def _peers(world: World, name: str) -> int:
    peers = world.metric(name).peers
    if peers is None or peers.median is None:
        raise Blank
    return peers.n


def _edge(world: World, key: str) -> float:
    found = next((m.value for m in world.analysis().metrics if m.key == key), None)
    if not found or found < 0:
        raise Blank
    return found


def _apart(world: World, a: float, b: float) -> str:
    if abs(a - b) < 0.05:
        raise Blank
    return shown(world, abs(a - b), "points")


def _percent(world: World, a: float, b: float) -> str:
    if b <= 0 or a <= 0 or not 0.002 < abs(a / b - 1) < 3:
        raise Blank
    return shown(world, abs(a / b - 1), "fraction", 1)


def _points(world: World, a: float, b: float) -> str:
    apart = abs(round(a, 4) - round(b, 4)) * 100
    if apart < 0.02:
        raise Blank
    return decimal(apart, 2, world.german)


def _times(world: World, a: float, b: float) -> str:
    if b <= 0 or a / b < 1.3:
        raise Blank
    return decimal(_round(a, "ratio") / _round(b, "ratio"), 2, world.german)


def compared(world: World, role: str, name: str) -> tuple[float, float]:
    """The two figures that a word of direction is about."""
    if role == "up":
        return world.value(name), world.value(name, 0, world.old)
    if role == "ab":
        return world.value(name), world.median(name)
    if role == "hi":
        return world.value(name), world.value(name, 1)
    if role == "ad":
        return world.item(name).points, 0.0
    if role == "sg":
        return world.value(name), 0.0
    return world.analysis().score, world.analysis(0, world.old).score


def word(world: World, role: str, name: str, words: Sequence[str]) -> Piece:
    """A blank with the word that is right of two."""
    a, b = compared(world, role, name)
    if abs(a - b) < max(1e-4, 0.002 * abs(b)):
        raise Blank
    first = a > b
    return Piece(
        words[0] if first else words[1],
        "direction",
        other=words[1] if first else words[0],
        metric=world.metrics.get(name, ""),
    )


def fill(world: World, blank: str) -> Piece:
    """One blank: "v.A", "N", "up.A|rose|fell"."""
    head, *words = blank.split("|")
    role, _, name = head.partition(".")
    if words:
        return word(world, role, name, words)
    if role in ("N", "T", "N2", "T2"):
        ticker, full = world.companies[1 if role.endswith("2") else 0]
        return Piece(full if role[0] == "N" else ticker, "company")
    if role == "L":
        key = world.metrics[name]
        return Piece(
            world.labels.get(name)
            or (METRIC_WORDS[key].label_de if world.german else METRIC_WORDS[key].label),
            "label",
            metric=key,
        )
    if role == "G":
        peers = world.metric(name).peers
        if peers is None:
            raise Blank
        return Piece(peers.group)
    if role in ("D", "E"):
        return Piece(
            written_day(world, world.analysis(0, world.old if role == "E" else 0).as_of, world.style), "date"
        )
    if role in ("R", "Ro", "x"):
        return Piece(_rating(world, role, name), "rating")
    return number(world, role, name)


def _rating(world: World, role: str, name: str) -> str:
    """The rating: now, on the older date, or without an item."""
    without = world.item(name).without if role == "x" else None
    rating = without.rating if without else world.analysis(0, world.old if role == "Ro" else 0).rating
    return RATINGS_DE[rating] if world.german else rating
