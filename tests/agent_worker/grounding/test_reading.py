"""Numbers and dates as they are written, and the facts of an analysis."""

import datetime as dt

import pytest

from agent_worker.grounding.checker import check
from agent_worker.grounding.dates import days
from agent_worker.grounding.facts import Fact, facts_of, facts_of_all
from agent_worker.grounding.known import Facts
from agent_worker.grounding.matching import is_rounded
from agent_worker.grounding.numerals import numerals
from agent_worker.grounding.phrases import tokens
from shared.analysis import Metric
from tests.agent_worker.sample_analyses import DAY, analysis
from tests.eval.planted import Sample


@pytest.mark.parametrize(
    ("text", "kind", "value", "sign"),
    [
        ("2.34 %", "percent", 2.34, 0),
        ("−4.0 points", "points", 4.0, -1),
        ("-4.0", "plain", 4.0, -1),
        ("+9.65 pp", "pp", 9.65, 1),
        ("25 basis points", "pp", 0.25, 0),
        ("$391.96B", "usd", 391.96e9, 0),
        ("−$23.67", "usd", 23.67, -1),
        ("391.96 billion dollars", "usd", 391.96e9, 0),
        ("5.32×", "times", 5.32, 0),
        ("27-fold", "times", 27, 0),
        ("1,234.5", "plain", 1234.5, 0),
        ("five points", "points", 5, 0),
        ("minus 3 percent", "percent", 3, -1),
        ("doubled", "multiple", 2, 0),
    ],
)
def test_english_numbers(text: str, kind: str, value: float, sign: int) -> None:
    [found] = numerals(text, tokens(text), german=False)
    assert (found.kind, found.sign) == (kind, sign)
    assert found.values[0][0] == pytest.approx(value)


def test_a_sign_belongs_to_the_number_it_stands_at() -> None:
    text = "€5 $3.10"
    assert [text[n.start : n.end] for n in numerals(text, tokens(text), german=False)] == ["€5", "$3.10"]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("27,36", "plain", 27.36),
        ("2,34 %", "percent", 2.34),
        ("1.234,5", "plain", 1234.5),
        ("391,96 Mrd. $", "usd", 391.96e9),
        ("3,2 Billionen Dollar", "usd", 3.2e12),
        ("1,14 Prozentpunkte", "pp", 1.14),
        ("27,36-fache", "times", 27.36),
    ],
)
def test_german_numbers(text: str, kind: str, value: float) -> None:
    [found] = numerals(text, tokens(text), german=True)
    assert found.kind == kind
    assert found.values[0][0] == pytest.approx(value)


@pytest.mark.parametrize(
    "text", ["a 20-session high", "Q2", "FY26", "the 10-for-1 split", "B2B", "id 1b0a579b"]
)
def test_numbers_in_words_are_none(text: str) -> None:
    assert [n for n in numerals(text, tokens(text), german=False) if n.values[0][0] != 1] == []


@pytest.mark.parametrize("text", ["22 Aug", "Aug 22", "22 August 2026", "2026-08-22", "August 22nd, 2026", "am 22.8.", "22.08.2026", "22. August"])  # fmt: skip
def test_a_day(text: str) -> None:
    [found] = days(text)
    assert found.fits(DAY)
    assert not found.fits(DAY - dt.timedelta(days=7))


@pytest.mark.parametrize("text", ["it may rise", "the score was 3.5.", "a march upward", "on 2.06."])
def test_no_day(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("written", "step", "exact", "right"),
    [(27.4, 0.1, 27.36, True), (27.3, 0.1, 27.36, False), (27, 1, 27.5, True), (28, 1, 27.5, True), (27.36, 0.01, 27.3649, True), (27.36, 0.01, 27.3651, False)],
)  # fmt: skip
def test_rounding_is_half_a_unit_either_way(written: float, step: float, exact: float, right: bool) -> None:
    assert is_rounded(written, step, exact) is right


def test_the_facts_of_an_analysis() -> None:
    found = {(fact.metric, fact.role): fact for fact in facts_of(analysis(), analysis_id=7, revision=2)}
    fact = found["dividend_yield", "median"]
    assert (fact.shown, fact.source.where, fact.source.analysis_id, fact.source.revision) == ("3.48 %", "metrics/dividend_yield/median", 7, 2)  # fmt: skip
    assert found["dividend_yield", "points"].value == -4.0
    assert found["dividend_yield", "without_score"].shown == "61.9"
    assert found["rating", "value"].shown == "hold"
    assert ("price_earnings", "value") not in found, "a missing figure is no fact"


def test_metrics_that_nobody_knows_are_facts_as_well() -> None:
    made = analysis()
    made.metrics.append(Metric("moat", "Moat", 7.25, "ratio"))
    assert any(fact.metric == "moat" for fact in facts_of(made))


def test_a_split_is_marked(sample: Sample) -> None:
    facts = facts_of_all(sample.analyses["MNST"])
    prices = [fact for fact in facts if (fact.metric, fact.role) == ("price", "value")]
    assert {fact.split for fact in prices} == {True, False}


def _tool(role: str, value: float, unit: str, shown: str) -> Fact:
    return Fact("KO", "dividend_yield", role, value, unit, shown, DAY, f"peers/{role}")


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Its dividend yield ranks 5th.", "matched"),
        ("On dividend yield it is on rank 5.", "matched"),
        ("The dividend yield fell 0.20 pp.", "unsure"),
        ("It has 5 plants.", "unsure"),
    ],
)
def test_what_tools_give(text: str, verdict: str) -> None:
    facts = Facts(
        [_tool("rank", 5, "count", "5 of 20"), _tool("value", 0.0234, "fraction", "2.34 %")], subject="KO"
    )
    assert [figure.verdict for figure in check(text, facts)] in (
        [verdict],
        ["unsupported"] if "pp" in text else [verdict],
    )


def test_how_many_match_a_screen() -> None:
    facts = Facts([Fact("", "count", "count", 61, "count", "61", None, "screen/matched")])
    assert [figure.verdict for figure in check("61 companies match.", facts)] == ["matched"]
    assert [figure.verdict for figure in check("62 companies match.", facts)] == ["unsupported"]
