"""Running systems in turn, and again where the machine was busy with something else."""

import gc
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from tests.bench.load import OtherLoad
from tests.bench.systems import System

CALM = 0.1
"""Others may use so much of the machine before a run is worth taking again."""

FRUITLESS = 2
"""So many retakes in a row may be no calmer before it is accepted that others are busy."""

T = TypeVar("T")
_began = time.monotonic()


class Run(NamedTuple, Generic[T]):
    """What one run found, and the share of the machine that others used meanwhile."""

    found: T
    others: float


def say(line: str) -> None:
    """Print a line with the seconds since the start."""
    print(f"{time.monotonic() - _began:6.1f} s  {line}", flush=True)


async def in_turn(
    what: str,
    systems: Sequence[System],
    run: Callable[[System], Awaitable[T]],
    *,
    repetitions: int,
    retakes: int = 0,
) -> dict[str, list[Run[T]]]:
    """`repetitions` runs of each system, interleaved: A B C, B C A, so that none always follows the same one.

    Up to `retakes` runs are taken again, those first during which others were busiest; of each system the calmest
    count. What a run found has no part in that. Where retakes are no calmer either, they end.
    """
    taken: dict[str, list[Run[T]]] = {system.name: [] for system in systems}

    async def take(system: System, which: str) -> None:
        say(f"{what}: {system.name}, {which}")
        gc.collect()
        load = OtherLoad()
        taken[system.name].append(Run(await run(system), load.share()))

    def calmest(system: System) -> list[Run[T]]:
        return sorted(taken[system.name], key=lambda one: one.others)[:repetitions]

    for repetition in range(repetitions):
        start = repetition % len(systems)
        for system in (*systems[start:], *systems[:start]):
            await take(system, f"{repetition + 1} of {repetitions}")
    fruitless = 0
    for retake in range(retakes):
        busiest = max(systems, key=lambda system: calmest(system)[-1].others)
        others = calmest(busiest)[-1].others
        if others <= CALM or fruitless == FRUITLESS:
            break
        await take(busiest, f"again ({retake + 1}): {others:.0%} of the machine was busy with something else")
        fruitless = 0 if taken[busiest.name][-1].others < 0.8 * others else fruitless + 1
    return {system.name: calmest(system) for system in systems}
