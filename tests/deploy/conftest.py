"""The system with a part of the sample and the offline model, as `make run` starts it with all of it."""

from collections.abc import Awaitable, Callable

import asyncpg
import pytest
from msgspec.structs import replace

from deploy.sample.__main__ import load
from deploy.sample.analyses import Made, make_analyses
from deploy.sample.figures import read_figures
from tests.support.stack import Stack

KNOWN = {"KO", "PEP", "MSFT"}
"""Whose analyses are loaded: all of the sample would take its time."""


@pytest.fixture(scope="session")
def made() -> Made:
    """What the sample says of the companies in `KNOWN`."""
    made = make_analyses(read_figures())
    return replace(
        made,
        analyses=[analysis for analysis in made.analyses if analysis.ticker in KNOWN],
        prices=[price for price in made.prices if price[0] in KNOWN],
    )


@pytest.fixture
async def sample_stack(start_stack: Callable[..., Awaitable[Stack]], made: Made) -> Stack:
    """Its answers come from the offline model. The worker finds the data when it starts, as it does in `make run`."""
    stack = await start_stack(offline=True, workers=0)
    await load(stack.database_url, read_figures(), made)
    connection = await asyncpg.connect(stack.database_url)
    await connection.execute("analyze")
    await connection.close()
    await stack.add_worker()
    return stack
