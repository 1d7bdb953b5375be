"""What the gateway needs of the middle: asking down (`Relay`) and being told up (`shared.frames.live.Live`) are two things."""

from typing import Protocol
from uuid import UUID

from gateway.wire.session_id import SessionKey
from shared.frames.turn_events import SessionEvent
from shared.frames.turn_requests import TurnRequest
from shared.scripts.session_scripts import CatchUp


class Relay(Protocol):
    """Asking down. Every method raises `redis.RedisError` while Redis is away."""

    async def catch_up(self, session: SessionKey, *, epoch: str = "", seq: int = 0) -> CatchUp:
        """What follows (epoch, seq), or where the session stands if that cannot be said."""
        ...

    async def announce(self, session: SessionKey, event: SessionEvent, *, once: str = "") -> None:
        """Number, log and publish an event; under a name, at most once."""
        ...

    async def wake(self, request: TurnRequest) -> None:
        """Tell a worker that a session has a turn to run."""
        ...

    async def signal_cancel(self, session: SessionKey, turn: UUID) -> None:
        """Tell the worker that runs the turn to look at its cancel flag."""
        ...

    async def forget(self, session: SessionKey) -> None:
        """Drop what is kept of a session that was deleted."""
        ...

    async def remembers(self) -> bool:
        """Whether what the last call of this left behind is still there; false the first time."""
        ...

    async def model(self) -> str | None:
        """Which model answers; None while no worker is there."""
        ...
