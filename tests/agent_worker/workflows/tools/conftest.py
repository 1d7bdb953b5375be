"""The real sample in a real Postgres, loaded once for each module, and the tools over it."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import asyncpg
import msgspec
import pytest

from agent_worker.analysis.company_source import CompanySource
from agent_worker.workflows.tools.result import ToolResult
from agent_worker.workflows.tools.toolbox import ToolBox
from deploy.sample.__main__ import load
from deploy.sample.analyses import make_analyses
from deploy.sample.figures import read_figures
from shared.db.database import Database, open_pool
from tests.support.databases import Databases

TODAY = dt.date(2026, 8, 25)

Call = Callable[..., Awaitable[ToolResult]]


@pytest.fixture(scope="module")
def sample_url(databases: Databases) -> Iterator[str]:
    """A database with the whole sample. Tests read it only."""
    figures = read_figures()
    with asyncio.Runner() as runner:
        database = databases.database()
        url = runner.run(database.__aenter__())
        runner.run(load(url, figures, make_analyses(figures)))
        yield url
        runner.run(database.__aexit__(None, None, None))


@pytest.fixture
async def pool(sample_url: str) -> AsyncIterator[asyncpg.Pool]:
    async with await open_pool(sample_url, name="tools", size=2) as opened:
        yield opened


@pytest.fixture
def toolbox(pool: asyncpg.Pool) -> ToolBox:
    return ToolBox(Database(pool), CompanySource(Database(pool)), today=lambda: TODAY, call_seconds=20.0)


@pytest.fixture
def call(toolbox: ToolBox) -> Call:
    """`await call("peers", ticker="KO", metric="dividend_yield")`; `from_` is the argument `from`."""

    async def run(tool: str, **arguments: Any) -> ToolResult:
        named = {name.rstrip("_"): value for name, value in arguments.items()}
        return await toolbox.run(tool, msgspec.json.encode(named))

    return run


def lines(result: ToolResult) -> dict[str, str]:
    """The `NAME: value` lines of a result."""
    head = result.text.partition("\n\n")[0]
    return dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)


def section(result: ToolResult, heading: str) -> list[list[str]]:
    """The rows of a section, without the names of its columns; of a list the sentences."""
    for part in result.text.split("\n\n")[1:]:
        name, *rows = part.splitlines()
        if name == heading:
            if all(row.startswith("- ") for row in rows):
                return [[row[2:]] for row in rows]
            return [row.split(" | ") for row in rows[1:]]
    raise AssertionError(f"no section {heading} in\n{result.text}")
