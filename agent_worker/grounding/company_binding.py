"""Whose a number is: the company that stands at it, unless the sentence only sets it against that one."""

from agent_worker.grounding.claims import Bound, Context, bind
from agent_worker.grounding.mentions import Line, Mention
from agent_worker.grounding.numerals import Numeral
from agent_worker.grounding.phrases import word_set
from agent_worker.grounding.standards import MEASURES, TRANSITIVE, governor

OWNED = word_set("( ' ’ s")
THAN = word_set("than als")
VERSUS = word_set("vs versus against gegenüber / gegen compared verglichen")


def bind_company(line: Line, number: Numeral, context: Context, *, median: bool = False) -> Bound:
    """Whose the number is; of a median, whose peers'."""
    versus = _against_other(line, number)
    if versus is not None:
        return Bound(versus, "near", tuple(dict.fromkeys(m.value for m in line.companies)))
    named = [
        m
        for m in line.companies
        if not _is_aside(line, m, number) and (median or not _is_compared(line, m, number))
    ]
    bound = bind(line, number, named, "company")
    return Bound(context.subject, "context") if bound.value is None else bound


def _is_aside(line: Line, company: Mention, number: Numeral) -> bool:
    """ "(Pepsi: 18.80)": a name that is in brackets with a figure says nothing of the figures outside."""
    start = line.text.rfind("(", 0, company.start)
    end = line.text.find(")", company.end)
    if start < 0 or end < 0 or ")" in line.text[start : company.start] or start < number.start < end:
        return False
    return line.crosses(start, end)


def _is_compared(line: Line, company: Mention, number: Numeral) -> bool:
    """ "27.36 is higher than Pepsi's": the name behind is another's than the figure's."""
    if company.end <= number.start:
        return False
    held = governor(line, company.start)
    return held in MEASURES or held in TRANSITIVE


def _against_other(line: Line, number: Numeral) -> str | None:
    """Whose a figure is behind "A is dearer than B: …": A's first, and B's what is set against it."""
    names = list(dict.fromkeys(m.value for m in line.companies))
    if len(names) != 2 or len(line.companies) != 2:
        return None
    first, second = line.companies
    if not THAN.intersection(line.between(first.end, second.start)):
        return None
    ahead = [n for n in line.numbers if n.end <= first.start]
    if number in ahead and len(ahead) == 2 and set(line.between(ahead[0].end, ahead[1].start)) & VERSUS:
        return (first if number is ahead[0] else second).value  # "at 27.36 versus 18.80, A is dearer than B"
    if number.start < second.end:
        return None
    behind = [n for n in line.numbers if n.start >= second.end]
    if any(first.end <= n.start < second.end for n in line.numbers) or not {",", ":", "("}.intersection(
        line.between(second.end, behind[0].start)
    ):
        return None
    if len(behind) == 2 and set(line.between(behind[0].end, behind[1].start)) & VERSUS:
        return (first if number is behind[0] else second).value
    direct = OWNED.issuperset(line.between(second.end, behind[0].start))
    return first.value if number is behind[0] and not direct and len(behind) == 1 else None
