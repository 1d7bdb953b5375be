"""Names of the Redis keys and channels (contract §3).

`{0}` is a hash tag: everything a script touches lies in one partition, so more partitions can come
without a redesign.
"""

from typing import NamedTuple
from urllib.parse import quote
from uuid import UUID

AGENTS_GROUP = "agents"
EVENT_LOG_TTL = 3600
SESSION_TTL = 7 * 24 * 3600
UNASKED_TTL = 3600
"""Of a session in which nobody has asked anything yet: a socket needs its epoch, and most never ask."""
MODEL_TTL = 60


class SessionKeys(NamedTuple):
    """Where one session lives: hash, event log, running answer, live channel, the running answer's notes."""

    session: str
    events: str
    text: str
    live: str
    notes: str


class RedisKeys:
    """The keys of one partition, and the channel of imports, which belongs to none."""

    def __init__(self, partition: int = 0) -> None:
        base = f"chat:{{{partition}}}:"
        self.requests = base + "requests"
        self.control = base + "control"
        self.model = base + "model"
        self.dead = base + "dead"
        self.heartbeat = base + "beat:"  # + a gateway's name: its pump hears its own beat
        self.analyses = "chat:analyses"
        self._base = base

    def of_session(self, user: str, session: UUID) -> SessionKeys:
        """The keys of one session; user and session are percent-encoded."""
        name = f"{quote(user, safe='')}:{session}"
        return SessionKeys(*(f"{self._base}{kind}:{name}" for kind in SessionKeys._fields))
