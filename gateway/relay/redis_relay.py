"""The `Relay` over Redis."""

from uuid import UUID

from redis.asyncio import Redis

from gateway.wire.session_id import SessionKey
from shared.frames.control import LookAtTurn
from shared.frames.turn_events import SessionEvent, open_frame
from shared.frames.turn_requests import TurnRequest
from shared.redis_keys import RedisKeys
from shared.scripts.session_scripts import CatchUp, SessionScripts


class RedisRelay:
    """What may be said twice without harm goes through `resending`, whose client tries once more after a lost
    reply; everything else through `redis`, which never does."""

    def __init__(self, redis: Redis, resending: Redis, keys: RedisKeys, *, event_log_max: int) -> None:
        self._redis = redis
        self._scripts = SessionScripts(redis, event_log_max=event_log_max)
        self._resending = SessionScripts(resending, event_log_max=event_log_max)
        self._keys = keys

    async def catch_up(self, session: SessionKey, *, epoch: str = "", seq: int = 0) -> CatchUp:
        """What follows (epoch, seq), or where the session stands if that cannot be said."""
        return await self._resending.catch_up(self._keys.of_session(*session), epoch=epoch, seq=seq)

    async def announce(self, session: SessionKey, event: SessionEvent, *, once: str = "") -> None:
        """Number, log and publish an event; under a name, at most once."""
        scripts = self._resending if once else self._scripts
        await scripts.announce(self._keys.of_session(*session), open_frame(event), once=once)

    async def wake(self, request: TurnRequest) -> None:
        """Add an entry to the request stream."""
        await self._redis.xadd(self._keys.requests, request.to_fields())

    async def signal_cancel(self, session: SessionKey, turn: UUID) -> None:
        """Publish on the control channel."""
        await self._redis.publish(self._keys.control, LookAtTurn(*session, turn).write())

    async def forget(self, session: SessionKey) -> None:
        """Drop a session's hash, event log and running answer."""
        keys = self._keys.of_session(*session)
        await self._redis.delete(keys.session, keys.events, keys.text, keys.notes)

    async def epoch(self, session: SessionKey) -> str | None:
        """The name of a session's numbering; None if Redis knows none."""
        name = await self._redis.hget(self._keys.of_session(*session).session, "epoch")
        return name.decode() if isinstance(name, bytes) else None

    async def model(self) -> str | None:
        """Which model answers; None while no worker is there."""
        name = await self._redis.get(self._keys.model)
        return name.decode() if isinstance(name, bytes) else None
