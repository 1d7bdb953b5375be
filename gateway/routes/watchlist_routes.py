"""The companies a user follows, over HTTP (contract §5)."""

from typing import Annotated

import msgspec
from litestar import get, post, put
from litestar.handlers import HTTPRouteHandler

from gateway.routes.errors import DESCRIBED, NamedError
from gateway.routes.history_routes import PRIVATE, UserRequest
from gateway.routes.known_tickers import check_known, check_once
from gateway.store.tickers import Tickers
from gateway.store.watchlist import Watched, Watchlist

MOST_FOLLOWED = 500

AnalysisId = Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)]


class FollowedTickers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole list, as it shall be."""

    tickers: list[str]


class SeenAnalyses(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The analysis that was seen of each of these companies, by ticker."""

    seen: dict[str, AnalysisId]


def watchlist_routes(watchlist: Watchlist, tickers: Tickers) -> list[HTTPRouteHandler]:
    """The routes, on these reads and writes."""

    @get("/watchlist", tags=["watchlist"], responses=DESCRIBED, cache_control=PRIVATE)
    async def get_watchlist(request: UserRequest) -> list[Watched]:
        """What the user follows, by ticker, and what changed since it was last seen."""
        return await watchlist.read(request.user.user)

    @put("/watchlist", tags=["watchlist"], responses=DESCRIBED, cache_control=PRIVATE)
    async def put_watchlist(request: UserRequest, data: FollowedTickers) -> list[Watched]:
        """Follow these companies and no others; what was seen of those that stay stays."""
        if len(data.tickers) > MOST_FOLLOWED:
            raise NamedError(
                400, "too_many_tickers", f"One can follow {MOST_FOLLOWED} companies, not {len(data.tickers)}."
            )
        check_once(data.tickers)
        await check_known(tickers, data.tickers)
        await watchlist.replace(request.user.user, data.tickers)
        return await watchlist.read(request.user.user)

    @post("/watchlist/seen", tags=["watchlist"], responses=DESCRIBED, cache_control=PRIVATE, status_code=200)
    async def mark_seen(request: UserRequest, data: SeenAnalyses) -> list[Watched]:
        """Remember which analyses were seen. One that is not of a company that is followed is refused, after the others
        were marked."""
        if len(data.seen) > MOST_FOLLOWED:
            raise NamedError(400, "too_many_tickers", f"Mark {MOST_FOLLOWED} companies at most.")
        await check_known(tickers, data.seen)
        marked = await watchlist.mark_seen(request.user.user, data.seen)
        if unmarked := sorted(data.seen.keys() - marked):
            raise NamedError(
                404, "unknown_analysis", f"Not followed, or not its analysis: {', '.join(unmarked)}."
            )
        return await watchlist.read(request.user.user)

    return [get_watchlist, put_watchlist, mark_seen]
