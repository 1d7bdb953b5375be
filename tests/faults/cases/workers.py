"""Workers that die, sleep and stop (6–12, 26, 31)."""

import asyncio
import time

from tests.faults.case import case
from tests.faults.cases.steps import CHUNKS, SIZE, answered, asked, held_at_chunk_three, runner_of, within
from tests.faults.world import RECOVERY, World

SESSION = "chat_sessions where session_id = $1"


@case(
    6,
    "kill -9 of the worker before it claims",
    catches=("sweeper", "ack-last"),
    workers=1,
    proxied=("worker-postgres",),
)
async def before_claim(world: World) -> None:
    tab = await world.tab()
    proxy = world.proxies["worker-postgres"][0]
    claiming = proxy.asked(b"BEGIN")
    proxy.stall()
    turn = await asked(world, tab)
    await within(5, claiming)
    world.injected("the worker has taken the delivery; its claim does not reach Postgres")
    await world.kill_worker(0)
    proxy.cut()
    await world.add_worker()
    await answered(world, tab, turn, attempt=1, calls=1)


@case(
    7, "kill -9 of the worker after chunk 3", catches=("takeover", "sweeper", "reset", "ack-last"), workers=2
)
async def after_chunk_three(world: World) -> None:
    tab = await world.tab()
    turn = await held_at_chunk_three(world, tab)
    await world.kill_worker(await runner_of(world, turn))
    killed = time.monotonic()
    shown = tab.turns[turn]
    await tab.until(lambda: shown.attempt == 2 and bool(shown.text), RECOVERY, "the first chunk of attempt 2")
    world.figures["recovery_seconds"] = time.monotonic() - killed
    await answered(world, tab, turn, attempt=2, calls=2)


@case(8, "kill -9 of the worker after the commit, before the ending is told", catches=("commit-first", "retell"),
      workers=1, proxied=("worker-redis",))  # fmt: skip
async def after_commit(world: World) -> None:
    tab = await world.tab()
    turn = await held_at_chunk_three(world, tab)
    lock = await world.locked(SESSION, tab.session_id)
    world.gemini.release()
    await tab.shows(turn, CHUNKS * SIZE)
    await lock.waited_for()
    world.injected("the worker's Redis goes silent between its last chunk and its commit")
    world.proxies["worker-redis"][0].stall(new=True)
    await lock.release()
    await world.turn_is(turn, "complete")
    world.expect(tab.turns[turn].ending is None, "no ending published before it was stored")
    await world.kill_worker(0)
    world.proxies["worker-redis"][0].cut()
    await world.add_worker()
    shown = await answered(world, tab, turn, attempt=1, calls=1)
    world.expect(shown.endings == 1, "one ending", shown.endings)


@case(9, "kill -9 of the worker after the ending is told, before it acknowledges", catches=("ending-dedupe", "sweeper"),
      workers=1, proxied=("worker-redis",))  # fmt: skip
async def before_ack(world: World) -> None:
    tab = await world.tab()
    turn = await held_at_chunk_three(world, tab)
    lost = world.proxies["worker-redis"][0].lose_reply(b"ai_complete")
    world.gemini.release()
    await lost.wait()
    world.proxies["worker-redis"][0].refuse()
    world.injected("the ending reached Redis; its reply is lost, and Redis is out of the worker's reach")
    await tab.ended(turn)
    await world.kill_worker(0)
    await world.add_worker()
    await told_again(world, turn)
    shown = tab.turns[turn]
    world.expect(shown.endings == 1, "one ending, though it was told again", shown.endings)
    world.expect(world.gemini.calls() == 1, "one call of the model")


async def told_again(world: World, turn_id: str) -> None:
    """Wait until some worker has told the ending and written that down."""

    async def announced() -> bool:
        return bool((await world.row_of(turn_id))["announced"])

    await world.until(announced, wanted=(True,))


@case(10, "a worker sleeps past its lease in mid-answer", catches=("output-fence", "lease-keeping"), workers=2,
      proxied=("worker-postgres",))  # fmt: skip
async def asleep_in_mid_answer(world: World) -> None:
    tab = await world.tab()
    calm = await asked(world, tab, "Calm?", chunks=30, delay=0.1)
    await answered(world, tab, calm, attempt=1, calls=1)
    world.saw("an answer longer than the lease keeps its first attempt")
    turn = await asked(world, tab, chunks=40, delay=0.05, hold=3, times=1)
    await tab.shows(turn, 3 * SIZE)
    sleeper = await runner_of(world, turn)
    # Without Postgres it cannot learn that its lease is gone: the fence of the output stands alone.
    world.proxies["worker-postgres"][sleeper].stall(new=True)
    world.workers[sleeper].pause()
    world.injected(f"worker {sleeper} sleeps (SIGSTOP), and its Postgres is silent")
    shown = tab.turns[turn]
    await tab.until(lambda: shown.attempt == 2 and len(shown.text) > 3 * SIZE, RECOVERY, "attempt 2 at work")
    world.gemini.release()
    world.workers[sleeper].resume()
    world.injected("it wakes, and the model's words of attempt 1 reach it")
    await answered(world, tab, turn, attempt=2, calls=3)
    world.proxies["worker-postgres"][sleeper].heal()
    await says_fenced(world, sleeper)


async def says_fenced(world: World, number: int) -> None:
    await world.workers[number].child.wait_for_output("fenced", 10)
    world.saw(f"worker {number} says that it is fenced")


@case(11, "a worker sleeps past its lease between its last chunk and its commit", catches=("finish-fence",),
      workers=2, proxied=("worker-postgres",))  # fmt: skip
