"""How much is measured. `QUICK=1` is for seeing that it works, not for believing the figures."""

from typing import NamedTuple


class Plan(NamedTuple):
    """Sizes of one run; times in seconds."""

    repetitions: int = 4
    retakes: int = 4
    """So many runs of a measure may be taken again, where others used the machine."""
    sessions: int = 100

    ramp: float = 1.5
    """Questions are spread over so long before anything counts."""
    pace: float = 5.0
    """Chunks per second and session while latency is measured."""
    latency_seconds: float = 6.0

    flood: float = 50.0
    """Chunks per second and session while a worker is saturated: as fast as Gemini's fastest answers come."""
    flood_repetitions: int = 3
    flood_seconds: float = 4.0

    gateway_sessions: int = 20
    gateway_chunks: int = 60_000

    idle_before: int = 200
    """Sockets opened before counting, so that pools and caches are filled."""
    idle_sockets: int = 1_000

    long_sessions: int = 25
    """Sessions with 19 answered turns, and as many with 999; each asks once per repetition."""


FULL = Plan()
QUICK = Plan(
    repetitions=1,
    retakes=0,
    latency_seconds=5.0,
    flood_repetitions=1,
    flood_seconds=3.0,
    gateway_chunks=30_000,
    idle_sockets=500,
)
