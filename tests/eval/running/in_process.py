"""The real path without processes: a Postgres with the sample, the chat graph, a model over HTTP, stored conversations."""

import datetime as dt
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

import asyncpg

from agent_worker.model.chat_model import ModelName, ModelSettings, open_chat_model
from agent_worker.model.errors import AnswerCutError, ModelError
from agent_worker.workflows.answer_parts import AnswerEnd, AnswerPart, LookedUp, TextDelta, TurnQuestion
from agent_worker.workflows.chat_graph import ChatGraph, build_chat_graph
from deploy.offline_model.server import OfflineModelServer
from deploy.sample.__main__ import load
from shared.db.database import Database, open_pool
from shared.frames.figures import Lookup
from tests.eval.asked import Asked, Case
from tests.eval.market import Market
from tests.eval.reply import Given

POOL = 8
USER = "eval"


class GraphAnswerer:
    """Asks the graph, and keeps what was said as the worker does."""

    def __init__(
        self, pool: asyncpg.Pool, graph: ChatGraph, analyses: Mapping[tuple[str, dt.date], int], known: Market
    ) -> None:
        self._pool, self._graph, self._analyses, self._known = pool, graph, analyses, known

    async def converse(self, case: Case) -> list[Given]:
        session = uuid4()
        await self._pool.execute(
            "insert into chat_sessions (user_id, session_id) values ($1, $2)", USER, session
        )
        return [await self._answer(session, asked) for asked in case.turns]

    async def _answer(self, session: UUID, asked: Asked) -> Given:
        turn, heard = uuid4(), _Heard()
        question = TurnQuestion(USER, session, turn, asked.text, asked.page, self._analysis(asked))
        try:
            end = await self._graph.answer(question, heard.take)
        except (ModelError, AnswerCutError) as error:
            return heard.given(error=f"{type(error).__name__}: {error}")
        await self._store(session, turn, asked, heard.text)
        return heard.given(end)

    def _analysis(self, asked: Asked) -> int | None:
        if not asked.back or not asked.page:
            return None
        return self._analyses[asked.page, self._known.analysis(asked.page, asked.back).as_of]

    async def _store(self, session: UUID, turn: UUID, asked: Asked, text: str) -> None:
        rows = [
            (USER, session, turn, role, content, asked.page)
            for role, content in (("user", asked.text), ("assistant", text))
        ]
        await self._pool.executemany(
            "insert into chat_messages (user_id, session_id, turn_id, role, content, context_ticker) values ($1, $2, $3, $4, $5, $6)",
            rows,
        )


class _Heard:
    """The parts of one answer, put together."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._lookups: dict[int, Lookup] = {}
        self._began = time.monotonic()
        self._first = 0.0

    @property
    def text(self) -> str:
        return "".join(self._texts)

    def take(self, part: AnswerPart) -> None:
        if isinstance(part, TextDelta):
            self._first = self._first or time.monotonic() - self._began
            self._texts.append(part.text)
        elif isinstance(part, LookedUp):
            self._lookups[part.lookup.n] = part.lookup

    def given(self, end: AnswerEnd | None = None, *, error: str = "") -> Given:
        """The answer as it stands; without an end it failed."""
        tools = [lookup.tool for _, lookup in sorted(self._lookups.items())]
        tokens = (end.input_tokens, end.output_tokens) if end else (0, 0)
        seconds = time.monotonic() - self._began
        return Given(self.text, end.figures if end else [], tools, *tokens, seconds, self._first, error)


@asynccontextmanager
async def open_graph(
    database_url: str, known: Market, model: ModelSettings | None = None
) -> AsyncIterator[GraphAnswerer]:
    """Load the sample into an empty database and open the graph on it; without `model` on the offline model."""
    await load(database_url, known.figures, known.made)
    async with (
        OfflineModelServer(words_per_second=None) as offline,
        await open_pool(database_url, name="eval", size=POOL) as pool,
    ):
        settings = model or ModelSettings(
            api_key="none", base_url=offline.url, model=ModelName("gemini", "offline")
        )
        async with open_chat_model(settings) as chat_model:
            rows = await pool.fetch("select id, ticker, as_of from analysis_history")
            ids = {(row["ticker"], row["as_of"]): row["id"] for row in rows}
            yield GraphAnswerer(pool, build_chat_graph(Database(pool), chat_model), ids, known)
