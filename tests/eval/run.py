"""One evaluation: make the set, have it answered, score it."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from deploy.local.postgres import Postgres
from tests.eval.expect import Expectation, Short
from tests.eval.generate import generate
from tests.eval.market import Market, market
from tests.eval.options import DATA, MODEL_AT_ONCE, Options
from tests.eval.running.cached import Cached
from tests.eval.running.in_process import open_graph
from tests.eval.running.in_turn import AT_ONCE, run_all
from tests.eval.running.ports import Answerer
from tests.eval.running.through_socket import open_socket
from tests.eval.scoring import Scored, score
from tests.support.databases import FAST, Databases


async def evaluate(
    options: Options, *, databases: Databases | None = None, quiet: bool = False
) -> list[Scored]:
    """The scored conversations. Without `databases` on a PostgreSQL of its own."""
    known = market()
    cases = generate(options.n, options.seed, options.only, known)
    async with (
        _databases(databases) as made,
        made.database() as url,
        _answerer(options, url, known) as answerer,
    ):
        at_once = MODEL_AT_ONCE if options.model else AT_ONCE
        given = await run_all(cases, answerer, at_once=at_once, quiet=quiet)
    also: tuple[Expectation, ...] = () if options.model else (Short(),)
    return [score(case, answers, known, also=also) for case, answers in zip(cases, given, strict=True)]


@asynccontextmanager
async def _databases(given: Databases | None) -> AsyncIterator[Databases]:
    if given is not None:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="tickertalk-eval-") as folder:
        server = Postgres(Path(folder), settings=FAST)
        await server.start()
        try:
            yield Databases(server)
        finally:
            await server.stop()


@asynccontextmanager
async def _answerer(options: Options, url: str, known: Market) -> AsyncIterator[Answerer]:
    if options.socket:
        with tempfile.TemporaryDirectory(prefix="tickertalk-eval-") as folder:
            async with open_socket(Path(folder), url, known) as through_socket:
                yield through_socket
        return
    async with open_graph(url, known, options.model) as graph:
        yield Cached(graph, DATA / "answers", options.model_name) if options.model else graph
