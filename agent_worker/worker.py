"""The worker, top-down in the order things happen: take a delivery, claim its turn, run it, acknowledge; beside that,
keep the leases, look after what nobody came for, and drain at the end."""

import asyncio
import contextlib
import random
import time
from collections.abc import Callable, Coroutine

import structlog
from redis.exceptions import RedisError

from agent_worker.emit.turn_publisher import publish_ending
from agent_worker.intake.ports import Delivery, RequestSource
from agent_worker.patience import until_available
from agent_worker.turns.running_turns import RunningTurns
from agent_worker.turns.turn_executor import TurnExecutor, TurnServices
from shared.db.database import UNAVAILABLE
from shared.frames.turn_requests import TurnRequest
from shared.outages import SERVERS_AWAY

TAKE_AT_ONCE = 16
TAKE_WAIT = 1.0
DRAIN_SECONDS = 25.0
GIVE_BACK_SECONDS = 5.0

SWEEP_SECONDS = 1.0
UNCLAIMED_SECONDS = 2.0
UNPUBLISHED_SECONDS = 3.0
REWAKE_SECONDS = 3.0
SWEEP_LIMIT = 256
COUNT_SECONDS = 5.0

log = structlog.get_logger(__name__)


class Worker:
    """One worker process. `publish_model` says in Redis which model answers here."""

    def __init__(
        self,
        source: RequestSource,
        services: TurnServices,
        running: RunningTurns,
        *,
        concurrency: int,
        lease_seconds: float,
        publish_model: Callable[[], Coroutine[None, None, None]],
    ) -> None:
        self._source = source
        self._services = services
        self._running = running
        self._slots = asyncio.Semaphore(concurrency)
        self._lease = lease_seconds
        self._publish_model = publish_model
        self._serving: set[asyncio.Task[None]] = set()
        self._metrics = services.metrics
        self._metrics.slots.set(concurrency)
        self._metrics.slots_busy.set_function(lambda: len(running))
        self._counted_at = float("-inf")

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, then drain."""
        async with asyncio.TaskGroup() as group:
            leases = group.create_task(self._keep_leases())
            sweeps = group.create_task(self._sweep_forever())
            await self._take_until(stop)
            sweeps.cancel()
            self._metrics.draining.set(1)
            log.info("draining", turns=len(self._running))
            await self._drain()
            leases.cancel()
        await self._leave()

    async def _take_until(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            free = await self._reserve()
            try:
                deliveries = await until_available(lambda: self._source.take(free, wait=TAKE_WAIT))  # noqa: B023
            except BaseException:
                self._release(free)
                raise
            self._release(free - len(deliveries))
            for delivery in deliveries:
                self._spawn(delivery)

    async def _reserve(self) -> int:
        """Slots for what is taken next: at least one, waited for."""
        await self._slots.acquire()
        free = 1
        while free < TAKE_AT_ONCE and not self._slots.locked():
            await self._slots.acquire()
            free += 1
        return free

    def _release(self, slots: int) -> None:
        for _ in range(slots):
            self._slots.release()

    def _spawn(self, delivery: Delivery) -> None:
        """Serve a delivery whose slot is reserved."""
        task = asyncio.create_task(self._serve(delivery))
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)
        task.add_done_callback(lambda _: self._slots.release())

    async def _serve(self, delivery: Delivery) -> None:
        try:
            self._metrics.deliveries.labels("read" if delivery.request else "unreadable").inc()
            following = await self._run_turn(delivery.request) if delivery.request else None
            await self._source.acknowledge(delivery, following)
        except RedisError as error:
            log.warning("delivery not acknowledged; the sweeper sees to it", error=type(error).__name__)
        except Exception:
            log.exception("delivery failed; its turn begins again when the lease is over")

    async def _run_turn(self, request: TurnRequest) -> TurnRequest | None:
        with self._metrics.claim_seconds.time():
            claim = await until_available(lambda: self._services.store.claim(request.user, request.session))
        for ending in claim.unpublished:
            if ending.fence not in self._services.published:
                await publish_ending(self._services.sink, self._services.keys, ending)
                self._services.published.add(ending.fence)
        if claim.given_up is not None:
            ending = claim.given_up
            log.error("turn given up", session=str(ending.session), turn=str(ending.turn))
            self._metrics.dead_letters.inc()
            await self._source.dead_letter(
                ending.user, ending.session, ending.turn, "every attempt at this turn ended without a word"
            )
            await publish_ending(self._services.sink, self._services.keys, ending)
            self._services.published.add(ending.fence)
            return claim.next
        if claim.turn is None:
            return None
        turn = claim.turn
        with structlog.contextvars.bound_contextvars(session=str(turn.session), turn=str(turn.turn)):
            log.info("turn claimed", attempt=turn.attempt, fence=turn.fence)
            if turn.attempt == 1:
                self._metrics.queue_seconds.observe(claim.waited)
            else:
                self._metrics.attempts.labels("taken_over").inc()
            with self._running.entered(turn) as running:
                executor = TurnExecutor(self._services, running)
                with self._metrics.turn_seconds.time():
                    following = await executor.run()
            if executor.gave_up:
                self._metrics.dead_letters.inc()
                log.error("turn given up", attempt=running.claim.attempt)
                await self._source.dead_letter(
                    turn.user, turn.session, turn.turn, "the model broke off at every attempt"
                )
            log.info("turn over", attempt=running.claim.attempt)
            return following

    async def _keep_leases(self) -> None:
        """One statement for all turns, three times a lease, and at once when a cancel is heard of.

        When Postgres comes back from an outage, leases that have not run out are kept before a sweep finds them.
        """
        pause = self._lease / 3
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._running.attention.wait(), pause)
            self._running.attention.clear()
            try:
                await self._beat()
                pause = self._lease / 3
            except UNAVAILABLE as error:
                if pause != self._lease / 30:
                    log.warning("leases not kept; trying again", error=type(error).__name__)
                pause = self._lease / 30
            except Exception:
                log.exception("leases not kept")  # whatever it is, the answers being written go on

    async def _beat(self) -> None:
        asked = {running.claim.fence: running for running in self._running}
        if not asked:
            return
        held = await self._services.store.heartbeat(list(asked))
        for fence, running in asked.items():
            if running.claim.fence != fence:
                continue  # another attempt began meanwhile
            if fence not in held:
                self._metrics.leases_lost.inc()
                running.interrupt("fenced")
            elif held[fence]:
                running.interrupt("cancelled")

    async def _sweep_forever(self) -> None:
        while True:
            try:
                await self._sweep()
            except SERVERS_AWAY as error:
                log.warning("sweep put off", error=type(error).__name__)
            except Exception:
                log.exception("sweep failed")  # whatever it is, the answers being written go on
            await asyncio.sleep(min(SWEEP_SECONDS, self._lease / 4) * random.uniform(0.75, 1.25))

    async def _sweep(self) -> None:
        """Look after what nobody came for."""
        store, source = self._services.store, self._source
        await self._publish_model()
        await self._count_unfinished()
        await self._services.published.write_down()
        for ending in await store.unpublished(waited=UNPUBLISHED_SECONDS, limit=SWEEP_LIMIT):
            await publish_ending(self._services.sink, self._services.keys, ending)
            self._services.published.add(ending.fence)
        if await source.waiting() < SWEEP_LIMIT:
            overdue = await store.overdue(waited=UNCLAIMED_SECONDS, rewake=REWAKE_SECONDS, limit=SWEEP_LIMIT)
            if overdue:
                log.info("waking workers for turns nobody came for", turns=len(overdue))
                await source.wake(overdue)
        if not self._slots.locked():
            for delivery in await source.reclaim(SWEEP_LIMIT, idle=2 * self._lease):
                await self._slots.acquire()
                self._spawn(delivery)

    async def _count_unfinished(self) -> None:
        if time.monotonic() - self._counted_at < COUNT_SECONDS:
            return
        self._counted_at = time.monotonic()
        unfinished = await self._services.store.unfinished()
        for status, turns in (("queued", unfinished.queued), ("running", unfinished.running)):
            self._metrics.unfinished.labels(status).set(turns)
        self._metrics.oldest_unfinished.set(unfinished.oldest_seconds)
        self._metrics.untold.set(unfinished.untold)

    async def _drain(self) -> None:
        """Let turns finish for a while; give back those that do not."""
        if self._serving:
            await asyncio.wait(self._serving, timeout=DRAIN_SECONDS)
        for running in self._running:
            running.interrupt("draining")
        if self._serving:
            _, late = await asyncio.wait(self._serving, timeout=GIVE_BACK_SECONDS)
            for task in late:
                task.cancel()

    async def _leave(self) -> None:
        try:
            await self._services.published.write_down()
            await self._source.leave()
        except SERVERS_AWAY as error:
            log.warning("left without saying so", error=type(error).__name__)
