"""How busy the machine is with what the bench did not start."""

import os

import psutil

from tests.bench.usage import CpuMeter


class OtherLoad:
    """The share of all cores that others use from now on."""

    def __init__(self) -> None:
        self._cpu = psutil.cpu_times()
        self._own = CpuMeter({"bench": os.getpid()})

    def share(self) -> float:
        """From 0 to 1."""
        spent = [now - then for now, then in zip(psutil.cpu_times(), self._cpu, strict=True)]
        fields = dict(zip(self._cpu._fields, spent, strict=True))
        # A guest's time is in user's already.
        total = sum(spent) - fields.get("guest", 0.0) - fields.get("guest_nice", 0.0)
        busy = total - fields["idle"] - fields.get("iowait", 0.0)
        return max(0.0, busy - self._own.used()["bench"]) / total if total else 0.0
