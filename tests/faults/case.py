"""A case: a number, words, what it needs, what it does, and the broken builds it must catch."""

import asyncio
import tempfile
import time
import traceback
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from tests.faults.invariants import violations
from tests.faults.world import World
from tests.support.databases import Databases

Body = Callable[[World], Awaitable[None]]


@dataclass(frozen=True)
class Case:
    """`catches` names mutants (see `mutants`), `needs` are arguments of `World.populate`."""

    number: int
    part: str
    title: str
    body: Body
    catches: Sequence[str] = ()
    own_postgres: bool = False
    timeout: float = 150.0
    needs: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """`7`, or `24b` where a case has parts."""
        return f"{self.number}{self.part}"


class Result(msgspec.Struct):
    """What became of a case. `failure` is empty where everything held."""

    case: str
    title: str
    mutant: str | None
    seconds: float
    failure: str
    broken: str  # the harness itself failed: neither held nor caught
    story: list[tuple[str, str]]
    figures: dict[str, float]


CASES: list[Case] = []


def case(
    number: int,
    title: str,
    *,
    part: str = "",
    catches: Sequence[str] = (),
    own_postgres: bool = False,
    timeout: float = 150.0,
    **needs: Any,
) -> Callable[[Body], Body]:
    """Register a case; `needs` are arguments of `World.populate`."""

    def register(body: Body) -> Body:
        CASES.append(Case(number, part, title, body, catches, own_postgres, timeout, needs))
        return body

    return register


async def run_case(
    chosen: Case, databases: Databases, *, mutant: str | None = None, logs: bool = False
) -> Result:
    """Run one case in a world of its own, with the invariants after it."""
    began = time.monotonic()
    failure = broken = ""
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        async with databases.database() as url:
            world = World(Path(folder), None if chosen.own_postgres else url, mutant=mutant)
            try:
                async with world.stack:
                    await world.populate(**chosen.needs)
                    try:
                        async with asyncio.timeout(chosen.timeout):
                            await chosen.body(world)
                            if wrong := await violations(world):
                                failure = "; ".join(wrong[:5])
                    except (AssertionError, TimeoutError) as error:
                        failure = f"{error}" or type(error).__name__
                        if logs:
                            world.stack.show_logs()
                    finally:
                        await world.close()
            except Exception:
                broken = traceback.format_exc()
    return Result(
        chosen.name,
        chosen.title,
        mutant,
        time.monotonic() - began,
        failure,
        broken,
        world.story,
        world.figures,
    )
