"""The whole graph on a real database and a real HTTP server: what it asks the model, and what it streams."""

import asyncio
import gc
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import msgspec
import pytest

from agent_worker.model.chat_model import ModelName, ModelSettings, open_chat_model
from agent_worker.model.errors import AnswerCutError, ModelError
from agent_worker.workflows.answer_parts import (
    AnswerEnd,
    AnswerPart,
    ContextLoaded,
    TextDelta,
)
from agent_worker.workflows.chat_graph import ChatGraph, build_chat_graph
from agent_worker.workflows.prompts import INSTRUCTIONS
from deploy.offline_model.server import OfflineModelServer
from shared.db.database import Database
from shared.frames.turn_events import AnalysisRef
from tests.agent_worker.sample_analyses import DAY, analysis, real_analyses, store, store_company
from tests.agent_worker.workflows.asking import asked, parts_of, words_of
from tests.fakes.gemini_script import answer_text
from tests.fakes.gemini_server import GeminiServer


async def remember(
    pool: asyncpg.Pool, session: UUID, question: str, answer: str, ticker: str = "ACME"
) -> None:
    turn = uuid4()
    await pool.execute(
        "insert into chat_sessions (user_id, session_id) values ('alice', $1) on conflict do nothing", session
    )
    for role, content in (("user", question), ("assistant", answer)):
        await pool.execute(
            "insert into chat_messages (user_id, session_id, turn_id, role, content, context_ticker)"
            " values ('alice', $1, $2, $3, $4, $5)",
            session, turn, role, content, ticker,
        )  # fmt: skip


def last_request(gemini: GeminiServer) -> Any:
    return msgspec.json.decode(gemini.requests[-1])


async def test_context_then_text_then_end(graph: ChatGraph, pool: asyncpg.Pool) -> None:
    question = "Why? [[chunks=5 delay=0.01]]"
    first, *texts, last = await parts_of(graph, asked(question))
    newest = await pool.fetchval("select id from analysis_history where as_of = $1", DAY)
    assert first == ContextLoaded(AnalysisRef("ACME", newest, DAY))
    assert 1 <= len(texts) <= 5  # words that arrive together are told together
    assert "".join(part.text for part in texts if isinstance(part, TextDelta)) == answer_text(question)
    assert isinstance(last, AnswerEnd)
    assert (last.finish_reason, last.output_tokens) == ("stop", 15)
    assert last.input_tokens > 100


async def test_text_is_passed_on_before_the_model_is_done(graph: ChatGraph, gemini: GeminiServer) -> None:
    gemini.script(hold=2)
    told: asyncio.Queue[AnswerPart] = asyncio.Queue()
    answering = asyncio.create_task(graph.answer(asked("Why?"), told.put_nowait))
    assert isinstance(await told.get(), ContextLoaded)
    assert isinstance(await told.get(), TextDelta)
    assert gemini.open == 1
    gemini.release()
    assert (await answering).finish_reason == "stop"


async def test_the_context_is_told_before_the_model_answers(graph: ChatGraph, gemini: GeminiServer) -> None:
    gemini.script(hold=0)
    told: asyncio.Queue[AnswerPart] = asyncio.Queue()
    answering = asyncio.create_task(graph.answer(asked("Why?"), told.put_nowait))
    assert isinstance(await told.get(), ContextLoaded)
    await gemini.wait(open=1)
    assert told.empty()
    gemini.release()
    await answering


async def test_what_the_model_is_asked(graph: ChatGraph, gemini: GeminiServer, pool: asyncpg.Pool) -> None:
    session = uuid4()
    await remember(pool, session, "What is MSFT's P/E?", "It is 26.92.", ticker="MSFT")
    await remember(pool, session, "And here?", "It is missing.")
    await parts_of(graph, asked("Why? $91.10 & <b>", session=session))
    request = last_request(gemini)
    system = request["systemInstruction"]["parts"][0]["text"]
    assert system.startswith(INSTRUCTIONS)
    assert "\n<analysis>\nCOMPANY: Acme Corp (ACME)\n" in system
    assert [(content["role"], content["parts"]) for content in request["contents"]] == [
        ("user", [{"text": "[asked on the page of MSFT] What is MSFT's P/E?"}]),
        ("model", [{"text": "It is 26.92."}]),
        ("user", [{"text": "And here?"}]),
        ("model", [{"text": "It is missing."}]),
        ("user", [{"text": "Why? $91.10 & <b>"}]),
    ]


