"""Analyses, companies and prices over HTTP (contract §5)."""

import datetime as dt
from typing import Annotated, Literal

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import ResponseSpec
from litestar.params import Parameter

from gateway.routes.errors import DESCRIBED
from gateway.routes.tagged import AnyRequest, tagged
from gateway.store.analyses import Analyses, AnalysisDetail, AnalysisRow, AnalysisStep, PricePoint
from gateway.store.tickers import Tickers
from shared.analysis import Rating

Sort = Literal[
    "ticker", "name", "score", "-score", "change", "-change", "price", "-price", "market_cap", "-market_cap",
    "dividend_yield", "-dividend_yield", "price_earnings", "-price_earnings",
]  # fmt: skip
Query = Annotated[str | None, Parameter(max_length=100, description="Part of a ticker or a name.")]
AnalysisId = Annotated[int | None, Parameter(ge=1, le=2**63 - 1)]


def analysis_routes(analyses: Analyses, tickers: Tickers) -> list[HTTPRouteHandler]:
    """The routes, on these reads."""

    @get("/analyses", tags=["analyses"], responses={**DESCRIBED, 200: ResponseSpec(list[AnalysisRow])})
    async def list_analyses(
        request: AnyRequest,
        q: Query = None,
        sector: Annotated[str | None, Parameter(max_length=100)] = None,
        rating: Rating | None = None,
        sort: Sort = "ticker",
    ) -> Response[bytes]:
        """Every company with its newest rating and key figures, also those that are not rated."""
        rows = arrange(await analyses.overview(), q=q, sector=sector, rating=rating, sort=sort)
        return tagged(request, rows)

    @get("/analyses/{ticker:str}", tags=["analyses"], responses=DESCRIBED)
    async def get_analysis(
        ticker: str, id: AnalysisId = None, as_of: dt.date | None = None
    ) -> AnalysisDetail:
        """A company's newest analysis, or an older one by `id` or `as_of`."""
        await known(ticker)
        found = await analyses.detail(ticker, analysis_id=id, as_of=as_of)
        if found is None:
            raise NotFoundException("There is no such analysis.")
        return found

    @get("/analyses/{ticker:str}/history", tags=["analyses"], responses=DESCRIBED)
    async def get_history(ticker: str) -> list[AnalysisStep]:
        """All analyses of a company, newest first; two of them by `id` make a comparison."""
        await known(ticker)
        return await analyses.history(ticker)

    @get("/prices/{ticker:str}", tags=["analyses"], responses=DESCRIBED)
    async def get_prices(ticker: str) -> list[PricePoint]:
        """All prices of a company, oldest first."""
        await known(ticker)
        return await analyses.prices(ticker)

    async def known(ticker: str) -> None:
        if not await tickers.knows(ticker):
            raise NotFoundException("There is no such company.")

    return [list_analyses, get_analysis, get_history, get_prices]


def arrange(
    rows: list[AnalysisRow], *, q: str | None, sector: str | None, rating: Rating | None, sort: Sort
) -> list[AnalysisRow]:
    """Filter and sort; rows without the figure sorted by come last."""
    wanted = (q or "").strip().casefold()
    kept = [
        row
        for row in rows
        if (not wanted or wanted in row.ticker.casefold() or wanted in row.name.casefold())
        and (sector is None or row.sector == sector)
        and (rating is None or row.rating == rating)
    ]
    if sort == "ticker":
        return kept
    if sort == "name":
        return sorted(kept, key=lambda row: row.name.casefold())
    name, falling = sort.lstrip("-"), sort.startswith("-")
    figures = {row.ticker: _figure(row, name) for row in kept}
    having = [row for row in kept if figures[row.ticker] is not None]
    having.sort(key=lambda row: figures[row.ticker] or 0.0, reverse=falling)
    return having + [row for row in kept if figures[row.ticker] is None]


def _figure(row: AnalysisRow, name: str) -> float | None:
    if name == "change":
        return None if row.previous is None or row.score is None else row.score - row.previous.score
    value: float | None = getattr(row, name)
    return value
