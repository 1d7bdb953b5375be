"""What processes use: CPU time and memory, read from the outside."""

import platform
import time
from collections.abc import Mapping

import psutil

LINUX = platform.system() == "Linux"

Parts = Mapping[str, int]
"""The process ids of a system by what each is ("gateway", "worker", "postgres", ...)."""


def cpu_seconds(pid: int) -> float:
    """CPU time of a process so far, user and system, all threads.

    On Linux by the process's own CPU clock, in nanoseconds; psutil has ticks of 10 ms, and a turn takes less.
    """
    if LINUX:
        return time.clock_gettime((~pid << 3) | 2)
    times = psutil.Process(pid).cpu_times()
    return times.user + times.system


def resident_bytes(pid: int) -> int:
    """Memory of a process that is in RAM."""
    return int(psutil.Process(pid).memory_info().rss)


class CpuMeter:
    """CPU seconds that each part of a system uses from now on, processes it started included."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._before = self._read()

    def used(self) -> dict[str, float]:
        """Seconds since the meter was made. What a process used that ended meanwhile is lost."""
        return {
            part: sum(seconds - self._before[part].get(pid, 0.0) for pid, seconds in now.items())
            for part, now in self._read().items()
        }

    def _read(self) -> dict[str, dict[int, float]]:
        return {part: _family(pid) for part, pid in self._parts.items()}


def _family(pid: int) -> dict[int, float]:
    found = {}
    for process in (psutil.Process(pid), *psutil.Process(pid).children(recursive=True)):
        try:
            found[process.pid] = cpu_seconds(process.pid)
        except (OSError, psutil.NoSuchProcess):
            continue  # ended between the list and the look
    return found
