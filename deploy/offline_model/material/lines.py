"""The line form in which analyses and results are written: `NAME: value`, then sections of rows or sentences."""

from typing import NamedTuple

NONE = "—"
Row = dict[str, str]
"""One line of a table, by column name in lower case."""


class Lines(NamedTuple):
    """A parsed text. `facts` are its `NAME: value` lines; sections stand under their headings."""

    facts: Row
    tables: dict[str, list[Row]]
    lists: dict[str, list[str]]

    def fact(self, name: str) -> str:
        """The value of a line; empty if there is none, or if it is "—" or "none"."""
        value = self.facts.get(name, "")
        return "" if value in (NONE, "none") else value

    def table(self, heading: str) -> list[Row]:
        """The rows of a section; none if it is not there."""
        return self.tables.get(heading, [])

    def list_of(self, heading: str) -> list[str]:
        """The sentences of a section; none if it is not there."""
        return self.lists.get(heading, [])


EMPTY = Lines({}, {}, {})


def parse_lines(text: str) -> Lines:
    """Read `text` as far as it has the form; lines in no form are left out."""
    facts: Row = {}
    tables: dict[str, list[Row]] = {}
    lists: dict[str, list[str]] = {}
    for part in text.replace("\r", "").split("\n\n"):
        lines = part.strip("\n").split("\n")
        heading, rest = lines[0].removesuffix(":"), lines[1:]
        if not _is_heading(lines[0]):
            facts.update(_facts(lines))
        elif rest and rest[0].startswith("- "):
            lists[heading] = [line.removeprefix("- ") for line in rest if line.startswith("- ")]
        elif rest:
            tables[heading] = _rows(rest)
    return Lines(facts, tables, lists)


def _is_heading(line: str) -> bool:
    """In capitals, alone on its line: "REASONS", "CHANGES SINCE 2026-08-15"."""
    return bool(line) and ": " not in line and line == line.upper() and any(map(str.isalpha, line))


def _facts(lines: list[str]) -> Row:
    pairs = (line.split(": ", 1) for line in lines if ": " in line)
    return {name.strip(): value.strip() for name, value in pairs if name == name.upper()}


def _rows(lines: list[str]) -> list[Row]:
    columns = [cell.strip() for cell in lines[0].split(" | ")]
    rows = ([cell.strip() for cell in line.split(" | ")] for line in lines[1:])
    return [dict(zip(columns, cells, strict=False)) for cells in rows]
