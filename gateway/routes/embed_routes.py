"""`/embed/v1/gateway.json`: by this a page of any origin tells a gateway from a wrong address.

The files beside it are those of the build (`web_routes.py`).
"""

from litestar import Response, get
from litestar.datastructures import CacheControlHeader
from litestar.handlers import HTTPRouteHandler


def gateway_file(version: str) -> HTTPRouteHandler:
    """The route. What it says is no secret: the page that may not open a socket learns why from its being there."""

    @get(
        "/embed/v1/gateway.json",
        include_in_schema=False,
        cache_control=CacheControlHeader(no_store=True),
    )
    async def gateway_json() -> Response[dict[str, str]]:
        return Response({"service": "tickertalk", "version": version})

    return gateway_json