async def asleep_before_commit(world: World) -> None:
    tab = await world.tab()
    turn = await asked(world, tab, chunks=30, delay=0.05)
    await tab.shows(turn, 25 * SIZE)
    sleeper = await runner_of(world, turn)
    proxy = world.proxies["worker-postgres"][sleeper]
    proxy.stall(new=True)
    await tab.shows(turn, 30 * SIZE)
    await asyncio.sleep(0.3)  # it finds the model's stream at its end, and begins to commit
    world.workers[sleeper].pause()
    world.injected(f"worker {sleeper} has said its last chunk and sleeps; its commit is under way")
    shown = tab.turns[turn]
    await tab.until(lambda: shown.attempt == 2 and bool(shown.text), RECOVERY, "attempt 2 at work")
    proxy.heal()
    world.workers[sleeper].resume()
    world.injected("it wakes, and its transaction arrives")
    await answered(world, tab, turn, attempt=2, calls=2)
    await says_fenced(world, sleeper)


@case(11, "a worker sleeps inside its finishing transaction, holding the session's lock", part="b",
      catches=("transaction-timeout",), workers=2, proxied=("worker-postgres",))  # fmt: skip
async def asleep_inside_a_transaction(world: World) -> None:
    tab = await world.tab()
    turn = await held_at_chunk_three(world, tab)
    sleeper = await runner_of(world, turn)
    inside = world.proxies["worker-postgres"][sleeper].freeze_at(b"INSERT 0 1")
    world.gemini.release()
    await within(5, inside)
    world.workers[sleeper].pause()
    world.injected(f"worker {sleeper} sleeps inside a transaction; its connection is silent and open")
    shown = tab.turns[turn]
    await tab.until(lambda: shown.attempt == 2, 20, "attempt 2, though the sleeper held the lock")
    await answered(world, tab, turn, attempt=2, calls=2)
    world.proxies["worker-postgres"][sleeper].heal()
    world.workers[sleeper].resume()
    await says_fenced(world, sleeper)


@case(12, "a worker sleeps until its session is on the next turn", catches=("output-fence", "turn-fence", "queue-order"),
      workers=2, proxied=("worker-postgres",))  # fmt: skip
async def asleep_until_the_next_turn(world: World) -> None:
    tab = await world.tab()
    first = await asked(world, tab, "First?", hold=3, times=1)
    await tab.shows(first, 3 * SIZE)
    second = await asked(world, tab, "Second?", chunks=60, delay=0.05)
    third = await asked(world, tab, "Third?")
    await tab.acked(third)
    sleeper = await runner_of(world, first)
    world.proxies["worker-postgres"][sleeper].stall(new=True)
    world.workers[sleeper].pause()
    world.injected(f"worker {sleeper} sleeps (SIGSTOP), and its Postgres is silent")
    await tab.ended(first)
    await tab.shows(second, 5 * SIZE)
    world.gemini.release("First?")
    world.workers[sleeper].resume()
    world.injected("it wakes while the session's second turn is answered")
    await answered(world, tab, second, attempt=1, calls=3)
    world.proxies["worker-postgres"][sleeper].heal()
    await answered(world, tab, third, attempt=1, calls=4)
    await says_fenced(world, sleeper)


@case(26, "a message that crashes whoever answers it", catches=("attempts",), workers=1)
async def poison(world: World) -> None:
    tab = await world.tab()
    turn = await asked(world, tab, "Poison?", hold=0)
    behind = await asked(world, tab, "Innocent?")
    for crash in range(1, 4):
        await asyncio.wait_for(world.gemini.wait(total=crash), 15)
        await world.kill_worker(0)
        await world.workers[0].start()
    shown = await tab.ended(turn)
    world.expect(shown.outcome == "failed", "`ai_error failed` after three attempts", shown.outcome)
    world.expect(world.gemini.calls("Poison?") == 3, "three calls of the model")
    world.expect(await world.stack.redis().xlen("chat:{0}:dead") == 1, "one dead letter")
    await answered(world, tab, behind, attempt=1, calls=4)


@case(31, "SIGTERM of a worker in mid-answer: it finishes", catches=("give-back",), workers=2)
async def stops_in_mid_answer(world: World) -> None:
    tab = await world.tab()
    turn = await held_at_chunk_three(world, tab)
    stopping = await runner_of(world, turn)
    world.workers[stopping].terminate()
    world.injected(f"SIGTERM of worker {stopping}")
    behind = await asked(world, tab, "Behind?")
    await tab.acked(behind)
    await asyncio.sleep(1)
    world.gemini.release()
    await answered(world, tab, turn, attempt=1, calls=1 + world.gemini.calls("Behind?"))
    world.expect(await world.workers[stopping].child.wait(10) == 0, "it ends by itself")
    await answered(world, tab, behind, attempt=1, calls=2)


@case(31, "SIGTERM of a worker in an answer that does not end: it is given back after 25 s", part="b",
      catches=("give-back",), workers=1)  # fmt: skip
async def gives_back(world: World) -> None:
    tab = await world.tab()
    turn = await held_at_chunk_three(world, tab)
    await world.add_worker()
    world.workers[0].terminate()
    world.injected("SIGTERM of worker 0")
    world.expect(await world.workers[0].child.wait(32) == 0, "it ends by itself within 32 s")
    await answered(world, tab, turn, attempt=2, calls=2)
    excused = (await world.row_of(turn))["excused"]
    world.expect(excused == 1, "the attempt does not count against the turn", excused)
