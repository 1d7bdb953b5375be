"""What keeps a turn from being lost, and the queue clean."""

from typing import Any

from tests.faults.mutants import GATEWAY, WORKER, edit, mutant, swap

STORE = "agent_worker.turns.turn_statements"


@mutant("sweeper", WORKER, without="looking after turns nobody came for")
def _() -> None:
    def lazy(original: Any) -> Any:
        async def sweep(self: Any) -> None:
            await self._publish_model()
            await self._services.published.write_down()

        return sweep

    swap("agent_worker.worker:Worker", "_sweep", lazy)


@mutant("settle", WORKER, without="acknowledging and deleting a delivery")
def _() -> None:
    def forgetful(original: Any) -> Any:
        async def acknowledge(self: Any, delivery: Any, next_request: Any = None) -> None:
            if next_request is not None:
                await self.wake([next_request])

        return acknowledge

    swap("agent_worker.intake.redis_source:RedisSource", "acknowledge", forgetful)


@mutant(
    "ack-last",
    WORKER,
    without="acknowledging last: a delivery is gone before its turn is claimed",
    equivalent=True,
)
def _() -> None:
    def hasty(original: Any) -> Any:
        async def run_turn(self: Any, request: Any) -> Any:
            entries = await self._source._redis.xrange(self._source._keys.requests)
            for entry, fields in entries:
                if fields.get(b"turn") == str(request.turn).encode():
                    await self._source._redis.xack(self._source._keys.requests, "agents", entry)
                    await self._source._redis.xdel(self._source._keys.requests, entry)
            return await original(self, request)

        return run_turn

    swap("agent_worker.worker:Worker", "_run_turn", hasty)


@mutant("next-delivery", WORKER, without="waking a worker for the session's next turn when one ends")
def _() -> None:
    def silent(original: Any) -> Any:
        async def acknowledge(self: Any, delivery: Any, next_request: Any = None) -> None:
            await original(self, delivery, None)

        return acknowledge

    swap("agent_worker.intake.redis_source:RedisSource", "acknowledge", silent)


@mutant("commit-first", WORKER, without="committing before announcing: the ending is published, then stored")
def _() -> None:
    def boastful(original: Any) -> Any:
        async def store(self: Any, outcome: Any) -> Any:
            from agent_worker.emit.turn_publisher import publish_ending
            from agent_worker.turns.turn_store import Answer
            from shared.db.endings import Ending
            from shared.frames.turn_events import AiComplete

            claim = self._running.claim
            if isinstance(outcome, Answer):
                event = AiComplete(
                    outcome.text,
                    claim.turn,
                    0,
                    outcome.finish_reason,
                    outcome.usage,
                    outcome.context,
                    outcome.model,
                )
                ending = Ending(claim.user, claim.session, claim.turn, claim.fence, event)
                await publish_ending(self._services.sink, self._services.keys, ending)
            return await original(self, outcome)

        return store

    swap("agent_worker.turns.turn_executor:TurnExecutor", "_store", boastful)


@mutant("retell", WORKER, without="publishing the endings that a dead worker stored and did not publish")
def _() -> None:
    for statement in ("SESSION_UNPUBLISHED", "ALL_UNPUBLISHED"):
        edit(STORE, statement, "not t.announced", "not t.announced and false")


@mutant("read-back", WORKER, without="reading the turn back after an unknown commit: the count is trusted")
def _() -> None:
    def trusting(original: Any) -> Any:
        async def end(self: Any, turn: Any, statement: str, *values: object) -> Any:
            status = await self._database.pool.fetchval(
                "select status from chat_turns where fence = $1", turn.fence
            )
            return await original(self, turn, statement, *values) if status == "running" else None

        return end

    swap("agent_worker.turns.turn_store:TurnStore", "_end", trusting)


@mutant("patience", WORKER, without="waiting out an outage: a call is made once")
def _() -> None:
    def impatient(original: Any) -> Any:
        async def once(call: Any) -> Any:
            return await call()

        return once

    swap("agent_worker.patience", "until_available", impatient)


@mutant("attempts", WORKER, without="the limit of three attempts")
def _() -> None:
    swap("agent_worker.turns.claimed_turn:ClaimedTurn", "exhausted", lambda _: property(lambda self: False))


@mutant("give-back", WORKER, without="giving turns back when a worker stops: it just ends")
def _() -> None:
    def abrupt(original: Any) -> Any:
        async def drain(self: Any) -> None:
            for task in self._serving:
                task.cancel()

        return drain

    swap("agent_worker.worker:Worker", "_drain", abrupt)


@mutant("regroup", WORKER, without="creating the consumer group again when it is gone")
def _() -> None:
    def stubborn(original: Any) -> Any:
        created = False

        async def in_group(self: Any, call: Any) -> Any:
            nonlocal created
            if not created:
                result = await original(self, call)
                created = True
                return result
            return await call()

        return in_group

    swap("agent_worker.intake.redis_source:RedisSource", "_in_group", stubborn)


@mutant(
    "group-from-start", WORKER, without="creating the group from the first entry: from the newest instead"
)
def _() -> None:
    def newest(original: Any) -> Any:
        async def create(self: Any, name: Any, group: Any, id: Any = "$", mkstream: bool = False) -> Any:
            return await original(self, name, group, id="$", mkstream=mkstream)

        return create

    swap("redis.asyncio:Redis", "xgroup_create", newest)


@mutant(
    "no-retries",
    GATEWAY,
    WORKER,
    without="sending a plain command only once: the client library's own retries",
)
def _() -> None:
    def retrying(original: Any) -> Any:
        def open_redis(redis_url: str, *, name: str, retries: int = 0, **options: Any) -> Any:
            return original(redis_url, name=name, retries=10, **options)

        return open_redis

    swap("shared.redis_client", "open_redis", retrying)


@mutant("cancel-flag", WORKER, without="reading the cancel flag")
def _() -> None:
    edit(
        STORE, "HEARTBEAT", "returning fence, cancel_requested", "returning fence, false as cancel_requested"
    )
    for statement in ("CLAIM", "RENEW"):
        edit(STORE, statement, "cancel_requested", "false as cancel_requested")


@mutant("cancel-waiting", WORKER, without="ending a cancelled turn that waits at once, beside one that runs")
def _() -> None:
    swap("agent_worker.turns.cancel_watch:CancelWatch", "look_at", lambda _: lambda self, user, session: None)


@mutant("transaction-timeout", WORKER, GATEWAY, without="ending transactions whose client sleeps")
def _() -> None:
    swap("shared.db.database", "SERVER_SETTINGS", lambda _: {})


@mutant(
    "short-hold", WORKER, without="holding a Postgres connection only inside a transaction: a turn keeps one"
)
def _() -> None:
    def hoarding(original: Any) -> Any:
        async def run_turn(self: Any, request: Any) -> Any:
            async with self._services.store._database.pool.acquire():
                return await original(self, request)

        return run_turn

    swap("agent_worker.worker:Worker", "_run_turn", hoarding)
