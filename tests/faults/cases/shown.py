"""What was shown stays: a stop after the writer died or sleeps (35), and a Redis that lost its last writes (36)."""

from pathlib import Path

from tests.faults.case import case
from tests.faults.cases.redis_outages import flush
from tests.faults.cases.steps import SIZE, asked, held_at_chunk_three, runner_of
from tests.faults.tab import Tab
from tests.faults.world import RECOVERY, World


async def stopped(world: World, tab: Tab, turn: str, characters: int) -> None:
    """The turn ended as `cancelled`, with what was shown, and that is what is stored."""
    shown = await tab.ended(turn, RECOVERY)
    ending = shown.ending or {}
    world.expect(
        (ending.get("finish_reason"), len(ending.get("full_message", ""))) == ("cancelled", characters),
        f"cancelled, with {characters} characters",
        ending,
    )
    [stored] = await world.rows(
        "select content, finish_reason from chat_messages where turn_id = $1 and role = 'assistant'", turn
    )
    world.expect((stored["content"], stored["finish_reason"]) == (shown.text, "cancelled"), "so it is stored")
    world.expect(shown.endings == 1, "one ending", shown.endings)


@case(35, "a stop after the only worker died in mid-answer", catches=("adopt",), workers=1)
async def stopped_after_its_writer_died(world: World) -> None:
    tab = await world.tab()
    turn = await held_at_chunk_three(world, tab)
    await world.kill_worker(0)
    await tab.cancel(turn)
    await world.add_worker()
    await stopped(world, tab, turn, 3 * SIZE)
    world.expect(world.gemini.calls() == 1, "one call of the model", world.gemini.calls())


@case(35, "a stop while the worker sleeps past its lease; it wakes with more to tell", part="b",
      catches=("adopt",), workers=2)  # fmt: skip
async def stopped_while_its_writer_sleeps(world: World) -> None:
    tab = await world.tab()
    turn = await held_at_chunk_three(world, tab)
    sleeper = world.workers[await runner_of(world, turn)]
    sleeper.pause()
    world.injected("SIGSTOP of the worker that writes")
    world.gemini.release()
    await tab.cancel(turn)
    await stopped(world, tab, turn, 3 * SIZE)
    sleeper.resume()
    after = await asked(world, tab, "After?")
    await tab.ended(after)
    world.expect(len(tab.turns[turn].text) == 3 * SIZE, "the sleeper is not heard")


@case(
    35,
    "a stop after the writer died and Redis forgot what was shown",
    part="c",
    catches=("adopt-reset",),
    workers=1,
)
async def stopped_and_forgotten(world: World) -> None:
    tab = await world.tab()
    turn = await held_at_chunk_three(world, tab)
    await world.kill_worker(0)
    await flush(world)
    await tab.offline()
    tab.online()
    await tab.until(lambda: tab.connections == 2, 10, "connected again")
    await tab.cancel(turn)
    await world.add_worker()
    await stopped(world, tab, turn, 0)
    world.expect(tab.turns[turn].attempts[-1] == 2, "a reset came first", tab.turns[turn].attempts)


@case(36, "kill -9 of Redis, its last writes lost: numbers that were seen must not come again", catches=("incarnation",),
      workers=1, gateways=1)  # fmt: skip
async def loses_its_last_writes(world: World) -> None:
    tab = await world.tab()
    log = append_only_file(world.stack.valkey.folder)
    turn = await held_at_chunk_three(world, tab, hold=3)
    size = log.stat().st_size
    behind = await asked(world, tab, "Behind?", hold=1)
    await tab.acked(behind)
    world.gemini.release("Why?")
    await tab.ended(turn)
    await tab.shows(behind, SIZE)
    await tab.offline()
    await world.stack.valkey.kill()
    world.injected(f"kill -9 of Valkey; its log ends {log.stat().st_size - size} bytes earlier than it did")
    with log.open("r+b") as file:
        file.truncate(size)
    await world.stack.valkey.start()
    world.gemini.release()
    await world.turn_is(behind, "complete")
    again = await world.tab(session_id=tab.session_id)
    for number in range(2):
        more = await asked(world, again, f"More {number}?")
        await again.ended(more)
    tab.online()
    await tab.until(lambda: tab.connections == 2, 10, "connected again")
    last = await asked(world, tab, "Last?")
    await tab.ended(last)
    world.expect(tab.screen.snapshots == 2, "a new epoch, and one snapshot", tab.screen.snapshots)
    world.expect(set(again.turns) <= set(tab.turns), "nothing skipped", len(tab.turns))


def append_only_file(folder: Path) -> Path:
    """The file that Valkey appends to now."""
    [log] = (folder / "appendonlydir").glob("*.incr.aof")
    return log
