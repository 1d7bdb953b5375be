"""Analyses for tests: small ones made by hand, and the real ones of the sample."""

import datetime as dt
from collections.abc import Sequence
from functools import cache

import asyncpg
import msgspec

from agent_worker.analysis.block import Company, render
from deploy.sample.analyses import Made, by_ticker, make_analyses
from deploy.sample.figures import Figures, read_figures
from shared.analysis import Analysis, Metric, Peers, RationaleItem, Without

DAY = dt.date(2026, 8, 22)


def analysis(
    ticker: str = "ACME", as_of: dt.date = DAY, *, score: float = 57.9, sentence: str = ""
) -> Analysis:
    """A hold with two reasons, one of them not counted."""
    peers = Peers(group="Makers", n=20, median=0.0348)
    return Analysis(
        ticker=ticker,
        as_of=as_of,
        rating="hold",
        score=score,
        summary=f"{ticker} is a hold.",
        metrics=[
            Metric("price", "Price", 91.1, "usd", as_of=as_of),
            Metric("dividend_yield", "Dividend yield", 0.0234, "fraction", as_of=as_of, peers=peers),
            Metric("price_earnings", "P/E", None, "ratio", note="a loss"),
        ],
        rationale=[
            RationaleItem(
                "dividend_yield",
                "Dividend yield",
                -4.0,
                -4,
                10,
                sentence or "The dividend yield takes away 4.0 points: 2.34 %.",
                value=0.0234,
                unit="fraction",
                as_of=as_of,
                peers=peers,
                without=Without(61.9, "hold"),
            ),
            RationaleItem(
                "price_earnings", "P/E", 0, -12, 12, "The P/E is missing for a loss.", counted=False
            ),
        ],
    )


def weekly(ticker: str, count: int) -> list[Analysis]:
    """`count` analyses, a week apart, newest first; their scores differ."""
    return [analysis(ticker, DAY - dt.timedelta(weeks=n), score=57.9 - n) for n in range(count)]


async def store(pool: asyncpg.Pool, analyses: Sequence[Analysis]) -> None:
    """Insert or replace rows of `analysis_history`."""
    rows = [
        (a.ticker, a.as_of, a.rating, a.score, a.summary, as_json(a.metrics), as_json(a.rationale))
        for a in analyses
    ]
    await pool.executemany(
        """
        insert into analysis_history (ticker, as_of, rating, score, summary, metrics, rationale)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (ticker, as_of) do update set score = excluded.score, rationale = excluded.rationale
        """,
        rows,
    )


async def store_company(pool: asyncpg.Pool, ticker: str, name: str, not_rated: str | None = None) -> None:
    await pool.execute(
        "insert into companies (ticker, name, sector, industry_group, not_rated) values ($1, $2, 'Things', 'Makers', $3)",
        ticker,
        name,
        not_rated,
    )


def as_json(value: object) -> str:
    return msgspec.json.encode(value).decode()


@cache
def _sample() -> tuple[Figures, Made]:
    figures = read_figures()
    return figures, make_analyses(figures)


def real_analyses(ticker: str) -> list[Analysis]:
    """The sample's analyses of a company, newest first."""
    return by_ticker(_sample()[1].analyses).get(ticker, [])[::-1]


def real_block(ticker: str) -> str:
    """The block that the prompt holds for a company of the sample."""
    figures, made = _sample()
    company = figures.companies[ticker]
    groups = (company.sector, company.industry_group, company.sub_industry)
    analyses = real_analyses(ticker)[:11]
    return render(Company(ticker, company.name, groups, made.not_rated.get(ticker)), analyses)
