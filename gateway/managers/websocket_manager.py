"""Who listens where. It knows listeners and names, not Redis: following a channel is handed to it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Protocol
from weakref import WeakValueDictionary

from gateway.wire.codec import encode_frame
from gateway.wire.server_frames import ServerFrame
from gateway.wire.session_id import SessionKey
from shared.frames.live import Live

UNFOLLOW_DELAY = 1.0
"""A reload comes back within this: it finds its channel still followed."""
BROADCAST_AT_ONCE = 256

Channel = Callable[[bytes], Awaitable[None]]


class Listener(Protocol):
    """Who follows a session for one socket."""

    def deliver(self, live: Live) -> None:
        """Take an event as it was published."""
        ...

    def send(self, frame: str) -> None:
        """Take a frame of the gateway, which is no event."""
        ...

    def inform(self, frame: str) -> None:
        """Take a frame that is for every full-level socket, if this is one."""
        ...

    def resync(self) -> None:
        """Events may have been missed: catch up."""
        ...


class ConnectionManager:
    """Who listens on this gateway, by session, of which one may have several sockets (tabs).

    `channel_of` names a session's live channel; `follow` subscribes to one and returns when that is
    confirmed; `unfollow` ends it.
    """

    def __init__(
        self, *, channel_of: Callable[[SessionKey], bytes], follow: Channel, unfollow: Channel
    ) -> None:
        self.active_connections: dict[SessionKey, list[Listener]] = {}
        self._channel_of = channel_of
        self._follow = follow
        self._unfollow = unfollow
        self._sessions: dict[bytes, SessionKey] = {}
        self._locks: WeakValueDictionary[bytes, asyncio.Lock] = WeakValueDictionary()
        self._leaving: set[asyncio.Task[None]] = set()

    async def connect(self, session: SessionKey, listener: Listener) -> None:
        """Register a listener; from the return on, every event of its session is offered to it.

        Raises what `follow` raises while that is not possible. It is registered all the same, and is
        asked to catch up when the channel is followed.
        """
        channel = self._channel_of(session)
        self.active_connections.setdefault(session, []).append(listener)
        self._sessions[channel] = session
        async with self._lock(channel):
            await self._follow(channel)

    def disconnect(self, session: SessionKey, listener: Listener) -> None:
        """Forget a listener; a second time changes nothing."""
        here = self.active_connections.get(session, [])
        if listener not in here:
            return
        here.remove(listener)
        if not here:
            del self.active_connections[session]
            asyncio.get_running_loop().call_later(UNFOLLOW_DELAY, self._leave, self._channel_of(session))

    async def send_personal_message(self, message: ServerFrame, session: SessionKey) -> None:
        """Send a frame of the gateway to all of a session's sockets here."""
        frame = encode_frame(message)
        for listener in self.active_connections.get(session, ()):
            listener.send(frame)

    async def broadcast(self, message: ServerFrame) -> None:
        """Send a frame of the gateway to every full-level socket here, encoded once."""
        frame = encode_frame(message)
        for number, listener in enumerate(self.all(), 1):
            listener.inform(frame)
            if number % BROADCAST_AT_ONCE == 0:
                await asyncio.sleep(0)  # answers that are being written do not wait for thousands of sockets

    def deliver(self, channel: bytes, payload: bytes) -> None:
        """Hand a published message `<epoch> <seq> <frame>` to the sockets of its session."""
        session = self._sessions.get(channel)
        if session is None or session not in self.active_connections:
            return  # its last socket left within the last second
        live = Live.read(payload)
        for listener in self.active_connections[session]:
            listener.deliver(live)

    def resync(self, channel: bytes) -> None:
        """Messages on this channel may have been missed: its sockets must catch up."""
        session = self._sessions.get(channel)
        if session is not None:
            _resync(self.active_connections.get(session, ()))

    def resync_all(self) -> None:
        """Anything may have been missed."""
        _resync(self.all())

    def all(self) -> list[Listener]:
        """Everybody who listens here."""
        return [listener for here in self.active_connections.values() for listener in here]

    def _lock(self, channel: bytes) -> asyncio.Lock:
        return self._locks.setdefault(channel, asyncio.Lock())

    def _leave(self, channel: bytes) -> None:
        if self._gone(channel):
            leaving = asyncio.create_task(self._leave_now(channel))
            self._leaving.add(leaving)
            leaving.add_done_callback(self._leaving.discard)

    async def _leave_now(self, channel: bytes) -> None:
        async with self._lock(channel):
            if self._gone(channel):  # somebody may have come back while we waited
                del self._sessions[channel]
                await self._unfollow(channel)

    def _gone(self, channel: bytes) -> bool:
        session = self._sessions.get(channel)
        return session is not None and session not in self.active_connections


def _resync(listeners: Iterable[Listener]) -> None:
    for listener in listeners:
        listener.resync()
