"""Workers that die while an answer is looked up (7b)."""

import asyncio

from tests.faults.case import case
from tests.faults.cases.steps import SCRIPT, answered, asked, runner_of
from tests.faults.screen import ShownTurn
from tests.faults.world import RECOVERY, World

COMPANY = "insert into companies (ticker, name, sector, industry_group, sub_industry) values ($1, $1, 'S', 'G', 'I')"
ANALYSIS = (
    "insert into analysis_history (ticker, as_of, rating, score, metrics, rationale)"
    " values ($1, '2026-08-20', 'hold', 50, '[]', '[]')"
)


@case(
    7,
    "kill -9 of the worker between two rounds of look-ups",
    catches=("takeover", "sweeper", "reset", "lookup-reset"),
    part="b",
    workers=2,
)
async def between_two_rounds(world: World) -> None:
    for ticker in ("ONE", "TWO", "SIX"):
        await world.stack.fetch(COMPANY, ticker)
        await world.stack.fetch(ANALYSIS, ticker)
    tab = await world.tab()
    looks = "get_analysis(ticker:ONE);get_analysis(ticker:TWO)"
    turn = await asked(world, tab, calls=looks, hold=0, in_round=1)
    shown = tab.turns[turn]
    await tab.until(lambda: tickers(shown) == ["ONE"], RECOVERY, "the look-up of the first round")
    await asyncio.wait_for(world.gemini.wait(held=1), RECOVERY)
    world.gemini.script("Why?", **SCRIPT, calls="get_analysis(ticker:SIX)", hold=0, in_round=0)
    await world.kill_worker(await runner_of(world, turn))
    world.injected("the worker is dead; the model is to look up something else the second time")
    await tab.until(lambda: shown.attempt == 2, RECOVERY, "attempt 2")
    world.expect(tickers(shown) == [], "the look-ups of the lost attempt are gone")
    late = await world.tab(session_id=tab.session_id)
    await late.until(lambda: turn in late.turns and late.turns[turn].attempt == 2, 10, "the snapshot")
    world.expect(tickers(late.turns[turn]) == [], "also for who comes later", tickers(late.turns[turn]))
    world.gemini.release()
    for each in (tab, late):
        ended = await answered(world, each, turn, attempt=2)
        world.expect(tickers(ended) == ["SIX"], "its sources are those of attempt 2", tickers(ended))
        world.expect(ended.endings == 1, "one ending", ended.endings)


def tickers(shown: ShownTurn) -> list[str]:
    """Whose analyses the finished look-ups of a turn name as their sources."""
    return [source["ticker"] for _, each in sorted(shown.lookups.items()) for source in each["sources"]]
