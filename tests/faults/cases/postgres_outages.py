"""Postgres that loses a reply, restarts, sleeps or is crowded (13, 21–23)."""

import asyncio
import time

from tests.faults.case import case
from tests.faults.cases.steps import answered, asked, held_at_chunk_three, within
from tests.faults.world import World


@case(13, "the reply to the worker's COMMIT is lost", catches=("read-back",), proxied=("worker-postgres",))
async def commit_reply_lost(world: World) -> None:
    tab = await world.tab()
    turn = await held_at_chunk_three(world, tab)
    lost = world.proxies["worker-postgres"][0].lose_reply(b"COMMIT")
    world.injected("the reply to the finishing COMMIT is lost")
    world.gemini.release()
    await within(5, lost)
    began = time.monotonic()
    await answered(world, tab, turn, attempt=1, calls=1)
    seconds = time.monotonic() - began
    world.figures["told_after"] = seconds
    world.expect(
        seconds < 2, "told at once by the worker that stored it, not by a sweeper", round(seconds, 2)
    )
    world.expect(not tab.turns[turn].errors, "no error shown")


@case(
    21,
    "three restarts of Postgres during answers",
    catches=("patience",),
    own_postgres=True,
    gateways=2,
    workers=2,
)
async def restarts(world: World) -> None:
    postgres = world.stack.postgres
    assert postgres is not None
    tabs = [await world.tab(user=f"user-{number}", gateway=number % 2) for number in range(4)]
    turns = []
    for round_ in range(3):
        for number, tab in enumerate(tabs):
            script = {"hold": 3, "times": 1} if number % 2 else {}
            turns.append((tab, await asked(world, tab, f"Question {round_} of {number}?", **script)))
        await asyncio.sleep(0.3)
        [row] = await world.rows("show data_directory")
        assert row[0] == str(postgres.data), "not our server"
        world.injected("Postgres is away for 1 s, while answers end")
        await postgres.stop()
        world.gemini.release()
        await asyncio.sleep(1)
        await postgres.start()
    releasing = asyncio.create_task(release_all(world))  # also those that were queued until now
    for tab, turn in turns:
        shown = await tab.ended(turn, 30)
        if shown.outcome != "ai_complete":
            world.expect(False, "an answer", shown.outcome)
    releasing.cancel()
    world.saw("12 turns answered")
    world.expect(world.gemini.calls() == 12, "one call of the model per turn", world.gemini.calls())
    world.expect({tab.connections for tab in tabs} == {1}, "the sockets stayed open")


async def release_all(world: World) -> None:
    while True:
        world.gemini.release()
        await asyncio.sleep(0.1)


@case(22, "Postgres sleeps for 15 s (SIGSTOP) while a turn waits to be claimed", catches=("claim",), own_postgres=True,
      proxied=("worker-redis",))  # fmt: skip
async def sleeps(world: World) -> None:
    postgres = world.stack.postgres
    assert postgres is not None
    tab, other = await world.tab(), await world.tab(user="bob")
    turn = await held_at_chunk_three(world, tab)
    world.proxies["worker-redis"][0].stall()
    waiting = await asked(world, other, "Waiting?")
    await other.acked(waiting)
    postgres.pause()
    world.injected("SIGSTOP of Postgres, with a delivery that the worker has not heard yet")
    world.proxies["worker-redis"][0].heal()
    world.gemini.release()
    stranger = await world.tab_soon(user="carol")
    await asyncio.sleep(15)
    world.expect(world.gemini.calls() == 1, "no call of the model without a claim", world.gemini.calls())
    world.expect(tab.turns[turn].ending is None, "no ending told that is not stored")
    postgres.resume()
    world.injected("SIGCONT")
    await answered(world, tab, turn, attempt=1)
    await answered(world, other, waiting, attempt=1)
    await stranger.until(lambda: stranger.connected, 10, "a tab opened meanwhile is connected")
    world.expect(world.gemini.calls() == 2, "one call of the model per turn", world.gemini.calls())


@case(23, "the worker's pool is exhausted: ten sessions' locks are held elsewhere", catches=("short-hold",))
async def pool_exhausted(world: World) -> None:
    tabs = [await world.tab(user=f"user-{number}") for number in range(12)]
    turns = [await held_at_chunk_three(world, tab, f"Question {number}?") for number, tab in enumerate(tabs)]
    other = await world.tab(user="zoe")
    lock = await world.locked("chat_sessions where user_id like 'user-%'")
    world.gemini.release()
    await lock.waited_for(9)
    world.injected("twelve turns are over and wait for the locks; no connection is left")
    late = await asked(world, other, "Late?")
    await other.acked(late)
    await asyncio.sleep(6)  # longer than the patience of anybody who waits for a connection
    await lock.release()
    world.injected("the locks are free")
    for tab, turn in zip(tabs, turns, strict=True):
        shown = await tab.ended(turn)
        if shown.outcome != "ai_complete":
            world.expect(False, "an answer", shown.outcome)
    await other.ended(late)
    world.saw("13 turns answered")
