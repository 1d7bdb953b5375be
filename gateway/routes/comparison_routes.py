"""What changed, and companies side by side, over HTTP (contract §5)."""

import datetime as dt
from typing import Annotated

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import ResponseSpec
from litestar.params import Parameter

from gateway.routes.errors import DESCRIBED, NamedError
from gateway.routes.known_tickers import check_known, check_once
from gateway.routes.tagged import AnyRequest, tagged
from gateway.store.comparisons import ChangesOnMarket, CompanyChanges, Comparison, Comparisons
from gateway.store.tickers import Tickers
from shared.spans import SpanError

LEAST, MOST = 2, 8
"""Companies side by side."""

Since = Annotated[
    dt.date | None,
    Parameter(query="from", description="The analysis on or before it; without, the one before the last."),
]
Until = Annotated[
    dt.date | None, Parameter(query="to", description="The analysis on or before it; without, the newest.")
]
Named = Annotated[
    str,
    Parameter(
        query="tickers",
        max_length=2000,
        description=f"{LEAST} to {MOST} tickers with commas between, such as KO,PEP.",
    ),
]


def comparison_routes(comparisons: Comparisons, tickers: Tickers) -> list[HTTPRouteHandler]:
    """The routes, on these reads."""

    @get(
        "/analyses/{ticker:str}/changes",
        tags=["analyses"],
        responses={**DESCRIBED, 200: ResponseSpec(CompanyChanges)},
    )
    async def get_changes(
        request: AnyRequest, ticker: str, from_: Since = None, to: Until = None
    ) -> Response[bytes]:
        """What changed between two analyses of a company."""
        await check_known(tickers, [ticker])
        try:
            found = await comparisons.of_company(ticker, from_, to)
        except SpanError as error:
            raise _named(error, f"{ticker}: ") from None
        if found is None:
            raise await _not_rated(comparisons, ticker)
        return tagged(request, found)

    @get("/changes", tags=["analyses"], responses={**DESCRIBED, 200: ResponseSpec(ChangesOnMarket)})
    async def get_market_changes(
        request: AnyRequest, from_: Since = None, to: Until = None
    ) -> Response[bytes]:
        """What changed on the whole market: every rating that is another one, and the largest steps."""
        try:
            return tagged(request, await comparisons.of_market(from_, to))
        except SpanError as error:
            raise _named(error) from None

    @get("/compare", tags=["analyses"], responses={**DESCRIBED, 200: ResponseSpec(Comparison)})
    async def get_comparison(request: AnyRequest, tickers_: Named = "") -> Response[bytes]:
        """Companies side by side, by their newest analyses."""
        wanted = _several(tickers_)
        await check_known(tickers, wanted)
        rated = await comparisons.rated(wanted)
        for ticker in wanted:
            if ticker not in rated:
                raise await _not_rated(comparisons, ticker)
        return tagged(request, await comparisons.of_several(wanted))

    return [get_changes, get_market_changes, get_comparison]


async def _not_rated(comparisons: Comparisons, ticker: str) -> NamedError:
    why = await comparisons.not_rated(ticker)
    words = f": {why.rstrip('.')}" if why else ""
    return NamedError(404, "not_rated", f"There is no analysis of {ticker}{words}.")


def _several(named: str) -> list[str]:
    wanted = [ticker.strip() for ticker in named.split(",") if ticker.strip()]
    if len(wanted) < LEAST:
        raise NamedError(400, "too_few_tickers", f"Name {LEAST} to {MOST} companies.")
    if len(wanted) > MOST:
        raise NamedError(400, "too_many_tickers", f"Name {LEAST} to {MOST} companies, not {len(wanted)}.")
    check_once(wanted)
    return wanted


def _named(error: SpanError, about: str = "") -> NamedError:
    status = 404 if error.code in ("no_analysis", "one_analysis") else 400
    allowed = f" ({error.allowed})" if error.allowed else ""
    return NamedError(status, error.code, f"{about}{error}{allowed}.")
