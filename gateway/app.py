"""Composition root: the one place that opens Redis and Postgres, joins the parts, and closes them in reverse."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import NamedTuple

import structlog
from litestar.types import ASGIApp, ControllerRouterHandler
from redis.asyncio import Redis

from gateway.bridges.routes import bridge_routes
from gateway.managers.websocket_manager import ConnectionManager
from gateway.relay.event_pump import EventPump
from gateway.relay.import_channel import ImportChannel
from gateway.relay.redis_relay import RedisRelay
from gateway.routes.application import VERSION, Parts, build_app, routes_of
from gateway.routes.head_requests import answering_head
from gateway.routes.health_routes import health_routes, metrics_route, readiness
from gateway.security.cross_origin import sharing_with
from gateway.security.headers import security_headers
from gateway.security.identity import TokenVerifier
from gateway.security.keys import open_keys
from gateway.security.limits import Cap, MessageRate
from gateway.server.uvicorn_server import GatewayServer, listen, server_config
from gateway.session.admission import Admission
from gateway.session.commands import Commands
from gateway.session.import_watch import ImportWatch
from gateway.session.loss_watch import watch_for_loss
from gateway.session.metrics import Metrics
from gateway.session.services import Services
from gateway.settings import GatewaySettings
from gateway.store.analyses import Analyses
from gateway.store.comparisons import Comparisons
from gateway.store.conversations import Conversations
from gateway.store.past_conversations import PastConversations
from gateway.store.tickers import Tickers
from gateway.store.watchlist import Watchlist
from shared.db.database import Database, open_database
from shared.db.fitness import Fitness, check_fitness
from shared.logs import log_unhandled
from shared.operations.readiness import Readiness
from shared.operations.watched import watched
from shared.redis_client import open_redis
from shared.redis_keys import RedisKeys

COMMAND_TIMEOUT = 1.0
CATCHING_UP_AT_ONCE = 16
CLOSE_TIMEOUT = 1.0

log = structlog.get_logger(__name__)


class Gateway(NamedTuple):
    """An open gateway: the ASGI application, and the door to empty before it closes."""

    app: ASGIApp
    admission: Admission


@asynccontextmanager
async def open_gateway(settings: GatewaySettings) -> AsyncIterator[Gateway]:
    """Open everything. Raises `SettingsError`, `redis.RedisError`, `OSError` or `asyncpg.PostgresError` when a
    key, Redis or Postgres cannot be used at the start."""
    name = f"gateway-{socket.gethostname()}-{os.getpid()}"
    keys = RedisKeys()
    async with AsyncExitStack() as opened:
        tokens = await opened.enter_async_context(open_keys(settings))
        verifier = TokenVerifier(tokens, audience=settings.jwt_audience, issuer=settings.jwt_issuer)
        database = await opened.enter_async_context(open_database(settings.database_url, name=name))
        await check_fitness(database, "gateway")
        redis = await opened.enter_async_context(
            open_redis(settings.redis_url, name=name, timeout=COMMAND_TIMEOUT)
        )
        resending = await opened.enter_async_context(
            open_redis(settings.redis_url, name=name, timeout=COMMAND_TIMEOUT, retries=1)
        )
        await redis.ping()

        metrics = Metrics()
        manager = ConnectionManager(
            channel_of=lambda session: keys.of_session(*session).live.encode(),
            follow=lambda channel: pump.follow(channel),
            unfollow=lambda channel: pump.unfollow(channel),
        )
        relay = RedisRelay(redis, resending, keys, name=name, event_log_max=settings.event_log_max)
        opened.push_async_callback(_stop, asyncio.create_task(watch_for_loss(manager, relay)))
        parts = _parts(
            settings,
            verifier,
            manager,
            relay,
            database,
            metrics,
            MessageRate(redis, per_minute=settings.message_rate),
        )
        watch = ImportWatch(manager, (parts.analyses.forget, parts.tickers.forget), metrics)
        opened.push_async_callback(_stop, asyncio.create_task(watch.run()))
        pump = _pump(redis, keys, keys.heartbeat + name, manager, watch)
        opened.push_async_callback(_stop, asyncio.create_task(pump.run()))
        behind = Readiness(redis, Fitness(database, "gateway"))
        ready = readiness(behind, tokens, pump, parts.admission, metrics)
        await opened.enter_async_context(watched(settings, metrics, ready))
        others: list[ControllerRouterHandler] = [
            *health_routes(ready),
            *bridge_routes(parts.admission, parts.services, parts.analyses, VERSION),
        ]
        if not settings.production:
            others.append(metrics_route(metrics))
        app = answering_head(build_app(routes_of(settings, parts, others), settings))
        yield Gateway(sharing_with(app, settings.origins), parts.admission)


def _pump(
    redis: Redis, keys: RedisKeys, heartbeat: str, manager: ConnectionManager, watch: ImportWatch
) -> EventPump:
    imports = keys.analyses.encode()
    heard = ImportChannel(
        imports,
        landed=watch.landed,
        missed=watch.missed,
        deliver=manager.deliver,
        resubscribed=manager.resync,
    )
    return EventPump(
        redis, heartbeat=heartbeat, deliver=heard.deliver, resubscribed=heard.resubscribed, always=[imports]
    )


def _parts(
    settings: GatewaySettings,
    verifier: TokenVerifier,
    manager: ConnectionManager,
    relay: RedisRelay,
    database: Database,
    metrics: Metrics,
    rate: MessageRate,
) -> Parts:
    conversations = Conversations(
        database, backlog_max=settings.backlog_max, daily_token_budget=settings.daily_token_budget
    )
    tickers = Tickers(database)
    services = Services(
        verifier=verifier,
        manager=manager,
        relay=relay,
        conversations=conversations,
        commands=Commands(relay, conversations, tickers, rate, metrics),
        message_rate=settings.message_rate,
        user_cap=Cap(settings.max_sockets_per_user),
        catching_up=asyncio.Semaphore(CATCHING_UP_AT_ONCE),
        metrics=metrics,
    )
    admission = Admission(
        origins=settings.origins,
        most=settings.max_sockets,
        most_per_address=settings.max_sockets_per_address,
        metrics=metrics,
    )
    past = PastConversations(database, daily_token_budget=settings.daily_token_budget)
    return Parts(
        admission, services, Analyses(database), Comparisons(database), Watchlist(database), tickers, past
    )


async def serve(settings: GatewaySettings) -> None:
    """Serve until SIGTERM or SIGINT."""
    asyncio.get_running_loop().set_exception_handler(log_unhandled)
    listening = listen(settings.gateway_host, settings.gateway_port)
    async with open_gateway(settings) as gateway:
        host, port = listening.getsockname()[:2]
        server = GatewayServer(
            server_config(
                gateway.app, security_headers(embedders=settings.embedders, production=settings.production)
            ),
            ready=lambda: log.info("gateway ready", address=f"http://{host}:{port}"),
            drain=gateway.admission.empty,
        )
        await server.serve(sockets=[listening])


async def _stop(task: asyncio.Task[None]) -> None:
    while not task.done():
        task.cancel()  # again, because redis-py may take a cancellation while it connects for an error of its own
        await asyncio.wait([task], timeout=CLOSE_TIMEOUT)