async def test_the_ticker_changes_in_mid_conversation(
    graph: ChatGraph, gemini: GeminiServer, pool: asyncpg.Pool
) -> None:
    await store(pool, [analysis("OTHER", score=41.0)])
    session = uuid4()
    contexts = [
        (await parts_of(graph, asked("Why?", ticker, session)))[0] for ticker in ("ACME", "OTHER", None)
    ]
    tickers = [part.context and part.context.ticker for part in contexts if isinstance(part, ContextLoaded)]
    assert tickers == ["ACME", "OTHER", None]
    blocks = [
        msgspec.json.decode(request)["systemInstruction"]["parts"][0]["text"] for request in gemini.requests
    ]
    assert "SCORE: 57.9" in blocks[0]
    assert "SCORE: 41.0" in blocks[1]
    assert "COMPANY: none" in blocks[2]


async def test_a_company_that_is_not_rated(
    graph: ChatGraph, gemini: GeminiServer, pool: asyncpg.Pool
) -> None:
    await store_company(pool, "GONE", "Gone Inc", "no usable figures since 23 May")
    parts = await parts_of(graph, asked("Why?", "GONE"))
    assert parts[0] == ContextLoaded(None)
    assert (
        "NOT RATED NOW: no usable figures since 23 May"
        in last_request(gemini)["systemInstruction"]["parts"][0]["text"]
    )


@pytest.mark.parametrize(
    ("markers", "finish_reason", "text"),
    [
        ("finish=MAX_TOKENS", "max_tokens", True),
        ("finish=SAFETY", "safety", True),
        ("finish=RECITATION", "safety", True),
        ("block=SAFETY", "safety", False),
    ],
)
async def test_how_answers_end(markers: str, finish_reason: str, text: bool, graph: ChatGraph) -> None:
    _, *texts, last = await parts_of(graph, asked(f"Why? [[{markers}]]"))
    assert bool(texts) == text
    assert isinstance(last, AnswerEnd)
    assert last.finish_reason == finish_reason


@pytest.mark.parametrize(
    ("markers", "error"),
    [
        ("fail=400", ModelError),
        ("fail=429 retry_after=60", ModelError),
        ("hold=0", ModelError),
        ("cut=2", AnswerCutError),
        ("eof=2", AnswerCutError),
        ("stall=2", AnswerCutError),
        ("finish=OTHER", AnswerCutError),
        ("finish=MALFORMED_FUNCTION_CALL", AnswerCutError),
        ("calls=peers;peers;peers;peers", ModelError),
        ("chunks=1 size=0", AnswerCutError),
    ],
)
async def test_what_is_no_answer_never_ends_as_one(
    markers: str, error: type[Exception], graph: ChatGraph, hasty: ChatGraph
) -> None:
    got: list[AnswerPart] = []
    answering = hasty if markers in ("hold=0", "stall=2") else graph
    with pytest.raises(error):
        await answering.answer(asked(f"Why? [[{markers} delay=0.01]]"), got.append)
    assert isinstance(got[0], ContextLoaded)


async def test_postgres_away_is_an_error(graph: ChatGraph, pool: asyncpg.Pool) -> None:
    await pool.close()
    with pytest.raises(asyncpg.InterfaceError):
        await parts_of(graph, asked("Why?"))


@pytest.mark.parametrize("where", ["hold=0", "stall=0", "stall=3"])
async def test_cancelling_the_task_stops_the_model(
    where: str, graph: ChatGraph, gemini: GeminiServer
) -> None:
    tasks_before = len(asyncio.all_tasks())
    task = asyncio.create_task(parts_of(graph, asked(f"Why? [[{where}]]")))
    await gemini.wait(open=1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with asyncio.timeout(5):
        await gemini.wait(open=0)
    del task
    gc.collect()
    await asyncio.sleep(0)
    assert len(asyncio.all_tasks()) <= tasks_before + 1  # the server's side of the kept connection


async def test_many_turns_at_once_are_not_mixed_up(graph: ChatGraph) -> None:
    questions = [f"Why {number}? [[chunks=10 delay=0.005]]" for number in range(30)]
    answers = await asyncio.gather(*(parts_of(graph, asked(question)) for question in questions))
    texts = ["".join(part.text for part in parts if isinstance(part, TextDelta)) for parts in answers]
    assert texts == [answer_text(question) for question in questions]


async def test_the_offline_model_through_the_whole_graph(pool: asyncpg.Pool) -> None:
    await store(pool, real_analyses("KO")[:11])
    async with (
        OfflineModelServer() as server,
        open_chat_model(
            ModelSettings(api_key="none", base_url=server.url, model=ModelName("gemini", "offline"))
        ) as offline,
    ):
        graph = build_chat_graph(Database(pool), offline)
        declined = await parts_of(graph, asked("Who is the CEO?", "KO"))
        quoted = await parts_of(graph, asked("What is the P/E?", "KO"))
    assert words_of(declined).startswith("The analysis does not say anything about management")
    assert "27.36" in words_of(quoted)
    end = quoted[-1]
    assert isinstance(end, AnswerEnd)
    assert {figure.state for figure in end.figures} == {"verified"}
