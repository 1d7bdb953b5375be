"""The whole graph, when the model looks things up: what is shown, what is refused, what stops."""

import asyncio

import asyncpg

from agent_worker.workflows.answer_parts import (
    AnswerEnd,
    AnswerPart,
    LookedUp,
)
from agent_worker.workflows.chat_graph import ChatGraph
from tests.agent_worker.sample_analyses import real_analyses, store, store_company
from tests.agent_worker.workflows.asking import asked, parts_of, words_of
from tests.fakes.gemini_script import answer_text
from tests.fakes.gemini_server import GeminiServer


def lookups_of(parts: list[AnswerPart | AnswerEnd]) -> list[tuple[int, str, str]]:
    return [
        (part.lookup.n, part.lookup.tool, part.lookup.status) for part in parts if isinstance(part, LookedUp)
    ]


async def test_the_model_looks_things_up_and_goes_on(
    graph: ChatGraph, pool: asyncpg.Pool, gemini: GeminiServer
) -> None:
    await store(pool, real_analyses("KO")[:2])
    await store_company(pool, "KO", "Coca-Cola")
    question = (
        "Cheaper? [[calls=get_analysis(ticker:KO)+explain(term:yield);history(ticker:KO,metric:score)]]"
    )
    parts = await parts_of(graph, asked(question))
    assert sorted(lookups_of(parts)) == [
        (1, "get_analysis", "ok"), (1, "get_analysis", "running"), (2, "explain", "ok"), (2, "explain", "running"),
        (3, "history", "ok"), (3, "history", "running"),
    ]  # fmt: skip
    shown = {part.lookup.n: part.lookup for part in parts if isinstance(part, LookedUp)}
    assert shown[1].words.startswith("Looking up Coca-Cola")
    assert shown[1].sources[0].ticker == "KO"
    assert shown[3].result is not None
    end = parts[-1]
    assert isinstance(end, AnswerEnd)
    assert gemini.calls("Cheaper?") == 3
    assert end.output_tokens > 0
    assert words_of(parts) == answer_text(question)


async def test_calls_that_are_wrong_are_told_so_and_shown_as_failed(graph: ChatGraph) -> None:
    parts = await parts_of(graph, asked("Why? [[calls=buy_shares(ticker:KO)+get_analysis(ticker:NOPE)]]"))
    assert [status for _, _, status in sorted(lookups_of(parts)) if status != "running"] == [
        "failed",
        "failed",
    ]
    assert isinstance(parts[-1], AnswerEnd)


async def test_calls_beyond_the_sixth_are_not_carried_out(graph: ChatGraph) -> None:
    parts = await parts_of(
        graph, asked("Why? [[calls=explain(term:yield)+" + "+".join(["explain(term:score)"] * 7) + "]]")
    )
    assert {number for number, _, _ in lookups_of(parts)} == set(range(1, 7))
    assert isinstance(parts[-1], AnswerEnd)


async def test_cancelling_stops_what_is_looked_up(
    graph: ChatGraph, pool: asyncpg.Pool, database_url: str
) -> None:
    await parts_of(graph, asked("Hello?"))  # the companies are read by now
    other = await asyncpg.connect(database_url)
    await other.execute("begin; lock table analysis_history in access exclusive mode")
    looking = asyncio.Event()

    def emit(part: AnswerPart) -> None:
        if isinstance(part, LookedUp):
            looking.set()

    task = asyncio.create_task(
        graph.answer(asked("Why? [[calls=get_analysis(ticker:ACME)]]", ticker=None), emit)
    )
    await asyncio.wait_for(looking.wait(), 10)
    task.cancel()
    await asyncio.wait([task])
    assert task.cancelled()
    await other.execute("rollback")
    await other.close()
    assert await pool.fetchval("select count(*) from pg_stat_activity where wait_event_type = 'Lock'") == 0
