"""What a worker needs of the request stream."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol
from uuid import UUID

from shared.frames.turn_requests import TurnRequest


class Delivery(NamedTuple):
    """One entry of the request stream; `request` is None for one that this project did not write."""

    entry: bytes
    request: TurnRequest | None


class RequestSource(Protocol):
    """Takes deliveries and acknowledges them. Methods raise `redis.RedisError` where Redis is away."""

    async def take(self, count: int, *, wait: float) -> Sequence[Delivery]:
        """Up to `count` new deliveries; waits at most `wait` seconds for the first."""
        ...

    async def reclaim(self, count: int, *, idle: float) -> Sequence[Delivery]:
        """Bells that another worker took more than `idle` seconds ago and did not acknowledge."""
        ...

    async def acknowledge(self, delivery: Delivery, next_request: TurnRequest | None = None) -> None:
        """Done with this delivery; wake a worker for the next turn in the same step."""
        ...

    async def wake(self, requests: Sequence[TurnRequest]) -> None:
        """Wake a worker for turns that nobody comes for."""
        ...

    async def dead_letter(self, user: str, session: UUID, turn: UUID, reason: str) -> None:
        """Record a turn that was given up."""
        ...

    async def waiting(self) -> int:
        """How many deliveries nobody has taken yet."""
        ...

    async def leave(self) -> None:
        """Take this worker's name, and names long silent, out of the group."""
        ...
