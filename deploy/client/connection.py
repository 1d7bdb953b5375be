"""One conversation's socket: opens, says hello, and comes back by the rule of the close code (contract §1)."""

import asyncio
import random
from typing import Literal, NoReturn, Protocol
from uuid import UUID

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus

from deploy.client.conversation import Frame
from gateway.wire.client_frames import ClientFrame, Hello, Resume
from gateway.wire.close_codes import OTHERWISE, RETRY_RULES, Close, Retry
from gateway.wire.server_frames import Ready

State = Literal["connecting", "live", "reconnecting", "too_many"]

OPEN_WITHIN = 10.0
READY_WITHIN = 12.0
STABLE_AFTER = 5.0
"""Seconds below which a connection counts as failed: accept-then-close must not reset the back-off."""
FIRST_DELAY, LONGEST_DELAY = 0.5, 15.0
BACK_OFF, LONGEST_BACK_OFF = 10.0, 30.0


class EndedError(Exception):
    """The conversation cannot go on. Its text says why and what to do."""


class Listener(Protocol):
    """Whose conversation it is."""

    def token(self) -> str:
        """A fresh token."""
        ...

    def position(self) -> Resume | None:
        """What was seen last."""
        ...

    async def heard(self, frame: Frame | None, seq: int | None) -> None:
        """A frame came, None if its type is not known; `seq` is its number if it is a session event."""
        ...

    async def told(self) -> None:
        """The state changed."""
        ...


class Header(msgspec.Struct):
    """What is read of every frame first."""

    type: str
    seq: int | None = None


_header: msgspec.json.Decoder[Header] = msgspec.json.Decoder(Header)
_frame: msgspec.json.Decoder[Frame] = msgspec.json.Decoder(Frame)
_known = {str(kind.__struct_config__.tag) for kind in Frame.__args__}


def decode_frame(text: str | bytes) -> tuple[Frame | None, int | None]:
    """A server frame and its number. A type that this program does not know yet is None, but it counts: without
    its number the next event would look like a gap."""
    header = _header.decode(text)
    return _frame.decode(text) if header.type in _known else None, header.seq


def delay(rule: Retry, failures: int, chance: float) -> float:
    """Seconds until the next attempt. `failures` since the last stable connection; `chance` in [0, 1) spreads
    many clients that lost the same gateway."""
    if rule == "refresh":
        return 0.0
    if rule == "soon" and not failures:
        return chance
    first, longest = (BACK_OFF, LONGEST_BACK_OFF) if rule == "back_off" else (FIRST_DELAY, LONGEST_DELAY)
    return min(longest, first * 2.0 ** min(failures, 8)) * (0.5 + chance / 2)


class Connection:
    """`run` keeps it alive until it is cancelled or ends with `EndedError`.

    `patience`: seconds without a connection after which it ends; None: never, once it was there.
    """

    def __init__(self, url: str, session: UUID, listener: Listener, *, patience: float | None = None) -> None:
        self.state: State = "connecting"
        self._url = url.rstrip("/")
        self._address = f"{self._url.replace('http', 'ws', 1)}/ws/chat/{session}"
        self._listener = listener
        self._patience = patience
        self._socket: ClientConnection | None = None
        self._was_live = False

    async def run(self) -> NoReturn:
        """Connect, listen, reconnect."""
        clock = asyncio.get_running_loop().time
        failures = refused = 0
        live_until = clock()
        while True:
            began, was_ready = clock(), False
            code, was_ready = await self._one_socket()
            now = clock()
            if was_ready:
                live_until, refused = now, 0
                if now - began > STABLE_AFTER:
                    failures = 0
            rule = RETRY_RULES.get(code, OTHERWISE)
            self._check_end(code, rule)
            if rule == "refresh":
                refused += 1
                if refused > 1:
                    raise EndedError(
                        "The gateway does not accept the token: JWT_SECRET here is not the system's own."
                    )
            if self._patience is not None and now - live_until > self._patience:
                raise EndedError(f"The connection to {self._url} was lost and did not come back.")
            await self._tell("too_many" if code == Close.TOO_MANY.code else "reconnecting")
            await asyncio.sleep(delay(rule, failures, random.random()))
            failures += 1

    async def send(self, frame: ClientFrame) -> None:
        """Send a frame if there is a live socket. Whatever must arrive is sent again when there is a new one."""
        if self._socket is not None and self.state == "live":
            try:
                await self._socket.send(msgspec.json.encode(frame).decode())
            except ConnectionClosed:
                return  # `run` sees it too

    async def drop(self) -> None:
        """Give up the socket and resume over a new one."""
        if self._socket is not None:
            self._socket.transport.abort()

    async def _one_socket(self) -> tuple[int, bool]:
        """Live through one socket: its close code (1006 if it was cut or never opened), and whether it got `ready`."""
        try:
            socket = await connect(
                self._address,
                open_timeout=OPEN_WITHIN,
                close_timeout=1.0,
                max_size=None,
                compression=None,
                proxy=None,
            )
        except InvalidStatus as refused:
            status = refused.response.status_code
            if status == 403:
                raise EndedError(f"{self._url} does not allow this conversation (HTTP 403).") from None
            if status < 500 and not self._was_live:  # from 500 on it is a proxy whose gateway is away
                raise EndedError(f"What answers at {self._url} is no gateway (HTTP {status}).") from None
            return 1006, False
        except (OSError, InvalidHandshake):  # a TimeoutError is an OSError
            return 1006, False
        self._socket = socket
        try:
            return await self._listen(socket)
        finally:
            self._socket = None
            try:
                await socket.close()
            finally:
                socket.transport.abort()  # also when leaving does not wait for the other side to say goodbye

    async def _listen(self, socket: ClientConnection) -> tuple[int, bool]:
        ready = False
        try:
            async with asyncio.timeout(READY_WITHIN) as deadline:
                hello = Hello(self._listener.token(), self._listener.position())
                await socket.send(msgspec.json.encode(hello).decode())
                async for text in socket:
                    frame, seq = decode_frame(text)
                    if isinstance(frame, Ready):
                        ready = self._was_live = True
                        deadline.reschedule(None)
                        await self._tell("live")
                    await self._listener.heard(frame, seq)
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006, ready
        except TimeoutError:
            if not deadline.expired():
                raise
            return 1006, ready
        except msgspec.DecodeError as error:
            raise EndedError(
                f"{self._url} and this program do not understand each other; one may be older: {error}"
            ) from None
        return socket.close_code or 1006, ready

    def _check_end(self, code: int, rule: Retry) -> None:
        if rule == "stop":
            raise EndedError(
                "This conversation is not open to you."
                if code == Close.FORBIDDEN.code
                else f"The gateway and this program do not understand each other (close code {code})."
            )
        if not self._was_live and code == 1006:
            raise EndedError(f"Nothing answers at {self._url}; start it with `make run`.")

    async def _tell(self, state: State) -> None:
        self.state = state
        await self._listener.told()
