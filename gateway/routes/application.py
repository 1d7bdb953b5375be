"""What the gateway answers to: its parts as routes, and the ASGI application around them."""

from collections.abc import Sequence
from typing import NamedTuple

from litestar import Litestar, Router
from litestar.config.compression import CompressionConfig
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.types import ControllerRouterHandler

from gateway.routes.analysis_routes import analysis_routes
from gateway.routes.chat_routes import chat_route
from gateway.routes.comparison_routes import comparison_routes
from gateway.routes.dev_routes import dev_token_route
from gateway.routes.embed_routes import gateway_file
from gateway.routes.errors import ERROR_HANDLERS
from gateway.routes.history_routes import history_routes
from gateway.routes.watchlist_routes import watchlist_routes
from gateway.routes.web_routes import COMPRESSED_ALREADY, read_web_files, web_routes
from gateway.security.http_identity import signed_in
from gateway.session.admission import Admission
from gateway.session.services import Services
from gateway.settings import WEB_DIST, GatewaySettings
from gateway.store.analyses import Analyses
from gateway.store.comparisons import Comparisons
from gateway.store.past_conversations import PastConversations
from gateway.store.tickers import Tickers
from gateway.store.watchlist import Watchlist

VERSION = "0.1.0"


class Parts(NamedTuple):
    """What routes are made of."""

    admission: Admission
    services: Services
    analyses: Analyses
    comparisons: Comparisons
    watchlist: Watchlist
    tickers: Tickers
    past: PastConversations


def routes_of(
    settings: GatewaySettings, parts: Parts, others: Sequence[ControllerRouterHandler]
) -> list[ControllerRouterHandler]:
    """Those for whoever is signed in, and those open to all; `others` are the bridges and what operators ask."""
    services = parts.services
    api = [
        *analysis_routes(parts.analyses, parts.tickers),
        *comparison_routes(parts.comparisons, parts.tickers),
        *watchlist_routes(parts.watchlist, parts.tickers),
        *history_routes(services.conversations, parts.past, services.relay),
    ]
    return [
        Router("/api", route_handlers=api, guards=[signed_in(services.verifier)]),
        chat_route(parts.admission, services),
        *others,
        dev_token_route(parts.admission, settings),
        gateway_file(VERSION),
        *web_routes(read_web_files(WEB_DIST, settings.embedders)),
    ]


def build_app(routes: Sequence[ControllerRouterHandler], settings: GatewaySettings) -> Litestar:
    """The ASGI application: errors in our words, compression, and its own description while developing."""
    description = OpenAPIConfig(
        "Tickertalk", VERSION, path="/schema", render_plugins=[JsonRenderPlugin(path="/openapi.json")]
    )
    return Litestar(
        routes,
        exception_handlers=ERROR_HANDLERS,
        # The web app's files are compressed once, when they are read; twice, no browser can read them.
        compression_config=CompressionConfig(
            backend="gzip", gzip_compress_level=5, exclude_opt_key=COMPRESSED_ALREADY
        ),
        openapi_config=None if settings.production else description,
        request_max_body_size=64 * 1024,
        logging_config=None,
    )
