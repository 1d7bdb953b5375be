"""The lowest and the highest price of a year, which an analysis has as a figure of its own."""

from itertools import pairwise

from deploy.offline_model.language.dates import Clock, Moment
from deploy.offline_model.language.slots import Slot

LONG = 300
"""Days back from which on a span is that of the 52-week high and low: prices do not go back so far."""

_OF_PRICE = frozenset({"price", "week52_low", "week52_high", "score", "rating"})
_SPANS = frozenset({("52", "weeks"), ("52", "week"), ("52", "wochen"), ("12", "months"), ("twelve", "months"),
                    ("12", "monaten"), ("zwoelf", "monaten"), ("a", "year"), ("one", "year"), ("einem", "jahr"),
                    ("einen", "jahr")})  # fmt: skip


def within_a_year(
    slots: list[Slot], features: frozenset[str], clock: Clock
) -> tuple[list[Slot], tuple[str, ...]]:
    """ "The lowest price of the last twelve months" is the 52-week low: the key, and the slots without that span."""
    ends = features & {"extreme_high", "extreme_low"}
    metrics = {str(slot.value) for slot in slots if slot.kind == "metric"}
    moments = [slot.value for slot in slots if isinstance(slot.value, Moment)]
    if len(ends) != 1 or len(moments) > 1 or metrics - _OF_PRICE or "which" in features:
        return slots, ()
    long = [each for each in moments if each.first == each.last and (clock.newest - each.first).days >= LONG]
    words = [slot.forms[-1] for slot in slots]
    if not long and (moments or not _SPANS.intersection(pairwise(words))):
        return slots, ()
    key = "week52_low" if "extreme_low" in ends else "week52_high"
    return [slot for slot in slots if slot.kind in ("word", "company", "outside")], (key,)
