"""Steps that many cases take."""

import asyncio

from tests.faults.screen import ShownTurn
from tests.faults.tab import Tab
from tests.faults.world import World

CHUNKS, SIZE = 12, 12
SCRIPT = {"chunks": CHUNKS, "size": SIZE, "vary": True}
"""How the model answers unless a case says otherwise: a second call gets another answer than the first."""


async def asked(world: World, tab: Tab, question: str = "Why?", **script: object) -> str:
    """Ask a question that the model answers by this script."""
    world.gemini.script(question, **{**SCRIPT, **script})
    return await tab.ask(question)


async def answered(
    world: World, tab: Tab, turn_id: str, *, attempt: int, calls: int | None = None, timeout: float = 20
) -> ShownTurn:
    """Wait for the answer; it must be of this attempt, after so many calls of the model in all."""
    shown = await tab.ended(turn_id, timeout)
    world.expect(shown.outcome == "ai_complete", "an answer", shown.outcome)
    world.expect(shown.attempt == attempt, f"the answer of attempt {attempt}", shown.attempt)
    if calls is not None:
        world.expect(world.gemini.calls() == calls, f"{calls} call(s) of the model", world.gemini.calls())
    return shown


async def held_at_chunk_three(world: World, tab: Tab, question: str = "Why?", **script: object) -> str:
    """Ask, and wait until three chunks are on the screen; the model's first call goes no further by itself."""
    turn_id = await asked(world, tab, question, **{"hold": 3, "times": 1, **script})
    await tab.shows(turn_id, 3 * SIZE)
    return turn_id


async def runner_of(world: World, turn_id: str) -> int:
    """The number of the running worker that claimed this turn, by its log."""
    [number] = [
        number
        for number, worker in enumerate(world.workers)
        if worker.child.running
        and any("turn claimed" in line and turn_id in line for line in worker.child.output().splitlines())
    ]
    return number


async def within(seconds: float, event: asyncio.Event) -> None:
    """Wait for a fault to have happened."""
    async with asyncio.timeout(seconds):
        await event.wait()
