"""Which analysis a question is answered from."""

import datetime as dt
from collections.abc import AsyncIterator

import asyncpg
import pytest

from agent_worker.analysis.context import AnalysisContexts
from shared.db.database import Database, open_pool
from shared.frames.turn_events import AnalysisRef
from tests.agent_worker.sample_analyses import DAY, analysis, store, store_company, weekly


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[asyncpg.Pool]:
    async with await open_pool(database_url, name="test", size=2) as pool:
        yield pool


async def test_the_newest_analysis_is_taken(pool: asyncpg.Pool) -> None:
    await store_company(pool, "ACME", "Acme Corp")
    await store(pool, weekly("ACME", 3))
    await store(pool, weekly("OTHER", 1))
    context = await AnalysisContexts(Database(pool)).of("ACME")
    newest = await pool.fetchval("select id from analysis_history where ticker = 'ACME' and as_of = $1", DAY)
    assert context.ref == AnalysisRef("ACME", newest, DAY)
    assert "COMPANY: Acme Corp (ACME)\nGROUP: Things / Makers\nDATE: 2026-08-22\n" in context.page.block
    assert "OTHER" not in context.page.block


async def test_ten_earlier_ones_are_history(pool: asyncpg.Pool) -> None:
    await store(pool, weekly("ACME", 14))
    block = (await AnalysisContexts(Database(pool)).of("ACME")).page.block
    assert block.count("\n2026-") == 11
    assert str(DAY - dt.timedelta(weeks=10)) in block
    assert str(DAY - dt.timedelta(weeks=11)) not in block


async def test_no_page(pool: asyncpg.Pool) -> None:
    context = await AnalysisContexts(Database(pool)).of(None)
    assert context.ref is None
    assert "COMPANY: none" in context.page.block


async def test_a_company_without_an_analysis(pool: asyncpg.Pool) -> None:
    await store_company(pool, "GONE", "Gone Inc", "no usable figures since 23 May")
    context = await AnalysisContexts(Database(pool)).of("GONE")
    assert context.ref is None
    assert "NOT RATED NOW: no usable figures since 23 May" in context.page.block


async def test_a_newer_or_changed_analysis_is_seen_at_once(pool: asyncpg.Pool) -> None:
    contexts = AnalysisContexts(Database(pool))
    await store(pool, weekly("ACME", 2))
    first = (await contexts.of("ACME")).page.block
    assert (await contexts.of("ACME")).page.block is first
    await store(pool, [analysis("ACME", DAY - dt.timedelta(weeks=1), score=11.1)])
    changed = (await contexts.of("ACME")).page.block
    assert "11.1" in changed
    await store(pool, [analysis("ACME", DAY + dt.timedelta(days=1), score=22.2)])
    newer = await contexts.of("ACME")
    assert newer.ref is not None
    assert newer.ref.as_of == DAY + dt.timedelta(days=1)
    assert "SCORE: 22.2" in newer.page.block


async def test_the_pages_kept_are_bounded(pool: asyncpg.Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agent_worker.analysis.context.PAGES_MAX", 2)
    contexts = AnalysisContexts(Database(pool))
    for ticker in ("A", "B", "C"):
        await store(pool, [analysis(ticker)])
    kept = (await contexts.of("A")).page.block
    await contexts.of("B")
    assert (await contexts.of("A")).page.block is kept
    await contexts.of("C")  # B goes: it was not asked for the longest
    assert (await contexts.of("A")).page.block is kept
    assert len(contexts._pages) == 2
