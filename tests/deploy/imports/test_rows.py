"""Reading a file of analyses: good ones as they are, bad ones by line and reason."""

import json
from collections.abc import Callable
from importlib import resources
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deploy.imports.rows import read_rows
from deploy.imports.store import analysis_row
from deploy.sample.analyses import Made
from shared.analysis import Analysis

EXAMPLE = (resources.files("deploy.imports") / "example-analyses.json").read_text("utf-8")

Change = Callable[[dict[str, Any]], None]


def rows() -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads(EXAMPLE)
    return loaded


def said(text: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.what) for problem in read_rows(text)[1]]


def test_the_example_is_good() -> None:
    found, problems = read_rows(EXAMPLE)
    assert problems == []
    assert [(row.line, row.analysis.ticker, row.analysis.score) for row in found] == [
        (2, "EXMP", 52.0),
        (29, "EXMP", 51.5),
    ]
    for row in found:
        assert 50 + sum(item.points for item in row.analysis.rationale) == row.analysis.score


def test_lines_and_an_array_hold_the_same() -> None:
    lines = "\n\n".join(json.dumps(row) for row in rows()) + "\n"
    assert [row.analysis for row in read_rows(lines)[0]] == [row.analysis for row in read_rows(EXAMPLE)[0]]
    assert [row.line for row in read_rows(lines)[0]] == [1, 3]


def test_what_the_rule_makes_can_be_imported(made: Made) -> None:
    some = made.analyses[-50:]
    found, problems = read_rows(msgspec.json.encode(some).decode())
    assert problems == []
    assert [row.analysis.metrics for row in found] == [each.metrics for each in some]
    assert [analysis_row(row.analysis, made_by=None) for row in found] == [
        analysis_row(each, made_by=None) for each in some
    ]


def put(path: str, value: object) -> Change:
    """A change of one place, such as "rationale.0.points"."""
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]

    def change(row: dict[str, Any]) -> None:
        place: Any = row
        for step in way:
            place = place[step]
        place[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda row: row.pop("ticker"), "Object missing required field `ticker`"),
        (put("ticker", "ko"), "ticker: 'ko' is not 1 to 16 capital letters, digits, dots or dashes"),
        (put("as_of", "22.8.2026"), "as_of: Invalid RFC3339 encoded date"),
        (put("rating", "strong buy"), "rating: Invalid enum value 'strong buy'"),
        (put("score", "57"), "score: Expected `float`, got `str`"),
        (put("score", 157), "score: 157.0 is not between 0 and 100"),
        (put("summary", " "), "summary: is empty; it should say what made the analysis, and from which day"),
        (put("summary", "a\0b"), "a text holds the character U+0000, which cannot be stored"),
        (put("sumary", "x"), "Object contains unknown field `sumary`"),
        (put("metrics.0.unit", "eur"), "metrics[0].unit: Invalid enum value 'eur'"),
        (put("metrics.0.vaule", 1), "metrics[0]: unknown key 'vaule'"),
        (put("metrics.1.key", "price"), "metrics: key 'price' occurs 2 times"),
        (put("rationale.0.points", 12), "rationale[0].points: 12.0 is not between -4.0 and 10.0"),
        (put("rationale.0.counted", False), "rationale[0].points: 2.0 where the item is not counted"),
        (put("rationale.0.sentence", ""), "rationale[0].sentence: is empty"),
        (put("rationale.0.peers.median", "x"), "rationale[0].peers.median: Expected `float | null`, got `str`"),
        (put("rationale.0.without.rate", "x"), "rationale[0].without: unknown key 'rate'"),
        (put("company.name", ""), "company.name: is empty"),
        (put("company", "Example"), "company: Expected `object | null`, got `str`"),
    ],
)  # fmt: skip
def test_a_bad_row_is_told_by_its_line(change: Change, what: str) -> None:
    first, second = rows()
    change(first)
    text = f"{json.dumps(second)}\n{json.dumps(first)}\n"
    assert said(text) == [(2, what)]
    array = f"[\n{json.dumps(second)},\n\n{json.dumps(first)}\n]"
    assert said(array) == [(4, what)]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999"])
def test_numbers_that_are_none_are_refused(number: str) -> None:
    row = json.dumps(rows()[0]).replace("0.031", number, 1)
    assert [line for line, _ in said(row)] == [1]
    assert [line for line, _ in said(f"[{row}]")] == [1]


def test_all_bad_rows_are_told_at_once() -> None:
    one, other = (json.dumps({**row, "score": -1}) for row in rows())
    assert [line for line, _ in said(f"{one}\n{{\n{other}\n[1]\n")] == [1, 2, 3, 4]


def test_the_same_day_twice() -> None:
    row = json.dumps(rows()[0])
    assert said(f"{row}\n{row}") == [(2, "EXMP of 2026-08-15 is on line 1 already")]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("", 1, "the file holds no analyses"),
        ("[]", 1, "the file holds no analyses"),
        ("[\n{},", 2, "Object missing required field `ticker`"),
        ("[\n", 2, "not JSON"),
        ("[\n{}\n{}]", 3, "expected , or ] after a row"),
        ("[]\nrest", 2, "text after the end of the array"),
        ("[" * 100_000, 1, "not JSON"),
        ('{"ticker": "\\ud800, half a character"}', 1, "JSON is malformed"),
        ("null", 1, "Expected `object`, got `null`"),
        ("ticker,score\nKO,57.9", 1, "JSON is malformed"),
    ],
)  # fmt: skip
def test_a_file_of_something_else(text: str, line: int, what: str) -> None:
    assert any(at == line and words.startswith(what) for at, words in said(text))


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_gives_rows_or_problems(text: str) -> None:
    found, problems = read_rows(text)
    assert bool(found) != bool(problems)


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.sampled_from(sorted(Analysis.__struct_fields__)), json_values)
def test_any_value_in_any_field_is_read_or_told(field: str, value: object) -> None:
    found, problems = read_rows(json.dumps({**rows()[0], field: value}))
    assert found or problems
