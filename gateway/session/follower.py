"""Where one socket stands in its session's numbering: the pure merge of replay and live events.

While a replay is being read, live events are held; then they are joined by seq. So nothing is lost
between the two, and nothing comes twice.
"""

from collections.abc import Sequence
from enum import Enum

from shared.frames.live import Live

MOST_HELD = 8192
"""Events held during one replay; beyond, they are dropped and the replay is read again."""


class Placement(Enum):
    """What to do with a live event."""

    SEND = "send"
    SKIP = "skip"
    HOLD = "hold"
    GAP = "gap"


class Follower:
    """Pure. `epoch` and `seq` are what the socket was given last ('' and 0: nothing yet)."""

    __slots__ = ("_held", "epoch", "seq")

    def __init__(self) -> None:
        self.epoch = ""
        self.seq = 0
        self._held: list[Live] | None = []

    def start_from(self, epoch: str, seq: int) -> None:
        """The client says what it saw last."""
        self.epoch, self.seq = epoch, seq

    def hold(self) -> None:
        """A replay is about to be read: hold what comes from now on."""
        self._held = []

    def offer(self, live: Live) -> Placement:
        """Judge a live event; `SEND` moves on by one."""
        if self._held is not None:
            if len(self._held) < MOST_HELD:
                self._held.append(live)
            else:
                self._held.clear()
            return Placement.HOLD
        if live.epoch != self.epoch or live.seq > self.seq + 1:
            return Placement.GAP
        if live.seq <= self.seq:
            return Placement.SKIP
        self.seq = live.seq
        return Placement.SEND

    def settle(self, epoch: str, seq: int) -> Sequence[Live] | None:
        """The replay brought the socket to (epoch, seq): go live, and return the held events that follow.

        None if they do not follow without a gap: the replay must be read again.
        """
        before = self.epoch, self.seq
        held, self._held = self._held or [], None
        self.epoch, self.seq = epoch, seq
        following = []
        for live in held:
            match self.offer(live):
                case Placement.SEND:
                    following.append(live)
                case Placement.GAP:
                    self.epoch, self.seq = before
                    self._held = []
                    return None
        return following
