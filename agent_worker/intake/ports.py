"""What a worker needs of the request stream."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol
from uuid import UUID

from shared.frames.turn_requests import RunRequest


class Bell(NamedTuple):
    """One entry of the request stream; `request` is None for one that this project did not write."""

    entry: bytes
    request: RunRequest | None


class RequestSource(Protocol):
    """Takes bells and settles them. Methods raise `redis.RedisError` where Redis is away."""

    async def take(self, count: int, *, wait: float) -> Sequence[Bell]:
        """Up to `count` new bells; waits at most `wait` seconds for the first."""
        ...

    async def reclaim(self, count: int, *, idle: float) -> Sequence[Bell]:
        """Bells that another worker took more than `idle` seconds ago and did not settle."""
        ...

    async def settle(self, bell: Bell, next_request: RunRequest | None = None) -> None:
        """Done with this bell; ring for the next turn in the same step."""
        ...

    async def ring(self, requests: Sequence[RunRequest]) -> None:
        """Ring for turns that nobody comes for."""
        ...

    async def bury(self, user: str, session: UUID, turn: UUID, reason: str) -> None:
        """Record a turn that was given up."""
        ...

    async def waiting(self) -> int:
        """How many bells nobody has taken yet."""
        ...

    async def leave(self) -> None:
        """Take this worker's name, and names long silent, out of the group."""
        ...
