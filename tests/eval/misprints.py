"""Wrong numbers that look like right ones."""

import random
import re

DIGIT = re.compile(r"\d")


def other_digit(text: str, chance: random.Random) -> str:
    places = [match.start() for match in DIGIT.finditer(text)]
    place = chance.choice(places)
    choices = [d for d in "0123456789" if d != text[place] and not (d == "0" and place == places[0])]
    return text[:place] + chance.choice(choices) + text[place + 1 :]


def is_neighbour(one: str, two: str) -> bool:
    """Whether two texts differ by one unit of the last digit: a difference of rounded figures may be either."""
    first, second = (int(re.sub(r"\D", "", text)) for text in (one, two))
    return abs(first - second) == 1


def rounds_to(text: str, exact: float) -> bool:
    """Whether the text is the exact figure rounded the other way."""
    digits = re.sub(r"[^\d.,]", "", text).strip(".,")
    places = len(digits) - max(digits.rfind("."), digits.rfind(",")) - 1 if re.search("[.,]", digits) else 0
    value = float(re.sub(r"\D", "", digits)) / 10.0**places
    return abs(value - exact) <= 0.5 * 10.0**-places + 1e-9 * exact


def invented(text: str, chance: random.Random) -> str:
    while True:
        places = [match.start() for match in DIGIT.finditer(text)]
        made = list(text)
        for place in places:
            made[place] = chance.choice("123456789" if place == places[0] else "0123456789")
        if "".join(made) != text:
            return "".join(made)


def other_unit(text: str) -> str | None:
    if "%" in text:
        return text.replace("%", "$") if text[-2] == " " else "$" + text.replace("%", "")
    swaps = (("B", "M"), ("M", "B"), ("T", "B"), ("Mrd.", "Mio."), ("Mio.", "Mrd."), ("Billionen", "Mrd."))
    for one, two in swaps:
        if one in text and "$" in text:
            return text.replace(one, two)
    if re.fullmatch(r"\d+[.,]\d\d", text):
        return text + " %"
    return None
