"""One socket's life: take its frames in order, say who it is, do what it asks, let it go."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple
from uuid import UUID

import structlog

from gateway.managers.connection import Connection, Send
from gateway.managers.websocket_manager import ConnectionManager
from gateway.metrics import Metrics
from gateway.relay.ports import Relay
from gateway.security.identity import Identity, TokenRejectedError, TokenVerifier
from gateway.security.limits import Cap, RecentCount
from gateway.session.commands import Commands
from gateway.session.inbox import Inbox
from gateway.session.replay import UNAVAILABLE, Replay
from gateway.store.conversations import Conversations
from gateway.wire.client_frames import AuthRefresh, Cancel, ClientFrame, Hello, Ping, SetContext, UserMessage
from gateway.wire.close_codes import Close, RefusedError
from gateway.wire.codec import Level, decode_frame, encode_frame
from gateway.wire.server_frames import Authenticated, AuthExpiring, Pong, ServerFrame
from gateway.wire.session_id import SessionKey

AUTH_TIMEOUT = 5.0
EXPIRY_WARNING = 60.0
INVALID_LIMIT, INVALID_SECONDS = 5, 60.0
REFUSAL_LIMIT, REFUSAL_SECONDS = 20, 10.0

log = structlog.get_logger(__name__)


class Services(NamedTuple):
    """What a socket's life needs of the gateway; one for all sockets."""

    verifier: TokenVerifier
    manager: ConnectionManager
    relay: Relay
    conversations: Conversations
    commands: Commands
    message_rate: int
    user_cap: Cap
    catching_up: asyncio.Semaphore
    metrics: Metrics


class Handshake(NamedTuple):
    """What the socket was opened with."""

    session: UUID
    token: str | None
    context_ticker: str | None


