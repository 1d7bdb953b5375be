"""What is promised of the checker, measured: faults that look verified, and right figures that do not."""

import pytest

from tests.eval.planted import Sample
from tests.eval.rates import DIRECTION_FAULTS, LABEL_FAULTS, SETS, VALUE_FAULTS, Rates, rates, report


@pytest.fixture(scope="module")
def measured(sample: Sample) -> dict[str, Rates]:
    return {name: rates(sample, phrasings, right=len(phrasings), seed=7) for name, phrasings in SETS.items()}


@pytest.mark.parametrize("name", SETS)
def test_faults_do_not_look_verified(measured: dict[str, Rates], name: str) -> None:
    found = measured[name]
    assert found.share(*VALUE_FAULTS) <= 0.004, report(found)
    assert found.share(*LABEL_FAULTS) <= 0.005, report(found)
    assert found.share(*DIRECTION_FAULTS) <= 0.03, report(found)


def test_value_faults_of_all_phrasings_together(measured: dict[str, Rates]) -> None:
    bad = sum(found.faults.get(kind, (0, 0))[0] for found in measured.values() for kind in VALUE_FAULTS)
    planted = sum(found.faults.get(kind, (0, 0))[1] for found in measured.values() for kind in VALUE_FAULTS)
    assert planted > 1000
    assert bad / planted <= 0.001


@pytest.mark.parametrize("name", SETS)
def test_right_figures_look_right(measured: dict[str, Rates], name: str) -> None:
    found = measured[name]
    assert found.verified / found.figures >= 0.97, "\n".join([report(found), *found.examples])
    assert found.flagged / found.figures <= 0.005, "\n".join([report(found), *found.examples])
    assert found.missed == 0, "\n".join([report(found), *found.examples])
