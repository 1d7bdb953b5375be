"""Gateways that die and stop (1–5)."""

import asyncio
import time

from tests.faults.case import case
from tests.faults.cases.steps import SIZE, answered, asked, held_at_chunk_three, within
from tests.faults.tab import Tab
from tests.faults.world import World
from tests.support.chat_client import ChatClient, token


@case(1, "kill -9 of the gateway before it has stored a question", catches=("client-resend",), gateways=2,
      proxied=("gateway-postgres",))  # fmt: skip
async def before_enqueue(world: World) -> None:
    tab = await world.tab()
    proxy = world.proxies["gateway-postgres"][0]
    stored = proxy.asked(b"BEGIN")
    proxy.stall(new=True)
    turn = await asked(world, tab)
    await within(5, stored)
    await world.kill_gateway(0)
    proxy.cut()
    await answered(world, tab, turn, attempt=1, calls=1)
    world.expect(
        tab.turns[turn].acks == ["accepted"], "acknowledged once, by the other gateway", tab.turns[turn].acks
    )


@case(2, "kill -9 of the gateway after it rang for a question, before the ack", catches=("turn-key",), gateways=2,
      proxied=("gateway-redis",))  # fmt: skip
async def after_enqueue(world: World) -> None:
    tab = await world.tab()
    rung = world.proxies["gateway-redis"][0].lose_reply(b"chat:{0}:requests")
    turn = await asked(world, tab, hold=3, times=1)
    await within(5, rung)
    await world.kill_gateway(0)
    shown = await tab.acked(turn)
    world.expect(shown.acks == ["duplicate"], "sent again, it is `ack duplicate`", shown.acks)
    await tab.shows(turn, 3 * SIZE)
    world.gemini.release()
    await answered(world, tab, turn, attempt=1, calls=1)


@case(2, "two deliveries for one question reach two workers at once", part="b", catches=("live-lease", "order-lock", "settle"),
      workers=2)  # fmt: skip
async def two_deliverys(world: World) -> None:
    tab = await world.tab()
    turn = await held_at_chunk_three(world, tab)
    await world.wake(tab, turn)
    world.injected("a second delivery while the turn is running")
    behind = await asked(world, tab, "Behind?", chunks=20, delay=0.05)
    await tab.acked(behind)
    await asyncio.sleep(1)
    gate = await world.locked("chat_turns where turn_id = $1", behind)
    world.gemini.release()
    await answered(world, tab, turn, attempt=1, calls=1)
    await world.wake(tab, behind)
    await gate.waited_for(2)
    world.injected("two claims of the next turn at the same moment")
    await gate.release()
    await answered(world, tab, behind, attempt=1, calls=2)


@case(3, "kill -9 of the gateway in mid-answer", catches=("replay", "merge-by-seq"), gateways=2,
      proxied=("gateway-redis",))  # fmt: skip
async def in_mid_answer(world: World) -> None:
    tab = await world.tab()
    # The other gateway reads its replays late, so that replay and live events overlap.
    world.proxies["gateway-redis"][1].late(b"EVALSHA", seconds=0.3)
    turn = await asked(world, tab, chunks=60, delay=0.05)
    await tab.shows(turn, 10 * SIZE)
    await world.kill_gateway(0)
    shown = await answered(world, tab, turn, attempt=1, calls=1)
    world.expect(tab.connections == 2, "one reconnection, to the other gateway", tab.connections)
    world.expect(tab.screen.snapshots == 1, "resumed without a second snapshot", tab.screen.snapshots)
    world.expect(len(shown.text) == 60 * SIZE, "the whole text", len(shown.text))


@case(
    4,
    "SIGTERM of a gateway with 100 sockets, one of which does not read",
    catches=("bounded-stop",),
    gateways=1,
)
async def stops_with_sockets(world: World) -> None:
    url = world.gateways[0].url
    users = [f"user-{number % 10}" for number in range(100)]
    readers = [await ChatClient.full(url, token=token(user)) for user in users]
    deaf = await ChatClient.seed(url, token=token("deaf"), read=False)
    await fill(world, deaf)
    began = time.monotonic()
    world.gateways[0].terminate()
    world.injected("SIGTERM, while frames wait for a socket that does not read")
    codes = await asyncio.gather(*(reader.closed(timeout=15) for reader in readers))
    world.expect(set(codes) == {1012}, "every reader is told 1012", set(codes))
    code = await world.gateways[0].child.wait(15)
    seconds = time.monotonic() - began
    world.figures["exit_seconds"] = seconds
    world.expect(
        code == 0 and seconds <= 11, "the gateway ends by itself within 11 s", (code, round(seconds, 1))
    )
    await deaf.cut()


async def fill(world: World, deaf: ChatClient) -> None:
    """Emit a socket that does not read so much that frames wait for it, and not so much that it is closed."""
    world.gemini.script("Flood?", chunks=40, size=5_000)
    for round_ in range(1, 40):
        before = await world.metric(0, "tickertalk_gateway_frames_out_total")
        await deaf.ask(f"Flood? {round_}")
        await asyncio.wait_for(world.gemini.wait(total=round_, open=0), 20)
        await asyncio.sleep(0.3)
        if await world.metric(0, "tickertalk_gateway_frames_out_total") == before:
            break
    world.expect(
        await world.metric(0, "tickertalk_gateway_sockets") == 101, f"{round_} answers of 200 kB wait, unread"
    )


@case(
    5,
    "a rolling restart of two gateways during 20 turns",
    catches=("replay",),
    gateways=2,
    workers=2,
)
async def rolling_restart(world: World) -> None:
    tabs = [await world.tab(user=f"user-{number}", gateway=number % 2) for number in range(10)]
    turns: list[tuple[Tab, str]] = []
    for round_ in range(2):
        for number, tab in enumerate(tabs):
            turns.append(
                (tab, await asked(world, tab, f"Question {round_} of {number}?", chunks=80, delay=0.05))
            )
    for number in (0, 1):
        await asyncio.sleep(1.5)
        world.injected(f"SIGTERM and a new start of gateway {number}")
        await world.gateways[number].restart()
    for tab, turn in turns:
        shown = await tab.ended(turn, 40)
        if (shown.outcome, shown.attempt) != ("ai_complete", 1):
            world.expect(False, "an answer of the first attempt", (shown.outcome, shown.attempt))
    world.saw("20 turns answered at the first attempt")
    world.expect(world.gemini.calls() == 20, "one call of the model per turn", world.gemini.calls())
    world.expect(max(tab.screen.snapshots for tab in tabs) == 1, "every tab resumed without a snapshot")
    codes = {code for tab in tabs for code in tab.close_codes}
    world.expect(codes == {1012}, "sockets were closed by 1012 only", codes)
