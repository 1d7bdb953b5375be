"""Is it alive, is it ready, how is it doing."""

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.status_codes import HTTP_503_SERVICE_UNAVAILABLE
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from gateway.relay.event_pump import EventPump
from gateway.security.identity import Keys
from gateway.session.admission import Admission
from gateway.session.metrics import Metrics
from shared.operations.internal_port import Ready
from shared.operations.readiness import Readiness


def health_routes(ready: Ready) -> list[HTTPRouteHandler]:
    """`/healthz` and `/readyz`."""

    @get("/healthz", tags=["health"])
    async def healthz() -> dict[str, str]:
        """The process lives."""
        return {"status": "ok"}

    @get("/readyz", tags=["health"])
    async def readyz() -> Response[dict[str, bool]]:
        """Redis and Postgres answer, the tables and our rights there are those of this version, there are keys to
        check tokens with, the subscriber hears, and this gateway is not stopping."""
        parts = dict(await ready())
        return Response(parts, status_code=200 if all(parts.values()) else HTTP_503_SERVICE_UNAVAILABLE)

    return [healthz, readyz]


def readiness(
    behind: Readiness, tokens: Keys, pump: EventPump, admission: Admission, metrics: Metrics
) -> Ready:
    """What makes this gateway ready, beside the servers behind it; its figures follow the same things."""
    metrics.channels.set_function(lambda: pump.followed)
    metrics.subscriber_up.set_function(lambda: pump.alive)
    metrics.draining.set_function(lambda: admission.stopping)

    async def ready() -> dict[str, bool]:
        own = {"keys": tokens.known, "subscriber": pump.alive, "accepting": not admission.stopping}
        return {**await behind.ask(), **own}

    return ready


def metrics_route(metrics: Metrics) -> HTTPRouteHandler:
    """`/metrics`, for Prometheus."""

    @get("/metrics", media_type="text/plain", tags=["health"], include_in_schema=False)
    async def figures() -> Response[bytes]:
        return Response(
            generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST.partition("; charset")[0]
        )

    return figures
