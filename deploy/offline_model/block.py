"""Read the analysis block out of a system prompt: the counterpart of `memory.analysis_block`."""

from typing import NamedTuple

Row = dict[str, str]
"""One line of a table, by column name."""


class Block(NamedTuple):
    """What the prompt says about the page. `facts` are its `NAME: value` lines."""

    facts: Row
    reasons: list[Row]
    metrics: list[Row]
    changes: list[str]
    changes_since: str
    history: list[Row]

    @property
    def has_analysis(self) -> bool:
        return "RATING" in self.facts


def parse(system_text: str) -> Block:
    """The block in a system prompt; an empty one if there is none."""
    _, _, after = system_text.rpartition("\n<analysis>\n")
    facts_part, *parts = after.partition("\n</analysis>")[0].split("\n\n")
    facts = dict(line.split(": ", 1) for line in facts_part.splitlines() if ": " in line)
    sections = {heading: lines for heading, *lines in (part.splitlines() for part in parts)}
    changes = next((heading for heading in sections if heading.startswith("CHANGES SINCE ")), "")
    return Block(
        facts,
        _rows(sections.get("REASONS", [])),
        _rows(sections.get("METRICS", [])),
        [line.removeprefix("- ") for line in sections.get(changes, [])],
        changes.removeprefix("CHANGES SINCE "),
        _rows(sections.get("HISTORY", [])),
    )


def _rows(lines: list[str]) -> list[Row]:
    if not lines:
        return []
    columns = lines[0].split(" | ")
    return [dict(zip(columns, line.split(" | "), strict=True)) for line in lines[1:]]
