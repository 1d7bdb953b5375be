"""Redis that forgets, dies, goes silent or loses a reply (14–20)."""

import asyncio
import time

from tests.faults.case import case
from tests.faults.cases.steps import CHUNKS, SIZE, answered, asked, held_at_chunk_three, within
from tests.faults.world import World
from tests.support.chat_client import ChatClient, token

REQUESTS = b"chat:{0}:requests"


async def flush(world: World) -> None:
    """FLUSHALL, after a look whose server it is."""
    redis = world.stack.redis()
    folder = (await redis.config_get("dir"))["dir"]
    assert folder == str(world.stack.valkey.folder), "not our server"
    await redis.flushall()
    world.injected("FLUSHALL")


@case(14, "FLUSHALL while idle, while one question waits, and in mid-answer",
      catches=("lost-verdict", "regroup", "epoch", "queue-order"), workers=1)  # fmt: skip
async def forgets_everything(world: World) -> None:
    tab = await world.tab()
    first = await asked(world, tab, "First?")
    await answered(world, tab, first, attempt=1, calls=1)
    await flush(world)
    turn = await held_at_chunk_three(world, tab)
    await tab.until(lambda: tab.screen.snapshots == 2, 5, "a second snapshot: the numbers began again")
    waiting = [await asked(world, tab, f"Waiting {number}?") for number in range(3)]
    await tab.acked(waiting[-1])
    await flush(world)
    world.gemini.release()
    await answered(world, tab, turn, attempt=2)
    world.expect(world.gemini.calls("Why?") == 1, "told again without another call of the model")
    for number, behind in enumerate(waiting):
        await answered(world, tab, behind, attempt=1)
        world.expect(world.gemini.calls(f"Waiting {number}?") == 1, "one call of the model for it")
    order = [tab.turns[behind].first_chunk_at for behind in waiting]
    world.expect(order == sorted(order), "answered in the order of asking")
    world.expect(tab.screen.snapshots == 3, "`recovered:false` once per loss", tab.screen.snapshots)
    world.expect(tab.connections == 1, "the socket stayed open")


@case(
    15,
    "DEL of the request stream while workers wait on it",
    catches=("regroup", "group-from-start"),
    workers=1,
)
async def stream_deleted(world: World) -> None:
    tab = await world.tab()
    first = await asked(world, tab, "First?")
    await answered(world, tab, first, attempt=1, calls=1)
    await world.stack.redis().delete("chat:{0}:requests")
    world.injected("DEL of the request stream, the worker blocked in XREADGROUP")
    turn = await asked(world, tab)
    await answered(world, tab, turn, attempt=1, calls=2)
    world.workers[0].pause()
    await world.stack.redis().delete("chat:{0}:requests")
    again = await asked(world, tab, "Again?")
    await tab.acked(again)
    world.injected("DEL again, and an entry added before the worker noticed")
    world.workers[0].resume()
    await answered(world, tab, again, attempt=1, calls=3)


@case(16, "kill -9 of Redis in mid-answer; it comes back with what was on its disk",
      catches=("load-script", "patience", "supervised-pump"), workers=1, gateways=1)  # fmt: skip
async def dies(world: World) -> None:
    tab = await world.tab()
    turn = await held_at_chunk_three(world, tab)
    behind = await asked(world, tab, "Behind?")
    await tab.acked(behind)
    world.injected("kill -9 of Valkey, and a new start after 2 s")
    await world.stack.valkey.kill()
    world.gemini.release()
    await asyncio.sleep(2)
    await world.stack.valkey.start()
    shown = await tab.ended(turn)
    world.expect(shown.outcome == "ai_complete", "an answer", shown.outcome)
    await tab.ended(behind)
    world.expect(world.gemini.calls() == 2, "one call of the model per turn", world.gemini.calls())
    world.expect(tab.connections == 1, "the socket stayed open")


@case(17, "Redis is down for 30 s", catches=("patience", "supervised-pump"), workers=1, gateways=1)
async def down(world: World) -> None:
    tab = await world.tab()
    plain = await ChatClient.seed(world.gateways[0].url, token=token("bob"))
    turn = await held_at_chunk_three(world, tab)
    await world.stack.valkey.kill()
    world.injected("Valkey is down")
    world.gemini.release()
    await asyncio.sleep(1)
    began = time.monotonic()
    await plain.ask("Hello?")
    refused = await plain.next_frame("error", timeout=5)
    world.figures["told_unavailable_after"] = time.monotonic() - began
    world.expect(refused["code"] == "unavailable", "a new question is `unavailable`", refused["code"])
    world.expect(time.monotonic() - began <= 3, "within 3 s")
    await asyncio.sleep(28)
    await world.stack.valkey.start()
    world.injected("Valkey is back")
    back = time.monotonic()
    await answered(world, tab, turn, attempt=1, calls=1, timeout=10)
    again = await plain.ask("Hello?")
    ended = await plain.collect_turn(again, timeout=10)
    world.figures["works_after"] = time.monotonic() - back
    world.expect(ended.ending["type"] == "ai_complete", "a question at the same socket is answered")
    world.expect(
        time.monotonic() - back <= 5, "within 5 s after it came back", round(time.monotonic() - back, 1)
    )
    world.expect(tab.connections == 1, "the sockets stayed open")
    await plain.close()


