"""The arithmetic of the bench."""

import math

import pytest

from tests.bench.figures import HALF_SECOND, half_second_p99s, latencies, middle, percentile
from tests.bench.report import FLOOR, MONOLITH, OURS, ratio


@pytest.mark.parametrize(
    ("share", "expected"), [(0.0, 1), (0.01, 1), (0.5, 50), (0.99, 99), (0.991, 100), (1.0, 100)]
)
def test_percentile_is_a_value_that_occurred(share: float, expected: float) -> None:
    assert percentile(list(range(100, 0, -1)), share) == expected


def test_a_hiccup_spoils_one_half_second_only() -> None:
    calm = [
        (half * HALF_SECOND + n, half * HALF_SECOND + n + 1_000_000) for half in range(9) for n in range(100)
    ]
    hiccup = [(9 * HALF_SECOND + n, 9 * HALF_SECOND + n + 80_000_000) for n in range(100)]
    assert percentile(latencies(calm + hiccup), 0.99) == 80
    assert middle(half_second_p99s(calm + hiccup)) == 1


def test_nothing_measured_meets_no_target() -> None:
    measure = {OURS: {"p50_ms": math.nan}, MONOLITH: {"p50_ms": 2.0}, FLOOR: {"p50_ms": 1.0}}
    assert not ratio("latency", measure, ("p50_ms",), 0.8, "ms").met


@pytest.mark.parametrize(("ours", "met"), [(1.6, True), (1.61, False)])
def test_a_ratio_is_met_up_to_its_limit(ours: float, met: bool) -> None:
    measure = {OURS: {"p50_ms": ours}, MONOLITH: {"p50_ms": 2.0}, FLOOR: {"p50_ms": 1.0}}
    assert ratio("latency", measure, ("p50_ms",), 0.8, "ms").met is met
