"""One supervised subscriber connection per gateway: from Redis channels to a callable.

A subscriber connection can go deaf without an error. So the pump listens to its own heartbeat: silence means
a new connection. And after any reconnection, its own or one hidden in the client library, channels are
confirmed again: whoever follows such a channel is told to catch up (`resubscribed`).
"""

import asyncio
from collections.abc import Callable, Iterable

import structlog
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

BEAT, SILENCE = 2.0, 6.0
CONFIRM_TIMEOUT = 2.0
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 2.0
YIELD_EVERY = 32
SUBSCRIBE_AT_ONCE = 500

log = structlog.get_logger(__name__)


class DeafError(Exception):
    """Not even the own heartbeat was heard."""


class EventPump:
    """Follows channels. `deliver(channel, payload)` gets every message; `resubscribed(channel)` asks for a
    replay, because messages on that channel may have been missed. The channels in `always` are followed from the
    start to the end; each of their first confirmations is a `resubscribed` as well."""

    def __init__(
        self,
        redis: Redis,
        *,
        heartbeat: str,
        deliver: Callable[[bytes, bytes], None],
        resubscribed: Callable[[bytes], None],
        always: Iterable[bytes] = (),
    ) -> None:
        self._redis = redis
        self._heartbeat = heartbeat.encode()
        self._deliver = deliver
        self._resubscribed = resubscribed
        self._pubsub: PubSub | None = None
        self._always = frozenset(always)
        self._followed: set[bytes] = set(self._always)
        self._awaited: dict[bytes, asyncio.Future[None]] = {}
        self._listening = False

    @property
    def alive(self) -> bool:
        """Whether the connection stands and its heartbeat was heard."""
        return self._listening

    @property
    def followed(self) -> int:
        """How many channels were asked for and are followed."""
        return len(self._followed) - len(self._always)

    async def run(self) -> None:
        """Listen until cancelled, over as many connections as it takes."""
        pause = FIRST_PAUSE
        while True:
            try:
                await self._listen()
            except (RedisError, OSError, DeafError) as error:
                if self._listening:
                    pause = FIRST_PAUSE
                log.warning("subscriber lost; connecting again", error=type(error).__name__)
            finally:
                self._listening = False
                self._pubsub = None
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def follow(self, channel: bytes) -> None:
        """Subscribe, and wait for the confirmation: what is published from then on is delivered.

        Raises `redis.RedisError` or `TimeoutError` while Redis is away. The channel is followed all the same:
        `resubscribed` tells when its subscription stands.
        """
        if channel in self._followed and channel not in self._awaited:
            return
        self._followed.add(channel)
        confirmed = self._awaited.setdefault(channel, asyncio.get_running_loop().create_future())
        try:
            async with asyncio.timeout(CONFIRM_TIMEOUT):
                if self._pubsub is not None:
                    await self._pubsub.subscribe(channel)
                await asyncio.shield(confirmed)
        finally:
            self._awaited.pop(channel, None)

    async def unfollow(self, channel: bytes) -> None:
        """Stop following a channel. While Redis is away there is nothing to undo."""
        self._followed.discard(channel)
        if self._pubsub is not None:
            try:
                await self._pubsub.unsubscribe(channel)
            except RedisError as error:
                log.info("could not unsubscribe; the connection is gone", error=type(error).__name__)

    async def _listen(self) -> None:
        pubsub = self._redis.pubsub()
        beating = asyncio.create_task(self._beat())
        try:
            await pubsub.subscribe(self._heartbeat)
            self._pubsub = pubsub
            channels = list(self._followed)
            for start in range(0, len(channels), SUBSCRIBE_AT_ONCE):
                await pubsub.subscribe(*channels[start : start + SUBSCRIBE_AT_ONCE])
            heard = 0
            while True:
                # The time-out counts from the last message, of which the own beat is one.
                message = await pubsub.get_message(timeout=SILENCE)
                if message is None:
                    raise DeafError
                self._take(message["type"], message["channel"], message["data"])
                heard += 1
                if heard % YIELD_EVERY == 0:
                    await asyncio.sleep(0)  # what is buffered arrives without ever waiting
        finally:
            beating.cancel()
            await pubsub.aclose()  # type: ignore[no-untyped-call]

    def _take(self, kind: str, channel: bytes, payload: bytes) -> None:
        if kind == "message":
            if channel == self._heartbeat:
                self._listening = True
            else:
                self._deliver(channel, payload)
        elif kind == "subscribe" and channel in self._followed:
            confirmed = self._awaited.get(channel)
            if confirmed is not None and not confirmed.done():
                confirmed.set_result(None)
            else:
                self._resubscribed(channel)

    async def _beat(self) -> None:
        while True:
            try:
                await self._redis.publish(self._heartbeat, "")
            except RedisError as error:
                log.debug("heartbeat not sent", error=type(error).__name__)
            await asyncio.sleep(BEAT)