class ChatSession:
    """One socket. `run` returns when it is gone; `leave` asks it to go."""

    __slots__ = (
        "_connection", "_handshake", "_identity", "_inbox", "_invalid", "_receive", "_refusals", "_replay",
        "_services", "_spoke", "_timer",
    )  # fmt: skip

    def __init__(
        self,
        services: Services,
        handshake: Handshake,
        *,
        receive: Callable[[], Awaitable[Any]],
        send: Send,
        abort: Callable[[], None],
    ) -> None:
        self._services = services
        self._handshake = handshake
        self._receive = receive
        self._connection = Connection(send, abort=abort, sent=services.metrics.frames_out.inc)
        self._identity: Identity | None = None
        self._replay: Replay | None = None
        self._spoke = False
        self._inbox: Inbox[ClientFrame | Handshake] = Inbox(self._serve)
        self._timer: asyncio.TimerHandle | None = None
        self._invalid = RecentCount(INVALID_LIMIT, INVALID_SECONDS)
        self._refusals = RecentCount(REFUSAL_LIMIT, REFUSAL_SECONDS)

    async def run(self) -> None:
        """Serve the accepted socket until it is gone."""
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(AUTH_TIMEOUT, self.close, Close.AUTH_TIMEOUT)
        if self._handshake.token is not None:
            self._inbox.put(self._handshake, 0)
        try:
            while (message := await self._receive())["type"] == "websocket.receive":
                self._services.metrics.frames_in.inc()
                self._take(message.get("text"))
        finally:
            await self._clean_up()

    def close(self, why: Close) -> None:
        """Close with a code, after what was said before."""
        if not self._connection.closing:
            self._services.metrics.closes.labels(why.code).inc()
            log.info("socket closed", code=why.code, session=str(self._handshake.session))
            self._connection.close(why)
            self._inbox.close()

    async def leave(self) -> None:
        """The gateway stops: finish the frame at hand, take no other, close."""
        self._inbox.close()
        await self._inbox.finished()
        self.close(Close.RESTARTING)
        await self._connection.flushed()

    # Taking frames: never waits, so that the socket is always read.

    def _take(self, text: str | None) -> None:
        if self._connection.closing:
            return
        if text is None:
            self.close(Close.BINARY)
            return
        try:
            frame = decode_frame(text)
        except ValueError:
            self._refuse(RefusedError("invalid"))
            return
        if isinstance(frame, Ping):
            if not self._connection.behind:  # else there is no use in telling it that we are here
                self._say(Pong(frame.t))
        elif not self._inbox.put(frame, len(text)):
            self._refuse(RefusedError("overloaded", retry_after_ms=1000), _turn_of(frame))

    async def _serve(self, frame: ClientFrame | Handshake) -> None:
        try:
            await self._handle(frame)
        except RefusedError as refusal:
            self._refuse(refusal, _turn_of(frame))
        except UNAVAILABLE as error:
            log.warning("cannot serve a frame", frame=type(frame).__name__, error=type(error).__name__)
            self._refuse(RefusedError("unavailable"), _turn_of(frame))
        except Exception:  # whatever it is, the client gets a code and fixed words
            log.exception("a frame failed", frame=type(frame).__name__)
            self.close(Close.INTERNAL)

    async def _handle(self, frame: ClientFrame | Handshake) -> None:
        first, self._spoke = not self._spoke, self._spoke or not isinstance(frame, Handshake)
        match frame:
            case Handshake():
                await self._open_by_query(frame)
            case Hello():
                await self._hello(frame, first=first)
            case _ if self._identity is None:
                self.close(Close.UNAUTHORIZED)
            case UserMessage():
                await self._ask(frame)
            case SetContext():
                await self._services.commands.set_context(self._session(), frame.ticker, frame.analysis_id)
            case Cancel():
                await self._services.commands.cancel(self._session(), frame.turn_id)
            case AuthRefresh():
                await self._refresh(frame.token)

    # Who it is.

    async def _open_by_query(self, handshake: Handshake) -> None:
        identity = await self._verify(handshake.token)
        if identity is None or not await self._enter(identity):
            return
        if handshake.context_ticker:
            await self._services.commands.set_context(self._session(), handshake.context_ticker)

    async def _hello(self, frame: Hello, *, first: bool) -> None:
        if not first:
            raise RefusedError("invalid", "hello comes first, and once.")
        if frame.token is not None or self._identity is None:
            identity = await self._verify(frame.token)
            if identity is None:
                return
            if self._identity is None:
                if not await self._enter(identity):
                    return
            elif not self._renew(identity):
                return
        if self._replay is not None:
            await self._replay.greet(frame.resume)
            self._watch_expiry()  # at the full level one is warned, perhaps at once

    async def _verify(self, token: str | None) -> Identity | None:
        try:
            return await self._services.verifier.verify(token or "")
        except TokenRejectedError as rejection:
            log.info("token rejected", reason=str(rejection))
            self.close(Close.UNAUTHORIZED)
            return None

    async def _enter(self, identity: Identity) -> bool:
        """The user is known: take a place, follow the session."""
        if not self._services.user_cap.take(identity.user):
            self.close(Close.TOO_MANY)
            return False
        self._identity = identity
        self._watch_expiry()
        session = self._session(identity)
        self._replay = Replay(
            session,
            self._connection,
            relay=self._services.relay,
            conversations=self._services.conversations,
            gate=self._services.catching_up,
            expires_at=self._expires_at,
            message_rate=self._services.message_rate,
            resynced=self._services.metrics.resyncs.inc,
        )
        self._connection.listener = self._replay
        try:
            await self._services.manager.connect(session, self._connection)
        except UNAVAILABLE as error:
            log.warning("cannot follow a session yet", error=type(error).__name__)
            self._refuse(RefusedError("unavailable"))
        if not isinstance(self._inbox.next, Hello):
            self._replay.start()
        return True

    async def _refresh(self, token: str) -> None:
        identity = await self._verify(token)
        if identity is None:
            return
        if (
            self._identity
            and identity.user == self._identity.user
            and identity.expires_at < self._expires_at()
        ):
            raise RefusedError("invalid", "This token ends before the one in use.")
        if self._renew(identity):
            self._say(Authenticated(identity.expires_at))

    def _renew(self, identity: Identity) -> bool:
        if self._identity is None or identity.user != self._identity.user:
            self.close(Close.FORBIDDEN)
            return False
        self._identity = identity
        self._watch_expiry()
        return True

    def _watch_expiry(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        left = self._expires_at() - time.time()
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(max(0.0, left - EXPIRY_WARNING), self._warn_of_expiry)

    def _warn_of_expiry(self) -> None:
        if self._connection.level is Level.FULL:
            self._say(AuthExpiring(self._expires_at()))
        left = self._expires_at() - time.time()
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(max(0.0, left), self.close, Close.UNAUTHORIZED)

    def _expires_at(self) -> int:
        return self._identity.expires_at if self._identity else 0

    # What it asks.

    async def _ask(self, frame: UserMessage) -> None:
        ack, ending = await self._services.commands.ask(self._session(), frame)
        if self._connection.level is Level.FULL:
            self._say(ack)
        if ending is not None:
            await self._services.commands.publish_again(self._session(), ending)
        elif self._replay is not None:
            self._replay.awaits(ack.turn_id)

    # Helpers.

    def _session(self, identity: Identity | None = None) -> SessionKey:
        known = identity or self._identity
        if known is None:
            raise LookupError("no session before authentication")
        return SessionKey(known.user, self._handshake.session)

    def _say(self, frame: ServerFrame) -> None:
        self._connection.send(encode_frame(frame))

    def _refuse(self, refusal: RefusedError, turn: UUID | None = None) -> None:
        self._say(refusal.frame(turn))
        now = time.monotonic()
        if turn is not None or refusal.code in ("rate_limited", "overloaded"):
            self._services.metrics.turns.labels(refusal.code).inc()
        if refusal.code == "invalid" and self._invalid.reached(now):
            self.close(Close.MALFORMED)
        elif refusal.code in ("rate_limited", "overloaded") and self._refusals.reached(now):
            self.close(Close.TOO_MANY)

    async def _clean_up(self) -> None:
        await self._inbox.finished()  # what was received is still done
        if self._timer is not None:
            self._timer.cancel()
        if self._identity is not None:
            self._services.manager.disconnect(self._session(), self._connection)
            self._services.user_cap.give_back(self._identity.user)
        if self._replay is not None:
            await self._replay.stop()


def _turn_of(frame: ClientFrame | Handshake) -> UUID | None:
    return frame.turn_id if isinstance(frame, UserMessage) else None
