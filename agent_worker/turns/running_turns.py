"""The turns this worker is answering now, and the one way to interrupt them."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Literal
from uuid import UUID

from agent_worker.turns.claimed_turn import ClaimedTurn

Reason = Literal["cancelled", "fenced", "unheard", "draining"]
"""`fenced`: the lease is gone; `unheard`: what it publishes is not taken any more."""


class InterruptedTurnError(Exception):
    """The turn was told to stop."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class RunningTurn:
    """One turn under way. `claim` changes when another attempt begins."""

    def __init__(self, claim: ClaimedTurn) -> None:
        self.claim = claim
        self._reason: Reason | None = "cancelled" if claim.cancel_requested else None
        self._scope: asyncio.Timeout | None = None

    def interrupt(self, reason: Reason) -> None:
        """Stop what runs inside `interruptible`, or keep it from starting. The first reason counts."""
        if self._reason is None:
            self._reason = reason
            if self._scope is not None:
                self._scope.reschedule(asyncio.get_running_loop().time())

    def _interruption(self) -> InterruptedTurnError:
        assert self._reason is not None  # noqa: S101 - only `interrupt` ends the scope, and it gives a reason
        return InterruptedTurnError(self._reason)

    @asynccontextmanager
    async def interruptible(self) -> AsyncIterator[None]:
        """Raises `InterruptedTurnError` out of its body when the turn is interrupted."""
        if self._reason is not None:
            raise self._interruption()
        scope = asyncio.timeout(None)
        try:
            async with scope as self._scope:
                yield
        except TimeoutError:
            if not scope.expired():
                raise  # not ours: something inside ran out of time
            raise self._interruption() from None
        finally:
            self._scope = None


class RunningTurns:
    """All turns under way. `attention` is set when their leases and cancel flags should be looked at now."""

    def __init__(self) -> None:
        self.attention = asyncio.Event()
        self._turns: set[RunningTurn] = set()
        self._named: deque[UUID] = deque(maxlen=256)

    def __len__(self) -> int:
        return len(self._turns)

    def __iter__(self) -> Iterator[RunningTurn]:
        return iter(list(self._turns))

    def look_at(self, turn: UUID) -> None:
        """Somebody changed this turn. It may be just being claimed, so the name is kept for a while."""
        self._named.append(turn)
        if any(running.claim.turn == turn for running in self._turns):
            self.attention.set()

    @contextmanager
    def entered(self, claim: ClaimedTurn) -> Iterator[RunningTurn]:
        """Keep a claim among the running turns for as long as the body runs."""
        running = RunningTurn(claim)
        self._turns.add(running)
        if claim.turn in self._named:
            self.attention.set()
        try:
            yield running
        finally:
            self._turns.discard(running)
