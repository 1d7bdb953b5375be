"""Of which metric a number is: the one that stands at it, as far as its unit and its kind allow."""

import re
from itertools import pairwise

from agent_worker.grounding.claims import UNITS, Bound, Context, bind
from agent_worker.grounding.mentions import Line
from agent_worker.grounding.numerals import Numeral
from agent_worker.grounding.phrases import word_set
from shared.metric_words import METRIC_WORDS

TIMES_OF = {"earnings_per_share": "price_earnings", "ebitda": "cap_to_ebitda"}
"""What a multiple of an amount is called."""
PER_SHARE = ("earnings_per_share", "earnings_per_share_snapshot")
SHARE_OF = {"ebitda": "ebitda_margin"} | dict.fromkeys(PER_SHARE, "earnings_change")
"""What a percentage said of an amount is: a part of revenue, or the change within a year."""

ENDS = ("week52_low", "week52_high")
YEAR = re.compile(r"\b(?:52|year|twelve months|12 months|jahr|zwölf monat|12 monat)", re.IGNORECASE)
JOINS = word_set("to and through bis und - – —")
COMPANIES = word_set("company business group giant concern unternehmen konzern")
PART_OF = word_set("of the its their all annual total net every each")


def bind_metric(line: Line, number: Numeral, context: Context) -> Bound:
    """The metric of a number. Loose words count only where their unit can be the number's."""
    units = UNITS.get(number.kind, ())
    points = number.kind == "points"
    usable = [
        m for m in line.metrics
        if not m.loose or (points and METRIC_WORDS[m.value].unit != "usd") or METRIC_WORDS[m.value].unit in units
        or (number.kind == "times" and m.value in TIMES_OF)
        or (number.kind == "plain" and METRIC_WORDS[m.value].unit in ("ratio", "points") )
    ]  # fmt: skip
    totals = _not_a_score(number)
    if any(m.value not in totals for m in usable):
        usable = [m for m in usable if m.value not in totals]
    strict = [m for m in usable if not m.loose]
    bound = bind(line, number, strict, "metric")
    if bound.hold != "near":
        loose = bind(line, number, usable, "metric")
        if loose.hold == "near" or not any(m.end <= number.start for m in strict):
            bound = loose
    bound = _of_kind(line, number, bound)
    named = _by_words(line, number)
    if named:
        return Bound(named, "near", (named,))
    if bound.value in (None, "price", *ENDS, "week52_place") and (end := _end_of_year(line, number)):
        return Bound(end, "near", (end,))
    edge = bound.value in ENDS and bound.hold != "near"
    if edge and number.kind == "usd" and any(m.value == "price" for m in line.metrics):
        return Bound("price", "sole", ("price", bound.value or ""))  # "2 % below its 52-week high, at $91.07"
    moved = bound.value is None and number.kind == "percent" and line.has("up", "down")
    if moved and any(m.loose and m.value == "price" for m in line.metrics):
        return Bound("price", "sole", ("price",))  # "the shares gained 9.6 %"
    if bound.value is None and number.kind == "points" and line.days and line.has("up", "down"):
        return Bound("score", "sole", ("score",))  # "it gained 2.5 points between 15 and 22 August"
    if bound.value is None and context.metrics:
        return Bound(context.metrics[-1], "context", context.metrics[:-1])
    return bound


def _end_of_year(line: Line, number: Numeral) -> str:
    """Of two amounts that span a year ("has ranged from $65.35 to $91.87") the first is the low, the second the high."""
    if number.kind != "usd" or YEAR.search(line.text) is None:
        return ""
    for low, high in pairwise(n for n in line.numbers if n.kind == "usd"):
        between = line.between(low.end, high.start)
        if number in (low, high) and between and JOINS.issuperset(between):
            return ENDS[number is high]
    return ""


def _not_a_score(number: Numeral) -> tuple[str, ...]:
    """What the number cannot be: a score has one decimal, no unit but points, and no sign."""
    if number.kind in ("percent", "pp", "usd", "times"):
        return ("rating",)
    if number.kind == "plain" and number.decimals > 1:
        return ("score", "rating")
    return ("score",) if number.sign and number.kind in ("plain", "points") else ()


def _of_kind(line: Line, number: Numeral, bound: Bound) -> Bound:
    """The metric that a number of this kind makes of the one named."""
    value = bound.value or ""
    if number.kind == "times" and value in TIMES_OF:
        return bound._replace(value=TIMES_OF[value])
    if number.kind != "percent":
        return bound
    if value == "price" and any(m.value == "return_20" for m in line.metrics):
        return bound._replace(value="return_20")
    spelled = any(n.kind == "usd" for n in line.numbers)
    changed = value in PER_SHARE and line.has("up", "down", "above", "below", "change") and not line.days
    if (value == "ebitda" and not line.has("up", "down", "change")) or (changed and not spelled):
        return bound._replace(value=SHARE_OF[value])
    return bound


def _by_words(line: Line, number: Numeral) -> str:
    """What a number is by the words behind it: "47.2 % of profit" is paid out, "a $392B company" is worth that."""
    if number.kind == "usd" and not COMPANIES.isdisjoint(line.between(number.end, len(line.text))[:1]):
        return "market_cap"
    profit = next((m for m in line.metrics if m.start >= number.end and m.value in PER_SHARE), None)
    between = line.between(number.end, profit.start) if profit else []
    return (
        "payout" if number.kind == "percent" and between[:1] == ["of"] and PART_OF.issuperset(between) else ""
    )
