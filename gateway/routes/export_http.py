"""`python -m gateway.routes.export_http`: the OpenAPI document, from which the browser's HTTP types are made.

The same description that `/schema/openapi.json` serves while developing, without opening Redis or Postgres.
"""

import sys
from typing import Any

import msgspec
from litestar import Litestar, Router
from litestar.openapi import OpenAPIConfig

from gateway.routes.analysis_routes import analysis_routes
from gateway.routes.comparison_routes import comparison_routes
from gateway.routes.history_routes import history_routes
from gateway.routes.watchlist_routes import watchlist_routes


def http_schema() -> dict[str, Any]:
    """The document as JSON types."""
    unused: Any = None  # the routes are described, never called
    handlers = [
        *analysis_routes(unused, unused),
        *comparison_routes(unused, unused),
        *watchlist_routes(unused, unused),
        *history_routes(unused, unused, unused),
    ]
    app = Litestar(
        [Router("/api", route_handlers=handlers)],
        openapi_config=OpenAPIConfig("Tickertalk", "1"),
        logging_config=None,
    )
    return app.openapi_schema.to_schema()


if __name__ == "__main__":
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(http_schema())) + b"\n")
