"""The newest analysis of a ticker, as the block that goes into the prompt."""

from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import asyncpg

from agent_worker.analysis.block import Company, render, render_no_page
from agent_worker.grounding.facts import facts_of_all, texts_of
from agent_worker.grounding.known import Facts
from shared.analysis import StoredAnalysis, read_metrics, read_rationale
from shared.changes import changes
from shared.db.database import Database
from shared.frames.turn_events import AnalysisRef

ANALYSES_MAX = 11
"""People ask about dates: the newest analysis and ten before it."""

PAGES_MAX = 128
"""Pages kept as they were read; up to 0.4 MB each, most of it the facts."""

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
    select id, revision, made_by, as_of, rating, score, summary, metrics, rationale from analysis_history
     where id = any($1) order by as_of desc, id desc
"""


class Page:
    """What the model is given of a page: the block, and what stands in it as facts and as sentences to quote."""

    def __init__(self, block: str, analyses: Sequence[StoredAnalysis] = ()) -> None:
        self.block = block
        self._analyses = analyses

    @cached_property
    def facts(self) -> Facts:
        """Made when they are first asked for, which takes milliseconds: by then the first words are out."""
        analyses = self._analyses
        changed = changes(analyses[1], analyses[0]).sentences if len(analyses) > 1 else []
        texts = [text for analysis in analyses[:1] for text in texts_of(analysis)]
        return Facts(facts_of_all(analyses), texts=[*texts, *changed])


class AnalysisContext(NamedTuple):
    """What the model is told about the page, and which analysis that is."""

    ref: AnalysisRef | None
    page: Page


class AnalysisContexts:
    """Reads `analysis_history`, and keeps what it rendered for as long as the rows stay the same."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._pages: OrderedDict[tuple[object, ...], Page] = OrderedDict()

    async def of(self, ticker: str | None, analysis_id: int | None = None) -> AnalysisContext:
        """The context for a question asked on `ticker`'s page, which shows this analysis or else the newest one; None is
        a page without a company."""
        if ticker is None:
            return AnalysisContext(None, Page(render_no_page()))
        async with self._database.connection() as connection:
            company = await connection.fetchrow(_COMPANY, ticker)
            versions = await connection.fetch(_VERSIONS, ticker, ANALYSES_MAX, analysis_id)
            key = (ticker, company, *versions)
            page = self._pages.get(key)
            if page is None:
                rows = await connection.fetch(_ANALYSES, [row["id"] for row in versions])
                analyses = [_analysis(ticker, row) for row in rows]
                page = Page(render(_company(ticker, company), analyses), analyses)
                self._pages[key] = page
                if len(self._pages) > PAGES_MAX:
                    self._pages.popitem(last=False)
            self._pages.move_to_end(key)
        ref = AnalysisRef(ticker, versions[0]["id"], versions[0]["as_of"]) if versions else None
        return AnalysisContext(ref, page)


def _company(ticker: str, row: asyncpg.Record | None) -> Company:
    if row is None:
        return Company(ticker, ticker)
    groups = dict.fromkeys(filter(None, (row["sector"], row["industry_group"], row["sub_industry"])))
    return Company(ticker, row["name"], tuple(groups), row["not_rated"])


def _analysis(ticker: str, row: asyncpg.Record) -> StoredAnalysis:
    return StoredAnalysis(
        id=row["id"],
        revision=row["revision"],
        made_by=row["made_by"],
        ticker=ticker,
        as_of=row["as_of"],
        rating=row["rating"],
        score=float(row["score"]),
        summary=row["summary"],
        metrics=read_metrics(row["metrics"]),
        rationale=read_rationale(row["rationale"]),
    )
