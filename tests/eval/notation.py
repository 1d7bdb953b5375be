"""How figures and dates are written, in English and German."""

import datetime as dt

from shared.figure_words import MINUS
from tests.eval.world import World

MONTHS_DE = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"


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
