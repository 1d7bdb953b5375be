"""What to believe of a figure that steps, slips or goes missing. One pass, no look ahead.

A figure is followed snapshot by snapshot. A missing one is carried for a while, with its date. One that
steps away from what was believed is carried too, and the step believed once it has stood for five snapshots;
a step by a hundred is a slip of the decimal point and never believed.
"""

from collections.abc import Iterable
from typing import Literal

import msgspec

CARRY = 15
"""Snapshots a figure may be carried over."""

STAND = 5
"""Snapshots a step must stand to be believed."""

Doubt = Literal["missing", "step", "slip", "earnings"]


class Belief(msgspec.Struct, frozen=True):
    """The figure to use: what it is, the snapshot it is from, and why it is not today's, if it is not."""

    value: float
    index: int
    doubt: Doubt | None = None


def believe(
    values: Iterable[float | None], scale: Iterable[float | None], step: float
) -> list[Belief | None]:
    """Follow `values`; `value * scale` is what should not step by `step` or more.

    The scale takes the price out of a ratio: price ÷ sales moves with the price, sales a share does not.
    """
    follower = _Follower(step)
    return [
        follower.see(index, value, by) for index, (value, by) in enumerate(zip(values, scale, strict=True))
    ]


class _Follower:
    def __init__(self, step: float) -> None:
        self.step = step
        self.trusted: Belief | None = None
        self.level = 0.0
        self.suspects = 0
        self.suspect_level = 0.0

    def see(self, index: int, value: float | None, scale: float | None) -> Belief | None:
        if value is None or scale is None:
            return self._carry(index, "missing")
        level = value * scale
        if self.trusted is None or _same(level, self.level, self.step):
            return self._trust(index, value, level)
        if 80 < abs(level / self.level if abs(level) > abs(self.level) else self.level / level) < 125:
            return self._carry(index, "slip")
        stands = self.suspects > 0 and _same(level, self.suspect_level, self.step)
        self.suspects = self.suspects + 1 if stands else 1
        self.suspect_level = level
        if self.suspects >= STAND:
            return self._trust(index, value, level)
        return self._carry(index, "step")

    def _trust(self, index: int, value: float, level: float) -> Belief:
        self.trusted, self.level, self.suspects = Belief(value, index), level, 0
        return self.trusted

    def _carry(self, index: int, doubt: Doubt) -> Belief | None:
        if self.trusted is None or index - self.trusted.index > CARRY:
            return None
        return Belief(self.trusted.value, self.trusted.index, doubt)


def _same(level: float, before: float, step: float) -> bool:
    return before != 0 and 1 / step < level / before < step
