"""The arithmetic of the bench. Pure."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from statistics import median

HALF_SECOND = 500_000_000
MILLION = 1_000_000

Heard = tuple[int, int]
"""When a model chunk was stamped and when it arrived, in nanoseconds."""


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0 to 1) of `values` do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def latencies(heard: Iterable[Heard]) -> list[float]:
    """Milliseconds from stamp to arrival."""
    return [(arrived - stamped) / MILLION for stamped, arrived in heard]


def half_second_p99s(heard: Iterable[Heard]) -> list[float]:
    """The 99th percentile, in milliseconds, of the chunks stamped in each half second.

    A hiccup of the machine spoils one half second; the median of these is what the system itself does.
    """
    halves: dict[int, list[Heard]] = defaultdict(list)
    for stamped, arrived in heard:
        halves[stamped // HALF_SECOND].append((stamped, arrived))
    return [percentile(latencies(half), 0.99) for half in halves.values()]


def middle(values: Iterable[float]) -> float:
    """The median; NaN of nothing."""
    known = list(values)
    return median(known) if known else math.nan
