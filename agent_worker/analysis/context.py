"""The newest analysis of a ticker, as the block that goes into the prompt."""

from collections import OrderedDict
from typing import NamedTuple

import asyncpg

from agent_worker.analysis.block import Company, render, render_no_page
from shared.analysis import Analysis, read_metrics, read_rationale
from shared.db.pool import ACQUIRE_TIMEOUT
from shared.frames.turn_events import AnalysisRef

ANALYSES_MAX = 11
"""People ask about dates: the newest analysis and ten before it."""

BLOCKS_MAX = 1024
"""Rendered blocks kept; about 10 KB each."""

_COMPANY = "select name, sector, industry_group, sub_industry, not_rated from companies where ticker = $1"

# `xmin` changes whenever a row does, so a re-imported analysis is never answered from an old block.
_VERSIONS = """
    select id, as_of, xmin::text as version from analysis_history
     where ticker = $1
       and ($3::bigint is null
            or (as_of, id) <= (select as_of, id from analysis_history where id = $3 and ticker = $1))
     order by as_of desc, id desc limit $2
"""
_ANALYSES = """
    select as_of, rating, score, summary, metrics, rationale from analysis_history
     where id = any($1) order by as_of desc, id desc
"""


class AnalysisContext(NamedTuple):
    """What the model is told about the page, and which analysis that is."""

    ref: AnalysisRef | None
    block: str


class AnalysisContexts:
    """Reads `analysis_history`, and keeps what it rendered for as long as the rows stay the same."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool
        self._blocks: OrderedDict[tuple[object, ...], str] = OrderedDict()

    async def of(self, ticker: str | None, analysis_id: int | None = None) -> AnalysisContext:
        """The context for a question asked on `ticker`'s page, which shows this analysis or else the newest one; None is
        a page without a company."""
        if ticker is None:
            return AnalysisContext(None, render_no_page())
        async with self._pool.acquire(timeout=ACQUIRE_TIMEOUT) as connection:
            company = await connection.fetchrow(_COMPANY, ticker)
            versions = await connection.fetch(_VERSIONS, ticker, ANALYSES_MAX, analysis_id)
            key = (ticker, company, *versions)
            block = self._blocks.get(key)
            if block is None:
                rows = await connection.fetch(_ANALYSES, [row["id"] for row in versions])
                block = render(_company(ticker, company), [_analysis(ticker, row) for row in rows])
                self._blocks[key] = block
                if len(self._blocks) > BLOCKS_MAX:
                    self._blocks.popitem(last=False)
            self._blocks.move_to_end(key)
        ref = AnalysisRef(ticker, versions[0]["id"], versions[0]["as_of"]) if versions else None
        return AnalysisContext(ref, block)


def _company(ticker: str, row: asyncpg.Record | None) -> Company:
    if row is None:
        return Company(ticker, ticker)
    groups = dict.fromkeys(filter(None, (row["sector"], row["industry_group"], row["sub_industry"])))
    return Company(ticker, row["name"], tuple(groups), row["not_rated"])


def _analysis(ticker: str, row: asyncpg.Record) -> Analysis:
    return Analysis(
        ticker=ticker,
        as_of=row["as_of"],
        rating=row["rating"],
        score=float(row["score"]),
        summary=row["summary"],
        metrics=read_metrics(row["metrics"]),
        rationale=read_rationale(row["rationale"]),
    )
