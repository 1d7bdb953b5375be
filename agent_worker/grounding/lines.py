"""One line of an answer, be it a sentence, a list item or a row of a table: its figures, and what it leaves to the next."""

import re
from dataclasses import replace
from itertools import pairwise

import msgspec

from agent_worker.grounding.claims import Context, Told
from agent_worker.grounding.known import Facts
from agent_worker.grounding.mentions import Line, read
from agent_worker.grounding.names import OUTSIDER, UNKNOWN
from agent_worker.grounding.phrases import word_set
from agent_worker.grounding.reading import TOTALS, claims_of, is_start
from agent_worker.grounding.relations import way_of
from agent_worker.grounding.verdicts import Judgement, judge
from agent_worker.grounding.words_as_figures import day_figures, rating_figures
from shared.frames.figures import Figure

MARKER = re.compile(r"\s*(?:>\s*)*(?:#{1,6}\s|[-*•+]\s|\d{1,3}[.)]\s)*")
RULE = re.compile(r"[\s|:\-–—+=]*$")
CELL = re.compile(r"\d|\b(?:buy|hold|sell|kaufen|halten|verkaufen)\b", re.IGNORECASE)
STRANGERS = {OUTSIDER, UNKNOWN}
DECLINES = word_set(
    "no only outside missing unavailable unknown nothing cannot kein keine nur außerhalb fehlt fehlen unbekannt nichts"
)
DECIMAL = re.compile(r"\d[.,]\d")


def check_line(sentence: str, facts: Facts, context: Context, offset: int) -> list[Figure]:
    """The figures of a sentence; `offset` is where it begins. `context` goes on to the next."""
    if sentence.count("|") >= 2:
        return _check_row(sentence, facts, context, offset)
    if sentence.strip():
        context.header = ()
    marker = MARKER.match(sentence)
    begin = marker.end() if marker else 0
    blank = " " * begin + sentence[begin:]
    return _check_words(sentence, blank, facts, context, offset)[0]


def _check_words(
    sentence: str, words: str, facts: Facts, context: Context, offset: int, skip: int = 0
) -> tuple[list[Figure], bool]:
    """The figures of `words` from `skip` on, which is where `sentence` stands in them; and whether numbers are among them."""
    line = read(words, facts.names, facts.groups, facts.tickers(), facts.strangers)
    claims = claims_of(line, context)
    quoted = facts.quotes(words)
    judged = judge(line, claims, facts, context.told, quoted=quoted)
    spans: list[tuple[int, int, Judgement]] = [
        (claim.number.start, claim.number.end, judgement)
        for claim, judgement in zip(claims, judged, strict=True)
    ]
    spans += day_figures(line, claims, judged, facts, context)
    spans += rating_figures(line, facts, context, quoted=quoted)
    _leave(line, context)
    if line.numbers:
        known = [each.fact for each in judged if each.verdict == "matched" and each.fact is not None]
        context.told = Told(tuple(known))
    elif line.words:
        strict = tuple(mention.value for mention in line.metrics if not mention.loose)
        context.told = context.told._replace(way=way_of(line), metrics=strict)
    context.current |= any(
        each.verdict == "matched" and not claim.days for claim, each in zip(claims, judged, strict=True)
    )
    shown = [each for each in sorted(spans, key=lambda span: span[:2]) if each[0] >= skip]
    figures = [_figure(sentence, start - skip, end - skip, each, offset) for start, end, each in shown]
    return figures, any(number.start >= skip for number in line.numbers)


def _figure(sentence: str, start: int, end: int, judgement: Judgement, offset: int) -> Figure:
    if not sentence.isascii():
        begin = offset + len(sentence[:start].encode("utf-16-le", "surrogatepass")) // 2
        return judgement.figure(
            begin,
            begin + len(sentence[start:end].encode("utf-16-le", "surrogatepass")) // 2,
            sentence[start:end],
        )
    return judgement.figure(offset + start, offset + end, sentence[start:end])


def _leave(line: Line, context: Context) -> None:
    """What the next sentence may take for granted."""
    whose = {mention.value for mention in line.companies}
    if len(whose) == 1 and not (whose & STRANGERS and _declines(line)):
        context.subject = whose.pop()
    strict = tuple(dict.fromkeys(m.value for m in line.metrics if not m.loose))
    if strict:
        context.metrics = strict
    if set(strict) - TOTALS:
        context.items = tuple(key for key in strict if key not in TOTALS)
    named = [day for day in line.days if not is_start(line, day)]
    if named:
        context.days = (*context.days, *named)[-2:]
    elif not line.text.strip() and "\n" in line.text:
        context.days = ()


def _declines(line: Line) -> bool:
    """Whether the sentence says of a stranger that nothing is known: the next one is of the page again."""
    return line.has("negation") or not DECLINES.isdisjoint(line.between(0, len(line.text)))


def _check_row(sentence: str, facts: Facts, context: Context, offset: int) -> list[Figure]:
    """A row of a table: each cell is read behind its row's name and its column's."""
    cells = _cells(sentence)
    if RULE.match(sentence) or not cells:
        return []
    first = not context.header
    if first:
        context.header = tuple(sentence[start:end].strip() for start, end in cells)
        named = read(sentence, facts.names, facts.groups, facts.tickers(), facts.strangers).companies
        if len({mention.value for mention in named}) == 1:
            context.subject = named[0].value
    found: list[Figure] = []
    names: list[str] = []
    for place, (start, end) in enumerate(cells):
        cell = sentence[start:end]
        if CELL.search(cell) is None:
            names.append(_named(cell.strip(), facts))
            continue
        prefix = (
            ""
            if first and not names
            else f"{' '.join(names)} {'' if first else _column(context.header, place)}: "
        )
        prefix = prefix.replace("|", " ")
        before = len(sentence[:start].encode("utf-16-le", "surrogatepass")) // 2 + offset
        inner = replace(context, header=())
        figures, numbers = _check_words(cell, prefix + cell, facts, inner, 0, len(prefix))
        context.current |= inner.current
        found += [_moved(figure, before) for figure in figures]
        if not numbers:
            names.append(cell.strip())
    row = {
        mention.value
        for mention in read(
            " ".join(names), facts.names, facts.groups, facts.tickers(), facts.strangers
        ).companies
    }
    if len(row) == 1:
        context.subject = row.pop()
    return found


def _column(header: tuple[str, ...], place: int) -> str:
    """What a column is called; in a table without names, what its first cell says."""
    name = header[place] if place < len(header) else ""
    return header[0] if DECIMAL.search(name) and place else name


def _named(cell: str, facts: Facts) -> str:
    """A cell that is a ticker, so that it is read as one even if it is a word as well."""
    plain = cell.strip("*_` ")
    return f"({plain})" if plain in facts.names.names else cell


def _moved(figure: Figure, by: int) -> Figure:
    return msgspec.structs.replace(figure, start=figure.start + by, end=figure.end + by)


def _cells(row: str) -> list[tuple[int, int]]:
    """The places of the cells between the bars."""
    bars = [place for place, char in enumerate(row) if char == "|"]
    edges = [*bars]
    if row[: bars[0]].strip():
        edges.insert(0, -1)
    if row[bars[-1] + 1 :].strip():
        edges.append(len(row))
    return [(start + 1, end) for start, end in pairwise(edges)]
