"""What the blanks of a phrasing are filled with: true figures of real analyses, in English and German notation."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from shared.figure_words import MINUS
from shared.metric_words import METRIC_WORDS
from tests.eval.notation import decimal, shown, written_day
from tests.eval.world import Blank, World

BUY = 60
"""Points from which it is a buy."""
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
        "both": lambda: _both(world),
        "gb": lambda: _short_of_buy(world),
        "cov": lambda: decimal(1 / _edge(world, "payout"), 1, world.german),
    }  # fmt: skip
    derived = role in ("c", "q", "z", "zo", "t", "k", "kz", "hq", "lq", "cov", "Sd", "both", "gb")
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


def _both(world: World) -> str:
    """The points of two items together, of the same sign."""
    first, second = world.item("A").points, world.item("B").points
    if first * second < 0:
        raise Blank
    return shown(world, abs(first + second), "points")


def _short_of_buy(world: World) -> str:
    if world.analysis().score >= BUY:
        raise Blank
    return shown(world, BUY - world.analysis().score, "points")


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
    if role == "hs":
        return world.analysis().score, world.analysis(1).score
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
    if role in ("R", "R2", "Ro", "x"):
        return Piece(_rating(world, role, name), "rating")
    return number(world, role, name)


def _rating(world: World, role: str, name: str) -> str:
    """The rating: now, on the older date, or without an item."""
    without = world.item(name).without if role == "x" else None
    rating = (
        without.rating if without else world.analysis(role == "R2", world.old if role == "Ro" else 0).rating
    )
    return RATINGS_DE[rating] if world.german else rating