@case(18, "the gateway's connections to Redis go silent for 15 s", catches=("own-heartbeat",), workers=1, gateways=1,
      proxied=("gateway-redis",))  # fmt: skip
async def silent(world: World) -> None:
    tab = await world.tab()
    turn = await held_at_chunk_three(world, tab)
    proxy = world.proxies["gateway-redis"][0]
    proxy.stall()
    world.injected("everything open goes silent; new connections work")
    began = time.monotonic()
    world.gemini.release()
    shown = await tab.ended(turn, 12)
    world.figures["repaired_after"] = time.monotonic() - began
    world.expect(time.monotonic() - began <= 10, "repaired within 10 s", round(time.monotonic() - began, 1))
    world.expect(len(shown.text) == CHUNKS * SIZE, "the whole text")
    await asyncio.sleep(max(0.0, 15 - (time.monotonic() - began)))
    proxy.heal()
    world.injected("the silent connections wake, with all they held")
    again = await asked(world, tab, "Again?")
    await answered(world, tab, again, attempt=1, calls=2)
    world.expect(tab.connections == 1, "no reload")


@case(19, "CLIENT KILL of the gateway's subscriber, and the ending falls into the gap",
      catches=("resync", "supervised-pump"), workers=1, gateways=1, proxied=("gateway-redis",))  # fmt: skip
async def subscriber_killed(world: World) -> None:
    tab = await world.tab()
    turn = await held_at_chunk_three(world, tab)
    # Its new connection subscribes a little late, so that the rest of the answer is published in between.
    world.proxies["gateway-redis"][0].late(b"SUBSCRIBE", seconds=0.7)
    await world.stack.redis().client_kill_filter(_type="pubsub")
    world.injected("CLIENT KILL TYPE pubsub")
    began = time.monotonic()
    world.gemini.release()
    await world.turn_is(turn, "complete")
    await answered(world, tab, turn, attempt=1, calls=1, timeout=5)
    world.figures["repaired_after"] = time.monotonic() - began
    world.expect(time.monotonic() - began <= 3, "repaired within 2 s of the late subscription")
    world.expect(tab.connections == 1, "no reload")


@case(20, "the reply to the gateway's XADD is lost", catches=("no-retries",), workers=0, gateways=1,
      proxied=("gateway-redis",))  # fmt: skip
async def reply_to_the_gateway_lost(world: World) -> None:
    tab = await world.tab()
    lost = world.proxies["gateway-redis"][0].lose_reply(REQUESTS)
    world.injected("the reply to one XADD is lost")
    turn = await asked(world, tab)
    await within(5, lost)
    await tab.acked(turn)
    await asyncio.sleep(1)
    length = await world.stack.redis().xlen(REQUESTS.decode())
    world.expect(length == 1, "one entry on the stream, not two", length)
    await world.add_worker()
    await answered(world, tab, turn, attempt=1, calls=1)


@case(20, "replies to the worker's chunks are lost", part="b", catches=("step-dedupe",), workers=1, gateways=1,
      proxied=("worker-redis",))  # fmt: skip
async def reply_to_the_worker_lost(world: World) -> None:
    tab = await world.tab()
    turn = await held_at_chunk_three(world, tab, chunks=30, delay=0.05)
    lost = world.proxies["worker-redis"][0].lose_reply(b"ai_chunk")
    world.injected("the reply to one chunk is lost")
    world.gemini.release()
    await within(5, lost)
    shown = await answered(world, tab, turn, attempt=1, calls=1)
    world.expect(len(shown.text) == 30 * SIZE, "every word once", len(shown.text))
    lost = world.proxies["worker-redis"][0].lose_reply(b"ai_complete")
    again = await asked(world, tab, "Again?")
    await within(5, lost)
    shown = await answered(world, tab, again, attempt=1, calls=2)
    await asyncio.sleep(1)
    world.expect(shown.endings == 1, "one ending", shown.endings)
