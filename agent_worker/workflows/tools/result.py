"""What a tool gives: text for the model, facts for the check, a table and sources for the reader."""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import msgspec

from agent_worker.grounding.facts import Fact
from agent_worker.workflows.tools.block import clean, estimated_tokens
from agent_worker.workflows.tools.limits import RESULT_TOKENS, TABLE_BYTES
from shared.frames.figures import Source, Table

SOURCES_MAX = 20


class ToolResult(NamedTuple):
    """`text` is what the model reads; `words` what the reader sees of the call ("Looking up PepsiCo, 22 Aug")."""

    text: str
    facts: tuple[Fact, ...] = ()
    table: Table | None = None
    sources: tuple[Source, ...] = ()
    words: str = ""
    status: Literal["ok", "failed"] = "ok"


class WrongArguments(Exception):
    """Arguments that name nothing. Never leaves the tools: the model reads what is wrong and what is allowed."""

    def __init__(self, what: str, allowed: Iterable[str] = ()) -> None:
        super().__init__(what)
        self.what = what
        self.allowed = tuple(allowed)


class Section(NamedTuple):
    """A heading with a table, or without columns a list. Rows are cells; a row of a list has one."""

    heading: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


class Sheet(NamedTuple):
    """A result before it is written down."""

    lines: Sequence[tuple[str, ...]]
    """Names with their values; of several values each stands in a cell."""
    sections: Sequence[Section] = ()
    facts: Sequence[Fact] = ()
    table: Table | None = None
    words: str = ""


def written(tool: str, sheet: Sheet) -> ToolResult:
    """The sheet as a result within its limits. What is cut is said."""
    table = sheet.table
    return ToolResult(
        text=_text(tool, sheet.lines, list(sheet.sections)),
        facts=tuple(sheet.facts),
        table=_small_table(table) if table else None,
        sources=_sources(sheet.facts),
        words=sheet.words,
    )


def refusal(tool: str, error: WrongArguments) -> ToolResult:
    """What the model reads of a call that cannot be answered."""
    lines = [f"TOOL: {clean(tool)[:64]}", f"ERROR: {clean(error.what)}"]
    if error.allowed:
        lines.append(f"ALLOWED: {clean(', '.join(error.allowed))}")
    return ToolResult("\n".join(lines), status="failed", words="Nothing found")


def _text(tool: str, lines: Sequence[tuple[str, ...]], sections: list[Section]) -> str:
    """The lines, then the sections; the longest loses rows from its end until the whole is small enough."""
    whole = [len(section.rows) for section in sections]
    kept = list(whole)
    head = [f"TOOL: {tool}", *(f"{name}: {' | '.join(map(clean, values))}" for name, *values in lines)]
    bodies = [[_row(section, row) for row in section.rows] for section in sections]
    while True:
        cut = [
            f"CUT: {section.heading}, first {few} of {all_of_it}"
            for section, few, all_of_it in zip(sections, kept, whole, strict=True)
            if few < all_of_it
        ]
        text = "\n".join([*head, *cut, *_joined(sections, bodies, kept)])
        if estimated_tokens(text) <= RESULT_TOKENS or not any(kept):
            return text
        longest = max(range(len(kept)), key=lambda n: sum(map(len, bodies[n][: kept[n]])) if kept[n] else -1)
        kept[longest] -= 1


def _joined(sections: Sequence[Section], bodies: Sequence[Sequence[str]], kept: Sequence[int]) -> list[str]:
    found: list[str] = []
    for section, body, few in zip(sections, bodies, kept, strict=True):
        columns = [" | ".join(map(clean, section.columns))] if section.columns else []
        found += ["", section.heading, *columns, *body[:few]]
    return found


def _row(section: Section, row: Sequence[str]) -> str:
    return " | ".join(map(clean, row)) if section.columns else f"- {clean(row[0])}"


def _small_table(table: Table) -> Table:
    rows = list(table.rows)
    while rows and len(msgspec.json.encode(Table(table.columns, rows))) > TABLE_BYTES:
        rows.pop()
    return Table(table.columns, rows)


def _sources(facts: Sequence[Fact]) -> tuple[Source, ...]:
    """One for each analysis that was read, and one for each company's prices."""
    firsts: dict[tuple[str, int | None], Source] = {}
    for fact in facts:
        if fact.ticker:
            firsts.setdefault((fact.ticker, fact.analysis_id), fact.source)
    return tuple(firsts.values())[:SOURCES_MAX]
