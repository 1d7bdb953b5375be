"""Faults injected into the real system, what must be seen, and broken builds that must be caught.

`python -m tests.faults` runs all cases; `docs/reliability.md` says what they prove.
"""
