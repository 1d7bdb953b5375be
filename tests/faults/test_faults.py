"""A quick, representative selection of the fault suite; `make chaos` runs all of it."""

import pytest

from tests.faults.case import CASES, Case, run_case
from tests.faults.cases import load_cases
from tests.faults.invariants import SETTLE_SECONDS
from tests.faults.mutants import load
from tests.faults.world import LEASE, PATIENT, RECOVERY
from tests.support.databases import Databases
from tests.support.stack import ROOT

QUICK = ["2", "3", "7", "8", "11", "14", "33", "35", "36"]
CAUGHT = [("11", "finish-fence")]

pytestmark = [pytest.mark.faults, pytest.mark.timeout(240)]  # a case has a limit of its own, and says why


@pytest.fixture(autouse=True)
def lease(monkeypatch: pytest.MonkeyPatch) -> None:
    """Longer than in `make chaos`: where all tests run, the machine itself may sleep past a short one, and a
    second attempt is then right."""
    load_cases()
    monkeypatch.setitem(PATIENT, "TURN_LEASE_SECONDS", f"{2 * LEASE:g}")
    monkeypatch.setattr("tests.faults.cases.workers.RECOVERY", RECOVERY + 2 * LEASE)
    monkeypatch.setattr("tests.faults.invariants.SETTLE_SECONDS", SETTLE_SECONDS + 3 * LEASE)


def case_named(name: str) -> Case:
    load_cases()
    return next(case for case in CASES if case.name == name)


@pytest.mark.parametrize("name", QUICK)
async def test_what_is_promised_holds(name: str, databases: Databases) -> None:
    result = await run_case(case_named(name), databases, logs=True)
    assert not result.broken, result.broken
    assert not result.failure, (result.failure, result.story)


@pytest.mark.parametrize(("name", "mutant"), CAUGHT)
async def test_a_broken_build_is_caught(name: str, mutant: str, databases: Databases) -> None:
    result = await run_case(case_named(name), databases, mutant=mutant)
    assert not result.broken, result.broken
    assert result.failure, "the case passed on a broken build"


def test_every_mutant_has_a_case_and_every_case_a_mutant() -> None:
    load_cases()
    assert {mutant for case in CASES for mutant in case.catches} == set(load())
    assert [case.name for case in CASES if not case.catches] == ["34"]  # random, so it promises to catch none


def test_all_of_the_36_are_there() -> None:
    load_cases()
    assert {case.number for case in CASES} == set(range(1, 37))


def test_the_documentation_names_every_case_and_mutant() -> None:
    load_cases()
    text = (ROOT / "docs" / "reliability.md").read_text("utf-8")
    for case in CASES:
        if case.catches:
            assert (
                f"| {case.name} | {case.title} | {', '.join(f'`{name}`' for name in case.catches)} |" in text
            )
    for mutant in load().values():
        assert f"| `{mutant.name}` | {mutant.without} |" in text
