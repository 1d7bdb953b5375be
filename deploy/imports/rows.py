"""Read analyses that someone else made: what a file must hold, and what is wrong with each row, by line.

Pure: takes text, gives rows or problems. The format is documented in docs/import.md.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from shared.analysis import Analysis, Metric, Peers, RationaleItem, Without
from shared.points_rule import RULE

TICKER = re.compile(r"[A-Z0-9][A-Z0-9.\-]{0,15}")


class ImportedCompany(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What to show of the company. Needed for a ticker that the database does not know yet."""

    name: str
    sector: str | None = None
    industry_group: str | None = None
    sub_industry: str | None = None


class ImportedAnalysis(Analysis, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One row of the file: an analysis, and optionally its company and who made it."""

    company: ImportedCompany | None = None
    made_by: str | None = None


class Row(msgspec.Struct, frozen=True):
    """A good row and the line on which it starts."""

    line: int
    analysis: ImportedAnalysis


class Problem(msgspec.Struct, frozen=True):
    """What is wrong, and on which line the row starts."""

    line: int
    what: str


def read_rows(text: str) -> tuple[list[Row], list[Problem]]:
    """The rows of a JSON array, or of JSON lines. Every bad row has at least one problem."""
    rows: list[Row] = []
    problems: list[Problem] = []
    for line, value in _values(text):
        if isinstance(value, Problem):
            problems.append(value)
            continue
        try:
            analysis = msgspec.json.decode(value, type=ImportedAnalysis)
        except (msgspec.DecodeError, RecursionError, UnicodeEncodeError) as error:
            problems.append(Problem(line, _words(error)))
            continue
        wrong = [*_unknown_keys(msgspec.json.decode(value)), *_wrong(analysis)]
        problems.extend(Problem(line, what) for what in wrong)
        rows.append(Row(line, analysis))
    problems.extend(_repeated(rows))
    if not rows and not problems:
        problems.append(Problem(1, "the file holds no analyses"))
    return rows, sorted(problems, key=lambda problem: problem.line)


def _values(text: str) -> Iterator[tuple[int, str | Problem]]:
    """The JSON text of each row, with its line."""
    if text.lstrip().startswith("["):
        yield from _array(text)
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line


def _array(text: str) -> Iterator[tuple[int, str | Problem]]:
    """The elements of an array. A syntax error ends the reading: what follows it cannot be told apart."""
    decoder = json.JSONDecoder()
    place = _skip(text, text.index("[") + 1)
    first = True
    while text[place : place + 1] != "]":
        if not first:
            if text[place : place + 1] != ",":
                yield _syntax(text, place, "expected , or ] after a row")
                return
            place = _skip(text, place + 1)
        first = False
        try:
            _, end = decoder.raw_decode(text, place)
        except (json.JSONDecodeError, RecursionError) as error:
            at = error.pos if isinstance(error, json.JSONDecodeError) else place
            yield _syntax(text, at, f"not JSON: {error}")
            return
        yield _line(text, place), text[place:end]
        place = _skip(text, end)
    rest = _skip(text, place + 1)
    if rest < len(text):
        yield _syntax(text, rest, "text after the end of the array")


def _syntax(text: str, place: int, what: str) -> tuple[int, Problem]:
    line = _line(text, min(place, len(text)))
    return line, Problem(line, what)


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


def _skip(text: str, place: int) -> int:
    while place < len(text) and text[place] in " \t\r\n":
        place += 1
    return place


def _words(error: Exception) -> str:
    """msgspec says "Expected `float`, got `str` - at `$.score`"; a reader wants the place first."""
    what, _, place = str(error).partition(" - at `$")
    return f"{place.strip('.`')}: {what}" if place.strip(".`") else what


def _unknown_keys(value: Any) -> Iterator[str]:
    """Misspelt keys below the first level, which would be ignored without a word."""
    for name, kind in (("metrics", Metric), ("rationale", RationaleItem)):
        for index, part in enumerate(value[name]):
            yield from _strange(part, kind, f"{name}[{index}]")
            yield from _strange(part.get("peers") or {}, Peers, f"{name}[{index}].peers")
            yield from _strange(part.get("without") or {}, Without, f"{name}[{index}].without")


def _strange(part: dict[str, Any], kind: type[msgspec.Struct], place: str) -> Iterator[str]:
    for key in part.keys() - set(kind.__struct_fields__):
        yield f"{place}: unknown key {key!r}"


def _wrong(analysis: ImportedAnalysis) -> Iterator[str]:
    """What the types cannot say."""
    if not TICKER.fullmatch(analysis.ticker):
        yield f"ticker: {analysis.ticker!r} is not 1 to 16 capital letters, digits, dots or dashes"
    if not 0 <= analysis.score <= 100:
        yield f"score: {analysis.score} is not between 0 and 100"
    if not analysis.summary.strip():
        yield "summary: is empty; it should say what made the analysis, and from which day"
    if analysis.made_by == RULE:
        yield f"made_by: {RULE!r} is the rule of the sample, which would replace the row when it is loaded again"
    if analysis.company and not analysis.company.name.strip():
        yield "company.name: is empty"
    if "\0" in "".join(_strings(msgspec.to_builtins(analysis))):
        yield "a text holds the character U+0000, which cannot be stored"
    for name, keys in (
        ("metrics", [metric.key for metric in analysis.metrics]),
        ("rationale", [item.key for item in analysis.rationale]),
    ):
        yield from (f"{name}: key {key!r} occurs {n} times" for key, n in Counter(keys).items() if n > 1)
    for index, item in enumerate(analysis.rationale):
        if not item.low <= item.points <= item.high:
            yield f"rationale[{index}].points: {item.points} is not between {item.low} and {item.high}"
        if not item.counted and item.points:
            yield f"rationale[{index}].points: {item.points} where the item is not counted"
        if not item.sentence.strip():
            yield f"rationale[{index}].sentence: is empty"
    if any(math.isinf(number) for number in _numbers(msgspec.to_builtins(analysis))):
        yield "a number is too large"


def _strings(value: Any) -> Iterator[str]:
    return (leaf for leaf in _leaves(value) if isinstance(leaf, str))


def _numbers(value: Any) -> Iterator[float]:
    return (leaf for leaf in _leaves(value) if isinstance(leaf, float))


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _leaves(part)
    else:
        yield value


def _repeated(rows: Iterable[Row]) -> Iterator[Problem]:
    seen: dict[tuple[str, object], int] = {}
    for row in rows:
        key = (row.analysis.ticker, row.analysis.as_of)
        if key in seen:
            yield Problem(row.line, f"{key[0]} of {key[1]} is on line {seen[key]} already")
        seen.setdefault(key, row.line)
