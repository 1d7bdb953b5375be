"""What is promised of the checker, measured: faults that look verified, and right figures that do not."""

import pytest

from tests.eval.planted import Sample
from tests.eval.rates import DIRECTION_FAULTS, LABEL_FAULTS, SETS, VALUE_FAULTS, Rates, rates, report


class Measured(dict[str, Rates]):
    """The rates of each set, measured when they are first asked for: one test pays for one set."""

    def __init__(self, sample: Sample) -> None:
        super().__init__()
        self._sample = sample

    def __missing__(self, name: str) -> Rates:
        phrasings = SETS[name]
        return self.setdefault(name, rates(self._sample, phrasings, right=len(phrasings), seed=7))


@pytest.fixture(scope="module")
def measured(sample: Sample) -> Measured:
    return Measured(sample)


@pytest.mark.parametrize("name", SETS)
def test_faults_do_not_look_verified(measured: Measured, name: str) -> None:
    found = measured[name]
    assert found.share(*VALUE_FAULTS) <= 0.004, report(found)
    assert found.share(*LABEL_FAULTS) <= 0.005, report(found)
    assert found.share(*DIRECTION_FAULTS) <= 0.03, report(found)


def test_value_faults_of_all_phrasings_together(measured: Measured) -> None:
    all_of_them = [measured[name] for name in SETS]
    bad = sum(found.faults.get(kind, (0, 0))[0] for found in all_of_them for kind in VALUE_FAULTS)
    planted = sum(found.faults.get(kind, (0, 0))[1] for found in all_of_them for kind in VALUE_FAULTS)
    assert planted > 1000
    assert bad / planted <= 0.0015


@pytest.mark.parametrize("name", SETS)
def test_right_figures_look_right(measured: Measured, name: str) -> None:
    found = measured[name]
    assert found.verified / found.figures >= 0.97, "\n".join([report(found), *found.examples])
    assert found.flagged / found.figures <= 0.005, "\n".join([report(found), *found.examples])
    assert found.missed == 0, "\n".join([report(found), *found.examples])
