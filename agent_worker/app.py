"""Composition root of the worker: the one place that opens Redis, Postgres and the model, and closes them in
reverse."""

import asyncio
import os
import signal
import socket
from contextlib import AsyncExitStack
from uuid import UUID

import structlog

from agent_worker.analysis.company_source import CompanySource
from agent_worker.emit.redis_sink import RedisSink
from agent_worker.intake.cancellations import follow_cancellations
from agent_worker.intake.imports import follow_imports
from agent_worker.intake.redis_source import RedisSource
from agent_worker.metrics import WorkerMetrics
from agent_worker.model.chat_model import open_chat_model
from agent_worker.settings import WorkerSettings
from agent_worker.turns.cancel_watch import CancelWatch
from agent_worker.turns.published_endings import PublishedEndings
from agent_worker.turns.running_turns import RunningTurns
from agent_worker.turns.turn_executor import TurnServices
from agent_worker.turns.turn_store import TurnStore
from agent_worker.worker import Worker
from agent_worker.workflows.chat_graph import build_chat_graph
from shared.db.database import open_database
from shared.db.fitness import Fitness, check_fitness
from shared.operations.internal_port import Ready
from shared.operations.readiness import Readiness
from shared.operations.watched import watched
from shared.redis_client import open_redis
from shared.redis_keys import MODEL_TTL, RedisKeys
from shared.scripts.session_scripts import SessionScripts

log = structlog.get_logger(__name__)


async def run(settings: WorkerSettings) -> None:
    """Serve turns until SIGTERM or SIGINT. Raises `SettingsError`, `OSError`, `asyncpg.PostgresError`
    or `redis.RedisError` when Postgres or Redis cannot be used at the start."""
    model_settings, stop = settings.model_settings, _stop_by_signal()
    name = f"worker-{socket.gethostname()}-{os.getpid()}"
    async with AsyncExitStack() as opened:
        database = await opened.enter_async_context(open_database(settings.database_url, name=name))
        await check_fitness(database, "worker")
        redis = await opened.enter_async_context(open_redis(settings.redis_url, name=name))
        await redis.ping()
        chat_model = await opened.enter_async_context(open_chat_model(model_settings))
        keys, metrics = RedisKeys(), WorkerMetrics()
        sink = RedisSink(redis, SessionScripts(redis, event_log_max=settings.event_log_max), metrics)
        store = TurnStore(database, lease_seconds=settings.turn_lease_seconds)
        companies = CompanySource(database)
        opened.push_async_callback(companies.close)
        running, published = RunningTurns(), PublishedEndings(store)
        waiting = CancelWatch(store, sink, keys, published)

        def cancelled(user: str, session: UUID, turn: UUID) -> None:
            running.look_at(turn)
            waiting.look_at(user, session)

        async def publish_model() -> None:
            await redis.set(keys.model, chat_model.name, ex=MODEL_TTL)

        await publish_model()
        graph = build_chat_graph(database, chat_model, companies)
        services = TurnServices(graph, store, sink, keys, published, lambda: chat_model.name, metrics)
        source = RedisSource(redis, keys, name=name)
        worker = Worker(
            *(source, services, running),
            concurrency=settings.worker_concurrency,
            lease_seconds=settings.turn_lease_seconds,
            publish_model=publish_model,
        )
        ready = _readiness(Readiness(redis, Fitness(database, "worker")), stop)
        await opened.enter_async_context(watched(settings, metrics, ready))
        async with asyncio.TaskGroup() as group:
            beside = [
                group.create_task(sink.run()),
                group.create_task(follow_cancellations(redis, keys, cancelled)),
                group.create_task(follow_imports(redis, keys, graph.forget)),
                group.create_task(waiting.run()),
            ]
            log.info("worker ready", name=name, model=chat_model.name, turns=settings.worker_concurrency)
            await worker.run(stop)
            for task in beside:
                task.cancel()
    log.info("worker stopped")


def _readiness(behind: Readiness, stop: asyncio.Event) -> Ready:
    async def ready() -> dict[str, bool]:
        return {**await behind.ask(), "accepting": not stop.is_set()}

    return ready


def _stop_by_signal() -> asyncio.Event:
    """Set by SIGTERM or SIGINT."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop
