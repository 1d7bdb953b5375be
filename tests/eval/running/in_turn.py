"""Runs many conversations at once, and says how far it is."""

import asyncio
import sys
import time
from collections.abc import Sequence

from tests.eval.asked import Case
from tests.eval.reply import Given
from tests.eval.running.ports import Answerer

AT_ONCE = 4
"""More would not be faster, for all of it shares one processor, and would use up the second that a look-up has."""
SAY_EVERY = 2.0
"""Seconds between two words of progress."""


async def run_all(
    cases: Sequence[Case], answerer: Answerer, *, at_once: int = AT_ONCE, quiet: bool = False
) -> list[list[Given]]:
    """The answers of all conversations, in the order of `cases`."""
    places = asyncio.Semaphore(at_once)
    bar = Bar(len(cases), quiet=quiet)

    async def one(case: Case) -> list[Given]:
        async with places:
            given = await answerer.converse(case)
        bar.step()
        return given

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(case)) for case in cases]
    bar.end()
    return [task.result() for task in tasks]


class Bar:
    """One line on the terminal that is written over; on anything else a line now and then."""

    def __init__(self, total: int, *, quiet: bool) -> None:
        self._total, self._quiet = total, quiet
        self._done, self._began, self._said = 0, time.monotonic(), 0.0

    def step(self) -> None:
        self._done += 1
        now = time.monotonic()
        if now - self._said >= SAY_EVERY:
            self._said = now
            self._say("\r" if sys.stderr.isatty() else "\n")

    def end(self) -> None:
        self._say("\n")

    def _say(self, ending: str) -> None:
        if not self._quiet:
            seconds = time.monotonic() - self._began
            sys.stderr.write(f"  {self._done} of {self._total} conversations, {seconds:.0f} s{ending}")
            sys.stderr.flush()
