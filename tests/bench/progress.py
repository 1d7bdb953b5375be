"""Saying where the bench is, and taking systems in turn."""

import time
from collections.abc import Iterator, Sequence

from tests.bench.systems import System

_began = time.monotonic()


def say(line: str) -> None:
    """Print a line with the seconds since the start."""
    print(f"{time.monotonic() - _began:6.1f} s  {line}", flush=True)


def interleaved(systems: Sequence[System], repetitions: int, what: str) -> Iterator[System]:
    """Every system `repetitions` times: A B C, then B C A, so that none always follows the same one."""
    for repetition in range(repetitions):
        start = repetition % len(systems)
        for system in (*systems[start:], *systems[:start]):
            say(f"{what}: {system.name}, {repetition + 1} of {repetitions}")
            yield system
