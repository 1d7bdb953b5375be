"""One question and its answer, as far as they are known. No I/O."""

from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from gateway.wire.server_frames import Error
from shared.frames.figures import Figure, Lookup
from shared.frames.turn_events import AiComplete, AiError, AnalysisRef

Stage = Literal["sending", "waiting", "answering", "ended"]


@dataclass
class Turn:
    """One question and its answer. While it is `sending`, the gateway is not known to have taken it."""

    turn_id: UUID
    question: str
    ticker: str | None
    stage: Stage = "sending"
    position: int = 0
    attempt: int = 0
    text: str = ""
    figures: list[Figure] = field(default_factory=list)
    """What was found out about figures of `text`, in its order."""
    lookups: list[Lookup] = field(default_factory=list)
    """What the agent looked up in this attempt, each in its last state."""
    restarted: bool = False
    context: AnalysisRef | None = None
    refusal: Error | None = None
    """Why the gateway did not take it, for now or for good."""
    retry_at: float = 0.0
    """When it is sent again after a refusal, in Unix seconds."""
    ending: AiComplete | AiError | Error | None = None

    def end(self, ending: AiComplete | AiError | Error) -> None:
        """Nothing more comes."""
        self.stage, self.ending = "ended", ending
        if isinstance(ending, AiComplete):
            self.text, self.context = ending.full_message, ending.context
            self.figures, self.lookups = ending.figures, ending.lookups

    def begin(self, attempt: int) -> None:
        """Nothing of an earlier attempt holds."""
        self.restarted = self.attempt > 0
        self.attempt, self.text, self.figures, self.lookups = attempt, "", [], []

    def look_up(self, state: Lookup) -> None:
        """A look-up's newest state; it replaces the one before."""
        others = [lookup for lookup in self.lookups if lookup.n != state.n]
        self.lookups = sorted([*others, state], key=lambda lookup: lookup.n)
