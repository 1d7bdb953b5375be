"""Conditions of a screen: a metric, a comparator and a number, in whatever order they are said."""

from collections.abc import Sequence
from typing import NamedTuple

from deploy.offline_model.language.metrics import FRACTIONS
from deploy.offline_model.language.numbers import Number
from deploy.offline_model.language.slots import AFTER_BOOK, COMPARE_BOOK, Slot
from deploy.offline_model.language.words.ratings import AND, BETWEEN

CLOSE = 4
"""Slots between a comparator and its number."""


class Filter(NamedTuple):
    """`value` is as the tools take it: fractions as fractions."""

    metric: str
    op: str
    value: float


class Stated(NamedTuple):
    """A number that is said of a metric, without a comparator: perhaps a premise."""

    metric: str
    number: Number


class Conditions(NamedTuple):
    """The filters; numbers stated of a metric; bare numbers ("top 5"), in order."""

    filters: tuple[Filter, ...]
    stated: tuple[Stated, ...]
    bare: tuple[Number, ...]


def conditions_of(slots: Sequence[Slot]) -> Conditions:
    """Pair every number with the metric and the comparator that are said with it."""
    filters: list[Filter] = []
    stated: list[Stated] = []
    bare: list[Number] = []
    for place, slot in enumerate(slots):
        number = slot.value
        if not isinstance(number, Number):
            continue
        op = _comparator(slots, place)
        metric = _metric_of(slots, place, number, is_filter=bool(op))
        if metric is None:
            bare.append(number)
        elif op:
            filters.append(Filter(metric, op, as_stored(metric, number)))
        elif number.unit or number.decimals or _is_said_of(slots, place):
            stated.append(Stated(metric, number))
        else:
            bare.append(number)
    return Conditions(tuple(filters), tuple(stated), tuple(bare))


def as_stored(metric: str, number: Number) -> float:
    """The number in the metric's own unit; percent of a fraction are divided, and bare ones taken for percent."""
    if metric not in FRACTIONS or (number.unit == "" and abs(number.value) < 1 and number.decimals >= 2):
        return number.value
    return round(number.value / 100, 12)


def _comparator(slots: Sequence[Slot], place: int) -> str:
    forms = [slot.forms for slot in slots]
    if place + 1 < len(slots) and (after := AFTER_BOOK.longest(forms, place + 1)):
        return after[0]
    if pair := _between(slots, place):
        return pair
    for start in range(max(0, place - CLOSE), place):
        found = COMPARE_BOOK.longest(forms, start)
        if found and start + found[1] <= place and _leads_to_number(slots[start + found[1] : place]):
            return found[0]
    return ""


def _leads_to_number(slots: Sequence[Slot]) -> bool:
    return not slots or (len(slots) <= 3 and all(slot.kind in ("word", "metric") for slot in slots))


def _between(slots: Sequence[Slot], place: int) -> str:
    """ "between 2 and 4": the first is a lower bound, the second an upper one."""

    def is_number(at: int) -> bool:
        return 0 <= at < len(slots) and slots[at].kind == "number"

    def is_word(at: int, words: frozenset[str]) -> bool:
        return 0 <= at < len(slots) and slots[at].forms[0] in words

    if is_word(place - 1, BETWEEN) and is_word(place + 1, AND) and is_number(place + 2):
        return ">="
    if is_word(place - 1, AND) and is_number(place - 2) and is_word(place - 3, BETWEEN):
        return "<="
    return ""


def _metric_of(slots: Sequence[Slot], place: int, number: Number, *, is_filter: bool) -> str | None:
    """The metric that the number belongs to: the nearest before it, else the nearest after it."""
    before = [str(slot.value) for slot in slots[:place] if slot.kind == "metric"]
    after = [str(slot.value) for slot in slots[place + 1 : place + 4] if slot.kind == "metric"]
    directly_after = place + 1 < len(slots) and slots[place + 1].kind == "metric"
    choices = [*after[:1], *reversed(before)] if directly_after else [*reversed(before), *after]
    fitting = [key for key in choices if _fits(key, number)]
    if fitting:
        return fitting[0]
    if is_filter and number.unit == "points":
        return "score"
    return None


def _fits(metric: str, number: Number) -> bool:
    if metric == "rating":
        return False
    if number.unit == "percent":
        return metric in FRACTIONS
    if number.unit == "points":
        return metric == "score"
    return number.unit != "dollars" or metric not in FRACTIONS


def _is_said_of(slots: Sequence[Slot], place: int) -> bool:
    """ "the P/E is 40", "a P/E of 40": the number follows its metric within three words."""
    near = slots[max(0, place - 4) : place]
    metrics = [step for step, slot in enumerate(near) if slot.kind == "metric"]
    said = {
        "is",
        "of",
        "at",
        "was",
        "equals",
        "ist",
        "von",
        "bei",
        "betraegt",
        "liegt",
        "so",
        "really",
        "only",
        "about",
    }
    return bool(metrics) and any(slot.forms[0] in said for slot in near[max(0, metrics[-1] - 1) :])
