"""Clients that reload, do not read, come all at once, ask too much or were away too long (27–30, 32)."""

import asyncio
import itertools
import statistics
import time

import psutil

from tests.faults.case import case
from tests.faults.cases.steps import SIZE, answered, asked, held_at_chunk_three, within
from tests.faults.proxy import Wire
from tests.faults.tab import Tab
from tests.faults.world import World
from tests.support.chat_client import ChatClient, token


@case(
    27,
    "20 reloads a second of a tab while its answer is written",
    catches=("late-unsubscribe", "unsubscribe"),
)
async def reloads(world: World) -> None:
    tab = await world.tab()
    turn = await asked(world, tab, chunks=120, delay=0.05)
    await tab.shows(turn, 3 * SIZE)
    url, mine = world.gateways[0].url, token(tab.user)
    await tab.offline()
    world.injected("20 reloads a second for 4 s")
    for _ in range(80):
        started = time.monotonic()
        page = await ChatClient.full(url, tab.session_id, token=mine)
        await page.cut()
        await asyncio.sleep(max(0.0, 0.05 - (time.monotonic() - started)))
    tab.online()
    await tab.until(lambda: tab.connected, 5, "connected")
    [(_, subscribers)] = await world.stack.redis().pubsub_numsub(live(tab))
    world.expect(subscribers == 1, "one subscription", subscribers)
    shown = await answered(world, tab, turn, attempt=1, calls=1)
    world.expect(len(shown.text) == 120 * SIZE, "the whole text", len(shown.text))


def live(tab: Tab) -> str:
    return f"chat:{{0}}:live:{tab.user}:{tab.session_id}"


@case(27, "a tab opens while the last words are published, and its subscription is confirmed late", part="b",
      catches=("confirm",), gateways=2, proxied=("gateway-redis",))  # fmt: skip
async def late_subscription(world: World) -> None:
    tab = await world.tab()
    turn = await held_at_chunk_three(world, tab)
    world.proxies["gateway-redis"][1].late(b"SUBSCRIBE", seconds=0.8)
    second = await world.tab_soon(session_id=tab.session_id, gateway=1)
    await asyncio.sleep(0.3)
    world.gemini.release()
    world.injected("the rest of the answer, between the second tab's SUBSCRIBE and its confirmation")
    await answered(world, tab, turn, attempt=1, calls=1)
    shown = await second.ended(turn, 5)
    world.expect(shown.text == tab.turns[turn].text, "both tabs show the same")


@case(27, "a tab opens, and the last words are published while its replay is on the way", part="c",
      catches=("hold-live",), gateways=2, proxied=("gateway-redis",))  # fmt: skip
async def late_replay(world: World) -> None:
    tab = await world.tab()
    turn = await held_at_chunk_three(world, tab)
    proxy = world.proxies["gateway-redis"][1]
    read = proxy.freeze_at(turn.encode(), Wire.commands)
    second = await world.tab_soon(session_id=tab.session_id, gateway=1)
    await within(5, read)
    world.gemini.release()
    await answered(world, tab, turn, attempt=1, calls=1)
    await asyncio.sleep(0.2)
    proxy.heal()
    world.injected("the rest of the answer, between the reading of the second tab's replay and its arrival")
    shown = await second.ended(turn, 5)
    world.expect(shown.text == tab.turns[turn].text, "both tabs show the same")


@case(28, "a client that does not read, while 5 MB are written to it", catches=("outbox-bound",))
async def does_not_read(world: World) -> None:
    other = await world.tab(user="bob")
    process = psutil.Process(world.gateways[0].child.pid)
    calm = await asked(world, other, "Calm?", chunks=200, delay=0.1)
    await other.shows(calm, 3 * SIZE)
    before = process.memory_info().rss
    deaf = await ChatClient.seed(world.gateways[0].url, token=token("deaf"), read=False)
    world.gemini.script("Flood?", chunks=1000, size=5_000, delay=0.001)
    await deaf.ask("Flood?")
    world.injected("5 MB for a socket that does not read")
    began = time.monotonic()
    await asyncio.wait_for(world.gemini.wait(total=2, open=1), 60)
    written = time.monotonic()

    async def sockets() -> float:
        return await world.metric(0, "tickertalk_gateway_sockets")

    await world.until(sockets, wanted=(1.0,), timeout=20)
    world.figures["closed_after"] = time.monotonic() - began
    world.saw(f"the socket is closed {time.monotonic() - written:.1f} s after the last word")
    grown = (process.memory_info().rss - before) / 1e6
    world.figures["grown_megabytes"] = grown
    world.expect(grown < 5, "the gateway grew by less than 5 MB", round(grown, 1))
    shown = await other.ended(calm, 40)
    world.expect(len(shown.text) == 200 * SIZE, "the other session's answer is whole")
    world.expect(other.connections == 1, "and its socket undisturbed")
    await deaf.cut()


