"""The cases of the fault suite, by what is hurt."""

from importlib import import_module


def load_cases() -> None:
    """Register all cases, in order."""
    from tests.faults.case import CASES

    if not CASES:
        for part in (
            "gateways",
            "workers",
            "look_ups",
            "redis_outages",
            "postgres_outages",
            "model",
            "clients",
            "shown",
            "soak",
        ):
            import_module(f"tests.faults.cases.{part}")
        CASES.sort(key=lambda case: (case.number, case.part))
