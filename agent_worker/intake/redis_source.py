"""The request stream as a consumer group. It is created, and created again, from its first entry on: after a
flush, what was announced before this worker noticed must still be heard."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

import structlog
from redis.asyncio import Redis
from redis.exceptions import ResponseError

from agent_worker.intake.ports import Delivery
from shared.frames.turn_requests import TurnRequest
from shared.redis_keys import AGENTS_GROUP, RedisKeys

DEAD_LETTERS_MAX, DEAD_LETTERS_TTL = 1000, 7 * 24 * 3600
SILENT_CONSUMER_MS = 60_000

LEAVE = """
-- Remove one's own name and those silent for ARGV[3] ms, but never one with work pending.
for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
  local name, pending, idle = consumer[2], consumer[4], consumer[6]
  if pending == 0 and (name == ARGV[2] or idle > tonumber(ARGV[3])) then
    redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], name)
  end
end
"""

log = structlog.get_logger(__name__)
T = TypeVar("T")


class RedisSource:
    """A `RequestSource` over one Redis stream, reading as consumer `name`."""

    def __init__(self, redis: Redis, keys: RedisKeys, *, name: str) -> None:
        self._redis = redis
        self._keys = keys
        self._name = name
        self._leave = redis.register_script(LEAVE)

    async def take(self, count: int, *, wait: float) -> Sequence[Delivery]:
        """Up to `count` new deliveries; waits at most `wait` seconds for the first."""
        got: Any = await self._in_group(
            lambda: self._redis.xreadgroup(
                AGENTS_GROUP, self._name, {self._keys.requests: ">"}, count=count, block=int(wait * 1000)
            )
        )
        return [_delivery(entry, fields) for _, entries in got or () for entry, fields in entries]

    async def reclaim(self, count: int, *, idle: float) -> Sequence[Delivery]:
        """Bells that another worker took more than `idle` seconds ago and did not acknowledge."""
        got: Any = await self._in_group(
            lambda: self._redis.xautoclaim(
                self._keys.requests, AGENTS_GROUP, self._name, min_idle_time=int(idle * 1000), count=count
            )
        )
        entries: list[tuple[bytes, dict[bytes, bytes]]] = got[1]
        return [_delivery(entry, fields) for entry, fields in entries]

    async def acknowledge(self, delivery: Delivery, next_request: TurnRequest | None = None) -> None:
        """Done with this delivery; wake a worker for the next turn in the same step."""
        async with self._redis.pipeline(transaction=True) as pipeline:
            pipeline.xack(self._keys.requests, AGENTS_GROUP, delivery.entry)
            pipeline.xdel(self._keys.requests, delivery.entry)
            if next_request is not None:
                pipeline.xadd(self._keys.requests, next_request.to_fields())
            await pipeline.execute(raise_on_error=False)

    async def wake(self, requests: Sequence[TurnRequest]) -> None:
        """Wake a worker for turns that nobody comes for."""
        async with self._redis.pipeline(transaction=False) as pipeline:
            for request in requests:
                pipeline.xadd(self._keys.requests, request.to_fields())
            await pipeline.execute()

    async def dead_letter(self, user: str, session: UUID, turn: UUID, reason: str) -> None:
        """Record a turn that was given up; its content stays in Postgres."""
        fields: dict[Any, Any] = {"user": user, "session": str(session), "turn": str(turn), "reason": reason}
        async with self._redis.pipeline(transaction=True) as pipeline:
            pipeline.xadd(self._keys.dead, fields, maxlen=DEAD_LETTERS_MAX)
            pipeline.expire(self._keys.dead, DEAD_LETTERS_TTL)
            await pipeline.execute()

    async def waiting(self) -> int:
        """How many deliveries nobody has taken yet."""
        pending = await self._in_group(lambda: self._redis.xpending(self._keys.requests, AGENTS_GROUP))
        return int(await self._redis.xlen(self._keys.requests)) - int(pending["pending"])

    async def leave(self) -> None:
        """Take this worker's name, and names long silent, out of the group."""
        await self._in_group(
            lambda: self._leave(
                keys=[self._keys.requests], args=[AGENTS_GROUP, self._name, SILENT_CONSUMER_MS]
            )
        )

    async def _in_group(self, call: Callable[[], Awaitable[T]]) -> T:
        """Call; where the stream or its group is gone, create the group and call again."""
        try:
            return await call()
        except ResponseError as error:
            if (
                not str(error).startswith(("NOGROUP", "UNBLOCKED"))
                and "no such key" not in str(error).lower()
            ):
                raise
            log.info("no request stream or group; creating it")
        try:
            await self._redis.xgroup_create(self._keys.requests, AGENTS_GROUP, id="0", mkstream=True)
        except ResponseError as error:
            if not str(error).startswith("BUSYGROUP"):
                raise
        return await call()


def _delivery(entry: bytes, fields: dict[bytes, bytes]) -> Delivery:
    try:
        return Delivery(entry, TurnRequest.from_fields(fields))
    except (KeyError, ValueError):
        return Delivery(entry, None)