@case(29, "300 sockets are cut at once", catches=("connection-cap",))
async def stampede(world: World) -> None:
    tabs: list[Tab] = []
    for number in range(300):
        tabs.append(await world.tab_soon(user=f"user-{number % 30}"))
        if number % 20 == 19:
            await connected(tabs, 1)
    world.injected("300 sockets are cut at once")
    began = time.monotonic()
    await asyncio.gather(*(tab.cut() for tab in tabs))
    await connected(tabs, 2)
    world.figures["all_back_after"] = time.monotonic() - began
    clients = (await world.stack.redis().info("clients"))["connected_clients"]
    [row] = await world.rows("select count(*) from pg_stat_activity where application_name like 'gateway-%'")
    world.figures["redis_connections"] = clients
    world.expect(clients <= 60, "at most 60 connections to Redis", clients)
    world.expect(row[0] <= 10, "at most 10 connections to Postgres", row[0])
    turn = await asked(world, tabs[0])
    await answered(world, tabs[0], turn, attempt=1, calls=1)


async def connected(tabs: list[Tab], times: int) -> None:
    """Wait until every tab has connected so often."""
    async with asyncio.timeout(30):
        for tab in tabs:
            await tab.until(lambda: tab.connections >= times, 30, "connected")  # noqa: B023


@case(30, "more questions than the backlog holds", catches=("backlog-cap",), workers=0,
      gateway_env={"BACKLOG_MAX": "10"})  # fmt: skip
async def backlog(world: World) -> None:
    tabs = [await world.tab(user=f"user-{number}") for number in range(12)]
    turns = []
    for number, tab in enumerate(tabs[:10]):
        turns.append(await asked(world, tab, f"Question {number}?"))
        await tab.acked(turns[-1])
    for number, tab in enumerate(tabs[10:]):
        turns.append(await asked(world, tab, f"Late {number}?"))
        late = tab.turns[turns[-1]]
        await tab.until(lambda: bool(late.errors or late.acks), 5, "an answer at the door")  # noqa: B023
        world.expect(late.errors == ["overloaded"], "`error overloaded`", late.errors)
    [row] = await world.rows("select count(*) from chat_turns")
    world.expect(row[0] == 10, "nothing stored for them", row[0])
    await world.add_worker()
    for tab, turn in zip(tabs, turns, strict=True):
        await tab.ended(turn)
    world.saw("all 12 answered: the two refused ones were sent again")


@case(30, "ten questions of one session at once", part="b", catches=("queue-cap", "next-delivery"))
async def queue_of_a_session(world: World) -> None:
    tab = await world.tab()
    running = await held_at_chunk_three(world, tab)
    waiting = [await asked(world, tab, f"Waiting {number}?") for number in range(8)]
    await tab.acked(waiting[-1])
    tenth = await asked(world, tab, "Tenth?")
    shown = tab.turns[tenth]
    await tab.until(lambda: bool(shown.errors or shown.acks), 5, "an answer at the door")
    world.expect(shown.errors[:1] == ["busy"], "one runs, eight wait, the tenth is `busy`", shown.errors)
    world.gemini.release()
    turns = [await tab.ended(turn) for turn in (running, *waiting)]
    gaps = [other.first_chunk_at - one.last_chunk_at for one, other in itertools.pairwise(turns)]
    world.figures["next_starts_after"] = statistics.median(gaps)
    world.expect(min(gaps) > 0, "one at a time, in order")
    world.expect(statistics.median(gaps) < 0.25, "the next starts at once", round(statistics.median(gaps), 3))
    await tab.ended(tenth)


@case(32, "more events missed than the log holds (EVENT_LOG_MAX=50)", catches=("trimmed-log",),
      gateway_env={"EVENT_LOG_MAX": "50"}, worker_env={"EVENT_LOG_MAX": "50"})  # fmt: skip
async def away_too_long(world: World) -> None:
    tab = await world.tab()
    turn = await asked(world, tab, chunks=200, delay=0.02, hold=150, times=1)
    await tab.shows(turn, 5 * SIZE)
    await tab.offline()
    world.injected("the tab is away for more than 100 events")
    await asyncio.wait_for(world.gemini.wait(held=1), 20)
    length = await world.stack.redis().xlen(f"chat:{{0}}:events:{tab.user}:{tab.session_id}")
    world.expect(length == 50, "the log holds 50 events", length)
    tab.online()
    await tab.until(lambda: tab.screen.snapshots == 2, 5, "a snapshot")
    shown = tab.turns[turn]
    world.expect(len(shown.text) == 150 * SIZE, "with the text so far", len(shown.text))
    world.gemini.release()
    await answered(world, tab, turn, attempt=1, calls=1)
