"""A selection of the evaluation's questions, so that CI runs it: some of every kind, through the real graph."""

import pytest

from tests.eval.asked import KINDS
from tests.eval.generate import COUNT, generate
from tests.eval.market import market
from tests.eval.options import Options
from tests.eval.recorded import fallen, fallen_figures, recorded
from tests.eval.run import evaluate
from tests.eval.table import failures, flagged_count, rows_of
from tests.support.databases import Databases

OF_EACH_KIND = 3
LEAST = 0.8
"""No kind may be recorded below it."""


@pytest.mark.timeout(240)
async def test_no_kind_of_question_is_answered_worse_than_recorded(databases: Databases) -> None:
    scored = await evaluate(Options(n=OF_EACH_KIND * len(KINDS)), databases=databases, quiet=True)
    print(failures(scored))
    assert fallen(rows_of(scored), exact=False) == []
    assert fallen_figures(*flagged_count(scored), exact=False) == []
    assert sum(turn.given.error != "" for each in scored for turn in each.turns) == 0


def test_the_set_is_as_large_and_as_mixed_as_promised() -> None:
    cases = generate()
    assert len({case.words for case in cases}) == len(cases) >= 1_000
    assert {case.kind for case in cases} == set(KINDS)
    assert len(KINDS) >= 30
    assert {len(case.turns) for case in cases} >= {1, 2, 3, 4}
    assert COUNT % len(KINDS) == 0


def test_a_seed_gives_the_same_set_and_a_smaller_one_is_its_beginning() -> None:
    few, more = generate(len(KINDS)), generate(2 * len(KINDS))
    assert {case.words for case in few} <= {case.words for case in more}
    assert generate(len(KINDS)) == few
    assert generate(len(KINDS), seed=2) != few


def test_every_kind_has_a_recorded_rate_and_none_is_low() -> None:
    rates = recorded()["kinds"]
    assert set(rates) == {*KINDS, "all"}
    assert {kind: rate for kind, rate in rates.items() if rate < LEAST} == {}


def test_what_is_expected_is_true_of_the_figures() -> None:
    known = market()
    assert known.known("KO", "price") == 91.10
    assert known.analysis("KO").score == 57.9
    assert known.peers("KO", "dividend_yield")[-1] == ("KO", 0.0234)
    assert len(known.peers("KO", "dividend_yield")) == 20
    assert set(known.split) == {"CRWD", "DD", "KLAC", "MNST"}
