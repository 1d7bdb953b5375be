"""A model that refuses, breaks off or stalls (24, 25), and one that is told to stop (33)."""

import asyncio
import time

from tests.faults.case import case
from tests.faults.cases.steps import CHUNKS, SIZE, answered, asked, held_at_chunk_three
from tests.faults.world import World

STOPPED, TOLD = 5.0, 3.0
"""Seconds: how soon it is, the figure says."""


@case(24, "the model answers 429 twice, 503 twice, 429 for ever", catches=("model-retry",))
async def refuses(world: World) -> None:
    tab = await world.tab()
    twice = await asked(world, tab, "Twice?", fail=429, retry_after=0.2, times=2)
    await answered(world, tab, twice, attempt=1, calls=3)
    away = await asked(world, tab, "Away?", fail=503, times=2)
    await answered(world, tab, away, attempt=1, calls=6)
    ever = await asked(world, tab, "Ever?", fail=429, retry_after=0.2)
    shown = await tab.ended(ever)
    world.expect(shown.outcome == "rate_limited", "`ai_error rate_limited`", shown.outcome)
    world.expect(world.gemini.calls("Ever?") <= 3, "at most three calls", world.gemini.calls("Ever?"))
    [row] = await world.rows(
        "select count(*) from chat_messages where turn_id = $1 and role = 'assistant'", ever
    )
    world.expect(row[0] == 0, "no assistant row")
    after = await asked(world, tab, "After?")
    await answered(world, tab, after, attempt=1)


@case(25, "the model's stream is cut, ends without a finish reason, or stalls", catches=("finish-gate", "idle-timer"),
      worker_env={"MODEL_IDLE_TIMEOUT": "1.5"})  # fmt: skip
async def breaks_off(world: World) -> None:
    tab = await world.tab()
    for trouble in ("cut", "eof", "stall"):
        turn = await asked(world, tab, f"{trouble}?", times=1, **{trouble: 3})
        world.injected(f"{trouble} after chunk 3, once")
        shown = await answered(world, tab, turn, attempt=2)
        world.expect(len(shown.text) == CHUNKS * SIZE, "the whole text of the second attempt")
    turn = await asked(world, tab, "never whole?", eof=3)
    world.injected("an end without a finish reason, every time")
    shown = await tab.ended(turn)
    world.expect(shown.outcome == "model_error", "`ai_error model_error`", shown.outcome)
    world.expect(shown.attempt == 3, "after three attempts", shown.attempt)


@case(33, "cancel from another gateway: in mid-answer, before the first word, and while queued",
      catches=("cancel-flag", "cancel-waiting"),
      gateways=2)  # fmt: skip
async def told_to_stop(world: World) -> None:
    tab = await world.tab()
    other = await world.tab(session_id=tab.session_id, gateway=1)
    turn = await held_at_chunk_three(world, tab)
    queued = await asked(world, tab, "Queued?")
    await tab.acked(queued)
    await other.cancel(queued)
    world.injected("cancel of the queued turn, from the other gateway")
    for one in (tab, other):
        ending = (await one.ended(queued, TOLD)).ending or {}
        world.expect(
            (ending["finish_reason"], ending["full_message"]) == ("cancelled", ""),
            "told at once in every tab",
        )
    world.expect(tab.turns[turn].ending is None, "beside the one that runs")
    began = time.monotonic()
    await other.cancel(turn)
    world.injected("cancel in mid-answer, from the other gateway")
    await asyncio.wait_for(world.gemini.wait(open=0), STOPPED)
    world.figures["stopped_after"] = time.monotonic() - began
    world.saw(f"the model's connection is closed within {STOPPED:g} s")
    shown = await answered(world, tab, turn, attempt=1, calls=1)
    finish = (shown.ending or {})["finish_reason"]
    world.expect((finish, len(shown.text)) == ("cancelled", 3 * SIZE), "what was written is kept", finish)
    world.expect(world.gemini.calls("Queued?") == 0, "the queued one ended without a call of the model")
    unsaid = await asked(world, tab, "Unsaid?", hold=0)
    await asyncio.wait_for(world.gemini.wait(held=1), 15)
    await other.cancel()
    world.injected("cancel before the first word")
    await asyncio.wait_for(world.gemini.wait(open=0), STOPPED)
    ending = (await tab.ended(unsaid)).ending or {}
    world.expect(
        (ending["finish_reason"], ending["full_message"]) == ("cancelled", ""), "cancelled, without a word"
    )
    after = await asked(world, tab, "After?")
    await answered(world, tab, after, attempt=1, calls=3)
