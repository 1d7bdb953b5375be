"""Is it alive, is it ready, how is it doing."""

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.status_codes import HTTP_503_SERVICE_UNAVAILABLE
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from redis.asyncio import Redis
from redis.exceptions import RedisError

from gateway.relay.event_pump import EventPump
from gateway.security.identity import Keys
from gateway.session.admission import Admission
from gateway.session.metrics import Metrics
from shared.db.database import UNAVAILABLE
from shared.db.fitness import Fitness


def health_routes(
    redis: Redis, fitness: Fitness, tokens: Keys, pump: EventPump, admission: Admission
) -> list[HTTPRouteHandler]:
    """`/healthz` and `/readyz`."""

    @get("/healthz", tags=["health"])
    async def healthz() -> dict[str, str]:
        """The process lives."""
        return {"status": "ok"}

    @get("/readyz", tags=["health"])
    async def readyz() -> Response[dict[str, bool]]:
        """Redis and Postgres answer, the tables and our rights there are those of this version, there are keys to
        check tokens with, the subscriber hears, and this gateway is not stopping."""
        fit = await _fit()
        parts = {
            "redis": await _redis_answers(),
            "postgres": fit is not None,
            "schema": bool(fit),
            "keys": tokens.known,
            "subscriber": pump.alive,
            "accepting": not admission.stopping,
        }
        return Response(parts, status_code=200 if all(parts.values()) else HTTP_503_SERVICE_UNAVAILABLE)

    async def _redis_answers() -> bool:
        try:
            await redis.ping()
        except RedisError:
            return False
        return True

    async def _fit() -> bool | None:
        try:
            return await fitness.ask()
        except UNAVAILABLE:
            return None

    return [healthz, readyz]


def metrics_route(metrics: Metrics, pump: EventPump) -> HTTPRouteHandler:
    """`/metrics`, for Prometheus."""

    @get("/metrics", media_type="text/plain", tags=["health"], include_in_schema=False)
    async def figures() -> Response[bytes]:
        metrics.channels.set(pump.followed)
        return Response(
            generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST.partition("; charset")[0]
        )

    return figures
