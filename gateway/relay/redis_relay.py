"""The `Relay` over Redis."""

from uuid import UUID

from redis.asyncio import Redis

from gateway.wire.session_id import SessionKey
from shared.frames.control import LookAtTurn
from shared.frames.turn_events import Context, SessionEvent, open_frame
from shared.frames.turn_requests import TurnRequest
from shared.redis_keys import SESSION_TTL, UNASKED_TTL, RedisKeys
from shared.scripts.session_scripts import CatchUp, SessionScripts

MARK_TTL = 3600
"""Far longer than a gateway is ever away without its sockets having to catch up anyway."""


class RedisRelay:
    """What may be said twice without harm goes through `resending`, whose client tries once more after a lost
    reply; everything else through `redis`, which never does."""

    def __init__(
        self, redis: Redis, resending: Redis, keys: RedisKeys, *, name: str, event_log_max: int
    ) -> None:
        self._redis = redis
        self._scripts = SessionScripts(redis, event_log_max=event_log_max)
        self._resending = SessionScripts(resending, event_log_max=event_log_max)
        self._keys = keys
        self._mark = keys.heartbeat + name

    async def catch_up(self, session: SessionKey, *, epoch: str = "", seq: int = 0) -> CatchUp:
        """What follows (epoch, seq), or where the session stands if that cannot be said."""
        return await self._resending.catch_up(self._keys.of_session(*session), epoch=epoch, seq=seq)

    async def announce(self, session: SessionKey, event: SessionEvent, *, once: str = "") -> None:
        """Number, log and publish an event; under a name, at most once."""
        scripts = self._resending if once else self._scripts
        kept = UNASKED_TTL if isinstance(event, Context) else SESSION_TTL  # looking at a page asks nothing
        await scripts.announce(self._keys.of_session(*session), open_frame(event), once=once, kept=kept)

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

    async def remembers(self) -> bool:
        """Whether Redis still holds the mark that the last call left there; leaves it again."""
        return await self._redis.set(self._mark, "1", ex=MARK_TTL, get=True) is not None

    async def model(self) -> str | None:
        """Which model answers; None while no worker is there."""
        name = await self._redis.get(self._keys.model)
        return name.decode() if isinstance(name, bytes) else None
