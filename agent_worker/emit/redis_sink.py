"""Steps of all turns, sent to Redis together: whatever gathered while the last pipeline was under way.

There is no timer. An idle worker sends a step at once; a busy one sends many in one round trip.
"""

import asyncio
from uuid import UUID

import structlog
from redis.asyncio import Redis
from redis.exceptions import (
    BusyLoadingError,
    ConnectionError,
    NoScriptError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
    TimeoutError,
)

from agent_worker.metrics import WorkerMetrics
from agent_worker.patience import until_available
from shared.redis_keys import SessionKeys
from shared.scripts.session_scripts import Adopted, Emission, SessionScripts, StepResult

PASSING = (ConnectionError, TimeoutError, BusyLoadingError, OutOfMemoryError, ReadOnlyError, NoScriptError)
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 1.0

log = structlog.get_logger(__name__)

Waiting = tuple[Emission, "asyncio.Future[StepResult]"]


class RedisSink:
    """An `EventSink` over one Redis. `run` must be running for steps to leave."""

    def __init__(self, redis: Redis, scripts: SessionScripts, metrics: WorkerMetrics) -> None:
        self._redis = redis
        self._metrics = metrics
        self._scripts = scripts
        self._waiting: list[Waiting] = []
        self._something = asyncio.Event()

    def emit(self, emission: Emission) -> asyncio.Future[StepResult]:
        """Send one step with the next pipeline."""
        verdict: asyncio.Future[StepResult] = asyncio.get_running_loop().create_future()
        self._waiting.append((emission, verdict))
        self._something.set()
        return verdict

    async def adopt(self, keys: SessionKeys, *, fence: int, turn: UUID) -> Adopted | StepResult:
        """Take over an answer as far as it was shown."""
        return await until_available(lambda: self._scripts.adopt(keys, fence=fence, turn=turn))

    async def announce(self, keys: SessionKeys, frame: bytes, *, once: str) -> None:
        """Number, log and publish a frame that is nobody's step, under a name at most once."""
        await until_available(lambda: self._scripts.announce(keys, frame, once=once))

    async def run(self) -> None:
        """Send steps until cancelled."""
        pause = FIRST_PAUSE
        while True:
            await self._something.wait()
            self._something.clear()
            batch, self._waiting = self._waiting, []
            again = await self._send(batch)
            if not again:
                pause = FIRST_PAUSE
                continue
            self._waiting = again + self._waiting
            self._something.set()
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _send(self, batch: list[Waiting]) -> list[Waiting]:
        """Send a batch and settle what got a verdict; returns what must be sent again, in order."""
        self._metrics.step_batch.observe(len(batch))
        try:
            async with self._redis.pipeline(transaction=False) as pipeline:
                for emission, _ in batch:
                    self._scripts.queue_emit(pipeline, emission)
                results = await pipeline.execute(raise_on_error=False)
            if any(isinstance(result, NoScriptError) for result in results):
                await self._scripts.load()
        except RedisError as error:
            log.warning(
                "redis does not take events; trying again", steps=len(batch), error=type(error).__name__
            )
            return [(emission, verdict) for emission, verdict in batch if not verdict.done()]
        again = []
        for (emission, verdict), result in zip(batch, results, strict=True):
            if verdict.done():
                continue
            if isinstance(result, PASSING):
                again.append((emission, verdict))
            elif isinstance(result, Exception):
                verdict.set_exception(result)
            else:
                said = result.decode()
                self._metrics.steps.labels(emission.step, said).inc()
                verdict.set_result(said)
        return again
