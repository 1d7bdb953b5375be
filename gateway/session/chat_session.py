"""One socket's life: take its frames in order, say who it is, do what it asks, let it go."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import structlog

from gateway.managers.connection import Connection, Send
from gateway.security.identity import Identity
from gateway.security.limits import RecentCount
from gateway.session.inbox import Inbox
from gateway.session.replay import Replay
from gateway.session.services import Handshake, Services
from gateway.session.sign_in import SignIn
from gateway.wire.client_frames import AuthRefresh, Cancel, ClientFrame, Hello, Ping, SetContext, UserMessage
from gateway.wire.close_codes import Close, RefusedError
from gateway.wire.codec import Level, decode_frame, encode_frame
from gateway.wire.server_frames import Pong, ServerFrame
from gateway.wire.session_id import SessionKey
from shared.outages import SERVERS_AWAY

INVALID_LIMIT, INVALID_SECONDS = 5, 60.0
REFUSAL_LIMIT, REFUSAL_SECONDS = 20, 10.0

log = structlog.get_logger(__name__)


class ChatSession:
    """One socket. `run` returns when it is gone; `leave` asks it to go."""

    __slots__ = (
        "_connection", "_handshake", "_inbox", "_invalid", "_lost", "_receive", "_refusals", "_replay", "_services",
        "_sign_in", "_spoke", "_task",
    )  # fmt: skip

    def __init__(
        self,
        services: Services,
        handshake: Handshake,
        *,
        receive: Callable[[], Awaitable[Any]],
        send: Send,
        close_now: Callable[[int, str], None] | None = None,
    ) -> None:
        self._services = services
        self._handshake = handshake
        self._receive = receive
        self._connection = Connection(
            send, close_now=close_now, lost=self._end, sent=services.metrics.frames_out.inc
        )
        self._sign_in = SignIn(services.verifier, self)
        self._replay: Replay | None = None
        self._task: asyncio.Task[Any] | None = None
        self._lost = False
        self._spoke = False
        self._inbox: Inbox[ClientFrame | Handshake] = Inbox(self._serve)
        self._invalid = RecentCount(INVALID_LIMIT, INVALID_SECONDS)
        self._refusals = RecentCount(REFUSAL_LIMIT, REFUSAL_SECONDS)

    @property
    def level(self) -> Level:
        """How much this socket hears."""
        return self._connection.level

    async def run(self) -> None:
        """Serve the accepted socket until it is gone."""
        self._sign_in.begin()
        if self._handshake.token is not None:
            self._inbox.put(self._handshake, 0)
        self._task = asyncio.current_task()
        try:
            while (message := await self._receive())["type"] == "websocket.receive":
                self._services.metrics.frames_in.inc()
                self._take(message.get("text"))
        except asyncio.CancelledError:
            if self._task is None or not self._lost:
                raise
            self._task.uncancel()  # it was `_end`: the server closes what its application leaves
        finally:
            await self._clean_up()

    def say(self, frame: ServerFrame) -> None:
        """Send a frame."""
        self._connection.send(encode_frame(frame))

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
                self.say(Pong(frame.t))
        elif not self._inbox.put(frame, len(text)):
            self._refuse(RefusedError("overloaded", retry_after_ms=1000), _turn_of(frame))

    async def _serve(self, frame: ClientFrame | Handshake) -> None:
        try:
            await self._handle(frame)
        except RefusedError as refusal:
            self._refuse(refusal, _turn_of(frame))
        except SERVERS_AWAY as error:
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
            case _ if self._sign_in.identity is None:
                self.close(Close.UNAUTHORIZED)
            case UserMessage():
                await self._ask(frame)
            case SetContext():
                await self._services.commands.set_context(self._session(), frame.ticker, frame.analysis_id)
            case Cancel():
                await self._services.commands.cancel(self._session(), frame.turn_id)
            case AuthRefresh():
                await self._sign_in.refresh(frame.token)

    # Who it is.

    async def _open_by_query(self, handshake: Handshake) -> None:
        identity = await self._sign_in.verify(handshake.token)
        if identity is None or not await self._enter(identity):
            return
        if handshake.context_ticker:
            await self._services.commands.set_context(self._session(), handshake.context_ticker)

    async def _hello(self, frame: Hello, *, first: bool) -> None:
        if not first:
            raise RefusedError("invalid", "hello comes first, and once.")
        if frame.token is not None or self._sign_in.identity is None:
            identity = await self._sign_in.verify(frame.token)
            if identity is None:
                return
            known = self._sign_in.identity is not None
            if not (self._sign_in.accept(identity) if known else await self._enter(identity)):
                return
        if self._replay is not None:
            await self._replay.greet(frame.resume)
            self._sign_in.watch()  # at the full level one is warned, perhaps at once

    async def _enter(self, identity: Identity) -> bool:
        """The user is known: take a place, follow the session."""
        if not self._services.user_cap.take(identity.user):
            self.close(Close.TOO_MANY)
            return False
        self._sign_in.accept(identity)
        session = self._session()
        self._replay = Replay(
            session,
            self._connection,
            relay=self._services.relay,
            conversations=self._services.conversations,
            gate=self._services.catching_up,
            sign_in=self._sign_in,
            message_rate=self._services.message_rate,
            resynced=self._services.metrics.resyncs.inc,
            resumed=self._services.metrics.count_resume,
        )
        try:
            await self._services.manager.connect(session, self._replay)
        except SERVERS_AWAY as error:
            log.warning("cannot follow a session yet", error=type(error).__name__)
            self._refuse(RefusedError("unavailable"))
        if not isinstance(self._inbox.next, Hello):
            self._replay.start()
        return True

    # What it asks.

    async def _ask(self, frame: UserMessage) -> None:
        ack, ending = await self._services.commands.ask(self._session(), frame)
        if self.level is Level.FULL:
            self.say(ack)
        if ending is not None:
            await self._services.commands.publish_again(self._session(), ending)
        elif self._replay is not None:
            self._replay.awaits(ack.turn_id)

    # Helpers.

    def _end(self) -> None:
        self._lost = True
        if self._task is not None:
            self._task.cancel()

    def _session(self) -> SessionKey:
        if self._sign_in.identity is None:
            raise LookupError("no session before authentication")
        return SessionKey(self._sign_in.identity.user, self._handshake.session)

    def _refuse(self, refusal: RefusedError, turn: UUID | None = None) -> None:
        self.say(refusal.frame(turn))
        now = time.monotonic()
        if turn is not None or refusal.code in ("rate_limited", "overloaded"):
            self._services.metrics.turns.labels(refusal.code).inc()
        if refusal.code == "invalid" and self._invalid.reached(now):
            self.close(Close.MALFORMED)
        elif refusal.code in ("rate_limited", "overloaded") and self._refusals.reached(now):
            self.close(Close.TOO_MANY)

    async def _clean_up(self) -> None:
        await self._inbox.finished()  # what was received is still done
        self._sign_in.stop()
        if self._replay is not None:
            self._services.manager.disconnect(self._session(), self._replay)
            self._services.user_cap.give_back(self._session().user)
            await self._replay.stop()


def _turn_of(frame: ClientFrame | Handshake) -> UUID | None:
    return frame.turn_id if isinstance(frame, UserMessage) else None
