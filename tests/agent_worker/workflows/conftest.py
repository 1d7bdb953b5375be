"""The graph on a real database, before a scripted model."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from agent_worker.model.chat_model import ModelSettings, open_chat_model
from agent_worker.model.ports import ChatModel
from agent_worker.workflows.chat_graph import ChatGraph, build_chat_graph
from shared.db.database import Database, open_pool
from tests.agent_worker.sample_analyses import store, store_company, weekly
from tests.fakes.gemini_server import GeminiServer


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[asyncpg.Pool]:
    async with await open_pool(database_url, name="test", size=4) as pool:
        await store_company(pool, "ACME", "Acme Corp")
        await store(pool, weekly("ACME", 3))
        yield pool


@pytest.fixture
async def gemini() -> AsyncIterator[GeminiServer]:
    async with GeminiServer() as server:
        yield server


@pytest.fixture
async def model(gemini: GeminiServer) -> AsyncIterator[ChatModel]:
    settings = ModelSettings(api_key="k", base_url=gemini.url, first_token_timeout=15, idle_timeout=10)
    async with open_chat_model(settings) as model:
        yield model


@pytest.fixture
def graph(pool: asyncpg.Pool, model: ChatModel) -> ChatGraph:
    return build_chat_graph(Database(pool), model)


@pytest.fixture
async def hasty(pool: asyncpg.Pool, gemini: GeminiServer) -> AsyncIterator[ChatGraph]:
    """With little patience, for what never comes."""
    settings = ModelSettings(api_key="k", base_url=gemini.url, first_token_timeout=2, idle_timeout=0.5)
    async with open_chat_model(settings) as model:
        yield build_chat_graph(Database(pool), model)
