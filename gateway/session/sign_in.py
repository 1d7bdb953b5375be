"""Who a socket is, and until when: the first token, its renewal, the warning before its end, the end."""

import asyncio
import time
from typing import Protocol

import structlog

from gateway.security.identity import Identity, KeysAwayError, TokenRejectedError, TokenVerifier
from gateway.wire.close_codes import Close, RefusedError
from gateway.wire.codec import Level
from gateway.wire.server_frames import Authenticated, AuthExpiring, ServerFrame

AUTH_TIMEOUT = 5.0
EXPIRY_WARNING = 60.0

log = structlog.get_logger(__name__)


class Socket(Protocol):
    """What is told of it."""

    @property
    def level(self) -> Level:
        """How much the socket hears; only at the full level it is warned."""
        ...

    def say(self, frame: ServerFrame) -> None:
        """Send a frame."""
        ...

    def close(self, why: Close) -> None:
        """Close the socket."""
        ...


class SignIn:
    """One socket's identity; None until a token was accepted. A socket without one is closed in time."""

    __slots__ = ("_socket", "_timer", "_verifier", "identity")

    def __init__(self, verifier: TokenVerifier, socket: Socket) -> None:
        self.identity: Identity | None = None
        self._verifier = verifier
        self._socket = socket
        self._timer: asyncio.TimerHandle | None = None

    @property
    def expires_at(self) -> int:
        """When the token in use ends (Unix seconds); 0 before there is one."""
        return self.identity.expires_at if self.identity else 0

    def begin(self) -> None:
        """The socket is open: a token must be accepted in time."""
        self._call_later(AUTH_TIMEOUT, Close.AUTH_TIMEOUT)

    async def verify(self, token: str | None) -> Identity | None:
        """Whom a token proves; None, and the socket is closed, when it proves nobody."""
        try:
            return await self._verifier.verify(token or "")
        except TokenRejectedError as rejection:
            log.info("token rejected", reason=str(rejection))
            self._socket.close(Close.UNAUTHORIZED)
            return None
        except KeysAwayError:
            self._socket.close(Close.FULL)  # not the token's fault: come again in a while
            return None

    def accept(self, identity: Identity) -> bool:
        """Take an identity over, the first or a renewed one; false, and closed, when it is somebody else."""
        if self.identity is not None and identity.user != self.identity.user:
            self._socket.close(Close.FORBIDDEN)
            return False
        self.identity = identity
        self.watch()
        return True

    async def refresh(self, token: str) -> None:
        """Take a newer token of the same user. Raises `RefusedError` for one that ends earlier."""
        identity = await self.verify(token)
        if identity is None:
            return
        if self.identity and identity.user == self.identity.user and identity.expires_at < self.expires_at:
            raise RefusedError("invalid", "This token ends before the one in use.")
        if self.accept(identity):
            self._socket.say(Authenticated(identity.expires_at))

    def watch(self) -> None:
        """Warn, perhaps at once, and close when the token ends."""
        self.stop()
        left = self.expires_at - time.time()
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(max(0.0, left - EXPIRY_WARNING), self._warn)

    def stop(self) -> None:
        """The socket is gone."""
        if self._timer is not None:
            self._timer.cancel()

    def _warn(self) -> None:
        if self._socket.level is Level.FULL:
            self._socket.say(AuthExpiring(self.expires_at))
        self._call_later(max(0.0, self.expires_at - time.time()), Close.UNAUTHORIZED)

    def _call_later(self, seconds: float, why: Close) -> None:
        self._timer = asyncio.get_running_loop().call_later(seconds, self._socket.close, why)
