"""The set of a seed: so many conversations, spread evenly over the kinds, none twice."""

import random

from tests.eval.asked import KINDS, Case, Kind
from tests.eval.kinds import MODULES
from tests.eval.market import Market, market

SEED = 1
COUNT = 1_308
TRIES = 80
"""Choices of companies for one question; past them the kind has no more of them."""


def generate(count: int = COUNT, seed: int = SEED, only: str = "", known: Market | None = None) -> list[Case]:
    """`count` conversations. `only`: of the kinds whose name contains this. Each kind's stay the same whatever the others are."""
    known = known or market()
    kinds = [kind for kind in KINDS.values() if only.lower() in kind.name.lower()]
    if not kinds or not MODULES:
        raise LookupError(f"no kind of question has {only!r} in its name")
    share, more = divmod(count, len(kinds))
    return [
        case
        for place, kind in enumerate(kinds)
        for case in _of_kind(kind, share + (place < more), seed, known)
    ]


def _of_kind(kind: Kind, count: int, seed: int, known: Market) -> list[Case]:
    chance = random.Random(f"{seed} {kind.name}")
    found: dict[str, Case] = {}
    for _ in range(count * 3):
        if len(found) >= count:
            break
        if case := _one(kind, known, chance):
            found.setdefault(case.words, case)
    return list(found.values())


def _one(kind: Kind, known: Market, chance: random.Random) -> Case | None:
    for _ in range(TRIES):
        try:
            return Case(kind.name, tuple(kind.make(known, chance)), kind.german)
        except LookupError:
            continue
    return None
