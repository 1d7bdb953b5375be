"""What telling a session needs from the outside."""

import asyncio
from typing import Protocol
from uuid import UUID

from shared.redis_keys import SessionKeys
from shared.scripts.session_scripts import Adopted, Emission, StepResult


class EventSink(Protocol):
    """Takes the steps of all turns of this worker and tells what became of each."""

    def emit(self, emission: Emission) -> asyncio.Future[StepResult]:
        """Send one step. The future waits out an outage; it fails only for a step that can never be taken."""
        ...

    async def adopt(self, keys: SessionKeys, *, fence: int, turn: UUID) -> Adopted | StepResult:
        """Take over an answer as far as it was shown (`fenced` or `lost` where that cannot be); waits out an outage."""
        ...

    async def announce(self, keys: SessionKeys, frame: bytes, *, once: str) -> None:
        """Number, log and publish a frame that is nobody's step, under a name at most once; waits out an outage."""
        ...
