"""The `Relay` over Redis."""

from urllib.parse import quote
from uuid import UUID

from redis.asyncio import Redis

from gateway.session_id import SessionId
from shared.frames.run_events import SessionEvent, open_frame
from shared.frames.run_requests import RunRequest
from shared.redis_keys import RedisKeys
from shared.scripts.session_scripts import CatchUp, SessionScripts


class RedisRelay:
    """Plain commands go through `redis` (no retries), scripts that dedupe through `scripts` (which may retry)."""

    def __init__(self, redis: Redis, scripts: SessionScripts, keys: RedisKeys) -> None:
        self._redis = redis
        self._scripts = scripts
        self._keys = keys

    async def catch_up(self, session: SessionId, *, epoch: str = "", seq: int = 0) -> CatchUp:
        """What follows (epoch, seq), or where the session stands if that cannot be said."""
        return await self._scripts.catch_up(self._keys.of_session(*session), epoch=epoch, seq=seq)

    async def announce(self, session: SessionId, event: SessionEvent, *, once: str = "") -> None:
        """Number, log and publish an event; under a name, at most once."""
        await self._scripts.announce(self._keys.of_session(*session), open_frame(event), once=once)

    async def ring(self, request: RunRequest) -> None:
        """Add an entry to the request stream."""
        await self._redis.xadd(self._keys.requests, request.to_fields())

    async def signal_cancel(self, session: SessionId, turn: UUID) -> None:
        """Publish on the control channel."""
        user = quote(session.user, safe="")
        await self._redis.publish(self._keys.control, f"{user} {session.session} {turn}")

    async def forget(self, session: SessionId) -> None:
        """Drop a session's hash, event log and running answer."""
        keys = self._keys.of_session(*session)
        await self._redis.delete(keys.session, keys.events, keys.text)

    async def model(self) -> str | None:
        """Which model answers; None while no worker is there."""
        name = await self._redis.get(self._keys.model)
        return name.decode() if isinstance(name, bytes) else None
